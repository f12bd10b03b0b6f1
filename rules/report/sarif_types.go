package report

// The part of SARIF 2.1.0 that a report fills.

type sarifLog struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

type sarifRun struct {
	Automation  *sarifAutomation  `json:"automationDetails,omitempty"` // of one run among several
	Tool        sarifTool         `json:"tool"`
	Invocations []sarifInvocation `json:"invocations"`
	Language    string            `json:"language"`
	Results     []sarifResult     `json:"results"`
	Properties  *sarifRunProps    `json:"properties,omitempty"`
}

type sarifAutomation struct {
	ID string `json:"id"`
}

type sarifRunProps struct {
	Verdict      string   `json:"verdict"`
	Headline     string   `json:"headline"`
	Reservations []string `json:"reservations"` // what stands under the headline
	Ignored      []string `json:"ignored,omitempty"`
	PlanCode     string   `json:"planCode"`
	PlanDigest   string   `json:"planDigest"`
}

type sarifTool struct {
	Driver sarifDriver `json:"driver"`
}

type sarifDriver struct {
	Name       string            `json:"name"`
	Version    string            `json:"version,omitempty"`
	About      string            `json:"informationUri,omitempty"`
	Language   string            `json:"language"`
	Rules      []sarifRule       `json:"rules"`
	Properties map[string]string `json:"properties,omitempty"`
}

type sarifRule struct {
	ID         string            `json:"id"`
	Name       string            `json:"name"`
	Short      sarifMessage      `json:"shortDescription"`
	Full       sarifMessage      `json:"fullDescription"`
	Help       sarifMessage      `json:"help"`
	HelpURI    string            `json:"helpUri"`
	Default    *sarifDefault     `json:"defaultConfiguration"`
	Properties map[string]string `json:"properties"`
}

type sarifDefault struct {
	Level string `json:"level"`
}

type sarifMessage struct {
	Text string `json:"text"`
}

type sarifInvocation struct {
	Successful    bool                `json:"executionSuccessful"`
	ExitCode      *int                `json:"exitCode,omitempty"` // where there is no verdict
	Notifications []sarifNotification `json:"toolExecutionNotifications,omitempty"`
}

type sarifNotification struct {
	Level      string           `json:"level"`
	Message    sarifMessage     `json:"message"`
	Descriptor *sarifDescriptor `json:"descriptor,omitempty"` // the code of a failure
	Locations  []sarifLocation  `json:"locations,omitempty"`
	Rule       *sarifRuleRef    `json:"associatedRule,omitempty"`
}

type sarifDescriptor struct {
	ID string `json:"id"`
}

type sarifRuleRef struct {
	ID    string `json:"id"`
	Index int    `json:"index"`
}

type sarifResult struct {
	Rule         string             `json:"ruleId"`
	Index        int                `json:"ruleIndex"`
	Level        string             `json:"level"`
	Message      sarifMessage       `json:"message"`
	Baseline     string             `json:"baselineState,omitempty"`
	Locations    []sarifLocation    `json:"locations,omitempty"`
	Fingerprints map[string]string  `json:"partialFingerprints"`
	Suppressions []sarifSuppression `json:"suppressions,omitempty"`
	Properties   sarifProperties    `json:"properties"`
}

type sarifLocation struct {
	Physical *sarifPhysical `json:"physicalLocation,omitempty"`
	Logical  []sarifLogical `json:"logicalLocations,omitempty"`
}

type sarifPhysical struct {
	Artifact sarifArtifact `json:"artifactLocation"`
	Region   *sarifRegion  `json:"region,omitempty"`
}

type sarifRegion struct {
	StartLine   int `json:"startLine"` // the record's number in a layer
	StartColumn int `json:"startColumn,omitempty"`
}

type sarifArtifact struct {
	URI  string `json:"uri"`
	Base string `json:"uriBaseId,omitempty"`
}

type sarifLogical struct {
	Name string `json:"name"`
	Full string `json:"fullyQualifiedName"`
	Kind string `json:"kind"`
}

type sarifSuppression struct {
	Kind          string `json:"kind"`
	Status        string `json:"status"`
	Justification string `json:"justification,omitempty"`
}

type sarifProperties struct {
	Status    string    `json:"status"`
	Clause    string    `json:"clauseLevel"`
	Area      float64   `json:"areaM2"`
	ScopeKind string    `json:"scopeKind"`
	ScopeCode string    `json:"scopeCode,omitempty"`
	ScopeName string    `json:"scopeName,omitempty"`
	BBox      []float64 `json:"bbox,omitempty"`
}
