package plan

import (
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/strictyaml"
)

// readValues reads what the values of coded columns mean: {TZLX: {TC: out, BH:
// in}}. A column goes by its name in the layer or by the field's. One whose
// values all say which way land moves is the kind of the change, whatever the
// column is called and although the role alone would say it.
func (a *assignment) readValues(n strictyaml.Node) error {
	return n.Entries(func(key string, k, v strictyaml.Node) error {
		meanings := map[string]string{}
		kinds, all := a.kinds(), true
		err := v.Entries(func(written string, _, v strictyaml.Node) error {
			var code string
			if v.Null() {
				return nil
			}
			if err := into(&code, v); err != nil {
				return err
			}
			meanings[strings.ToUpper(strings.TrimSpace(written))] = code
			_, ok := kinds[strings.ToLower(code)]
			all = all && ok
			return nil
		})
		if err != nil {
			return err
		}
		field, ok := a.fieldOf(key)
		switch {
		case len(kinds) > 0 && all && len(meanings) > 0 && (!ok || field == domain.Kind):
			field = domain.Kind
			for written, code := range meanings {
				meanings[written] = kinds[strings.ToLower(code)]
			}
			if _, told := a.fields[domain.Kind]; !told && domain.Field(key) != domain.Kind {
				a.fields[domain.Kind], a.marks[domain.Kind] = key, k
			}
		case !ok:
			return k.UnknownKey(key, a.codedNames())
		case field == domain.Kind:
			return v.InputError(geo.Textf("“%s”的值须说明变更方向", "the values of %q must say which way land moves", key),
				geo.Textf("可用的词：%s", "The words are %s", strings.Join(a.kindWords(), ", ")))
		}
		a.values[field] = meanings
		return nil
	})
}

// kinds are the words for the kind of a change and the code that each means.
func (a *assignment) kinds() map[string]string {
	switch a.role {
	case domain.PBFOut, domain.PBFIn, domain.PBFChange:
		return map[string]string{"in": "1", "out": "2", "none": "0", "kept": "0", "ignored": "0", "0": "0", "1": "1", "2": "2"}
	case domain.PBFAdjusted:
		return map[string]string{"in": domain.AdjustedIn, "out": domain.AdjustedOut, "none": notAdjusted, "kept": notAdjusted, "ignored": notAdjusted,
			"0": notAdjusted, "1": domain.AdjustedIn, "2": domain.AdjustedOut, domain.AdjustedIn: domain.AdjustedIn, domain.AdjustedInto: domain.AdjustedIn, domain.AdjustedOut: domain.AdjustedOut}
	case domain.UrbanChange, domain.UrbanAdded, domain.UrbanRemoved, domain.RedChange, domain.RedAdded, domain.RedRemoved:
		return map[string]string{"added": "1", "removed": "2", "1": "1", "2": "2"}
	}
	return nil
}

func (a *assignment) kindWords() []string {
	var words []string
	for w := range a.kinds() {
		words = append(words, w)
	}
	slices.Sort(words)
	return words
}

// fieldOf is the field that a key of values: means: by the column that the
// manifest names for it, by its own key, by an accepted column.
func (a *assignment) fieldOf(key string) (domain.Field, bool) {
	for _, f := range domain.PlanFields() {
		if column, ok := a.fields[f]; ok && strings.EqualFold(column, key) {
			return f, true
		}
	}
	if slices.Contains(a.known(), key) {
		return domain.Field(key), true
	}
	for _, f := range domain.PlanFields() {
		for _, column := range columns(a.role, f) {
			if strings.EqualFold(column, key) {
				return f, true
			}
		}
	}
	return "", false
}

// codedNames are the columns whose values values: may speak of.
func (a *assignment) codedNames() []string {
	var all []string
	for _, f := range domain.PlanFields() {
		all = append(all, columns(a.role, f)...)
	}
	return all
}

// bothWays is the role of a layer whose features say themselves which way they
// move land.
func bothWays(r domain.Role) domain.Role {
	switch r {
	case domain.PBFOut, domain.PBFIn:
		return domain.PBFChange
	case domain.UrbanAdded, domain.UrbanRemoved:
		return domain.UrbanChange
	case domain.RedAdded, domain.RedRemoved:
		return domain.RedChange
	}
	return r
}
