package rulebook

// check is what a rulebook must be beyond its shape. Of a rule whose shape is
// at fault only the id is looked at.
func (b *Rulebook) check(t *tree, d *diagnostics) error {
	at := t.place(t.root)
	id := child(t.root, "id")
	if id != nil {
		at = t.place(id)
	}
	if err := d.note(checkID(at, b.ID)); err != nil && b.ID != "" {
		return err
	}
	if child(t.root, "rules") == nil || len(b.Rules) == 0 && len(d.list) == 0 {
		_ = d.note(t.place(t.root).faultf("规则册没有规则", "the rulebook has no rules"))
	}
	seen := map[string]position{}
	for i := range b.Rules {
		r := &b.Rules[i]
		if r.ID == "" {
			continue // said when it was read
		}
		if err := d.note(checkID(r.at, r.ID)); err != nil {
			return err
		}
		if first, ok := seen[r.ID]; ok {
			_ = d.note(r.at.twice(r.ID, first))
			continue
		}
		seen[r.ID] = r.at
		if !r.sound {
			continue
		}
		if err := d.note(r.check(t, child(t.root, "rules").Content[i], d)); err != nil {
			return err
		}
	}
	b.checkBlocks(t, d)
	return b.checkWith(d)
}

// Rule finds a rule by id, nil when there is none.
func (b *Rulebook) Rule(id string) *Rule {
	for i := range b.Rules {
		if b.Rules[i].ID == id {
			return &b.Rules[i]
		}
	}
	return nil
}

func (b *Rulebook) ids(but *Rule) []string {
	var out []string
	for i := range b.Rules {
		if r := &b.Rules[i]; r != but && !r.Off {
			out = append(out, r.ID)
		}
	}
	return out
}
