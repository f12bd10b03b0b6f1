package rulebook

import (
	"landcheck/geo"
	"landcheck/rules/condition"
)

func (k *Claims) validate() *geo.Text { return nil }

func (k *Claims) expressions() []*condition.Expression { return nil }

func (k *Claims) placeholders() []string {
	return []string{"field", "from", "to", "subproject", "why"}
}

func (k *Data) validate() *geo.Text {
	if (k.Check == "slivers") != (k.Limit != nil) {
		t := geo.Text{ZH: "limit_m2 属于且只属于 slivers", EN: "limit_m2 goes with slivers, and only with it"}
		return &t
	}
	return nil
}

func (k *Data) expressions() []*condition.Expression { return nil }

func (k *Data) placeholders() []string { return []string{"role", "limit"} }

func (k *Deviation) validate() *geo.Text { return nil }

func (k *Deviation) expressions() []*condition.Expression { return nil }

func (k *Deviation) placeholders() []string {
	return []string{"approved", "now", "difference", "limit", "why"}
}

func (k *Documents) validate() *geo.Text {
	for _, p := range k.Need {
		if (p.Kind == "") == (len(p.OneOf) == 0) || p.Per != "" && len(p.From) > 0 {
			t := geo.Text{ZH: "每份文件须有 kind 或 one_of 之一，per 与 from 不能并用", EN: "each paper has either kind or one_of, and per or from but not both"}
			return &t
		}
	}
	if len(k.Need) == 0 {
		t := geo.Text{ZH: "need 不能为空", EN: "need must not be empty"}
		return &t
	}
	return nil
}

func (k *Documents) expressions() []*condition.Expression { return nil }

func (k *Documents) placeholders() []string { return []string{"document", "from", "lack"} }

// Kinds are the kinds of which any one will do.
func (p Paper) Kinds() []string {
	if p.Kind != "" {
		return []string{p.Kind}
	}
	return p.OneOf
}

func (k *Within) validate() *geo.Text { return nil }

func (k *Within) expressions() []*condition.Expression { return nil }

func (k *Within) placeholders() []string { return []string{"county"} }
