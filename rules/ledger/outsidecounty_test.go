package ledger

import (
	"context"
	"errors"
	"strings"
	"testing"

	"landcheck/geo"
	"landcheck/geo/transient"
	"landcheck/rules/domain"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// brokenBase breaks in the reading of one role, once another reading has begun,
// which waits until it is told to end.
type brokenBase struct {
	memoryBase
	breaks domain.Role
	waits  context.Context // done when another has begun
	begun  func()
}

var errGone = transient.Mark(errors.New("the database is gone"))

func (b brokenBase) Near(ctx context.Context, role domain.Role, _ geo.CRS, _ []orb.Bound) ([]plan.Parcel, error) {
	if role == b.breaks {
		<-b.waits.Done()
		return nil, errGone
	}
	b.begun()
	<-ctx.Done()
	return nil, ctx.Err()
}

func (b brokenBase) Survey(ctx context.Context, role domain.Role, work geo.CRS, boxes []orb.Bound, _ func(*plan.Parcel) bool) ([]*plan.Parcel, error) {
	near, err := b.Near(ctx, role, work, boxes)
	return pointers(near), err
}

func (b brokenBase) Designated(ctx context.Context, work geo.CRS) (plan.Designated, error) {
	_, err := b.Near(ctx, domain.PBF, work, nil)
	return plan.Designated{}, err
}

func (b brokenBase) Units(ctx context.Context, role domain.Role) (map[string]string, error) {
	_, err := b.Near(ctx, role, geo.CRS{}, nil)
	return nil, err
}

// TestBrokenReading: where one reading of the base data finds the database gone
// the others, which may wait for minutes, end as well, and what is told is that.
func TestBrokenReading(t *testing.T) {
	base := memoryBase{}
	for _, role := range []domain.Role{domain.Townships, domain.LandUse, domain.PBF, domain.RedLine, domain.UrbanBoundary} {
		base[role] = []plan.Parcel{parcelAt(role, 1, rect(0, 0, 500, 500), "0103", "150123101")}
	}
	p := &plan.Plan{CRS: zone37, County: "150123", Project: []plan.Feature{{Geometry: rect(0, 0, 400, 400)}},
		Changes: []plan.Change{changeAt(domain.PBFOut, 1, rect(10, 10, 50, 50), "")}}
	for role := range base {
		waits, begun := context.WithCancel(t.Context())
		_, err := Build(t.Context(), p, brokenBase{base, role, waits, begun}, Options{Jobs: 8})
		if !errors.Is(err, errGone) {
			t.Errorf("%s: %v", role, err)
		}
	}
}

// TestNoticeOfLandOutsideTheCounty: where more than half of the project area
// lies outside the county that the plan names, it is said, with the counties
// whose townships are there.
func TestNoticeOfLandOutsideTheCounty(t *testing.T) {
	for name, c := range map[string]struct {
		own   float64 // metres of the project area's 100 that are in the county
		named bool
	}{"most of it is in the county": {60, false}, "most of it is not": {40, true}, "none of it is": {0, true}} {
		base := memoryBase{domain.Townships: {parcelAt(domain.Townships, 1, rect(c.own, -50, 500, 500), "", "150125101")}}
		base[domain.Townships][0].Code = "150125101"
		if c.own > 0 {
			own := parcelAt(domain.Townships, 2, rect(-500, -50, c.own, 500), "", "")
			own.Code = "150123101"
			base[domain.Townships] = append(base[domain.Townships], own)
		}
		l := build(t, &plan.Plan{CRS: zone37, County: "150123", Project: []plan.Feature{{Geometry: rect(0, 0, 100, 100)}}}, base, 1)
		var said []string
		for _, n := range l.Notices {
			if n.Severity == geo.Warning && strings.Contains(n.Message.EN, "the county that the plan names") {
				said = append(said, n.Message.EN)
			}
		}
		if c.named != (len(said) == 1) || c.named && !strings.Contains(said[0], "townships of 150125 are there") {
			t.Errorf("%s: %q", name, said)
		}
	}
}
