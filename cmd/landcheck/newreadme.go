package main

import "landcheck/geo"

// newReadme says what lies in the package and what comes next.
func newReadme(lang string) string {
	return geo.Text{ZH: `全域土地综合整治方案包

plan.gpkg    空图层，含全部字段；用 QGIS 打开 plan.qgz 即可绘制
shapefile    同样的空图层，Shapefile 格式，供 ArcGIS 等使用；两处任选其一填写，同名图层会合并
plan.yaml    方案清单：项目、阶段、材料；plan.schema.json 编辑器（VS Code 等）据此提示键和代码、标出写错的地方，不联网也可用
docs         材料：villages 嘎查村，departments 部门意见，reviews 审核审批

图层和字段的说明：landcheck fields
画到一半就可以查一个图层的数据：landcheck check shapefile/DLBG.shp，或 landcheck check plan.gpkg --role land_use_change
全部核查：landcheck check 本目录 --base 底图
`, EN: `A plan of comprehensive land consolidation

plan.gpkg    empty layers with all fields; open plan.qgz in QGIS to draw
shapefile    the same layers as Shapefiles, for ArcGIS and others; fill either, layers of one name are joined
plan.yaml    the manifest: project, stage, papers; by plan.schema.json editors (VS Code and others) complete and check it, offline too
docs         papers: villages, departments (opinions), reviews (reviews and approvals)

Layers and fields: landcheck fields
One layer, as it is being drawn: landcheck check shapefile/DLBG.shp, or landcheck check plan.gpkg --role land_use_change
The whole check: landcheck check THIS-FOLDER --base BASE
`}.In(lang)
}
