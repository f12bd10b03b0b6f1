package result

// Form is 永久基本农田布局调整审查情况汇总表, the review form.
// Areas in hm² to 4 decimals; nil where an input is missing.
type Form struct {
	Project    string   `json:"project"`
	Townships  []string `json:"townships"`
	ProjectPBF float64  `json:"project_pbf_hm2"` // PBF in the project area before
	Out        FormSide `json:"out"`
	In         FormSide `json:"in"`
	// Result lines.
	MoreMu      float64  `json:"more_mu"`      // 数量有增加: in − out, mu
	MoreRatio   *float64 `json:"more_ratio"`   // (in − out) / out
	BetterGrade *float64 `json:"better_grade"` // 质量有提升: mean grade out − mean grade in (1 is best)
	LayoutRatio *float64 `json:"layout_ratio"` // 布局有优化: (mean in parcel − mean out parcel) / mean out parcel
}

// FormSide is the column of 调出 (out) or 调入 (in).
type FormSide struct {
	Area         float64    `json:"area_hm2"`
	ProjectShare *float64   `json:"project_share"` // out only: share of the project area's PBF
	MeanGrade    *float64   `json:"mean_grade"`
	Parcels      int        `json:"parcels"`
	MeanParcel   *float64   `json:"mean_parcel_hm2"`
	Paddy        float64    `json:"paddy_hm2"`     // 水田
	Irrigated    float64    `json:"irrigated_hm2"` // 水浇地
	Dry          float64    `json:"dry_hm2"`       // 旱地
	OtherAgri    float64    `json:"other_agricultural_hm2"`
	Construction float64    `json:"construction_hm2"`
	Unused       float64    `json:"unused_hm2"`
	Slope        [3]float64 `json:"slope_hm2"` // ≤15°, (15°,25°], >25°
	SlopeUnknown float64    `json:"slope_unknown_hm2"`
	Patches      [4]float64 `json:"patches_hm2"`      // by parcel size ≤5, (5,10], (10,20], >20 mu
	NewCropland  float64    `json:"new_cropland_hm2"` // in only
}
