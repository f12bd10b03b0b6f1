package sentences

import (
	"testing"

	"landcheck/rules/proving/kit"
)

// TestManifests: what plan.yaml may say, and what counts of it.
func TestManifests(t *testing.T) {
	lost := func(kind, of, file string) func(*kit.Case) {
		return func(c *kit.Case) { c.Plan.Manifest.Doc(kind, of).File = file }
	}
	said := func(more string) func(*kit.Case) {
		return func(c *kit.Case) { c.Plan.Manifest.Doc("opinion", "水利").More = more }
	}
	const opinions = "violations department-opinions"
	hold(t, []sentence{
		{"The manifest may override all of it: file, fields, values, classes", []row{
			{"file", all(excess("补充"), manifest("layers:\n  pbf_out: {file: 补充.shp}\n")), "violations pbf-undeclared-loss", "YJJBNTTC.shp"},
			{"a file that is not there", manifest("layers:\n  pbf_out: {file: 没有.shp}\n"), "refused", "没有.shp"},
			{"fields", all(column("YJJBNTTC", "BSM", "DKBH"), manifest("layers:\n  pbf_out: {fields: {id: DKBH}}\n")), "compliant", ""},
			{"fields under the layer's own name", all(column("YJJBNTTC", "NF", "NIANFEN"), manifest("layers:\n  YJJBNTTC: {fields: {year: NIANFEN}}\n")), "compliant", ""},
			{"a field that is not there", manifest("layers:\n  pbf_out: {fields: {id: DKBH}}\n"), "refused", "DKBH"}}},
		{"prior: land that other approved projects moved before", []row{
			{"below the cap", manifest("prior:\n  - {project: p, township: \"150123101\", pbf_out_m2: 100}\n"), "compliant", ""},
			{"over it", manifest("prior:\n  - {project: p, township: \"150123101\", pbf_out_m2: 20000}\n"), cap5, ""},
			{"beyond all land", manifest("prior:\n  - {project: p, township: \"150123101\", pbf_out_m2: 1e300}\n"), "refused", "1e300"},
			{"of a township that is not there", manifest("prior:\n  - {project: p, township: \"150123109\", pbf_out_m2: 20000}\n"), "compliant", "是否应为 150123101"},
			{"without a township", manifest("prior:\n  - {project: p, pbf_out_m2: 1}\n"), "refused", "township"},
			{"without an area", manifest("prior:\n  - {project: p, township: \"150123101\"}\n"), "refused", "pbf_out_m2"}}},
		{"A document that is named but not in the package does not count; nor one that is a layer, a companion, plan.yaml or empty", []row{
			{"not there", lost("opinion", "水利", "docs/无.docx"), opinions, "docs/无.docx"},
			{"a layer", lost("opinion", "水利", "DLBG.dbf"), opinions, "DLBG.dbf"},
			{"a companion", all(file("DLBG.qmd", "x"), lost("opinion", "水利", "DLBG.qmd")), opinions, "DLBG.qmd"},
			{"plan.yaml", lost("opinion", "水利", "./PLAN.yaml"), opinions, "清单"},
			{"empty", all(file("e.docx", ""), lost("opinion", "水利", "e.docx")), opinions, "e.docx"},
			{"blank", all(file("e.txt", " \r\n"), lost("opinion", "水利", "e.txt")), opinions, "e.txt"},
			{"outside", lost("opinion", "水利", "../e.docx"), "refused", "../e.docx"}}},
		{"from: 某旗水利局 contains 水利 and serves", []row{
			{"so it does", func(c *kit.Case) { c.Plan.Manifest.Doc("opinion", "水利").From = "某旗水利局" }, "compliant", ""},
			{"another bureau", func(c *kit.Case) { c.Plan.Manifest.Doc("opinion", "水利").From = "某旗水务局" }, opinions, "水利"}}},
		{"agrees: yes | with-conditions | no of an opinion (default yes; no fails)", []row{
			{"yes", said("agrees: yes"), "compliant", ""}, {"with-conditions", said("agrees: with-conditions"), "compliant", ""},
			{"no", said("agrees: no"), opinions, "水利"}, {"no, quoted", said(`agrees: "no"`), opinions, "水利"}, {"maybe", said("agrees: maybe"), "refused", "maybe"}}},
		{"A justification needs reason and a document; its scope is a code of the rule's own scopes, or plan", []row{
			{"a township", justified(`scope: "150123101", reason: 论证, document: ` + paper), "compliant", ""},
			{"plan", justified("scope: plan, reason: 论证, document: " + paper), "compliant", ""},
			{"project", justified("scope: project, reason: 论证, document: " + paper), "compliant", ""},
			{"the county", justified(`scope: "150123", reason: 论证, document: ` + paper), "compliant", ""},
			{"the plan's code", justified(`scope: "150123-2026-01", reason: 论证, document: ` + paper), "compliant", ""},
			{"another township", justified(`scope: "150123102", reason: 论证, document: ` + paper), cap5, "150123102"},
			{"no reason", justified("scope: plan, document: " + paper), cap5, "理由"},
			{"a blank reason", justified(`scope: plan, reason: "  ", document: ` + paper), cap5, "理由"},
			{"no document", justified("scope: plan, reason: 论证"), cap5, "document"},
			{"a document that is not there", justified("scope: plan, reason: 论证, document: docs/无.pdf"), cap5, "docs/无.pdf"},
			{"a layer for a document", justified("scope: plan, reason: 论证, document: ZZQY.prj"), cap5, "ZZQY.prj"},
			{"a mandatory rule", all(overCap, manifest("justifications:\n  - {rule: pbf-area-kept, scope: plan, reason: 论证, document: "+paper+"}\n")), cap5, "pbf-area-kept"}}},
		{"All mistakes of a manifest are told at once, each with line, column and the likely word", []row{
			{"two", manifest("ignroe: []\npriors: []\n"), "refused", "ignore"},
			{"a stage", func(c *kit.Case) { c.Plan.Manifest.Stage = "proposl" }, "refused", "proposal"}}},
	})
}
