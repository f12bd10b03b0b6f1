package geo

import "fmt"

// Text is one message in the two languages a user reads.
type Text struct {
	ZH string `json:"zh"`
	EN string `json:"en"`
}

// Textf fills both templates with the same arguments. Templates are whole
// sentences; where word order differs, index the verbs (%[2]s).
func Textf(zh, en string, args ...any) Text {
	return Text{ZH: fmt.Sprintf(zh, args...), EN: fmt.Sprintf(en, args...)}
}

// In returns the text in a language, "zh" or "en"; anything else reads as zh.
func (t Text) In(lang string) string {
	if lang == "en" {
		return t.EN
	}
	return t.ZH
}

// IsZero reports whether the text says nothing.
func (t Text) IsZero() bool { return t == Text{} }
