package plan

import (
	"context"
	"maps"
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/rules/domain"
)

// countyColumns are those in which layers that have no code of their own to
// check by tell their county: the planning layers' (国土空间规划数据库标准) and
// that of parcels.
var countyColumns = []string{"XJXZQDM", "XZQDM", "ZLDWDM"}

// Belongs tells whether base data is that of a county (6 digits): the codes in
// its layers begin with the county's, those of a red line or an urban boundary
// too where they have some. A stray row (one in a thousand of a large layer) is
// a notice; more of them are a *geo.InputError, and so is a decree (base.yaml) for a
// township of another county. Rows without a code tell nothing, nor do those of
// a city. Every row is looked at, which takes two seconds for a million.
func (b *Base) Belongs(ctx context.Context, county string) ([]geo.Notice, error) {
	var strays []geo.Notice
	for _, role := range domain.BaseRoles() {
		for _, l := range b.layers[role] {
			m, err := l.membership(ctx, county)
			if err != nil {
				return nil, err
			}
			if len(m.foreignCodes) == 0 {
				continue
			}
			if m.isForeign() {
				return nil, m.inputError(l.layer.File(), county)
			}
			strays = append(strays, geo.Notice{Severity: geo.Warning, File: l.layer.File(), Record: m.record, Message: geo.Textf(
				"有 %[1]d 行不属于旗县 %[2]s：代码 %[3]s", "%[1]d rows are not of county %[2]s: code %[3]s", len(m.foreignCodes), county, m.codes())})
		}
	}
	for _, code := range slices.Sorted(maps.Keys(b.manifest.Designated)) {
		if !strings.HasPrefix(code, county) {
			return nil, &geo.InputError{File: b.manifest.file, Field: "designated",
				Message: geo.Textf("苏木乡镇 %[1]s 不属于旗县 %[2]s", "township %[1]s is not of county %[2]s", code, county),
				Advice:  geo.Text{ZH: "请删去，或改正旗县代码", EN: "Delete it, or correct the county's code"}}
		}
	}
	return strays, nil
}

// membership is how many rows of a layer are of a county, and the codes of the rest.
type membership struct {
	own          int
	foreignCodes []string
	record       int // of the first stray
}

func (l *baseLayer) membership(ctx context.Context, county string) (m membership, err error) {
	if l.err != nil {
		return m, l.err
	}
	columns := l.countyColumns()
	if len(columns) == 0 {
		return m, nil
	}
	l.mutex.Lock()
	defer l.mutex.Unlock()
	for f, err := range l.layer.Rows(ctx, columns) {
		if err != nil {
			return m, inFile(err, l.layer.File())
		}
		code := ""
		for _, v := range f.Values {
			if code = leadingDigits(strings.TrimSpace(v)); code != "" {
				break
			}
		}
		switch {
		case len(code) < len(county), strings.HasPrefix(county, strings.TrimRight(code, "0")): // none, or of a city or the county itself
		case strings.HasPrefix(code, county):
			m.own++
		default:
			if m.foreignCodes = append(m.foreignCodes, code); m.record == 0 {
				m.record = f.Record
			}
		}
	}
	return m, nil
}

// countyColumns are the columns of a layer that tell its rows' county.
func (l *baseLayer) countyColumns() (names []string) {
	field := domain.CodeField
	if l.layout.role == domain.LandUse || l.layout.role == domain.PBF {
		field = domain.UnitField
	}
	for _, c := range l.layout.schema[field] {
		names = append(names, c.name)
	}
	if len(names) > 0 {
		return names
	}
	for _, f := range l.layer.Fields() {
		if slices.ContainsFunc(countyColumns, func(n string) bool { return strings.EqualFold(n, f.Name) }) {
			names = append(names, f.Name)
		}
	}
	return names
}

// isForeign tells whether it is more than a stray row: a layer of another county,
// or of several.
func (m *membership) isForeign() bool {
	return len(m.foreignCodes) > max(1, m.own/1000) || m.own <= len(m.foreignCodes)
}

// codes are the first few of the strays.
func (m *membership) codes() string {
	codes := slices.Clone(m.foreignCodes)
	slices.Sort(codes)
	codes = slices.Compact(codes)
	return strings.Join(codes[:min(len(codes), 3)], ", ")
}

func (m *membership) inputError(file, county string) error {
	return &geo.InputError{File: file, Record: m.record,
		Message: geo.Textf("不是旗县 %[1]s 的底图：有 %[2]d 行的代码不以它开头（%[3]s）", "this is not base data of county %[1]s: the codes of %[2]d rows do not begin with it (%[3]s)", county, len(m.foreignCodes), m.codes()),
		Advice:  geo.Textf("请改正旗县代码，或只保留代码以 %[1]s 开头的行", "Correct the county's code, or keep the rows only whose code begins with %[1]s", county)}
}
