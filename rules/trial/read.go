package trial

import (
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"landcheck/geo"
	"landcheck/rules/plan"
	"landcheck/rules/result"
)

// draft is a trial being read: what it says itself.
type draft struct {
	Trial
	like node
}

func newDraft(n node) *draft {
	return &draft{Trial: Trial{File: n.file, Line: max(1, n.Line), plan: map[plan.Role][]feature{}, base: map[plan.Role][]feature{},
		systems: map[plan.Role]geo.CRS{}, manifest: map[string]*yaml.Node{}}}
}

// parseCase reads a case over what the suite shares; file names it in input errors.
func parseCase(file string, data []byte, shared *draft) (Case, error) {
	top, err := parse(file, data)
	if err != nil {
		return Case{}, err
	}
	c := Case{File: file}
	common := newDraft(top)
	var pass, fail *draft
	var more []*draft
	err = top.fields(map[string]func(node) error{
		"rule": func(n node) (err error) {
			c.Rule, err = n.text()
			c.line, c.column = n.Line, n.Column
			return err
		},
		"base": func(n node) error { return common.readBase(n) },
		"plan": func(n node) error { return common.read(n, false) },
		"pass": func(n node) error { pass = newDraft(n); return pass.read(n, true) },
		"fail": func(n node) error { fail = newDraft(n); return fail.read(n, true) },
		"more": func(n node) error {
			return n.items(func(item node) error {
				d := newDraft(item)
				more = append(more, d)
				return d.read(item, true)
			})
		},
	})
	switch {
	case err != nil:
		return c, err
	case c.Rule == "":
		return c, top.inputError(geo.Text{ZH: "没有写明规则", EN: "the case names no rule"}, geo.Text{ZH: "请加上 rule: 规则名", EN: "Add rule: and a rule's id"})
	case pass == nil && fail == nil && more == nil:
		return c, top.inputError(geo.Text{ZH: "没有试例", EN: "the case has no trial"}, geo.Text{ZH: "请写 pass 和 fail", EN: "Write pass and fail"})
	}
	common = common.over(shared)
	sides := map[string]*draft{}
	for _, s := range []struct {
		side Side
		list []*draft
	}{{Passing, []*draft{pass}}, {Failing, []*draft{fail}}, {Further, more}} {
		for _, d := range s.list {
			if d == nil {
				continue
			}
			under := common
			if d.like.Node != nil {
				if under = sides[d.like.Value]; under == nil {
					return c, d.like.inputError(geo.Textf("没有“%s”可以参照", "there is no trial %q to begin from", short(d.like.Value)),
						geo.Text{ZH: "like 只能是前面的 pass 或 fail", EN: "like is pass or fail, of those before"})
				}
			}
			t := d.over(under)
			t.Side = s.side
			sides[string(s.side)] = t
			if s.side == Further {
				delete(sides, string(Further))
				if t.Expect == "" {
					return c, &geo.InputError{File: file, Record: t.Line, Column: 1, Field: "more", Message: geo.Text{ZH: "没有写明应有的结论", EN: "it does not say what to expect"},
						Advice: geo.Text{ZH: "请加上 expect: 结论", EN: "Add expect: and a status"}}
				}
			}
			c.Trials = append(c.Trials, t.Trial)
		}
	}
	return c, nil
}

// read reads plan, or a trial. Only a trial says what to expect.
func (d *draft) read(n node, trial bool) error {
	keys := map[string]func(node) error{
		"base":    d.readBase,
		"without": func(v node) error { return d.readWithout(v) },
		"missing": func(v node) error {
			d.missing = map[string]bool{}
			return v.items(func(item node) error {
				s, err := item.text()
				d.missing[s] = true
				return err
			})
		},
		"crs": func(v node) error {
			return v.entries(func(key string, k, v node) error {
				role, err := k.role(slices.Concat(plan.PlanRoles(), plan.BaseRoles()))
				if err != nil {
					return err
				}
				s, err := v.text()
				if err != nil {
					return err
				}
				crs, err := geo.ParseCRS(s)
				if f, ok := geo.AsInputError(err); ok {
					return v.inputError(f.Message, f.Advice)
				}
				d.systems[role] = crs
				return err
			})
		},
		"stage": func(v node) error {
			s, err := v.text()
			if err != nil {
				return err
			}
			if _, err := plan.ParseStage(s); err != nil {
				f, _ := geo.AsInputError(err)
				return v.inputError(f.Message, f.Advice)
			}
			d.manifest["project"] = merged(d.manifest["project"], mapping("stage", scalar(s)))
			return nil
		},
	}
	keys["files"] = func(v node) (err error) { d.files, err = v.texts(); return err }
	keys["subprojects"] = func(v node) (err error) { d.up, err = v.texts(); return err }
	keys["approved"] = func(v node) error {
		d.approved = map[plan.Role][]feature{}
		return v.entries(func(_ string, k, v node) error {
			role, err := k.role(plan.PlanRoles())
			if err == nil {
				d.approved[role], err = v.features()
			}
			return err
		})
	}
	for _, role := range plan.PlanRoles() {
		if len(role.Names()) == 0 {
			continue // told apart by TZLX in urban_boundary_change and red_line_change
		}
		keys[string(role)] = func(v node) (err error) { d.plan[role], err = v.features(); return err }
	}
	for _, key := range []string{"project", "layers", "quota", "documents", "justifications", "prior", "ignore"} {
		keys[key] = func(v node) error {
			if list := slices.Contains([]string{"documents", "justifications", "prior", "ignore"}, key); list && v.Kind != yaml.SequenceNode {
				return v.wrong("列表（每项以“- ”开头）", "a list (each item starts with \"- \")")
			} else if !list && v.Kind != yaml.MappingNode {
				return v.wrong("键值表（key: value）", "a mapping (key: value)")
			}
			d.manifest[key] = merged(d.manifest[key], v.Node)
			return nil
		}
	}
	if trial {
		keys["title"] = func(v node) (err error) { d.Title, err = v.both(); return err }
		keys["expect"] = d.readExpect
		keys["like"] = func(v node) error { d.like = v; return nil }
		keys["value"] = func(v node) (err error) { d.Value, err = v.decimal(); return err }
		keys["limit"] = func(v node) (err error) { d.Limit, err = v.decimal(); return err }
		keys["note"] = func(v node) (err error) { d.Note, err = v.text(); return err }
	}
	if err := n.fields(keys); err != nil {
		return err
	}
	if trial && d.Title.IsZero() {
		return n.inputError(geo.Text{ZH: "试例没有标题", EN: "the trial has no title"}, geo.Text{ZH: "请加上 title: {zh: …, en: …}", EN: "Add title: {zh: …, en: …}"})
	}
	return nil
}

func (d *draft) readBase(n node) error {
	return n.entries(func(key string, k, v node) error {
		role, err := k.role(plan.BaseRoles())
		if err != nil {
			return err
		}
		d.base[role], err = v.features()
		return err
	})
}

func (d *draft) readWithout(n node) error {
	d.without = map[plan.Role]bool{}
	return n.items(func(item node) error {
		role, err := item.role(slices.Concat(plan.PlanRoles(), plan.BaseRoles()))
		d.without[role] = true
		return err
	})
}

func (d *draft) readExpect(n node) error {
	s, err := n.text()
	d.Expect = result.Status(s)
	known := []result.Status{result.Pass, result.Fail, result.Warn, result.Justified, result.NotApplicable, result.NotChecked}
	if err == nil && !slices.Contains(known, d.Expect) {
		err = n.inputError(geo.Textf("没有“%s”这种结论", "there is no status %q", short(s)),
			geo.Textf("可用：%s", "There are %s", "pass, fail, warn, justified, not_applicable, not_checked"))
	}
	return err
}

func (n node) role(among []plan.Role) (plan.Role, error) {
	role := plan.Role(n.Value)
	if slices.Contains(among, role) && len(role.Names()) > 0 && n.Kind == yaml.ScalarNode {
		return role, nil
	}
	var names []string
	for _, r := range among {
		if len(r.Names()) > 0 {
			names = append(names, string(r))
		}
	}
	return "", n.inputError(geo.Textf("没有图层“%s”", "there is no layer %q", short(n.Value)), geo.Textf("可用：%s", "There are %s", strings.Join(names, ", ")))
}

// decimal reads a figure; with an exponent its decimals would not show.
func (n node) decimal() (*Figure, error) {
	x, err := n.number()
	if err == nil && strings.ContainsAny(n.Value, "eE") {
		err = n.wrong("不带指数的小数", "a plain decimal")
	}
	_, decimals, _ := strings.Cut(strings.TrimSpace(n.Value), ".")
	return &Figure{x, len(decimals)}, err
}

// over lays a draft over another: what it says itself wins.
func (d *draft) over(under *draft) *draft {
	if under == nil {
		return d
	}
	out := *d
	out.plan, out.base, out.systems = laid(d.plan, under.plan), laid(d.base, under.base), laid(d.systems, under.systems)
	out.manifest = maps.Clone(under.manifest)
	for key, n := range d.manifest {
		out.manifest[key] = merged(under.manifest[key], n)
	}
	if d.without == nil {
		out.without = under.without
	}
	if d.missing == nil {
		out.missing = under.missing
	}
	if d.files == nil {
		out.files = under.files
	}
	if d.up == nil {
		out.up = under.up
	}
	if d.approved == nil {
		out.approved = under.approved
	}
	return &out
}

func laid[K comparable, V any](over, under map[K]V) map[K]V {
	out := maps.Clone(under)
	maps.Copy(out, over)
	return out
}
