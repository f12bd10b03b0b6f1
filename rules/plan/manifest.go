package plan

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"landcheck/geo"
)

// manifestNames are the names under which a package may hold its manifest.
func manifestNames() []string { return []string{"plan.yaml", "plan.yml"} }

// maxManifest is far above any real manifest; a few hundred documents take 50 kB.
const maxManifest = 1 << 20

// manifest is plan.yaml.
type manifest struct {
	code, name, county string
	stage              Stage
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
func Stages() []Stage { return []Stage{Proposal, Annual, SubprojectAcceptance, Acceptance} }

// readManifest reads plan.yaml; no data is the manifest of a package without one.
func readManifest(file string, data []byte) (*manifest, error) {
	m := &manifest{stage: Proposal}
	top, err := parseYAML(file, data)
	if err != nil {
		return nil, err
	}
	err = top.fields(map[string]func(node) error{
		"format":         readFormat,
		"project":        m.readProject,
		"rulebook":       func(n node) error { return into(&m.rulebook, n) },
		"crs":            m.readCRS,
		"layers":         m.readLayers,
		"justifications": func(n node) error { return n.items(m.readJustification) },
		"documents":      func(n node) error { return n.items(m.readDocument) },
		"quota":          m.readQuota,
		"prior":          func(n node) error { return n.items(m.readPrior) },
		"ignore":         m.readIgnore,
	}, []string{"format", "project", "rulebook", "crs", "layers", "ignore", "prior", "justifications", "documents", "quota"})
	if err != nil {
		return nil, oneInputError(err)
	}
	m.widenScopes()
	return m, nil
}

func into(s *string, n node) (err error) {
	*s, err = n.text()
	return err
}

func readFormat(n node) error {
	v, err := n.number()
	if err != nil {
		return err
	}
	if v != 1 {
		return n.inputError(geo.Textf("清单格式 %s 不受支持", "manifest format %s is not supported", n.Value),
			geo.Text{ZH: "请写 format: 1，或升级程序", EN: "Write format: 1, or upgrade the program"})
	}
	return nil
}

func (m *manifest) readProject(n node) error {
	return n.fields(map[string]func(node) error{
		"code":   func(n node) error { return into(&m.code, n) },
		"name":   func(n node) error { return into(&m.name, n) },
		"county": func(n node) error { return intoCode(&m.county, n, countyDigits) },
		"stage": func(n node) error {
			var s string
			if err := into(&s, n); err != nil {
				return err
			}
			stage, err := ParseStage(s)
			if f, ok := geo.AsInputError(err); ok {
				return n.inputError(f.Message, f.Advice)
			}
			m.stage = stage
			return err
		},
		"year": func(n node) error {
			v, err := n.text()
			if err != nil {
				return err
			}
			year, ok := parseWhole(v, firstYear, lastYear)
			if !ok {
				return n.wrong("四位年份", "a four-digit year")
			}
			m.year = year
			return nil
		},
	}, []string{"code", "name", "county", "stage", "year"})
}

// ParseStage reads the name of a stage; anything else is a *geo.InputError that
// lists the names.
func ParseStage(s string) (Stage, error) {
	var all []string
	for _, stage := range Stages() {
		all = append(all, string(stage))
	}
	if slices.Contains(all, s) {
		return Stage(s), nil
	}
	list := strings.Join(all, ", ")
	f := &geo.InputError{
		Message: geo.Textf("未知的阶段“%s”", "unknown stage %q", shorten(s)),
		Advice:  geo.Textf("可用的阶段：%s", "The stages are %s", list),
	}
	if near := nearest(s, all); near != "" {
		f.Advice = geo.Textf("是否应为“%[1]s”？可用的阶段：%[2]s", "Did you mean %[1]s? The stages are %[2]s", near, list)
	}
	return "", f
}

func (m *manifest) readCRS(n node) error {
	var s string
	if err := into(&s, n); err != nil {
		return err
	}
	crs, err := geo.ParseCRS(s)
	if f, ok := geo.AsInputError(err); ok {
		return n.inputError(f.Message, f.Advice)
	}
	m.crs = crs
	return err
}

func (m *manifest) readQuota(n node) error {
	m.quota = &Quota{}
	area := func(to *float64) func(node) error { return func(n node) error { return intoArea(to, n) } }
	return n.fields(map[string]func(node) error{
		"rural_housing_m2":     area(&m.quota.RuralHousing),
		"rural_development_m2": area(&m.quota.RuralDevelopment),
		"mining_m2":            area(&m.quota.Mining),
		"tradable_m2":          area(&m.quota.Tradable),
		"destination_county":   func(n node) error { return intoCode(&m.quota.DestinationCounty, n, countyDigits) },
	}, []string{"rural_housing_m2", "rural_development_m2", "mining_m2", "tradable_m2", "destination_county"})
}

// intoArea reads a figure of square metres.
func intoArea(to *float64, n node) error {
	v, err := n.number()
	if err == nil && v < 0 {
		err = n.wrong("不小于 0 的平方米数", "square metres, not negative")
	}
	if err != nil {
		return err
	}
	*to = v
	return nil
}

func (n node) missing(key string) *geo.InputError {
	return n.inputError(geo.Textf("缺少“%s”", "%q is missing", key),
		geo.Textf("请补上 %s: …", "Add %s: …", key))
}

// intoCode reads an administrative code of so many digits.
func intoCode(s *string, n node, digits int) error {
	v, err := n.text()
	if err != nil {
		return err
	}
	if len(v) != digits || !allDigits(v) {
		return n.wrong(" "+strconv.Itoa(digits)+" 位行政区代码", "an administrative code of "+strconv.Itoa(digits)+" digits")
	}
	*s = v
	return nil
}

func intoDate(s *string, n node) error {
	v, err := n.text()
	if err != nil {
		return err
	}
	d, ok := parseDate(v)
	if !ok || d == "" {
		return n.wrong("日期（YYYY-MM-DD）", "a date (YYYY-MM-DD)")
	}
	*s = d
	return nil
}

// intoFile reads the name of a file inside the package.
func intoFile(s *string, n node) error {
	v, err := n.text()
	if err != nil {
		return err
	}
	name, ok := inside(v)
	if !ok {
		return n.inputError(geo.Textf("路径“%s”在方案包之外", "the path %q leads out of the package", shorten(v)),
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
