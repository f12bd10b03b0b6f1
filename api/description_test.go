package api_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
)

// TestDescription: the description is OpenAPI 3.1, its examples are as its
// schemas say, and it names the addresses that the service has, no more and no
// less.
func TestDescription(t *testing.T) {
	t.Parallel()
	s := serve(t, "embedded", setup{bare: true})
	a := s.get("/openapi.json").wants(200)
	loader := openapi3.NewLoader()
	doc, err := loader.LoadFromData(a.body)
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Validate(t.Context(), openapi3.EnableExamplesValidation(), openapi3.EnableSchemaPatternValidation()); err != nil {
		t.Fatal(err)
	}
	if doc.OpenAPI != "3.1.0" || doc.Info.Version != version {
		t.Errorf("openapi %s, version %s", doc.OpenAPI, doc.Info.Version)
	}
	var described []string
	for address, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			described = append(described, method+" "+shape(address))
			if op.Summary == "" || len(op.Tags) != 1 || op.OperationID == "" {
				t.Errorf("%s %s has no summary, tag or operationId", method, address)
			}
			if strings.HasPrefix(address, "/v1/") && method != "GET" && op.Responses.Status(403) == nil {
				t.Errorf("%s %s does not say that another site's requests are refused (403)", method, address)
			}
			for _, r := range op.Responses.Map() {
				if r.Value.Headers["X-Request-Id"] == nil {
					t.Errorf("%s %s: an answer does not name its request", method, address)
				}
			}
		}
	}
	var served []string
	for _, r := range s.server.Routes() {
		served = append(served, r.Method+" "+shape(r.Path))
	}
	for _, one := range served {
		if !slices.Contains(described, one) {
			t.Errorf("%s is served and not described", one)
		}
	}
	for _, one := range described {
		if !slices.Contains(served, one) {
			t.Errorf("%s is described and not served", one)
		}
	}
	if len(served) < 25 {
		t.Errorf("%d routes", len(served))
	}
}

var parts = regexp.MustCompile(`:[a-z]+|\{[a-z]+\}`)

// shape is an address without the names of its parameters.
func shape(address string) string { return parts.ReplaceAllString(address, "{}") }
