package trial

import (
	"slices"

	"go.yaml.in/yaml/v4"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/strictyaml"
)

// draft is a trial being read: what it says itself.
type draft struct {
	Trial
	node strictyaml.Node // the whole of it
	like strictyaml.Node
}

func newDraft(n strictyaml.Node) *draft {
	return &draft{Trial: Trial{File: n.File(), Line: max(1, n.Line), plan: map[domain.Role][]feature{}, base: map[domain.Role][]feature{},
		systems: map[domain.Role]geo.CRS{}, manifest: map[string]*yaml.Node{}}}
}

// maxFile is far above any case that a person would read.
const maxFile = 1 << 20

// parse reads a file of one document; anchors are refused, since they hide what
// a trial says.
func parse(file string, data []byte) (*strictyaml.Document, error) {
	return strictyaml.Parse(file, data, strictyaml.Options{MaxBytes: maxFile})
}

// written is a case file as it stands.
type written struct {
	common, pass, fail *draft
	more               []*draft
}

// parseCase reads a case over what the suite shares; file names it in errors.
func parseCase(file string, data []byte, shared *draft) (Case, error) {
	c := Case{File: file}
	doc, err := parse(file, data)
	if err != nil {
		return c, err
	}
	top := doc.Root()
	w := written{common: newDraft(top)}
	if err := doc.Err(w.read(top, &c)); err != nil {
		return c, err
	}
	if w.pass == nil && w.fail == nil && w.more == nil {
		return c, geo.InputErrors{top.InputError(geo.Text{ZH: "没有试例", EN: "the case has no trial"}, geo.Text{ZH: "请写 pass 和 fail", EN: "Write pass and fail"})}
	}
	return c, doc.Err(w.lay(&c, shared))
}

func (w *written) read(top strictyaml.Node, c *Case) error {
	one := func(to **draft) func(strictyaml.Node) error {
		return func(n strictyaml.Node) error { *to = newDraft(n); return (*to).read(n, true) }
	}
	return top.Fields(
		strictyaml.Field{Name: "rule", Required: true, Read: func(n strictyaml.Node) (err error) {
			c.Rule, err = n.Text()
			c.line, c.column = n.Line, n.Column
			return err
		}},
		strictyaml.Field{Name: "base", Read: w.common.readBase},
		strictyaml.Field{Name: "plan", Read: func(n strictyaml.Node) error { return w.common.read(n, false) }},
		strictyaml.Field{Name: "pass", Read: one(&w.pass)},
		strictyaml.Field{Name: "fail", Read: one(&w.fail)},
		strictyaml.Field{Name: "more", Read: func(n strictyaml.Node) error {
			return n.Items(func(item strictyaml.Node) error {
				d := newDraft(item)
				w.more = append(w.more, d)
				return d.read(item, true)
			})
		}},
	)
}

// lay lays the trials of a file over what they begin from.
func (w *written) lay(c *Case, shared *draft) error {
	common := w.common.over(shared)
	var wrong []error
	sides := map[Group]*draft{}
	add := func(d *draft, side Group) {
		under := common
		if d.like.Given() {
			if under = sides[Group(d.like.Value)]; under == nil {
				wrong = append(wrong, d.like.InputError(geo.Textf("没有“%s”可以参照", "there is no trial %q to begin from", short(d.like.Value)),
					geo.Text{ZH: "like 只能是前面的 pass 或 fail", EN: "like is pass or fail, of those before"}))
				return
			}
		}
		t := d.over(under)
		t.Group = side
		if side != Further {
			sides[side] = t
		}
		c.Trials = append(c.Trials, t.Trial)
	}
	if w.pass != nil {
		add(w.pass, Passing)
	}
	if w.fail != nil {
		add(w.fail, Failing)
	}
	for _, d := range w.more {
		if d.Expect == "" {
			wrong = append(wrong, d.node.InputError(geo.Text{ZH: "没有写明应有的结论", EN: "it does not say what to expect"},
				geo.Text{ZH: "请加上 expect: 结论", EN: "Add expect: and a status"}))
			continue
		}
		add(d, Further)
	}
	return strictyaml.Gather(nil, wrong...)
}

// read reads plan, or a trial. Only a trial says what to expect.
func (d *draft) read(n strictyaml.Node, trial bool) error {
	d.node = n
	fields := slices.Concat([]strictyaml.Field{
		{Name: "base", Read: d.readBase},
		{Name: "without", Read: d.readWithout},
		{Name: "missing", Read: d.readMissing},
		{Name: "crs", Read: d.readSystems},
		{Name: "stage", Read: d.readStage},
		{Name: "files", Read: func(v strictyaml.Node) (err error) { d.files, err = v.Texts(); return err }},
		{Name: "subprojects", Read: func(v strictyaml.Node) (err error) { d.up, err = v.Texts(); return err }},
		{Name: "approved", Read: d.readApproved},
	}, d.layerFields(), d.manifestFields())
	if trial {
		fields = append(fields,
			strictyaml.Field{Name: "title", Required: true, Read: func(v strictyaml.Node) (err error) { d.Title, err = both(v); return err }},
			strictyaml.Field{Name: "expect", Read: d.readExpect},
			strictyaml.Field{Name: "like", Read: func(v strictyaml.Node) error { d.like = v; return nil }},
			strictyaml.Field{Name: "value", Read: func(v strictyaml.Node) (err error) { d.Value, err = decimal(v); return err }},
			strictyaml.Field{Name: "limit", Read: func(v strictyaml.Node) (err error) { d.Limit, err = decimal(v); return err }},
			strictyaml.Field{Name: "note", Read: func(v strictyaml.Node) (err error) { d.Note, err = v.Text(); return err }})
	}
	return n.Fields(fields...)
}

// layerFields are the layers of the plan.
func (d *draft) layerFields() (fields []strictyaml.Field) {
	for _, role := range domain.PlanRoles() {
		if len(role.Names()) == 0 {
			continue // told apart by TZLX in urban_boundary_change and red_line_change
		}
		fields = append(fields, strictyaml.Field{Name: string(role), Read: func(v strictyaml.Node) (err error) { d.plan[role], err = features(v); return err }})
	}
	return fields
}

// manifestFields are the keys of plan.yaml. Their values are read there.
func (d *draft) manifestFields() (fields []strictyaml.Field) {
	for _, key := range manifestKeys() {
		list := slices.Contains([]string{"documents", "justifications", "prior", "ignore"}, key)
		fields = append(fields, strictyaml.Field{Name: key, Read: func(v strictyaml.Node) error {
			if list && !v.List() {
				return v.Wrong(strictyaml.List.ZH, strictyaml.List.EN)
			} else if !list && v.Kind != yaml.MappingNode {
				return v.Wrong(strictyaml.Mapping.ZH, strictyaml.Mapping.EN)
			}
			d.manifest[key] = merged(d.manifest[key], v.Node)
			return nil
		}})
	}
	return fields
}
