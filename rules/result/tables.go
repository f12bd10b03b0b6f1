package result

import "landcheck/geo"

// ChangeRow is one change feature, by plan order.
type ChangeRow struct {
	Role string  `json:"role"`
	ID   string  `json:"id"`
	Area float64 `json:"area_m2"` // gross, ellipsoidal
}

// ClassRow is a row of the land-use structure table of the project area.
type ClassRow struct {
	Code   string   `json:"code"`
	Name   string   `json:"name"`
	Title  geo.Text `json:"title"`
	Group  string   `json:"group"`
	Before float64  `json:"before_m2"`
	After  float64  `json:"after_m2"`
}

// Flow is what changes move, m²: net areas of PBF and cropland, gross ones of
// construction land.
type Flow struct {
	PBFOut             float64 `json:"pbf_out_m2"`
	PBFIn              float64 `json:"pbf_in_m2"`
	CroplandGained     float64 `json:"cropland_gained_m2"`
	CroplandLost       float64 `json:"cropland_lost_m2"`
	ConstructionGained float64 `json:"construction_gained_m2"`
	ConstructionLost   float64 `json:"construction_lost_m2"`
}

// YearRow is a row of the year ledger; Year nil gathers changes without one and
// comes last. The cumulative figures reach from the first year to the end of
// this one, those of the last row over everything: in against out.
type YearRow struct {
	Year *int `json:"year"`
	Flow

	PBFOutCumulative         float64 `json:"pbf_out_cumulative_m2"`
	PBFInCumulative          float64 `json:"pbf_in_cumulative_m2"`
	CroplandGainedCumulative float64 `json:"cropland_gained_cumulative_m2"`
	CroplandLostCumulative   float64 `json:"cropland_lost_cumulative_m2"`
}

// LedgerInfo sums up the ledger.
type LedgerInfo struct {
	Faces   int        `json:"faces"`
	Changed float64    `json:"changed_m2"`
	Slivers SliverInfo `json:"slivers"`
}

// SliverInfo says how many slivers were left out of findings.
type SliverInfo struct {
	Count int     `json:"count"`
	Area  float64 `json:"area_m2"`
}

// PriorRow is the PBF that another project moved in a township before, net m².
type PriorRow struct {
	Project  string  `json:"project"` // code; "" where the plan names none
	Township string  `json:"township"`
	PBFOut   float64 `json:"pbf_out_m2"`
	PBFIn    float64 `json:"pbf_in_m2"`
	// Registered: by the township ledger of a service, not by the plan.
	Registered bool `json:"registered"`
}
