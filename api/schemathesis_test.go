package api_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"landcheck/api/store"
)

// TestSchemathesis lets a fuzzer make up requests from the description, of a
// service with the sample county: no answer may be a server's fault, or of a
// status, a type or a shape that is not described, and every example must do.
func TestSchemathesis(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it takes half a minute")
	}
	s := serve(t, "embedded", setup{})
	secret := s.newToken(store.Admin, "")
	have := furnished(s, secret)
	dir := t.TempDir()
	config := filepath.Join(dir, "schemathesis.toml")
	if err := os.WriteFile(config, []byte(fmt.Sprintf(`
seed = 1
color = false
request-timeout = 20
max-stream-events = 5
headers = { Authorization = "Bearer %s" }

[cache]
enabled = false

[parameters]
"path.plan" = "%s"
"path.check" = "%s"
"path.later" = "%s"
"path.finding" = "%s"
"path.rulebook" = "%s"
"path.rule" = "%s"
"path.county" = "%s"
"path.token" = "%s"
"path.collection" = "%s.pbf"
"path.role" = "land_use"
"path.layer" = "faces"

# A range that a package does not have is refused by a status of its own.
[checks.negative_data_rejection]
expected-statuses = ["400", "401", "403", "404", "405", "406", "409", "413", "415", "416", "422", "429"]

# A well-formed request may still ask for what cannot be: a time that is past,
# bytes that are no package, a check that has ended. /docs leads on to a language.
[checks.positive_data_acceptance]
expected-statuses = ["2xx", "302", "304", "403", "404", "406", "409", "416", "422"]

# The metrics stand at an address of their own, which has tests of its own.
[[operations]]
include-path = "/metrics"
enabled = false

# What a page comes after, a finding's id and the systems of a collection are
# not to be guessed, nor is what makes a package.
[[operations]]
include-path-regex = "/items|/v1/plans$|/v1/projects$|/v1/findings/|/features$|/checks$|/findings$|/ledger$|/audit$"
checks.positive_data_acceptance.enabled = false
`, secret, have.plan, have.check, have.later, have.finding, have.rulebook, have.rule, have.county, have.token, have.county)), 0o600); err != nil {
		t.Fatal(err)
	}
	script, err := filepath.Abs("../scripts/schemathesis.sh")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), script, config, s.url+"/openapi.json", "--max-examples", "5", "--phases", "examples,coverage,fuzzing", "--workers", "1")
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	if strings.Contains(s.log.String(), `"level":"ERROR"`) {
		t.Error("the service logged an error of its own")
	}
}
