// What the service sends, as far as the page looks at it.

import type { Level, Status, Verdict } from './facts';

export type { Level, Status, Verdict };

export interface Text { zh: string; en: string }
/** The colour of a headline: reserved is compliant as far as it was checked. */
export type Tone = 'clear' | 'reserved' | 'against' | 'open';
export interface Page<T> { items: T[]; next?: string; total?: number }
export type Box = [number, number, number, number];
export interface Geometry { type: 'MultiPolygon'; coordinates: number[][][][] }

export interface Me { name: string; role: 'submitter' | 'reviewer' | 'admin'; prefix: string; version: string; upload_bytes: number; base_layers: boolean; passports: boolean; basemaps: Basemap[] }

/** A map of the bureau's own network. */
export interface Basemap { name: string; url: string; crs: 'EPSG:3857' | 'EPSG:4490'; max_zoom: number; attribution: string }

/** Whether a report belongs to what it was held against. */
export interface Verification { belong: boolean; message: Text; wrong: Text[]; code: string; verdict: Verdict; key?: { algorithm: string; fingerprint: string } }

export interface Plan {
  id: string; digest: string; file: string; size: number; county: string; code: string; name: string;
  stage: string; rulebook?: string; decreed_rulebook?: string; created: string; by?: string;
  /** Marked: its checks ended their process twice, and no more are made. */
  blocked?: boolean;
  /** Its newest check, in whatever state; in lists and of one plan. */
  latest?: Check;
}

export interface Check {
  id: string; plan: string; county: string; state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
  rulebook?: string; stage?: string; base_version?: number; done: number; total: number; verdict?: Verdict;
  reservations?: number; faces?: number; findings?: number; created: string; started?: string; finished?: string; by?: string;
  problem?: { fault: boolean; file?: string; record?: number; field?: string; detail: Text; advice: Text };
}

export interface Scope { kind: string; code?: string; name?: string }

export interface Measure {
  scope: Scope; status: Status; value: number; op?: string; limit: number; unit: string; margin: number; close?: boolean;
  terms: Record<string, number>; label?: Text; note?: Text;
  where: Text; shown: Text; bound: Text; spare: Text; beyond: boolean;
}

export interface Rule {
  id: string; group: string; subject: Text; level: Level; status: Status; clause: { section: string; text: string };
  title: Text; help: Text; note?: Text; measures: Measure[]; more: number; findings: Partial<Record<Status, number>>;
}

export interface Layer { role: string; name: string; file?: string; features: number; digest: string }

export interface YearRow {
  year: number | null; pbf_out_m2: number; pbf_in_m2: number; cropland_gained_m2: number; cropland_lost_m2: number;
  construction_gained_m2: number; construction_lost_m2: number; pbf_out_cumulative_m2: number; pbf_in_cumulative_m2: number;
  cropland_gained_cumulative_m2: number; cropland_lost_cumulative_m2: number;
}

export interface ClassRow { code: string; name: string; title: Text; group: string; group_title: Text; before_m2: number; after_m2: number }

export interface FormRow { section: Text; rows: number; label: Text; out: string; in: string; wide: Text; is_wide: boolean }

export interface Overview {
  verdict: Verdict; tone: Tone; head: Text; means: Text; next: Text; remarks: { kind: string; text: Text }[];
  plan: { code: string; name: string; county: string; stage: string; digest: string; crs: string; layers: Layer[] };
  base: { source: string; layers: Layer[] };
  rulebook: { id: string; title: Text; digest: string };
  engine: { version: string; geos: string };
  summary: Record<Status, number>;
  rules: Rule[]; land_use: ClassRow[]; years: YearRow[]; form_title: Text; form: FormRow[];
  notices: { severity: string; text: Text }[]; slivers: Text; faces: number; changed_m2: number;
  check: Check; package: Plan; townships: Record<string, string>;
  map: { epsg: number; proj: string; bbox: Box };
  base_layers: boolean;
  first: { items: Finding[]; total: number };
  tolerance: { area_m2: number; grade: number; sliver_area_m2: number; sliver_width_m: number };
}

export type SuggestedAction = 'keep' | 'drop' | 'cut' | 'add';
interface RuleName { id: string; title: Text }
/** A change of a plan that makes rules hold, or why there is none. */
export interface Repair {
  for: RuleName[]; found: boolean; why?: Text; least: boolean; within_m2: number; area_m2: number; parcels: number;
  changes: { action: SuggestedAction; id: string; text: Text; geometry?: Geometry }[]; verdict?: Verdict; fails: string[]; checked_whole: boolean;
}
export interface Suggestion extends Repair { or?: Repair }
export interface Suggestions { together: Suggestion | null; rules: Suggestion[]; not_shape: { rule: RuleName; why: Text }[] }

export interface FeatureRef { role: string; id: string; file?: string; record?: number }

export interface Finding {
  id: string; number: number; rule: string; group: string; level: Level; title: Text; status: Status; scope: Scope; townships: string[];
  area_m2: number; message: Text; remedy: Text; features: FeatureRef[]; faces?: number[]; bbox?: Box; geometry?: Geometry;
}

export interface State {
  class: string; class_title: Text; slope?: number; grade?: number; cropland: boolean; construction: boolean; pbf: boolean;
  red_line: boolean; urban: boolean; pbf_net_m2: number; cropland_net_m2: number;
}

export interface Face {
  id: number; area_m2: number; township: string; village: string; before: State; after: State;
  changes: Record<string, string>; features: FeatureRef[]; bbox: Box; geometry: Geometry;
}

/** A parcel of a base layer, or a feature of a plan, as people look it up. */
export interface Land {
  role: string; id: string; record: number; edge: boolean; number?: string; name?: string; code?: string;
  class?: string; class_title?: Text; refinement?: string; refinement_title?: Text; owner?: string; ownership?: string; ownership_title?: Text;
  unit?: string; unit_name?: string; slope?: number; grade?: number; ridge?: number; declared_m2?: number; net_area_m2?: number;
  class_before?: string; year?: number; purpose?: string; purpose_title?: Text; sub_project?: string; area_m2: number; bbox: Box; geometry?: Geometry;
}

/** What lies at a point; of a county without a plan the base layers alone. */
export interface Spot {
  lon: number; lat: number; county: string; base_version: number; looked_in: string[]; base: Land[];
  base_layers?: boolean; in_project?: boolean; changes?: Land[]; faces?: Face[]; findings?: Finding[];
}

export interface DiffFinding extends Omit<Finding, 'number' | 'townships' | 'group'> { old_area_m2?: number }

export interface Diff {
  old: { verdict: Verdict; plan: string; stage: string; rulebook: string };
  new: { verdict: Verdict; plan: string; stage: string; rulebook: string };
  count: { added: number; fixed: number; unchanged: number };
  added: DiffFinding[]; fixed: DiffFinding[]; unchanged: DiffFinding[];
  rules: { rule: string; title: Text; old: Status | ''; new: Status | '' }[];
  values: { rule: string; scope: Scope; unit: string; old: number; new: number; old_limit: number; new_limit: number; status: Status }[];
}

export interface County { code: string; name?: string; version: number; versions: number[]; loaded: string; bbox?: Box; rulebook: string; rulebook_decreed: boolean }
export interface Dataset { county: string; role: string; version: number; current: boolean; name: string; file: string; features: number; digest: string; crs: string; loaded: string }
/** Base data on its way to a version of its county. */
export interface Load {
  id: string; county: string; state: 'running' | 'done' | 'failed' | 'cancelled'; file: string; size: number; make_current: boolean; done: number; total: number;
  version?: number; missing?: string[]; problem?: { fault: boolean; file?: string; record?: number; field?: string; detail: Text; advice: Text };
}
export interface Book { id: string; title: Text; count: number }
export interface Token { id: string; name: string; role: string; prefix: string; created: string; expires?: string; revoked?: string; secret?: string }
export interface Entry { id: string; time: string; who: string; what: string; object: string; county?: string; digest?: string; reason?: string; request?: string }

/** What a county has to move, before any plan (landcheck-room/1), as far as the page shows it. */
export interface Room {
  crs: string; proj: string; limit: number | null; rulebook: { id: string };
  total: RoomTownship; townships: RoomTownship[]; candidates_out: Candidate[]; candidates_in: Candidate[];
  left_out: { pieces: number; area_m2: number }; reservations: { check: string; message: Text }[];
}
export interface RoomTownship {
  code?: string; name?: string; designated_m2: number; moved_m2: number; left_m2: number | null; left_mu: number | null; note?: Text;
  out: { count: number; net_m2: number }; in: { count: number; net_m2: number };
}
export interface Candidate { rank: number; id: string; township: string; area_m2: number; area_mu: number; reasons: { kind: string; text: Text }[]; bbox: Box }

/** What plans do to each other; a package is the id of a check. */
export interface Together { packages: TogetherPlan[]; rules: TogetherRule[] }
export interface TogetherPlan { package: string; code: string; name: string; county: string; copy_of?: string; version_of?: string }
export interface TogetherRule {
  id: string; title: Text; status: Status; clause: { section: string; text: string };
  measures: { scope: Scope; status: Status; note?: Text }[]; findings: TogetherFinding[];
}
export interface TogetherFinding { id: string; status: Status; area_m2: number; message: Text; remedy: Text; packages?: string[] }

/** A plan as a version of its project; verdict and findings are of its newest done check. */
export interface Version {
  plan: Plan; check?: string; checked?: string; verdict?: Verdict; reservations?: number; decision?: { check: string; decision: string };
  findings?: { open: number; new?: number; fixed?: number; against?: string };
}
/** A project by its newest version. */
export interface Project extends Version {
  project: string; code: string; name: string; county: string; stage: string; version_count: number; to_be_reviewed: boolean; versions?: Version[];
}

/** The township ledger of a county. */
export interface TownshipLedger { county: string; base_version: number; rulebook: string; limit: number | null; townships: LedgerTownship[]; projects: LedgerProject[] }
export interface LedgerTownship {
  code: string; name: string; designated_m2: number; moved_m2: number; moved_in_m2: number; left_m2: number | null; why?: Text;
  projects: { code: string; pbf_out_m2: number; pbf_in_m2: number }[];
}
export interface LedgerProject {
  code: string; name: string; check?: string; plan?: string; entered: string; by?: string;
  moves: { township: string; pbf_out_m2: number; pbf_in_m2: number }[];
}
