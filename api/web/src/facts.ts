// Made by go generate ./api/web from rules/domain, rules/report and geo/catalog: edit those.

export type Status = 'pass' | 'fail' | 'justified' | 'warn' | 'not_applicable' | 'not_checked';

export type Level = 'mandatory' | 'in_principle' | 'advisory';

export type Verdict = 'compliant' | 'violations' | 'incomplete';

/** [Chinese, English] of codes, as the dictionary has them. */
export const titles = {
  'compliant': ['符合政策要求', 'compliant'],
  'violations': ['不符合政策要求', 'violations found'],
  'incomplete': ['资料不全', 'incomplete'],
  'pass': ['符合', 'pass'],
  'means-pass': ['条款已满足', 'the clause holds'],
  'fail': ['不符合', 'fail'],
  'means-fail': ['条款不满足，需要修改方案', 'the clause does not hold: the plan must change'],
  'justified': ['已论证', 'justified'],
  'means-justified': ['原则性条款不满足，但附有论证材料', 'an in-principle clause does not hold, but a document justifies it'],
  'warn': ['提示', 'warning'],
  'means-warn': ['提示性条款不满足，供参考', 'an advisory clause does not hold'],
  'not_applicable': ['不涉及', 'not applicable'],
  'means-not_applicable': ['方案没有这类变更', 'the plan has no such change'],
  'not_checked': ['未核查', 'not checked'],
  'means-not_checked': ['缺少资料，没有核查，不算通过', 'data is missing: not checked, which is no pass'],
  'mandatory': ['约束性', 'mandatory'],
  'in_principle': ['原则性', 'in principle'],
  'advisory': ['提示性', 'advisory'],
  'stage-proposal': ['立项', 'proposal'],
  'stage-annual': ['年度核算', 'annual accounting'],
  'stage-subproject-acceptance': ['子项目验收', 'sub-project acceptance'],
  'stage-acceptance': ['整体验收', 'overall acceptance'],
  'role-project_area': ['整治区域', 'Project area'],
  'role-pbf_out': ['永久基本农田调出', 'PBF out'],
  'role-pbf_in': ['永久基本农田补划', 'PBF in'],
  'role-pbf_change': ['永久基本农田调整', 'PBF out and in'],
  'role-pbf_adjustment': ['永久基本农田调整图斑', 'PBF adjustment'],
  'role-land_use_change': ['地类变更', 'Land-use change'],
  'role-land_use_after': ['整治后地类图斑', 'Land use after'],
  'role-urban_boundary_change': ['城镇开发边界调整', 'Urban boundary change'],
  'role-urban_boundary_added': ['城镇开发边界增加', 'Urban boundary added'],
  'role-urban_boundary_removed': ['城镇开发边界减少', 'Urban boundary removed'],
  'role-red_line_change': ['生态保护红线调整', 'Red line change'],
  'role-red_line_added': ['生态保护红线增加', 'Red line added'],
  'role-red_line_removed': ['生态保护红线减少', 'Red line removed'],
  'role-townships': ['乡镇', 'Townships'],
  'role-land_use': ['地类图斑', 'Land use'],
  'role-pbf': ['永久基本农田', 'Permanent basic farmland'],
  'role-red_line': ['生态保护红线', 'Ecological red line'],
  'role-urban_boundary': ['城镇开发边界', 'Urban boundary'],
  'role-villages': ['嘎查村', 'Villages'],
  'role-basic_grassland': ['基本草原', 'Basic grassland'],
  'role-heritage': ['历史文化保护线', 'Heritage protection'],
  'role-shelterbelt': ['防护林带', 'Shelterbelts'],
  'role-pbf_reserve': ['永久基本农田储备区', 'PBF reserve'],
  'role-water_management': ['河湖管理范围', 'Water management area'],
  'group-cropland': ['耕地', 'cropland'],
  'group-construction': ['建设用地', 'construction land'],
  'group-forest': ['林地', 'forest'],
  'group-grassland': ['草地', 'grassland'],
  'group-wetland': ['湿地', 'wetland'],
  'group-ecological': ['其他生态用地', 'other ecological land'],
  'group-agricultural': ['其他农用地', 'other agricultural land'],
  'group-unused': ['未利用地', 'unused land'],
  'group-other': ['其他地类', 'other classes'],
  'as-json': ['完整报告（机器可读）', 'the whole report, for programs'],
  'as-html': ['网页报告，可离线查看和打印', 'page, to open offline and print'],
  'as-sarif': ['SARIF 2.1.0，用于流水线', 'SARIF 2.1.0, for pipelines'],
  'as-geojson': ['问题图层（GeoJSON）', 'the findings as GeoJSON'],
  'as-junit': ['JUnit XML，每条规则一个用例，用于流水线', 'JUnit XML, a test case per rule, for pipelines'],
  'as-markdown': ['Markdown，便于粘贴到评论', 'Markdown, to paste into a comment'],
  'as-csv': ['台账 CSV，每个面一行，每个数都可复算', 'ledger as CSV, a row per face: every figure can be recomputed'],
  'as-text': ['纯文本，终端所见', 'plain text, as on a terminal'],
  'as-xlsx': ['Excel 工作簿，含审查汇总表和台账', 'Excel workbook with review form and ledger'],
  'as-gpkg': ['GeoPackage，问题和台账图层，GIS 软件可打开', 'GeoPackage with findings and faces, for GIS'],
} as const;

/** Roles of base layers that land lies in or does not. */
export const flagRoles: string[] = ['basic_grassland', 'heritage', 'shelterbelt', 'pbf_reserve', 'water_management'];

/** Roles whose features change land. */
export const changeRoles: string[] = ['pbf_out', 'pbf_in', 'land_use_change', 'urban_boundary_added', 'urban_boundary_removed', 'red_line_added', 'red_line_removed'];

/** The groups of land classes, in the order of tables. */
export const classGroups: string[] = ['cropland', 'construction', 'forest', 'grassland', 'wetland', 'ecological', 'agricultural', 'unused', 'other'];

/** The codes of each group (TD/T 1055). */
export const classCodes: Record<string, string[]> = {
  cropland: ['0101', '0102', '0103'],
  construction: ['05H1', '0508', '0601', '0602', '0603', '0701', '0702', '08H1', '08H2', '08H2A', '0809', '0810', '0810A', '09', '1001', '1002', '1003', '1004', '1005', '1007', '1008', '1009', '1109', '1201', '201', '201A', '202', '202A', '203', '203A', '204', '205'],
  forest: ['0301', '0301K', '0302', '0302K', '0305', '0307', '0307K'],
  grassland: ['0401', '0403', '0403K', '0404'],
  wetland: ['0303', '0304', '0306', '0402', '1105', '1106', '1108'],
  ecological: ['1101', '1102', '1110'],
  agricultural: ['0201', '0201K', '0202', '0202K', '0203', '0203K', '0204', '0204K', '1006', '1103', '1104', '1104A', '1104K', '1107', '1107A', '1202', '1203'],
  unused: ['1204', '1205', '1206', '1207'],
};

/** Formats of the report: name and file ending. */
export const reportFormats: [string, string][] = [
  ['json', '.json'],
  ['html', '.html'],
  ['sarif', '.sarif'],
  ['geojson', '.geojson'],
  ['junit', '.junit.xml'],
  ['markdown', '.md'],
  ['csv', '.csv'],
  ['text', '.txt'],
  ['xlsx', '.xlsx'],
  ['gpkg', '.gpkg'],
];

/** Endings of single files that may be a whole plan. */
export const packageEndings: string[] = ['.zip', '.gpkg'];
