package sample

import (
	"fmt"

	"landcheck/geo"

	"github.com/paulmach/orb"
)

// hundredths is an area in whole 0.01 m², as land data states areas.
func (c *County) hundredths(mp orb.MultiPolygon) int64 { return geo.Centi(c.surveyor.MultiPolygon(mp)) }

// ridgeArea is the part of a parcel that its ridges take up (KCMJ).
func (p *parcel) ridgeArea(area int64) int64 {
	return (area*int64(p.ridge) + 5000) / 10_000
}

// declaredPBF is the PBF area that a parcel was designated with (YJJBNTMJ).
func (c *County) declaredPBF(k int, area int64) int64 {
	if declared, ok := c.pbfArea[k]; ok {
		return declared
	}
	return area - c.parcels[k].ridgeArea(area)
}

// metres writes 0.01 m² as m².
func metres(hundredths int64) string {
	return fmt.Sprintf("%d.%02d", hundredths/100, hundredths%100)
}
