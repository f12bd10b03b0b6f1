package plan

// Purposes are the codes of YT (spec of inputs, 1.1).
func Purposes() []string { return purposes() }

// SurveyMethods are the codes of SCFF.
func SurveyMethods() []string { return surveyMethods() }
