package plan

import (
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/strictyaml"
)

func (m *manifest) readJustification(n strictyaml.Node) error {
	j := Justification{Line: n.Line}
	rule := textField("rule", &j.Rule)
	rule.Required = true
	err := n.Fields(rule, textField("scope", &j.Scope), textField("reason", &j.Reason), fileField("document", &j.Document),
		strictyaml.Field{Name: "expires", Read: func(n strictyaml.Node) error { return intoDate(&j.Expires, n) }})
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

func (m *manifest) readDocument(n strictyaml.Node) error {
	d := Document{Line: n.Line}
	var kinds []string
	named := false
	readKinds := func(n strictyaml.Node) error {
		named = true
		read := func(n strictyaml.Node) error { return intoList(&kinds, n) }
		err := read(n)
		if n.List() {
			err = n.Items(read)
		}
		if err == nil && len(kinds) == 0 {
			err = n.Wrong("材料类别", "a kind of document")
		}
		return err
	}
	village, from, file := codeField("village", &d.Village, villageDigits), textField("from", &d.From), fileField("file", &d.File)
	village.Needed = func() bool {
		return slices.ContainsFunc(kinds, func(k string) bool { return slices.Contains(domain.VillageKinds(), k) })
	}
	from.Needed = func() bool { return slices.Contains(kinds, "opinion") }
	file.Required = true
	err := n.Fields(
		strictyaml.Field{Name: "kind", Read: readKinds, Needed: func() bool { return !named }},
		strictyaml.Field{Name: "kinds", Read: readKinds},
		village, from,
		strictyaml.Field{Name: "agrees", Read: func(n strictyaml.Node) error { return intoAgreement(&d.Agrees, n) }},
		textField("subproject", &d.SubProject), textField("number", &d.Number),
		file,
	)
	for _, d.Kind = range kinds {
		m.documents = append(m.documents, d)
	}
	return err
}

// intoList adds a word to a list, unless it is there.
func intoList(to *[]string, n strictyaml.Node) error {
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
func intoAgreement(to *Agreement, n strictyaml.Node) error {
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
		return n.Wrong(" yes（同意）、with-conditions（有条件同意）或 no（不同意）", "yes, with-conditions or no")
	}
	return nil
}

// readPrior reads what another approved project moved. Without township and
// area it could not enter the ratio, and leaving it out would pass in silence.
func (m *manifest) readPrior(n strictyaml.Node) error {
	p := Prior{Line: n.Line}
	township, out := codeField("township", &p.Township, townshipDigits), areaField("pbf_out_m2", &p.PBFOut)
	township.Required, out.Required = true, true
	err := n.Fields(textField("project", &p.Project), township, out, areaField("pbf_in_m2", &p.PBFIn), fileField("report", &p.Report))
	return strictyaml.Gather(nil, err, m.addPrior(n, p))
}

// addPrior keeps what another project moved in a township; the same a second
// time is an input error.
func (m *manifest) addPrior(n strictyaml.Node, p Prior) error {
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
	return n.InputError(
		geo.Textf("项目 %[1]s 在苏木乡镇 %[2]s 的调整已在第 %[3]d 行写过，不能再计一次", "project %[1]s in township %[2]s stands on line %[3]d already and would be counted twice", shorten(p.Project), p.Township, line),
		geo.Text{ZH: "请删除重复的一条，或把两条合并为一条", EN: "Delete one of the two, or make one of them"})
}

// ignored is one pattern of ignore:, as doublestar reads it: "*" stays within
// a folder, "**" does not.
type ignored struct {
	glob string
	line int
}

func (m *manifest) readIgnore(n strictyaml.Node) error {
	read := func(n strictyaml.Node) error {
		var glob string
		if err := into(&glob, n); err != nil {
			return err
		}
		glob = strings.TrimPrefix(strings.ReplaceAll(glob, `\`, "/"), "./")
		if strings.HasSuffix(glob, "/") {
			glob += "**"
		}
		if glob == "" || len(glob) > 300 || strings.Count(glob, "{") > 3 || !validGlob(glob) { // alternatives multiply
			return n.InputError(geo.Textf("“%s”不是文件名模式", "%q is not a pattern of file names", shorten(glob)),
				geo.Text{ZH: `请写包内的文件或文件夹，例如 "现状照片/**"、旧版/*.shp`, EN: `Name files or folders of the package, such as "photos/**" or old/*.shp`})
		}
		m.ignore = append(m.ignore, ignored{glob: glob, line: n.Line})
		return nil
	}
	if n.Scalar() {
		return read(n)
	}
	if len(n.Content) > maxNamed {
		return tooManyNamed(n)
	}
	return n.Items(read)
}

// maxNamed is how many files the manifest may name for layers, and how many
// patterns of files to leave out: each is held against every file of a package.
const maxNamed = 1000

func tooManyNamed(n strictyaml.Node) error {
	return n.InputError(geo.Textf("这里写了 %[1]d 个以上的文件或文件名模式", "more than %[1]d files or patterns of files stand here", maxNamed),
		geo.Text{ZH: `请合并，例如用 "旧版/**" 代表整个文件夹`, EN: `Join them: "old/**" stands for a whole folder`})
}
