// Made by go generate ./api/web from rules/domain, rules/plan, rules/report, rules/mapsheet, rules/deliver and geo/catalog: edit those.

export type Status = 'pass' | 'fail' | 'justified' | 'warn' | 'not_applicable' | 'not_checked';

export type DecisionKind = 'pass' | 'conditions' | 'return';

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
  'decision-pass': ['审查通过', 'passed'],
  'means-decision-pass': ['没有未处理的不符合项，登记乡镇台账', 'no violation is open; it enters the township ledger'],
  'decision-conditions': ['附条件通过', 'passed with conditions'],
  'means-decision-conditions': ['满足所列条件后报新版本，暂不登记台账', 'once the conditions are met a new version is handed in; the ledger waits for it'],
  'decision-return': ['退回修改', 'returned'],
  'means-decision-return': ['退回上传者修改后重报', 'goes back to who handed it in'],
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
  'paper-village-consent': ['嘎查村同意纳入整治区域的文件', 'Village\'s consent to being included'],
  'paper-plan-consent': ['嘎查村同意实施方案的文件', 'Village\'s consent to the plan'],
  'paper-villager-support': ['村民支持材料', 'Record of the villagers\' support'],
  'paper-opinion': ['部门意见', 'Department\'s opinion'],
  'paper-league-opinion': ['盟市人民政府审核意见', 'League government\'s review'],
  'paper-pbf-plan': ['永久基本农田调整补划方案', 'Plan of adjusting permanent basic farmland'],
  'paper-pbf-league-review': ['盟市自然资源局对永久基本农田调整补划方案的审查意见', 'League bureau\'s review of the plan of adjusting permanent basic farmland'],
  'paper-pbf-region-review': ['自治区自然资源厅对永久基本农田调整补划方案的审核意见', 'Region\'s review of the plan of adjusting permanent basic farmland'],
  'paper-province-review': ['省级审核意见', 'Province\'s review'],
  'paper-region-approval': ['自治区土地综合整治领导小组批准文件', 'Approval by the region\'s leading group'],
  'paper-cross-county-approval': ['跨县域流转批准文件', 'Approval of trade across counties'],
  'paper-ministry-filing': ['自然资源部备案凭证', 'Proof of filing with the ministry'],
  'paper-limited-activity-opinion': ['生态保护红线内有限人为活动认定意见', 'Opinion on limited activity inside the red line'],
  'paper-grassland-approval': ['草原征占用审核文件', 'Approval to use grassland'],
  'paper-felling-permit': ['林木采伐许可证', 'Felling permit'],
  'paper-self-assessment': ['旗县年度自评报告', 'County\'s yearly self-assessment'],
  'paper-league-assessment': ['盟市年度初评意见', 'League\'s yearly assessment'],
  'paper-subproject-acceptance': ['子项目验收意见', 'Acceptance of the sub-project'],
  'paper-region-pbf-acceptance': ['自治区永久基本农田调整验收意见', 'Region\'s acceptance of the changes to permanent basic farmland'],
  'paper-league-acceptance': ['盟市整体验收意见', 'League\'s acceptance of the whole project'],
  'paper-filing': ['领导小组备案凭证', 'Proof of filing with the leading group'],
  'paper-maintenance': ['后期管护责任文件', 'Record of who maintains what was built'],
  'as-json': ['完整报告（机器可读）', 'the whole report, for programs'],
  'as-html': ['网页报告，可离线查看和打印', 'page, to open offline and print'],
  'as-pdf': ['PDF，打印好的网页报告', 'PDF: the page, printed'],
  'as-sarif': ['SARIF 2.1.0，用于流水线', 'SARIF 2.1.0, for pipelines'],
  'as-geojson': ['问题图层（GeoJSON）', 'the findings as GeoJSON'],
  'as-junit': ['JUnit XML，每条规则一个用例，用于流水线', 'JUnit XML, a test case per rule, for pipelines'],
  'as-markdown': ['Markdown，便于粘贴到评论', 'Markdown, to paste into a comment'],
  'as-csv': ['台账 CSV，每个面一行，每个数都可复算', 'ledger as CSV, a row per face: every figure can be recomputed'],
  'as-findings-csv': ['问题 CSV，每个问题一行', 'findings as CSV, a row each'],
  'as-text': ['纯文本，终端所见', 'plain text, as on a terminal'],
  'as-xlsx': ['Excel 工作簿，含审查汇总表和台账', 'Excel workbook with review form and ledger'],
  'as-docx': ['Word 审查意见，可修改、签署，附方案各表', 'review opinion in Word, to edit and sign, with the scheme\'s tables'],
  'as-gpkg': ['GeoPackage，方案、问题和台账图层，带样式，GIS 软件可打开', 'GeoPackage with plan, findings and faces, styled, for GIS'],
  'map-land-use-before': ['图件：土地利用现状图', 'map sheet: Land use before the plan'],
  'map-land-use-after': ['图件：土地利用规划图', 'map sheet: Land use after the plan'],
  'map-pbf-before': ['图件：永久基本农田调整前图', 'map sheet: Permanent basic farmland before its adjustment'],
  'map-pbf-after': ['图件：永久基本农田调整后图', 'map sheet: Permanent basic farmland after its adjustment'],
  'map-subprojects': ['图件：子项目分布图', 'map sheet: Sub-projects'],
  'export-pbf-update': ['永久基本农田更新成果（永久基本农田数据库）', 'update of the PBF database (database of permanent basic farmland)'],
  'export-cropland-balance': ['补充耕地指标入库成果（耕地占补平衡动态监管系统）', 'supplementary cropland quota (monitoring system of the cropland balance)'],
  'export-linkage': ['增减挂钩项目区成果（城乡建设用地增减挂钩）', 'linkage of demolition and building (linkage of urban and rural construction land)'],
  'export-land-trade': ['节余建设用地指标流转成果（公共资源交易平台）', 'tradable construction quota (public resource trading platform)'],
  'export-red-line-update': ['新增生态空间成果（生态保护红线）', 'new ecological space (ecological red line)'],
} as const;

/** Base layers without which a verdict is incomplete: role and name. */
export const coreLayers: [string, string][] = [['townships', 'XZQ'], ['land_use', 'DLTB'], ['pbf', 'YJJBNTTB'], ['red_line', 'STBHHX'], ['urban_boundary', 'CZKFBJ']];

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

/** How a layer is drawn; widths and dashes in pixels. */
export interface Look { line: string; width: number; fill?: string; hatch?: 'rising' | 'falling'; dash?: number[] }

/** The looks of layers (rules/domain, Look). */
export const layerLooks: Record<string, Look> = {
  land_use: { line: 'rgba(90,84,70,0.45)', width: 0.6 },
  pbf: { line: 'rgba(150,120,0,0.35)', width: 0.5, fill: 'rgba(245,215,110,0.38)' },
  villages: { line: '#a39c8c', width: 0.8, dash: [3, 3] },
  townships: { line: '#6f6857', width: 1.2, dash: [9, 4, 2, 4] },
  urban_boundary: { line: '#6d43a3', width: 1.8, fill: 'rgba(138,95,191,0.09)', dash: [8, 3] },
  red_line: { line: '#c2181f', width: 1.8, fill: 'rgba(217,52,60,0.07)' },
  basic_grassland: { line: '#5f7f22', width: 1.2, fill: 'rgba(150,190,80,0.12)', dash: [5, 3] },
  heritage: { line: '#8a4b12', width: 1.4, fill: 'rgba(180,110,40,0.14)' },
  shelterbelt: { line: '#2c6b3c', width: 1.2, fill: 'rgba(60,140,80,0.16)' },
  pbf_reserve: { line: '#98791a', width: 1.2, dash: [4, 3] },
  water_management: { line: '#2a6f97', width: 1.2, fill: 'rgba(80,150,200,0.12)', dash: [6, 3] },
  project_area: { line: '#16202c', width: 2.4 },
  land_use_change: { line: '#7d5f34', width: 0.8, fill: '#e2cfae' },
  pbf_out: { line: '#b5480f', width: 1.4, hatch: 'falling' },
  pbf_in: { line: '#14713a', width: 1.4, hatch: 'rising' },
  urban_boundary_added: { line: '#2d53ad', width: 1.6, fill: 'rgba(90,127,214,0.3)' },
  urban_boundary_removed: { line: '#2d53ad', width: 1.6, fill: 'rgba(255,255,255,0.5)', dash: [4, 3] },
  red_line_added: { line: '#8a1f5c', width: 1.6, fill: 'rgba(190,80,150,0.25)' },
  red_line_removed: { line: '#8a1f5c', width: 1.6, fill: 'rgba(255,255,255,0.5)', dash: [4, 3] },
  faces: { line: '#33475b', width: 0.6 },
  findings: { line: '#d4001a', width: 2.2, fill: 'rgba(212,0,26,0.14)' },
};

/** [fill, line] of a group of land classes. */
export const groupColours: Record<string, [string, string]> = {
  cropland: ['#f2dc8d', '#8a6d00'],
  construction: ['#e3a7b6', '#a94b66'],
  forest: ['#9cc99a', '#3f7a3d'],
  grassland: ['#cfe3a2', '#5f7f22'],
  wetland: ['#a6d5dc', '#2f7580'],
  ecological: ['#b5d8e8', '#356f8a'],
  agricultural: ['#e2cfae', '#7d5f34'],
  unused: ['#d8d6d0', '#6e6a60'],
  other: ['#cfd4da', '#5b6470'],
};

/** How much of the fill covers what is under land that changes. */
export const changedOpacity = 0.85;

/** The looks of findings by status. */
export const statusLooks: Record<string, Look> = {
  fail: { line: '#d4001a', width: 2.2, fill: 'rgba(212,0,26,0.14)' },
  warn: { line: '#a86500', width: 2.2, fill: 'rgba(168,101,0,0.14)' },
  justified: { line: '#6a48ad', width: 2.2, fill: 'rgba(106,72,173,0.14)' },
  not_checked: { line: '#3d4e63', width: 2.2, fill: 'rgba(61,78,99,0.14)' },
};

/** Formats of the report: name and file ending. */
export const reportFormats: [string, string][] = [
  ['json', '.json'],
  ['html', '.html'],
  ['pdf', '.pdf'],
  ['sarif', '.sarif'],
  ['geojson', '.geojson'],
  ['junit', '.junit.xml'],
  ['markdown', '.md'],
  ['csv', '.csv'],
  ['findings-csv', '.findings.csv'],
  ['text', '.txt'],
  ['xlsx', '.xlsx'],
  ['docx', '.docx'],
  ['gpkg', '.gpkg'],
];

/** What systems may receive of a plan; pbf-update is for those who read base layers. */
export const deliverables: string[] = ['pbf-update', 'cropland-balance', 'linkage', 'land-trade', 'red-line-update'];

/** Map sheets, by the end of their address. */
export const mapSheets: string[] = ['land-use-before', 'land-use-after', 'pbf-before', 'pbf-after', 'subprojects'];

/** Endings of single files that may be a whole plan. */
export const packageEndings: string[] = ['.zip', '.gpkg'];

/** Fields of layers: key in plan.yaml, accepted columns, [Chinese, English], whether a layer cannot be judged without. */
export interface Field { key: string; columns: string[]; title: [string, string]; required: boolean }

/** Roles of a plan's layers, with the names that stand for them (in capitals) and their fields. */
export const planRoles: { role: string; names: string[]; fields: Field[] }[] = [
  { role: 'project_area', names: ['ZZQY', 'ZZFW', '整治区域'], fields: [
    { key: 'id', columns: ['BSM', 'TBBH'], title: ['标识码', 'Id'], required: false },
  ] },
  { role: 'pbf_out', names: ['YJJBNTTC', 'TCTB', '调出', '永久基本农田调出'], fields: [
    { key: 'id', columns: ['BSM', 'TBBH'], title: ['标识码', 'Id'], required: false },
    { key: 'class', columns: ['BGHDLBM', 'GHDLBM'], title: ['变更后地类编码', 'Land class after'], required: false },
    { key: 'class_name', columns: ['BGHDLMC', 'GHDLMC', 'TZHDLMC', 'DLMC'], title: ['变更后地类名称', 'Name of the class after'], required: false },
    { key: 'year', columns: ['NF', 'SJNF'], title: ['生效年份', 'Year in which the change takes effect'], required: false },
    { key: 'date', columns: ['DCRQ'], title: ['验收或调出日期', 'Date of acceptance or of taking out'], required: false },
    { key: 'area', columns: ['MJ'], title: ['申报面积', 'Declared area'], required: false },
    { key: 'surveyed_area', columns: ['SCMJ'], title: ['实测面积', 'Surveyed area'], required: false },
    { key: 'survey_method', columns: ['SCFF'], title: ['实测方法', 'Method of the survey'], required: false },
    { key: 'survey_date', columns: ['SCRQ'], title: ['实测日期', 'Date of the survey'], required: false },
    { key: 'grade', columns: ['ZLDB'], title: ['质量等别', 'Quality grade'], required: false },
    { key: 'slope', columns: ['GDPDJB'], title: ['坡度级别', 'Slope class'], required: false },
    { key: 'ridge', columns: ['KCXS'], title: ['扣除地类系数', 'Ridge coefficient'], required: false },
    { key: 'refinement', columns: ['TBXHDM'], title: ['图斑细化代码', 'Refinement code'], required: false },
    { key: 'purpose', columns: ['YT'], title: ['用途', 'Purpose of new construction'], required: false },
    { key: 'subproject', columns: ['XMBH'], title: ['子项目编号', 'Number of the sub-project'], required: false },
  ] },
  { role: 'pbf_in', names: ['YJJBNTBH', 'BHTB', 'DRTB', '补划', '调入', '永久基本农田补划'], fields: [
    { key: 'id', columns: ['BSM', 'TBBH'], title: ['标识码', 'Id'], required: false },
    { key: 'class', columns: ['BGHDLBM', 'GHDLBM'], title: ['变更后地类编码', 'Land class after'], required: false },
    { key: 'class_name', columns: ['BGHDLMC', 'GHDLMC', 'TZHDLMC', 'DLMC'], title: ['变更后地类名称', 'Name of the class after'], required: false },
    { key: 'year', columns: ['NF', 'SJNF'], title: ['生效年份', 'Year in which the change takes effect'], required: false },
    { key: 'date', columns: ['YSRQ'], title: ['验收或调出日期', 'Date of acceptance or of taking out'], required: false },
    { key: 'area', columns: ['MJ'], title: ['申报面积', 'Declared area'], required: false },
    { key: 'surveyed_area', columns: ['SCMJ'], title: ['实测面积', 'Surveyed area'], required: false },
    { key: 'survey_method', columns: ['SCFF'], title: ['实测方法', 'Method of the survey'], required: false },
    { key: 'survey_date', columns: ['SCRQ'], title: ['实测日期', 'Date of the survey'], required: false },
    { key: 'grade', columns: ['ZLDB'], title: ['质量等别', 'Quality grade'], required: false },
    { key: 'slope', columns: ['GDPDJB'], title: ['坡度级别', 'Slope class'], required: false },
    { key: 'ridge', columns: ['KCXS'], title: ['扣除地类系数', 'Ridge coefficient'], required: false },
    { key: 'refinement', columns: ['TBXHDM'], title: ['图斑细化代码', 'Refinement code'], required: false },
    { key: 'purpose', columns: ['YT'], title: ['用途', 'Purpose of new construction'], required: false },
    { key: 'subproject', columns: ['XMBH'], title: ['子项目编号', 'Number of the sub-project'], required: false },
  ] },
  { role: 'pbf_change', names: ['JBNTHRHC'], fields: [
    { key: 'id', columns: ['BSM', 'TBBH', 'HRHCTBBH'], title: ['标识码', 'Id'], required: false },
    { key: 'class', columns: ['BGHDLBM', 'GHDLBM'], title: ['变更后地类编码', 'Land class after'], required: false },
    { key: 'class_name', columns: ['BGHDLMC', 'GHDLMC', 'TZHDLMC', 'DLMC'], title: ['变更后地类名称', 'Name of the class after'], required: false },
    { key: 'year', columns: ['NF', 'SJNF'], title: ['生效年份', 'Year in which the change takes effect'], required: false },
    { key: 'date', columns: ['YSRQ', 'DCRQ'], title: ['验收或调出日期', 'Date of acceptance or of taking out'], required: false },
    { key: 'area', columns: ['MJ'], title: ['申报面积', 'Declared area'], required: false },
    { key: 'surveyed_area', columns: ['SCMJ'], title: ['实测面积', 'Surveyed area'], required: false },
    { key: 'survey_method', columns: ['SCFF'], title: ['实测方法', 'Method of the survey'], required: false },
    { key: 'survey_date', columns: ['SCRQ'], title: ['实测日期', 'Date of the survey'], required: false },
    { key: 'grade', columns: ['ZLDB'], title: ['质量等别', 'Quality grade'], required: false },
    { key: 'slope', columns: ['GDPDJB'], title: ['坡度级别', 'Slope class'], required: false },
    { key: 'ridge', columns: ['KCXS'], title: ['扣除地类系数', 'Ridge coefficient'], required: false },
    { key: 'refinement', columns: ['TBXHDM'], title: ['图斑细化代码', 'Refinement code'], required: false },
    { key: 'purpose', columns: ['YT'], title: ['用途', 'Purpose of new construction'], required: false },
    { key: 'subproject', columns: ['XMBH'], title: ['子项目编号', 'Number of the sub-project'], required: false },
    { key: 'kind', columns: ['HRHCLXDM'], title: ['变更类型', 'Kind of change'], required: true },
  ] },
  { role: 'pbf_adjustment', names: ['YJJBNTTZTB', '永久基本农田调整图斑'], fields: [
    { key: 'id', columns: ['TZYNDKBH', 'BSM', 'TBBH'], title: ['标识码', 'Id'], required: false },
    { key: 'class', columns: ['TZHDLBM', 'BGHDLBM', 'GHDLBM'], title: ['变更后地类编码', 'Land class after'], required: false },
    { key: 'class_name', columns: ['BGHDLMC', 'GHDLMC', 'TZHDLMC', 'DLMC'], title: ['变更后地类名称', 'Name of the class after'], required: false },
    { key: 'year', columns: ['NF', 'SJNF'], title: ['生效年份', 'Year in which the change takes effect'], required: false },
    { key: 'date', columns: ['YSRQ', 'DCRQ'], title: ['验收或调出日期', 'Date of acceptance or of taking out'], required: false },
    { key: 'area', columns: ['TZYNDKMJ', 'MJ'], title: ['申报面积', 'Declared area'], required: false },
    { key: 'surveyed_area', columns: ['SCMJ'], title: ['实测面积', 'Surveyed area'], required: false },
    { key: 'survey_method', columns: ['SCFF'], title: ['实测方法', 'Method of the survey'], required: false },
    { key: 'survey_date', columns: ['SCRQ'], title: ['实测日期', 'Date of the survey'], required: false },
    { key: 'grade', columns: ['ZLDB'], title: ['质量等别', 'Quality grade'], required: false },
    { key: 'slope', columns: ['GDPDJB'], title: ['坡度级别', 'Slope class'], required: false },
    { key: 'ridge', columns: ['KCXS'], title: ['扣除地类系数', 'Ridge coefficient'], required: false },
    { key: 'refinement', columns: ['TBXHDM'], title: ['图斑细化代码', 'Refinement code'], required: false },
    { key: 'purpose', columns: ['YT'], title: ['用途', 'Purpose of new construction'], required: false },
    { key: 'subproject', columns: ['XMBH'], title: ['子项目编号', 'Number of the sub-project'], required: false },
    { key: 'kind', columns: ['TZLX'], title: ['变更类型', 'Kind of change'], required: true },
    { key: 'class_before', columns: ['TZQDLBM'], title: ['调整前地类编码', 'Land class before'], required: false },
  ] },
  { role: 'land_use_change', names: ['DLBG', 'DLBGTB', '地类变更'], fields: [
    { key: 'id', columns: ['BSM', 'TBBH'], title: ['标识码', 'Id'], required: false },
    { key: 'class', columns: ['BGHDLBM', 'GHDLBM'], title: ['变更后地类编码', 'Land class after'], required: true },
    { key: 'class_name', columns: ['BGHDLMC', 'GHDLMC', 'TZHDLMC', 'DLMC'], title: ['变更后地类名称', 'Name of the class after'], required: false },
    { key: 'year', columns: ['NF', 'SJNF'], title: ['生效年份', 'Year in which the change takes effect'], required: false },
    { key: 'date', columns: ['YSRQ', 'DCRQ'], title: ['验收或调出日期', 'Date of acceptance or of taking out'], required: false },
    { key: 'area', columns: ['MJ'], title: ['申报面积', 'Declared area'], required: false },
    { key: 'surveyed_area', columns: ['SCMJ'], title: ['实测面积', 'Surveyed area'], required: false },
    { key: 'survey_method', columns: ['SCFF'], title: ['实测方法', 'Method of the survey'], required: false },
    { key: 'survey_date', columns: ['SCRQ'], title: ['实测日期', 'Date of the survey'], required: false },
    { key: 'grade', columns: ['ZLDB'], title: ['质量等别', 'Quality grade'], required: false },
    { key: 'slope', columns: ['GDPDJB'], title: ['坡度级别', 'Slope class'], required: false },
    { key: 'ridge', columns: ['KCXS'], title: ['扣除地类系数', 'Ridge coefficient'], required: false },
    { key: 'refinement', columns: ['TBXHDM'], title: ['图斑细化代码', 'Refinement code'], required: false },
    { key: 'purpose', columns: ['YT'], title: ['用途', 'Purpose of new construction'], required: false },
    { key: 'subproject', columns: ['XMBH'], title: ['子项目编号', 'Number of the sub-project'], required: false },
  ] },
  { role: 'land_use_after', names: ['SDQYZZHDLTB', 'ZZHDLTB', '整治后地类图斑'], fields: [
    { key: 'id', columns: ['BSM', 'TBBH'], title: ['标识码', 'Id'], required: false },
    { key: 'class', columns: ['DLBM', 'GHDLBM'], title: ['变更后地类编码', 'Land class after'], required: true },
    { key: 'class_name', columns: ['DLMC', 'GHDLMC'], title: ['地类名称', 'Name of the class'], required: false },
    { key: 'year', columns: ['NF', 'SJNF'], title: ['生效年份', 'Year in which the change takes effect'], required: false },
    { key: 'date', columns: ['YSRQ', 'DCRQ'], title: ['验收或调出日期', 'Date of acceptance or of taking out'], required: false },
    { key: 'area', columns: ['TBMJ', 'MJ'], title: ['图斑面积', 'Area of the parcel'], required: false },
    { key: 'surveyed_area', columns: ['SCMJ'], title: ['实测面积', 'Surveyed area'], required: false },
    { key: 'survey_method', columns: ['SCFF'], title: ['实测方法', 'Method of the survey'], required: false },
    { key: 'survey_date', columns: ['SCRQ'], title: ['实测日期', 'Date of the survey'], required: false },
    { key: 'grade', columns: ['XZGDDB', 'ZLDB'], title: ['质量等别', 'Quality grade'], required: false },
    { key: 'slope', columns: ['GDPDJB'], title: ['坡度级别', 'Slope class'], required: false },
    { key: 'ridge', columns: ['KCXS'], title: ['扣除地类系数', 'Ridge coefficient'], required: false },
    { key: 'refinement', columns: ['TBXHDM'], title: ['图斑细化代码', 'Refinement code'], required: false },
    { key: 'purpose', columns: ['YT'], title: ['用途', 'Purpose of new construction'], required: false },
    { key: 'subproject', columns: ['XMBH', 'XZGDLYXM'], title: ['子项目编号', 'Number of the sub-project'], required: false },
  ] },
  { role: 'urban_boundary_change', names: ['CZKFBJTZ'], fields: [
    { key: 'id', columns: ['BSM', 'TBBH'], title: ['标识码', 'Id'], required: false },
    { key: 'class', columns: ['BGHDLBM', 'GHDLBM'], title: ['变更后地类编码', 'Land class after'], required: false },
    { key: 'class_name', columns: ['BGHDLMC', 'GHDLMC', 'TZHDLMC', 'DLMC'], title: ['变更后地类名称', 'Name of the class after'], required: false },
    { key: 'year', columns: ['NF', 'SJNF'], title: ['生效年份', 'Year in which the change takes effect'], required: false },
    { key: 'date', columns: ['YSRQ', 'DCRQ'], title: ['验收或调出日期', 'Date of acceptance or of taking out'], required: false },
    { key: 'area', columns: ['MJ'], title: ['申报面积', 'Declared area'], required: false },
    { key: 'surveyed_area', columns: ['SCMJ'], title: ['实测面积', 'Surveyed area'], required: false },
    { key: 'survey_method', columns: ['SCFF'], title: ['实测方法', 'Method of the survey'], required: false },
    { key: 'survey_date', columns: ['SCRQ'], title: ['实测日期', 'Date of the survey'], required: false },
    { key: 'grade', columns: ['ZLDB'], title: ['质量等别', 'Quality grade'], required: false },
    { key: 'slope', columns: ['GDPDJB'], title: ['坡度级别', 'Slope class'], required: false },
    { key: 'ridge', columns: ['KCXS'], title: ['扣除地类系数', 'Ridge coefficient'], required: false },
    { key: 'refinement', columns: ['TBXHDM'], title: ['图斑细化代码', 'Refinement code'], required: false },
    { key: 'purpose', columns: ['YT'], title: ['用途', 'Purpose of new construction'], required: false },
    { key: 'subproject', columns: ['XMBH'], title: ['子项目编号', 'Number of the sub-project'], required: false },
    { key: 'kind', columns: ['TZLX'], title: ['变更类型', 'Kind of change'], required: true },
  ] },
  { role: 'urban_boundary_added', names: [], fields: [
    { key: 'id', columns: ['BSM', 'TBBH'], title: ['标识码', 'Id'], required: false },
    { key: 'class', columns: ['BGHDLBM', 'GHDLBM'], title: ['变更后地类编码', 'Land class after'], required: false },
    { key: 'class_name', columns: ['BGHDLMC', 'GHDLMC', 'TZHDLMC', 'DLMC'], title: ['变更后地类名称', 'Name of the class after'], required: false },
    { key: 'year', columns: ['NF', 'SJNF'], title: ['生效年份', 'Year in which the change takes effect'], required: false },
    { key: 'date', columns: ['YSRQ', 'DCRQ'], title: ['验收或调出日期', 'Date of acceptance or of taking out'], required: false },
    { key: 'area', columns: ['MJ'], title: ['申报面积', 'Declared area'], required: false },
    { key: 'surveyed_area', columns: ['SCMJ'], title: ['实测面积', 'Surveyed area'], required: false },
    { key: 'survey_method', columns: ['SCFF'], title: ['实测方法', 'Method of the survey'], required: false },
    { key: 'survey_date', columns: ['SCRQ'], title: ['实测日期', 'Date of the survey'], required: false },
    { key: 'grade', columns: ['ZLDB'], title: ['质量等别', 'Quality grade'], required: false },
    { key: 'slope', columns: ['GDPDJB'], title: ['坡度级别', 'Slope class'], required: false },
    { key: 'ridge', columns: ['KCXS'], title: ['扣除地类系数', 'Ridge coefficient'], required: false },
    { key: 'refinement', columns: ['TBXHDM'], title: ['图斑细化代码', 'Refinement code'], required: false },
    { key: 'purpose', columns: ['YT'], title: ['用途', 'Purpose of new construction'], required: false },
    { key: 'subproject', columns: ['XMBH'], title: ['子项目编号', 'Number of the sub-project'], required: false },
  ] },
  { role: 'urban_boundary_removed', names: [], fields: [
    { key: 'id', columns: ['BSM', 'TBBH'], title: ['标识码', 'Id'], required: false },
    { key: 'class', columns: ['BGHDLBM', 'GHDLBM'], title: ['变更后地类编码', 'Land class after'], required: false },
    { key: 'class_name', columns: ['BGHDLMC', 'GHDLMC', 'TZHDLMC', 'DLMC'], title: ['变更后地类名称', 'Name of the class after'], required: false },
    { key: 'year', columns: ['NF', 'SJNF'], title: ['生效年份', 'Year in which the change takes effect'], required: false },
    { key: 'date', columns: ['YSRQ', 'DCRQ'], title: ['验收或调出日期', 'Date of acceptance or of taking out'], required: false },
    { key: 'area', columns: ['MJ'], title: ['申报面积', 'Declared area'], required: false },
    { key: 'surveyed_area', columns: ['SCMJ'], title: ['实测面积', 'Surveyed area'], required: false },
    { key: 'survey_method', columns: ['SCFF'], title: ['实测方法', 'Method of the survey'], required: false },
    { key: 'survey_date', columns: ['SCRQ'], title: ['实测日期', 'Date of the survey'], required: false },
    { key: 'grade', columns: ['ZLDB'], title: ['质量等别', 'Quality grade'], required: false },
    { key: 'slope', columns: ['GDPDJB'], title: ['坡度级别', 'Slope class'], required: false },
    { key: 'ridge', columns: ['KCXS'], title: ['扣除地类系数', 'Ridge coefficient'], required: false },
    { key: 'refinement', columns: ['TBXHDM'], title: ['图斑细化代码', 'Refinement code'], required: false },
    { key: 'purpose', columns: ['YT'], title: ['用途', 'Purpose of new construction'], required: false },
    { key: 'subproject', columns: ['XMBH'], title: ['子项目编号', 'Number of the sub-project'], required: false },
  ] },
  { role: 'red_line_change', names: ['STBHHXTZ'], fields: [
    { key: 'id', columns: ['BSM', 'TBBH'], title: ['标识码', 'Id'], required: false },
    { key: 'class', columns: ['BGHDLBM', 'GHDLBM'], title: ['变更后地类编码', 'Land class after'], required: false },
    { key: 'class_name', columns: ['BGHDLMC', 'GHDLMC', 'TZHDLMC', 'DLMC'], title: ['变更后地类名称', 'Name of the class after'], required: false },
    { key: 'year', columns: ['NF', 'SJNF'], title: ['生效年份', 'Year in which the change takes effect'], required: false },
    { key: 'date', columns: ['YSRQ', 'DCRQ'], title: ['验收或调出日期', 'Date of acceptance or of taking out'], required: false },
    { key: 'area', columns: ['MJ'], title: ['申报面积', 'Declared area'], required: false },
    { key: 'surveyed_area', columns: ['SCMJ'], title: ['实测面积', 'Surveyed area'], required: false },
    { key: 'survey_method', columns: ['SCFF'], title: ['实测方法', 'Method of the survey'], required: false },
    { key: 'survey_date', columns: ['SCRQ'], title: ['实测日期', 'Date of the survey'], required: false },
    { key: 'grade', columns: ['ZLDB'], title: ['质量等别', 'Quality grade'], required: false },
    { key: 'slope', columns: ['GDPDJB'], title: ['坡度级别', 'Slope class'], required: false },
    { key: 'ridge', columns: ['KCXS'], title: ['扣除地类系数', 'Ridge coefficient'], required: false },
    { key: 'refinement', columns: ['TBXHDM'], title: ['图斑细化代码', 'Refinement code'], required: false },
    { key: 'purpose', columns: ['YT'], title: ['用途', 'Purpose of new construction'], required: false },
    { key: 'subproject', columns: ['XMBH'], title: ['子项目编号', 'Number of the sub-project'], required: false },
    { key: 'kind', columns: ['TZLX'], title: ['变更类型', 'Kind of change'], required: true },
  ] },
  { role: 'red_line_added', names: [], fields: [
    { key: 'id', columns: ['BSM', 'TBBH'], title: ['标识码', 'Id'], required: false },
    { key: 'class', columns: ['BGHDLBM', 'GHDLBM'], title: ['变更后地类编码', 'Land class after'], required: false },
    { key: 'class_name', columns: ['BGHDLMC', 'GHDLMC', 'TZHDLMC', 'DLMC'], title: ['变更后地类名称', 'Name of the class after'], required: false },
    { key: 'year', columns: ['NF', 'SJNF'], title: ['生效年份', 'Year in which the change takes effect'], required: false },
    { key: 'date', columns: ['YSRQ', 'DCRQ'], title: ['验收或调出日期', 'Date of acceptance or of taking out'], required: false },
    { key: 'area', columns: ['MJ'], title: ['申报面积', 'Declared area'], required: false },
    { key: 'surveyed_area', columns: ['SCMJ'], title: ['实测面积', 'Surveyed area'], required: false },
    { key: 'survey_method', columns: ['SCFF'], title: ['实测方法', 'Method of the survey'], required: false },
    { key: 'survey_date', columns: ['SCRQ'], title: ['实测日期', 'Date of the survey'], required: false },
    { key: 'grade', columns: ['ZLDB'], title: ['质量等别', 'Quality grade'], required: false },
    { key: 'slope', columns: ['GDPDJB'], title: ['坡度级别', 'Slope class'], required: false },
    { key: 'ridge', columns: ['KCXS'], title: ['扣除地类系数', 'Ridge coefficient'], required: false },
    { key: 'refinement', columns: ['TBXHDM'], title: ['图斑细化代码', 'Refinement code'], required: false },
    { key: 'purpose', columns: ['YT'], title: ['用途', 'Purpose of new construction'], required: false },
    { key: 'subproject', columns: ['XMBH'], title: ['子项目编号', 'Number of the sub-project'], required: false },
  ] },
  { role: 'red_line_removed', names: [], fields: [
    { key: 'id', columns: ['BSM', 'TBBH'], title: ['标识码', 'Id'], required: false },
    { key: 'class', columns: ['BGHDLBM', 'GHDLBM'], title: ['变更后地类编码', 'Land class after'], required: false },
    { key: 'class_name', columns: ['BGHDLMC', 'GHDLMC', 'TZHDLMC', 'DLMC'], title: ['变更后地类名称', 'Name of the class after'], required: false },
    { key: 'year', columns: ['NF', 'SJNF'], title: ['生效年份', 'Year in which the change takes effect'], required: false },
    { key: 'date', columns: ['YSRQ', 'DCRQ'], title: ['验收或调出日期', 'Date of acceptance or of taking out'], required: false },
    { key: 'area', columns: ['MJ'], title: ['申报面积', 'Declared area'], required: false },
    { key: 'surveyed_area', columns: ['SCMJ'], title: ['实测面积', 'Surveyed area'], required: false },
    { key: 'survey_method', columns: ['SCFF'], title: ['实测方法', 'Method of the survey'], required: false },
    { key: 'survey_date', columns: ['SCRQ'], title: ['实测日期', 'Date of the survey'], required: false },
    { key: 'grade', columns: ['ZLDB'], title: ['质量等别', 'Quality grade'], required: false },
    { key: 'slope', columns: ['GDPDJB'], title: ['坡度级别', 'Slope class'], required: false },
    { key: 'ridge', columns: ['KCXS'], title: ['扣除地类系数', 'Ridge coefficient'], required: false },
    { key: 'refinement', columns: ['TBXHDM'], title: ['图斑细化代码', 'Refinement code'], required: false },
    { key: 'purpose', columns: ['YT'], title: ['用途', 'Purpose of new construction'], required: false },
    { key: 'subproject', columns: ['XMBH'], title: ['子项目编号', 'Number of the sub-project'], required: false },
  ] },
];

/** Names of base layers, which belong in no plan. */
export const baseNames: string[] = ['XZQ', '行政区', 'DLTB', '地类图斑', 'YJJBNTTB', 'YJJBNTBHTB', 'JBNTBHTB', '永久基本农田图斑', 'STBHHX', '生态保护红线', 'CZKFBJ', 'CSKFBJ', '城镇开发边界', 'CJDCQ', '村级调查区', 'JBCY', '基本草原', 'LSWHBHX', '历史文化保护线', 'FHLD', '防护林带', 'YJJBNTCBQ', '永久基本农田储备区', 'HHGLFW', '河湖管理范围'];

/** What is taken off before and after a layer's name (rules/plan, BareName). */
export const nameMarks: [string, string] = ['^(?:\\d+|COPY OF\\b|(?:复件|副本|拷贝)(?: ?\\(\\d+\\))?|\\(\\d+\\))[\\t\\n\\f\\r _\\-–—.]*', '[\\t\\n\\f\\r _\\-–—.]*(?:\\([\\t\\n\\f\\r ]*(?:\\d+|[一二三四五六七八九十]+)?[\\t\\n\\f\\r ]*\\)|\\[[\\t\\n\\f\\r ]*(?:\\d+|[一二三四五六七八九十]+)[\\t\\n\\f\\r ]*\\]|【[\\t\\n\\f\\r ]*(?:\\d+|[一二三四五六七八九十]+)[\\t\\n\\f\\r ]*】|[\\t\\n\\f\\r _\\-–—](?:\\d+|[一二三四五六七八九十]+)|(?:的)?(?:副本|拷贝|复件)|COPY|PART[\\t\\n\\f\\r ]*(?:\\d+|[一二三四五六七八九十]+)|第(?:\\d+|[一二三四五六七八九十]+)(?:部分|份|批))$'];

/** Endings of files by what becomes of them (rules/plan, FileEndings). */
export const endings = {
  papers: ['.pdf', '.doc', '.docx', '.wps', '.ofd', '.ceb', '.rtf', '.odt', '.md', '.html', '.htm', '.mht', '.ppt', '.pptx', '.dps', '.jpg', '.jpeg', '.png', '.tif', '.tiff', '.bmp', '.gif', '.webp', '.heic', '.xls', '.xlsx', '.et', '.ods', '.txt'],
  tables: ['.xls', '.xlsx', '.et', '.ods', '.txt'],
  companions: ['.qgz', '.qgs', '.qpj', '.qml', '.qmd', '.qlr', '.sbn', '.sbx', '.lock', '.xml', '.lyr', '.lyrx', '.mxd', '.aprx', '.tfw', '.jgw', '.pgw', '.wld', '.sld', '.ovr', '.rrd'],
  parts: ['.shx', '.dbf', '.prj', '.cpg', '.sbn', '.sbx', '.fbn', '.fbx', '.ain', '.aih', '.atx', '.ixs', '.mxs', '.qix', '.qpj', '.qmd', '.cst'],
  landData: ['.accdb', '.db', '.dgn', '.dwg', '.dxf', '.e00', '.fgb', '.gdb', '.gdbtable', '.geojson', '.geojsonl', '.gml', '.gpkg', '.gpx', '.json', '.kml', '.kmz', '.mdb', '.mif', '.ndjson', '.parquet', '.sde', '.shp', '.smwu', '.sqlite', '.tab', '.topojson', '.udb', '.udbx', '.vct', '.wl', '.wp', '.wt', '.mid', '.map', '.dat', '.id', '.csv'],
  archives: ['.zip', '.rar', '.7z', '.tar', '.gz', '.tgz', '.bz2', '.xz', '.z01', '.001', '.iso'],
};

/** Kinds of papers, with words that their files' names are likely to have. */
export const paperWords: Record<string, string[]> = {
  'village-consent': ['同意书', '同意纳入', '纳入整治'],
  'plan-consent': ['方案同意', '同意实施方案', '同意方案'],
  'villager-support': ['村民支持', '会议记录', '村民代表', '签字表'],
  'opinion': ['意见', '复函'],
  'league-opinion': ['盟市人民政府', '市人民政府审核', '盟行政公署', '盟市审核'],
  'pbf-plan': ['调整补划方案', '补划方案'],
  'pbf-league-review': ['盟市自然资源局审查', '补划方案审查', '补划方案的审查'],
  'pbf-region-review': ['自然资源厅审核', '自治区审核', '补划方案审核', '补划方案的审核'],
  'province-review': ['省级审核', '省自然资源厅'],
  'region-approval': ['领导小组批准', '批准文件', '批复'],
  'cross-county-approval': ['跨县域流转', '流转批准'],
  'ministry-filing': ['报部备案', '自然资源部备案'],
  'limited-activity-opinion': ['有限人为活动'],
  'grassland-approval': ['草原征占用', '征占用草原'],
  'felling-permit': ['采伐许可'],
  'self-assessment': ['自评报告', '年度自评'],
  'league-assessment': ['年度初评', '初评意见'],
  'subproject-acceptance': ['子项目验收'],
  'region-pbf-acceptance': ['永久基本农田验收', '永久基本农田调整验收'],
  'league-acceptance': ['整体验收意见', '盟市整体验收'],
  'filing': ['备案凭证'],
  'maintenance': ['管护'],
};

/** Kinds of which every village has a paper of its own. */
export const villagePapers: string[] = ['village-consent', 'plan-consent', 'villager-support'];

/** Departments, with words that name them. */
export const departmentWords: Record<string, string[]> = {
  '发展改革': ['发展改革', '发改'],
  '财政': ['财政'],
  '自然资源': ['自然资源'],
  '住建': ['住建', '住房城乡建设', '住房建设'],
  '水利': ['水利'],
  '农牧': ['农牧', '农业农村', '农牧业', '农牧林'],
  '文旅': ['文旅', '文化旅游', '文体旅游', '文化体育旅游', '旅游文化'],
  '林草': ['林草', '林业草原'],
};
