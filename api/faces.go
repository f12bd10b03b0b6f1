package api

import (
	"strconv"

	"landcheck/api/request"
	"landcheck/api/results"
	"landcheck/geo"

	"github.com/labstack/echo/v4"
)

// ledger lists the faces of a check, page by page.
func (s *Server) ledger(c echo.Context) error {
	q := request.Parameters(c, "after", "limit", "township", "bbox", "finding")
	after, limit := q.Match("after", request.IDForm(), request.WantID), q.Number("limit", 1, 1000, 100)
	township := q.Match("township", request.TownshipForm(), geo.Text{ZH: "9 位乡镇代码", EN: "the 9-digit code of a township"})
	finding := q.Match("finding", request.IDForm(), request.WantID)
	box := q.BBox("bbox")
	if q.Err != nil {
		return q.Err
	}
	k, err := s.readCheck(c, "ledger")
	if err != nil {
		return err
	}
	r := s.results.For(c, k)
	all, err := r.Faces()
	if err != nil {
		return err
	}
	behind, err := r.Behind(finding)
	if err != nil {
		return err
	}
	id := func(f *results.Face) string { return strconv.Itoa(f.ID) }
	rows, err := request.PageAfter(all, after, limit, id, func(f *results.Face) bool {
		return (township == "" || f.Township == township) && (box == nil || meets(*box, f.BBox)) && (finding == "" || behind[f.ID])
	})
	if err != nil {
		return err
	}
	return request.Listed(c, rows, limit, func(f results.Face) string { return id(&f) }, func(f results.Face) results.Face { return f })
}
