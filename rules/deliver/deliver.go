// Package deliver makes of a plan that was checked what the systems named by the
// opinion are to receive.
//
//	kind.go        the table of deliverables
//	gate.go        whether the verdict allows them
//	pbf*.go        pbf-update: the layer of permanent basic farmland after the plan
//	balance.go …   the others, one file each
//	parcel.go      faces of the ledger into parcels that are handed in
//	share.go       areas shared out to 0.01 m² (平差)
//	write.go       a folder, a zip or a GeoPackage, whole or not at all
//	workbook.go    the table that goes with the layers
//
// Figures are the ledger's: what a deliverable adds up to is what the report says.
package deliver

import (
	"context"
	"fmt"

	"landcheck/geo"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"
	"landcheck/rules/result"

	"github.com/paulmach/orb"
)

// Request is one deliverable to be made.
type Request struct {
	Kind   Kind
	Report *result.Report
	Ledger *ledger.Ledger
	Base   *plan.Base // of the check, open; only pbf-update reads it
	// Draft allows what the verdict forbids, and marks every file and record 草案.
	Draft    bool
	Dated    string      // day as 2026-11-30: of the files, and from which parcels count that state none; "" for none
	Producer string      // 数据产生单位; "" leaves it open
	OwnNeeds plan.Number // cropland-balance: new cropland that the county needs for itself beside the plan, net m²
}

// Figure is a total that a deliverable states, m².
type Figure struct {
	Label geo.Text
	Area  float64
}

// Deliverable is what is handed in, in memory.
type Deliverable struct {
	KindInfo
	Figures  []Figure
	Notes    []geo.Text // what whoever hands it in has to know
	layers   []layer
	sheets   []sheet
	draft    bool
	dated    string
	origin   []line // of the workbook's first sheet: plan, base, rulebook
	producer string
}

// layer is a table with the forms in which it is written, beside a GeoPackage and
// a Shapefile.
type layer struct {
	*geo.Table
	coordinates *geo.Table // coordinate text of the same parcels; nil for none
}

// delivery is a deliverable on its way.
type delivery struct {
	Request
	out      *Deliverable
	surveyor *geo.Surveyor
}

// Make makes a deliverable. Where the verdict forbids it the error is a *Refusal,
// where there is nothing to hand in a *Nothing; both say why in figures.
func Make(ctx context.Context, r Request) (*Deliverable, error) {
	kind, err := ByName(string(r.Kind))
	if err != nil {
		return nil, err
	}
	if err := r.allowed(kind); err != nil {
		return nil, err
	}
	d := &delivery{Request: r, out: &Deliverable{KindInfo: kind, draft: r.Draft, dated: r.Dated, producer: r.Producer}}
	if d.surveyor, err = geo.NewSurveyor(r.Ledger.CRS, centre(r.Ledger)); err != nil {
		return nil, err
	}
	d.out.origin = d.origin()
	if err := kind.make(d, ctx); err != nil {
		return nil, err
	}
	d.beforeAcceptance()
	return d.out, nil
}

func centre(l *ledger.Ledger) orb.Point {
	if len(l.Plan.Project) == 0 {
		return orb.Point{}
	}
	return geo.Bound(l.Plan.Project[0].Geometry).Center()
}

func (d *delivery) note(zh, en string, args ...any) {
	d.out.Notes = append(d.out.Notes, geo.Textf(zh, en, args...))
}

func (d *delivery) figure(area float64, zh, en string) {
	d.out.Figures = append(d.out.Figures, Figure{geo.Text{ZH: zh, EN: en}, geo.RoundArea(area)})
}

// Nothing says that there is nothing to hand in, and by which figures.
type Nothing struct {
	Kind    KindInfo
	Why     geo.Text
	Figures []Figure
}

func (n *Nothing) Error() string { return n.Text().EN }

// Text is the message; Figures stand under it.
func (n *Nothing) Text() geo.Text {
	return geo.Textf("没有可导出的%[1]v：%[2]v", "there is nothing to export as %[1]v: %[2]v", n.Kind.Title, n.Why)
}

// In is a figure as a line of text.
func (f Figure) In(lang string) string {
	if lang == "en" {
		return fmt.Sprintf("%s: %.2f m² (%.4f hm², %.2f mu)", f.Label.EN, f.Area, f.Area/hectare, f.Area/mu)
	}
	return fmt.Sprintf("%s：%.2f m²（%.4f 公顷，%.2f 亩）", f.Label.ZH, f.Area, f.Area/hectare, f.Area/mu)
}

// In square metres.
const (
	hectare = 10000.0
	mu      = 10000.0 / 15
)

// nothing ends a delivery without a deliverable.
func (d *delivery) nothing(zh, en string, args ...any) error {
	return &Nothing{Kind: d.out.KindInfo, Why: geo.Textf(zh, en, args...), Figures: d.out.Figures}
}
