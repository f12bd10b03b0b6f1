package postgis

import (
	"context"
	"fmt"

	"landcheck/geo"
)

var _ geo.PlaneMeasurer = (*layer)(nil)

// PlaneAreas implements geo.Measured by what the load measured on the
// ellipsoid.
func (l *layer) PlaneAreas(ctx context.Context, _ float64, visit func(record int, area float64) error) error {
	failed := func(err error) error { return l.failed(ctx, err) }
	rows, err := l.db.pool.Query(ctx, fmt.Sprintf("select f.record, f.area_m2 from %s f where f.county = '%s' and f.dataset = %d and f.area_m2 is not null", l.table(), l.County, l.ID))
	if err != nil {
		return failed(err)
	}
	defer rows.Close()
	seen := false
	for rows.Next() {
		seen = true
		var record int64
		var area float64
		if err := rows.Scan(&record, &area); err != nil {
			return failed(err)
		}
		if err := visit(int(record), area); err != nil {
			return err
		}
	}
	err = rows.Err()
	if rows.Close(); err == nil && !seen {
		err = l.still(ctx)
	}
	return failed(err)
}
