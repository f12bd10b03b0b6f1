package plan

import (
	"context"
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/rules/domain"
)

// Units are the townships or villages by code, with their names, from
// attributes alone.
func (b *Base) Units(ctx context.Context, role domain.Role) (map[string]string, error) {
	units := map[string]string{}
	for _, l := range b.layers[role] {
		if err := b.names(ctx, l, units); err != nil {
			return nil, err
		}
	}
	return units, nil
}

func (b *Base) names(ctx context.Context, l *baseLayer, units map[string]string) error {
	if l.err != nil {
		return l.err
	}
	var issues []Issue
	var others []string
	l.mutex.Lock()
	defer l.mutex.Unlock()
	for f, err := range l.layer.Rows(ctx, l.layout.columns) {
		if err != nil {
			return inFile(err, l.layer.File())
		}
		p := l.parcel(f, &issues)
		if !p.counts() {
			row := row{rowLayout: l.layout, values: f.Values}
			others = append(others, shorten(row.plain(domain.CodeField)))
			continue
		}
		if p.Code != "" && units[p.Code] == "" {
			units[p.Code] = p.Name
		}
	}
	l.others = others
	b.note(issues)
	return nil
}

// notTownships says once of rows of XZQ that are left out.
func (l *baseLayer) notTownships() (geo.Notice, bool) {
	const few = 3
	shown := slices.Clone(l.others[:min(len(l.others), few)])
	for i, code := range shown {
		if code == "" {
			shown[i] = "-"
		}
	}
	return geo.Notice{Severity: geo.Warning, File: l.layer.File(), Message: geo.Textf(
		"XZQ 中有 %[1]d 行不是苏木乡镇（行政区代码 %[2]s，不足 9 位或为旗县、盟市自身），未计入",
		"XZQ has %[1]d rows that are no townships (code %[2]s: fewer than 9 digits, or a county's or city's own); they are left out",
		len(l.others), strings.Join(shown, ", "))}, len(l.others) > 0
}
