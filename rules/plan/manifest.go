package plan

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/strictyaml"
)

// ManifestNames are the names under which a package may hold its manifest.
func ManifestNames() []string { return []string{"plan.yaml", "plan.yml"} }

// maxManifest is far above any real manifest; a few hundred documents take 50 kB.
const maxManifest = 1 << 20

// manifest is plan.yaml.
type manifest struct {
	code, name, county string
	stage              domain.Stage
	year               int
	rulebook           string
	crs                geo.CRS
	layers             []assignment
	justifications     []Justification
	documents          []Document
	quota              *Quota
	prior              []Prior
	priorLine          map[[2]string]int // project and township → where prior has them first
	ignore             []ignored
}

// Stages are the stages of a project, in order.
func Stages() []domain.Stage {
	return []domain.Stage{domain.Proposal, domain.Annual, domain.SubprojectAcceptance, domain.Acceptance}
}

// readManifest reads plan.yaml; no data is the manifest of a package without one.
func readManifest(file string, data []byte) (*manifest, error) {
	m := &manifest{stage: domain.Proposal}
	doc, err := strictyaml.Parse(file, data, strictyaml.Options{MaxBytes: maxManifest, Aliases: true})
	if err != nil {
		return nil, err
	}
	if err := doc.Err(m.read(doc.Root())); err != nil {
		return nil, err
	}
	m.widenScopes()
	return m, nil
}

func (m *manifest) read(top strictyaml.Node) error {
	each := func(read func(strictyaml.Node) error) func(strictyaml.Node) error {
		return func(n strictyaml.Node) error { return n.Items(read) }
	}
	return top.Fields(
		strictyaml.Field{Name: "format", Read: readFormat},
		strictyaml.Field{Name: "project", Read: m.readProject},
		textField("rulebook", &m.rulebook),
		strictyaml.Field{Name: "crs", Read: m.readCRS},
		strictyaml.Field{Name: "layers", Read: m.readLayers},
		strictyaml.Field{Name: "ignore", Read: m.readIgnore},
		strictyaml.Field{Name: "prior", Read: each(m.readPrior)},
		strictyaml.Field{Name: "justifications", Read: each(m.readJustification)},
		strictyaml.Field{Name: "documents", Read: each(m.readDocument)},
		strictyaml.Field{Name: "quota", Read: m.readQuota},
	)
}

// textField is a key whose value is kept as written.
func textField(name string, to *string) strictyaml.Field {
	return strictyaml.Field{Name: name, Read: func(n strictyaml.Node) error { return into(to, n) }}
}

func into(s *string, n strictyaml.Node) (err error) {
	*s, err = n.Text()
	return err
}

func readFormat(n strictyaml.Node) error {
	v, err := n.Number()
	if err != nil {
		return err
	}
	if v != 1 {
		return n.InputError(geo.Textf("清单格式 %s 不受支持", "manifest format %s is not supported", n.Value),
			geo.Text{ZH: "请写 format: 1，或升级程序", EN: "Write format: 1, or upgrade the program"})
	}
	return nil
}

func (m *manifest) readProject(n strictyaml.Node) error {
	return n.Fields(
		textField("code", &m.code),
		textField("name", &m.name),
		codeField("county", &m.county, countyDigits),
		strictyaml.Field{Name: "stage", Read: m.readStage},
		strictyaml.Field{Name: "year", Read: m.readYear},
	)
}

func (m *manifest) readStage(n strictyaml.Node) error {
	s, err := n.Text()
	if err != nil {
		return err
	}
	stage, err := ParseStage(s)
	if f, ok := geo.AsInputError(err); ok {
		return n.At(f)
	}
	m.stage = stage
	return err
}

func (m *manifest) readYear(n strictyaml.Node) error {
	v, err := n.Text()
	if err != nil {
		return err
	}
	year, ok := parseWhole(v, firstYear, lastYear)
	if !ok {
		return n.Wrong("四位年份", "a four-digit year")
	}
	m.year = year
	return nil
}

// ParseStage reads the name of a stage; anything else is a *geo.InputError that
// lists the names.
func ParseStage(s string) (domain.Stage, error) {
	var all []string
	for _, stage := range Stages() {
		all = append(all, string(stage))
	}
	if slices.Contains(all, s) {
		return domain.Stage(s), nil
	}
	return "", &geo.InputError{Message: geo.Textf("未知的阶段“%s”", "unknown stage %q", shorten(s)), Advice: strictyaml.Suggest(s, all)}
}

func (m *manifest) readCRS(n strictyaml.Node) error {
	var s string
	if err := into(&s, n); err != nil {
		return err
	}
	crs, err := geo.ParseCRS(s)
	if f, ok := geo.AsInputError(err); ok {
		return n.At(f)
	}
	m.crs = crs
	return err
}

func (m *manifest) readQuota(n strictyaml.Node) error {
	m.quota = &Quota{}
	return n.Fields(
		areaField("rural_housing_m2", &m.quota.RuralHousing),
		areaField("rural_development_m2", &m.quota.RuralDevelopment),
		areaField("mining_m2", &m.quota.Mining),
		areaField("tradable_m2", &m.quota.Tradable),
		codeField("destination_county", &m.quota.DestinationCounty, countyDigits),
	)
}

// areaField is a key whose value is a figure of square metres.
func areaField(name string, to *float64) strictyaml.Field {
	return strictyaml.Field{Name: name, Read: func(n strictyaml.Node) error {
		v, err := n.Number()
		if err == nil && (v < 0 || v > maxDeclared) {
			err = n.Wrong("不小于 0 的平方米数，且不超过一个旗县能有的面积", "square metres, not negative and no more than a county may have")
		}
		if err == nil {
			*to = v
		}
		return err
	}}
}

// codeField is a key whose value is an administrative code of so many digits.
func codeField(name string, to *string, digits int) strictyaml.Field {
	return strictyaml.Field{Name: name, Read: func(n strictyaml.Node) error { return intoCode(to, n, digits) }}
}

// fileField is a key whose value names a file inside the package.
func fileField(name string, to *string) strictyaml.Field {
	return strictyaml.Field{Name: name, Read: func(n strictyaml.Node) error { return intoFile(to, n) }}
}

// intoCode reads an administrative code of so many digits.
func intoCode(s *string, n strictyaml.Node, digits int) error {
	v, err := n.Text()
	if err != nil {
		return err
	}
	if len(v) != digits || !allDigits(v) {
		return n.Wrong(" "+strconv.Itoa(digits)+" 位行政区代码", "an administrative code of "+strconv.Itoa(digits)+" digits")
	}
	*s = v
	return nil
}

func intoDate(s *string, n strictyaml.Node) error {
	v, err := n.Text()
	if err != nil {
		return err
	}
	d, ok := parseDate(v)
	if !ok || d == "" {
		return n.Wrong("日期（YYYY-MM-DD）", "a date (YYYY-MM-DD)")
	}
	*s = d
	return nil
}

// intoFile reads the name of a file inside the package.
func intoFile(s *string, n strictyaml.Node) error {
	v, err := n.Text()
	if err != nil {
		return err
	}
	name, ok := inside(v)
	if !ok {
		return n.InputError(geo.Textf("路径“%s”在方案包之外", "the path %q leads out of the package", shorten(v)),
			geo.Text{ZH: "请写方案包内的相对路径，例如 docs/意见.pdf", EN: "Write a path inside the package, such as docs/opinion.pdf"})
	}
	*s = name
	return nil
}

// inside cleans a path of the package; not ok if it leaves the package.
func inside(name string) (string, bool) {
	slashed := strings.ReplaceAll(name, `\`, "/")
	if slashed == "" || strings.ContainsRune(slashed, 0) || strings.HasPrefix(slashed, "/") || strings.Contains(slashed, ":") {
		return "", false
	}
	clean := path.Clean(slashed)
	return clean, clean != "." && clean != ".." && !strings.HasPrefix(clean, "../")
}

// WithoutLayers is a plan.yaml without what it says of layers and of files that
// are left out, for a package that has them under standard names.
func WithoutLayers(file string, data []byte) ([]byte, error) {
	return strictyaml.Without(file, data, strictyaml.Options{MaxBytes: maxManifest, Aliases: true}, "layers", "ignore", "crs")
}

// Renamed is a plan.yaml of a project of another name, whose layers lie in files
// of other names where file gives one; data may be empty.
func Renamed(path string, data []byte, name string, file func(string) string) ([]byte, error) {
	o := strictyaml.Options{MaxBytes: maxManifest, Aliases: true}
	if len(data) == 0 {
		data = []byte("format: 1\n")
	}
	data, err := strictyaml.Rewrite(path, data, o, func(keys []string, value string) string {
		if len(keys) == 3 && keys[0] == "layers" && keys[2] == "file" {
			return file(value)
		}
		return value
	})
	if err != nil {
		return nil, err
	}
	return strictyaml.With(path, data, o, "project", "name", name)
}
