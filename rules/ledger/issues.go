package ledger

import (
	"cmp"
	"context"
	"slices"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
)

// issues gathers what was wrong or odd about the inputs. An issue of a base
// parcel under changed land is a finding like one of the plan's own; one
// elsewhere changes no figure of a rule and is a notice.
func (w *builder) issues(ctx context.Context) error {
	l := w.ledger
	under := map[key]bool{}
	for i := range w.layers {
		for j := range w.layers[i].parcels {
			if p := &w.layers[i].parcels[j]; p.under.Load() {
				under[keyOf(p.Role, p.File, p.Record)] = true
			}
		}
	}
	l.Issues = slices.Clone(l.Plan.Issues)
	l.Notices = append(slices.Clone(l.Plan.Notices), w.base.Notices()...)
	l.Notices = append(l.Notices, w.notices...)
	for _, f := range w.base.Issues() {
		if under[keyOf(f.Role, f.File, f.Record)] {
			l.Issues = append(l.Issues, f)
			continue
		}
		l.Notices = append(l.Notices, geo.Notice{Severity: geo.Warning, File: f.File, Record: f.Record, Message: f.Message})
	}
	w.statedClasses()
	w.contradictions()
	w.extents()
	err := cmp.Or(w.noteSelfOverlaps(), w.cover(ctx))
	w.sortInputErrors()
	return err
}

// extents says of layers of which nothing lies in any township: a wrong zone, a
// wrong county, or swapped axes, which would else pass for a plan that changes
// nothing.
func (w *builder) extents() {
	l := w.ledger
	if !l.Present[domain.Townships] {
		return
	}
	inside := map[string]bool{}
	for i := range l.Faces {
		f := &l.Faces[i]
		for _, c := range []*plan.Change{f.Out, f.In, f.Use, f.Urban, f.Line} {
			if c.Exists && f.Township != "" {
				inside[c.File] = true
			}
		}
	}
	for _, o := range l.Overlaps { // what another feature has taken from it lies where that one lies
		if inside[o.Keeps.File] {
			inside[o.Loses.File] = true
		}
	}
	outside := func(role domain.Role, file string) {
		if inside[file] {
			return
		}
		inside[file] = true // said once
		issue := plan.Issue{Check: "data-extent", Role: role, File: file,
			Message: geo.Textf("图层 %s 全部位于本旗县各乡镇（XZQ）之外", "layer %s lies wholly outside the county's townships (XZQ)", file),
			Remedy: geo.Text{ZH: "请核对图层的投影带、中央子午线和坐标顺序，以及底图是否为本旗县",
				EN: "Check the layer's zone, central meridian and axis order, and that the base data is of this county"}}
		if likely, ok := w.likelyZone(file); ok {
			issue.Message.ZH += "；若其坐标属于 " + likely.Named() + "，则位于本旗县之内"
			issue.Message.EN += "; if its coordinates were of " + likely.Named() + ", it would lie inside"
		}
		l.Issues = append(l.Issues, issue)
	}
	for _, f := range l.Plan.Project {
		inside[f.File] = inside[f.File] || len(l.ProjectTownships) > 0
		outside(f.Role, f.File)
	}
	for i := range l.Plan.Changes {
		outside(l.Plan.Changes[i].Role, l.Plan.Changes[i].File)
	}
}

// likelyZone is the zone in which a layer of the plan would lie in the county.
func (w *builder) likelyZone(file string) (geo.CRS, bool) {
	base, ok := w.base.(interface {
		Extent(domain.Role) (plan.Extent, error)
	})
	if !ok {
		return geo.CRS{}, false
	}
	county, err := base.Extent(domain.Townships)
	if err != nil {
		return geo.CRS{}, false
	}
	box := geo.Bound(nil)
	for _, f := range w.ledger.Plan.Project {
		if f.File == file {
			box = box.Union(geo.Bound(f.Geometry))
		}
	}
	for _, c := range w.ledger.Plan.Changes {
		if c.File == file {
			box = box.Union(geo.Bound(c.Geometry))
		}
	}
	native := w.ledger.Plan.SystemOf(file)
	if native.Kind != geo.GaussKruger { // degrees have no zone
		return geo.CRS{}, false
	}
	back, err := geo.NewTransform(w.ledger.Plan.CRS, native)
	if err != nil {
		return geo.CRS{}, false
	}
	if box, err = back.Bound(box); err != nil {
		return geo.CRS{}, false
	}
	return geo.LikelyZone(native, box, county.Bound)
}

// noteSelfOverlaps says of base parcels that cross or overlap themselves where they do.
// The overlay counts land that such a parcel winds round at all as covered,
// which is what MakeValid's structure method does.
func (w *builder) noteSelfOverlaps() error {
	parcels := w.selfOverlapping
	// Two counties' files may have one name, and their records one number.
	slices.SortFunc(parcels, func(a, b *parcel) int {
		return cmp.Or(compareFeatures(a.Feature, b.Feature), cmp.Compare(a.ID, b.ID))
	})
	kernel := geo.NewKernel()
	for _, p := range slices.Compact(parcels) {
		f := p.Feature
		issue, err := plan.Repair(kernel, &f)
		if err != nil {
			return err
		}
		if issue != nil {
			w.ledger.Issues = append(w.ledger.Issues, *issue)
		}
	}
	return nil
}

// key is a record of a layer.
type key struct {
	role   domain.Role
	file   string
	record int
}

func keyOf(role domain.Role, file string, record int) key { return key{role, file, record} }
