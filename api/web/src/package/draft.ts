// A package in the making: what was dropped, and what the clerk says of it.

import { account, type Head } from './account';
import { tableOf, valuesOf } from './dbf';
import { unwrapped, type Dropped } from './files';
import { write, type DocumentEntry, type LayerEntry, type Project } from './manifest';
import { guess, type Line } from './wanted';
import { planRoles, type Field } from '../facts';

/** What the clerk may say of a head beside a role. */
export const ignored = 'ignore', paper = 'paper';

export interface Filed { path: string; agrees: string; guessed: boolean }

const pbfRoles = ['pbf_out', 'pbf_in', 'pbf_change', 'pbf_adjustment'];
const mostSubprojects = 200, mostBytes = 256 << 20; // of a .dbf of which numbers of sub-projects are read

/** What is said of files, without the files. */
export interface DraftState {
  said: Map<string, string>; fields: Map<string, Record<string, string>>; project: Project; quota: Record<string, string>; rulebook: string;
  villages: Draft['villages']; extra: Line[]; filed: Map<string, Filed[]>; touched: Set<string>;
}

export class Draft {
  dropped: Dropped[] = [];
  heads: Head[] = [];
  said = new Map<string, string>(); // head → role, ignored or paper, as the clerk says
  columns = new Map<string, string[]>(); // head → its columns, where they are known here
  fields = new Map<string, Record<string, string>>(); // head → field → column, where the clerk says so
  subprojects: string[] = [];
  project: Project = { code: '', name: '', county: '', stage: 'proposal', year: String(new Date().getFullYear()) };
  quota: Record<string, string> = {}; // as plan.yaml calls it → m², or the county
  rulebook = '';
  villages: { code: string; name: string; on: boolean }[] = [];
  villagesByMap = false; // whether the map says which are touched
  extra: Line[] = []; // that the clerk has added
  filed = new Map<string, Filed[]>(); // line → papers
  private touched = new Set<string>(); // papers that the clerk has filed or taken out

  /** What the clerk has said, as the browser's database keeps it; the files are kept beside it. */
  state(): DraftState {
    const { said, fields, project, quota, rulebook, villages, extra, filed, touched } = this;
    return { said, fields, project, quota, rulebook, villages, extra, filed, touched };
  }

  /** Goes on with a draft that was kept. */
  async restore(state: DraftState, files: Dropped[]): Promise<void> {
    Object.assign(this, state);
    await this.accountFor(files);
  }

  /** Takes files in; gives the paths that were there before, whose files are replaced. */
  async add(files: Dropped[]): Promise<string[]> {
    const now = this.dropped.length ? files : unwrapped(files); // the first folder is the package
    const news = new Set(now.map(f => f.path)), replaced = this.dropped.filter(f => news.has(f.path)).map(f => f.path);
    await this.accountFor([...this.dropped.filter(f => !news.has(f.path)), ...now]);
    return replaced;
  }

  private async accountFor(files: Dropped[]): Promise<void> {
    this.dropped = files;
    this.heads = await account(this.dropped);
    const numbers = new Set<string>();
    this.columns.clear();
    for (const head of this.heads) {
      if (head.columns) this.columns.set(head.path, head.columns);
      const dbf = head.usage === 'layer' && head.files.find(f => /\.dbf$/i.test(f.path));
      if (!dbf) continue;
      const table = await tableOf(dbf.data);
      this.columns.set(head.path, table.columns.map(c => c.name));
      const number = table.columns.find(c => c.name.toUpperCase() === 'XMBH');
      if (number && dbf.data.size < mostBytes) for (const v of await valuesOf(dbf.data, table, number, mostSubprojects)) numbers.add(v);
    }
    this.subprojects = [...numbers].sort();
  }

  role(head: Head): string {
    const said = this.said.get(head.path);
    return said === undefined ? head.role : said === ignored || said === paper ? '' : said;
  }

  layers(): Head[] { return this.heads.filter(h => h.usage === 'layer' || this.closed(h)); }
  /** A container whose layers are not known here. */
  closed(head: Head): boolean { return head.usage === 'container' && head.inside === undefined; }
  ignores(head: Head): boolean { return this.said.get(head.path) === ignored; }
  unread(): Head[] { return this.heads.filter(h => h.usage === 'unread'); }
  papers(): string[] { return this.heads.filter(h => h.usage === 'paper' || h.usage === 'unread' && this.said.get(h.path) === paper).map(h => h.path); }
  movesPBF(): boolean { return this.heads.some(h => pbfRoles.includes(this.role(h))); }
  quotaLeaves(): boolean { return !!this.quota.destination_county && this.quota.destination_county !== this.project.county; }
  area(): Head | undefined { return this.heads.find(h => this.role(h) === 'project_area'); }

  /** The column of a field: as the clerk says, else by the accepted names. */
  column(head: Head, field: Field): string {
    const own = this.fields.get(head.path)?.[field.key];
    if (own) return own;
    const have = this.columns.get(head.path) || [];
    for (const name of field.columns) {
      const found = have.find(c => c.toUpperCase() === name);
      if (found) return found;
    }
    return '';
  }

  fieldsOf(head: Head): Field[] { return planRoles.find(r => r.role === this.role(head))?.fields || []; }
  /** Required fields that a layer does not have; none where its fields are not known here. */
  lacking(head: Head): Field[] { return this.columns.has(head.path) ? this.fieldsOf(head).filter(f => f.required && !this.column(head, f)) : []; }

  /** Files a paper under a line, by the clerk's hand. */
  file(line: string, path: string): void {
    this.touched.add(path);
    const there = this.filed.get(line) || [];
    if (!there.some(f => f.path === path)) this.filed.set(line, [...there, { path, agrees: '', guessed: false }]);
  }

  takeOut(line: string, path: string): void {
    this.touched.add(path);
    this.filed.set(line, (this.filed.get(line) || []).filter(f => f.path !== path));
  }

  /** Files the papers that nobody has touched by their names. */
  guessAll(lines: Line[]): void {
    const papers = this.papers();
    for (const [line, there] of this.filed) this.filed.set(line, there.filter(f => papers.includes(f.path) && (!f.guessed || this.touched.has(f.path))));
    for (const path of papers) {
      const line = this.touched.has(path) ? undefined : guess(path, lines);
      if (line) this.filed.set(line.id, [...this.filed.get(line.id) || [], { path, agrees: '', guessed: true }]);
    }
  }

  agree(line: string, path: string, agrees: string): void {
    this.touched.add(path);
    for (const f of this.filed.get(line) || []) if (f.path === path) f.agrees = agrees;
  }

  at(line: Line): Filed[] { return this.filed.get(line.id) || []; }
  missing(lines: Line[]): Line[] { return lines.filter(l => l.due === 'needed' && !this.at(l).length); }
  unfiled(lines: Line[]): string[] {
    const there = new Set(lines.reduce((all: string[], l) => all.concat(this.at(l).map(f => f.path)), []));
    return this.papers().filter(p => !there.has(p));
  }

  /** plan.yaml as it stands. */
  manifest(lines: Line[]): string {
    return write({ project: this.project, rulebook: this.rulebook, quota: this.quota, layers: this.layerEntries(), documents: documents(lines, l => this.at(l)),
      ignore: this.heads.filter(h => this.ignores(h)).map(h => h.path) });
  }

  /** Layers are named where names alone would give another role: with a role, all of its layers. */
  private layerEntries(): LayerEntry[] {
    const layers = this.heads.filter(h => h.usage === 'layer' && this.role(h));
    const left = new Set(this.heads.filter(h => this.ignores(h) && !h.path.includes('/')).map(h => h.path.toLowerCase()));
    const own = (h: Head) => Object.keys(this.fields.get(h.path) || {}).length > 0 || this.role(h) !== h.role || left.has(h.path.slice(h.path.lastIndexOf('/') + 1).toLowerCase());
    const roles = new Set(layers.filter(own).map(h => this.role(h)));
    return layers.filter(h => roles.has(this.role(h))).map(h => ({ role: this.role(h), file: h.path, fields: this.fields.get(h.path) || {} }));
  }

  /** What goes into the package: everything but what systems leave and an earlier plan.yaml. */
  contents(lines: Line[]): Dropped[] {
    const files = this.heads.filter(h => h.usage !== 'junk' && h.usage !== 'manifest').reduce((all: Dropped[], h) => all.concat(h.files), []);
    files.sort((a, b) => a.path < b.path ? -1 : 1);
    return [{ path: 'plan.yaml', data: new Blob([this.manifest(lines)]) }, ...files];
  }
}

/** A paper that says several things of one village is one entry. */
function documents(lines: Line[], at: (l: Line) => Filed[]): DocumentEntry[] {
  const entries = new Map<string, DocumentEntry>();
  for (const l of lines) {
    for (const f of at(l)) {
      const key = JSON.stringify([f.path, l.village?.code, l.from, l.subproject, f.agrees]), there = entries.get(key);
      if (there) there.kinds = [...new Set([...there.kinds, l.kinds[0]])];
      else entries.set(key, { kinds: [l.kinds[0]], village: l.village?.code, from: l.from, agrees: f.agrees, subproject: l.subproject, file: f.path });
    }
  }
  return [...entries.values()];
}
