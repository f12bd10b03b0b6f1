package kit

import (
	"fmt"
	"slices"
	"strings"
)

// Doc is an entry of documents.
type Doc struct {
	Kind, From, Village, File string
	More                      string // further members as YAML flow: `agrees: no`
}

// Manifest is plan.yaml and the papers that it names.
type Manifest struct {
	Code, Name, County, Stage string
	Year                      int
	Rulebook                  string
	Docs                      []Doc
	More                      string // further YAML at the end
	Without                   map[string]bool
}

// Departments are the bureaus whose opinions a plan needs.
var Departments = []string{"发展改革", "财政", "自然资源", "住建", "水利", "农牧", "文旅", "林草"}

// NewManifest is the manifest of the clean plan with all papers of a proposal.
func NewManifest() *Manifest {
	m := &Manifest{Code: "150123-2026-01", Name: "西镇全域土地综合整治", County: County, Stage: "proposal", Year: 2026}
	for _, v := range Villages {
		for _, kind := range []string{"village-consent", "plan-consent", "villager-support"} {
			m.Paper(Doc{Kind: kind, Village: v})
		}
	}
	for _, d := range Departments {
		m.Paper(Doc{Kind: "opinion", From: d})
	}
	for _, kind := range []string{"league-opinion", "pbf-plan"} {
		m.Paper(Doc{Kind: kind})
	}
	return m
}

// Paper adds a document; its file is named after its number where none is given.
func (m *Manifest) Paper(d Doc) *Manifest {
	if d.File == "" {
		d.File = fmt.Sprintf("docs/%02d-%s.pdf", len(m.Docs)+1, d.Kind)
	}
	m.Docs = append(m.Docs, d)
	return m
}

// Doc is the first document of a kind (and of a bureau or village).
func (m *Manifest) Doc(kind, of string) *Doc {
	for i := range m.Docs {
		if d := &m.Docs[i]; d.Kind == kind && (of == "" || d.From == of || d.Village == of) {
			return d
		}
	}
	panic("kit: no document " + kind + " " + of)
}

// Lose removes a document.
func (m *Manifest) Lose(kind, of string) *Manifest {
	gone := *m.Doc(kind, of)
	m.Docs = slices.DeleteFunc(m.Docs, func(d Doc) bool { return d == gone })
	return m
}

// Justify adds a justification with its paper.
func (m *Manifest) Justify(rule, scope, reason, file string) *Manifest {
	m.More += fmt.Sprintf("justifications:\n  - {rule: %s, scope: %q, reason: %q, document: %q}\n", rule, scope, reason, file)
	return m
}

// Later is the manifest at a later stage, with the papers that it adds.
func (m *Manifest) Later(stage string) *Manifest {
	m.Stage = stage
	kinds := []string{"pbf-league-review", "pbf-region-review", "region-approval"}
	switch stage {
	case "annual":
		kinds = append(kinds, "self-assessment", "league-assessment")
	case "acceptance":
		kinds = append(kinds, "region-pbf-acceptance", "league-acceptance", "filing", "maintenance")
	}
	if stage != "annual" {
		m.Paper(Doc{Kind: "subproject-acceptance", More: "subproject: ZXM-01"})
	}
	for _, kind := range kinds {
		m.Paper(Doc{Kind: kind})
	}
	return m
}

// YAML is the text of plan.yaml.
func (m *Manifest) YAML() string {
	var b strings.Builder
	fmt.Fprintf(&b, "format: 1\nproject: {code: %q, name: %q, county: %q, stage: %q, year: %d}\n", m.Code, m.Name, m.County, m.Stage, m.Year)
	if m.Rulebook != "" {
		fmt.Fprintf(&b, "rulebook: %s\n", m.Rulebook)
	}
	b.WriteString("documents:\n")
	for _, d := range m.Docs {
		fmt.Fprintf(&b, "  - {kind: %s, file: %q", d.Kind, d.File)
		for _, x := range [][2]string{{"from", d.From}, {"village", d.Village}} {
			if x[1] != "" {
				fmt.Fprintf(&b, ", %s: %q", x[0], x[1])
			}
		}
		if d.More != "" {
			b.WriteString(", " + d.More)
		}
		b.WriteString("}\n")
	}
	b.WriteString(m.More)
	return b.String()
}

// files are plan.yaml and the papers; an entry that names another kind of file
// leaves it to the test.
func (m *Manifest) files() Files {
	f := Files{"plan.yaml": []byte(m.YAML())}
	for _, d := range m.Docs {
		if strings.HasSuffix(d.File, ".pdf") && !m.Without[d.File] {
			f[d.File] = []byte("%PDF-1.4\n% " + d.Kind + d.From + d.Village + "\n")
		}
	}
	return f
}
