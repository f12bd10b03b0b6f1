package room

import (
	"context"
	"maps"
	"runtime"
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/geo/overlay"
	"landcheck/rules/domain"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"
	"landcheck/rules/wording"

	"github.com/paulmach/orb"
)

// Survey looks through base data. Base data without townships, land use or PBF, a
// code that no township has and an area outside the county are *geo.InputError.
func Survey(ctx context.Context, q Request) (*Room, error) {
	if q.Jobs <= 0 {
		q.Jobs = runtime.GOMAXPROCS(0)
	}
	s := &survey{Request: q, room: &Room{Source: q.Base.Source(), Limit: capOf(q.Book)}}
	if err := s.begin(ctx); err != nil {
		return nil, err
	}
	if err := s.gather(ctx); err != nil {
		return nil, err
	}
	l, err := ledger.OfLand(ctx, s.land, q.Base, ledger.Options{Jobs: q.Jobs, Progress: q.Progress,
		Sliver: ledger.SliverLimits{Area: q.Book.Parameters.SliverArea, Width: q.Book.Parameters.SliverWidth}})
	if err != nil {
		return nil, err
	}
	s.measurePatches(l)
	s.reserve(l)
	if err := s.candidates(ctx, l); err != nil {
		return nil, err
	}
	s.room.Notices = append(s.room.Notices, l.Notices...)
	if s.room.Townships, err = s.townships(ctx, l); err != nil {
		return nil, err
	}
	s.count()
	return s.room, nil
}

// survey is one reading of a county.
type survey struct {
	Request
	room     *Room
	surveyor *geo.Surveyor
	area     []*overlay.Shape // that candidates lie in, nil for anywhere

	pbf   []*plan.Parcel // all of it
	land  *plan.Plan     // what may be candidates, as changes
	patch map[int]int    // change → its small patch, from 0
	sizes []float64      // of the small patches, m²

	undone map[Check]bool // what nothing could be held against
}

// begin settles the working system and what is asked.
func (s *survey) begin(ctx context.Context) error {
	var lacking []geo.Text
	for _, role := range []domain.Role{domain.Townships, domain.LandUse, domain.PBF} {
		if !s.Base.Has(role) {
			lacking = append(lacking, wording.RoleTitle(role))
		}
	}
	if len(lacking) > 0 {
		return &geo.InputError{Message: geo.Textf("底图缺少 %[1]s，无法查找可调整的地块", "the base data lacks %[1]s: without it there is no telling what can be moved", wording.List(lacking)),
			Advice: geo.Text{ZH: "请补充该图层", EN: "Add the layer"}, Wants: geo.BaseInput}
	}
	extent, err := s.Base.Extent(domain.Townships)
	if err != nil {
		return err
	}
	if extent.CRS.IsZero() {
		return &geo.InputError{File: extent.Files[0], Message: geo.Text{ZH: "乡镇图层没有任何图形", EN: "the layer of townships has no shapes"},
			Advice: geo.Text{ZH: "请重新导出该图层", EN: "Export the layer again"}}
	}
	middle := extent.Bound.Center()
	work := geo.WorkingCRS(extent.CRS, middle)
	if extent.CRS.Kind != geo.Geographic {
		way, err := geo.NewTransform(geo.CRS{Kind: geo.Geographic}, extent.CRS)
		if err != nil {
			return err
		}
		native, err := way.Point(middle)
		if err != nil {
			return err
		}
		work = geo.WorkingCRS(extent.CRS, native)
	}
	s.room.CRS = work
	way, err := geo.NewTransform(geo.CRS{Kind: geo.Geographic}, work)
	if err != nil {
		return err
	}
	if middle, err = way.Point(middle); err != nil {
		return err
	}
	if s.surveyor, err = geo.NewSurveyor(work, middle); err != nil {
		return err
	}
	s.land = &plan.Plan{CRS: work}
	if err := s.checkCodes(ctx); err != nil {
		return err
	}
	return s.takeArea()
}

// checkCodes sees that every code asked for begins that of a township.
func (s *survey) checkCodes(ctx context.Context) error {
	if len(s.Codes) == 0 {
		return nil
	}
	known, err := s.Base.Units(ctx, domain.Townships)
	if err != nil {
		return err
	}
	for _, code := range s.Codes {
		if !slices.ContainsFunc(slices.Collect(maps.Keys(known)), func(k string) bool { return strings.HasPrefix(k, code) }) {
			return &geo.InputError{Field: code, Message: geo.Textf("底图中没有代码为 %[1]s 的乡镇", "the base data has no township %[1]s", code),
				Advice: geo.Textf("底图中的乡镇：%[1]s", "Its townships are %[1]s", strings.Join(slices.Sorted(maps.Keys(known)), ", "))}
		}
	}
	return nil
}

// wants tells whether a township was asked for.
func (s *survey) wants(code string) bool {
	return len(s.Codes) == 0 || slices.ContainsFunc(s.Codes, func(c string) bool { return strings.HasPrefix(code, c) })
}

// takeArea brings the area into the working system.
func (s *survey) takeArea() error {
	if len(s.Area) == 0 {
		return nil
	}
	way, err := geo.NewTransform(s.AreaCRS, s.room.CRS)
	if err != nil {
		return err
	}
	for _, f := range s.Area {
		f.Role = domain.ProjectArea
		if f.Geometry, err = way.MultiPolygon(f.Geometry); err != nil {
			return err
		}
		s.land.Project = append(s.land.Project, f)
		s.area = append(s.area, overlay.Prepare(f.Geometry))
	}
	return nil
}

// inArea tells whether land in a box may lie in the area.
func (s *survey) inArea(box orb.Bound) bool {
	return len(s.area) == 0 || meets(s.area, box)
}

func meets(shapes []*overlay.Shape, box orb.Bound) bool {
	return slices.ContainsFunc(shapes, func(a *overlay.Shape) bool { return a.Locate(box) != overlay.Outside })
}

func inside(shapes []*overlay.Shape, box orb.Bound) bool {
	return slices.ContainsFunc(shapes, func(a *overlay.Shape) bool { return a.Locate(box) == overlay.Inside })
}

// count sums the candidates by township.
func (s *survey) count() {
	at := map[string]*Township{}
	for i := range s.room.Townships {
		at[s.room.Townships[i].Code] = &s.room.Townships[i]
	}
	for _, c := range s.room.Out {
		at[c.Township].Out.add(Sum{1, c.Area, c.Net})
	}
	for _, c := range s.room.In {
		at[c.Township].In.add(Sum{1, c.Area, c.Net})
	}
}
