package ledger

import (
	"context"
	"fmt"

	"landcheck/rules/domain"
	"landcheck/rules/plan"
)

// assemble numbers the faces and joins the overlaps within layers.
func (w *builder) assemble(ctx context.Context, pieces []cut) error {
	l := w.ledger
	total := 0
	for i := range pieces {
		total += len(pieces[i].faces)
	}
	l.Faces = make([]Face, 0, total)
	overlaps := w.afterOverlaps
	for i := range pieces {
		for _, claim := range pieces[i].claims {
			claim.Face += len(l.Faces)
			l.Claims = append(l.Claims, claim)
		}
		l.Faces = append(l.Faces, pieces[i].faces...)
		overlaps = append(overlaps, pieces[i].overlaps...)
		w.selfOverlapping = append(w.selfOverlapping, pieces[i].selfOverlapping...)
	}
	for i := range l.Faces {
		l.Faces[i].ID = i + 1
		l.Changed += l.Faces[i].Area
	}
	return w.joinOverlaps(ctx, overlaps)
}

// errTiling is the broken promise that faces tile the changed land.
func errTiling(f plan.Feature, got, want float64) error {
	return fmt.Errorf("ledger: the faces of %s record %d add up to %.4f m² on the plane, its own area is %.4f m²", f.File, f.Record, got, want)
}

// lacks finds the parcel layers that have no column at all for something that
// rules ask of land: an empty value can be filled in, a column must be added.
func lacks(b Base) map[domain.Role][]domain.Field {
	out := map[domain.Role][]domain.Field{}
	for _, role := range []domain.Role{domain.LandUse, domain.PBF} {
		for _, field := range []domain.Field{domain.Slope, domain.Grade, domain.Refinement, domain.UnitField} {
			if b.Has(role) && !b.HasField(role, field) {
				out[role] = append(out[role], field)
			}
		}
	}
	return out
}
