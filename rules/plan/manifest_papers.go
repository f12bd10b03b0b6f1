package plan

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"landcheck/geo"
	"landcheck/rules/domain"
)

func (m *manifest) readJustification(n node) error {
	j := Justification{Line: n.Line}
	err := n.fields(map[string]func(node) error{
		"rule":     func(n node) error { return into(&j.Rule, n) },
		"scope":    func(n node) error { return into(&j.Scope, n) },
		"reason":   func(n node) error { return into(&j.Reason, n) },
		"document": func(n node) error { return intoFile(&j.Document, n) },
		"expires":  func(n node) error { return intoDate(&j.Expires, n) },
	}, []string{"rule", "scope", "reason", "document", "expires"})
	if err == nil && j.Rule == "" {
		err = n.missing("rule")
	}
	m.justifications = append(m.justifications, j)
	return err
}

// widenScopes writes a justification's scope as "" where it means the whole
// plan: plan, project, the county's code or the plan's.
func (m *manifest) widenScopes() {
	for i := range m.justifications {
		switch s := &m.justifications[i].Scope; {
		case strings.EqualFold(*s, "plan"), strings.EqualFold(*s, "project"), *s != "" && (*s == m.county || *s == m.code):
			*s = ""
		}
	}
}

func (m *manifest) readDocument(n node) error {
	d := Document{Line: n.Line}
	var kinds []string
	readKinds := func(n node) error {
		if n.Kind == yaml.SequenceNode {
			return n.items(func(n node) error { return intoList(&kinds, n) })
		}
		return intoList(&kinds, n)
	}
	err := n.fields(map[string]func(node) error{
		"kind":       readKinds,
		"kinds":      readKinds,
		"village":    func(n node) error { return intoCode(&d.Village, n, villageDigits) },
		"from":       func(n node) error { return into(&d.From, n) },
		"agrees":     func(n node) error { return intoAgreement(&d.Agrees, n) },
		"subproject": func(n node) error { return into(&d.SubProject, n) },
		"file":       func(n node) error { return intoFile(&d.File, n) },
	}, []string{"kind", "kinds", "village", "from", "agrees", "subproject", "file"})
	switch {
	case err != nil:
	case len(kinds) == 0:
		err = n.missing("kind")
	case d.File == "":
		err = n.missing("file")
	case d.Village == "" && slices.ContainsFunc(kinds, func(k string) bool { return slices.Contains(domain.VillageKinds(), k) }):
		err = n.missing("village")
	case slices.Contains(kinds, "opinion") && d.From == "":
		err = n.missing("from")
	}
	for _, d.Kind = range kinds {
		m.documents = append(m.documents, d)
	}
	return err
}

// intoList adds a word to a list, unless it is there.
func intoList(to *[]string, n node) error {
	var word string
	if err := into(&word, n); err != nil {
		return err
	}
	if word != "" && !slices.Contains(*to, word) {
		*to = append(*to, word)
	}
	return nil
}

// intoAgreement reads what an opinion says of the plan, also as YAML's own
// words for true and false.
func intoAgreement(to *Agreement, n node) error {
	var word string
	if err := into(&word, n); err != nil {
		return err
	}
	switch strings.ToLower(word) {
	case "yes", "true", "y", "on", "agrees", "同意", "无意见", "是":
		*to = Agrees
	case "with-conditions", "conditional", "有条件同意", "原则同意":
		*to = WithConditions
	case "no", "false", "n", "off", "disagrees", "不同意", "否":
		*to = Disagrees
	default:
		return n.wrong(" yes（同意）、with-conditions（有条件同意）或 no（不同意）", "yes, with-conditions or no")
	}
	return nil
}

// readPrior reads what another approved project moved. Without township and
// area it could not enter the ratio, and leaving it out would pass in silence.
func (m *manifest) readPrior(n node) error {
	p := Prior{Line: n.Line}
	var township, out bool
	area := func(to *float64, there *bool) func(node) error {
		return func(n node) error {
			if there != nil {
				*there = true
			}
			return intoArea(to, n)
		}
	}
	err := n.fields(map[string]func(node) error{
		"project": func(n node) error { return into(&p.Project, n) },
		"township": func(n node) error {
			township = true
			return intoCode(&p.Township, n, townshipDigits)
		},
		"pbf_out_m2": area(&p.PBFOut, &out),
		"pbf_in_m2":  area(&p.PBFIn, nil),
		"report":     func(n node) error { return intoFile(&p.Report, n) },
	}, []string{"project", "township", "pbf_out_m2", "pbf_in_m2", "report"})
	var wrong mistakes
	wrong.add(err)
	if !township {
		wrong.add(n.missing("township"))
	}
	if !out {
		wrong.add(n.missing("pbf_out_m2"))
	}
	wrong.add(m.addPrior(n, p))
	return wrong.err()
}

// addPrior keeps what another project moved in a township; the same a second
// time is an input error.
func (m *manifest) addPrior(n node, p Prior) error {
	m.prior = append(m.prior, p)
	if p.Project == "" || p.Township == "" {
		return nil
	}
	key := [2]string{p.Project, p.Township}
	line, there := m.priorLine[key]
	if !there {
		if m.priorLine == nil {
			m.priorLine = map[[2]string]int{}
		}
		m.priorLine[key] = p.Line
		return nil
	}
	return n.inputError(
		geo.Textf("项目 %[1]s 在苏木乡镇 %[2]s 的调整已在第 %[3]d 行写过，不能再计一次", "project %[1]s in township %[2]s stands on line %[3]d already and would be counted twice", shorten(p.Project), p.Township, line),
		geo.Text{ZH: "请删除重复的一条，或把两条合并为一条", EN: "Delete one of the two, or make one of them"})
}

// ignored is one pattern of ignore:, as doublestar reads it: "*" stays within
// a folder, "**" does not.
type ignored struct {
	glob string
	line int
}

func (m *manifest) readIgnore(n node) error {
	read := func(n node) error {
		var glob string
		if err := into(&glob, n); err != nil {
			return err
		}
		glob = strings.TrimPrefix(strings.ReplaceAll(glob, `\`, "/"), "./")
		if strings.HasSuffix(glob, "/") {
			glob += "**"
		}
		if glob == "" || len(glob) > 300 || strings.Count(glob, "{") > 3 || !validGlob(glob) { // alternatives multiply
			return n.inputError(geo.Textf("“%s”不是文件名模式", "%q is not a pattern of file names", shorten(glob)),
				geo.Text{ZH: `请写包内的文件或文件夹，例如 "现状照片/**"、旧版/*.shp`, EN: `Name files or folders of the package, such as "photos/**" or old/*.shp`})
		}
		m.ignore = append(m.ignore, ignored{glob: glob, line: n.Line})
		return nil
	}
	if n.Kind == yaml.ScalarNode {
		return read(n)
	}
	if len(n.Content) > mostNamed {
		return n.tooManyNamed()
	}
	return n.items(read)
}

// mostNamed is how many files the manifest may name for layers, and how many
// patterns of files to leave out: each is held against every file of a package.
const mostNamed = 1000

func (n node) tooManyNamed() error {
	return n.inputError(geo.Textf("这里写了 %[1]d 个以上的文件或文件名模式", "more than %[1]d files or patterns of files stand here", mostNamed),
		geo.Text{ZH: `请合并，例如用 "旧版/**" 代表整个文件夹`, EN: `Join them: "old/**" stands for a whole folder`})
}
