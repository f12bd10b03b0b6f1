// plan.yaml, written for rules/plan to read.

export interface Project { code: string; name: string; county: string; stage: string; year: string }
export interface LayerEntry { role: string; file: string; fields: Record<string, string> }
export interface DocumentEntry { kinds: string[]; village?: string; from?: string; agrees?: string; subproject?: string; file: string }
export interface Manifest { project: Project; rulebook: string; layers: LayerEntry[]; ignore: string[]; documents: DocumentEntry[]; quota: Record<string, string> }

/** A scalar in double quotes, with what YAML does not take written as escapes;
 * half a surrogate pair is no letter. */
export function scalar(text: string): string {
  return JSON.stringify(text).replace(/\\\\|\\ud[89a-f][0-9a-f]{2}/g, found => found === '\\\\' ? found : '\ufffd')
    .replace(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, c => '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0'));
}

const map = (fields: [string, string | undefined][]) => '{' + fields.filter(f => f[1]).map(([k, v]) => `${k}: ${v}`).join(', ') + '}';
const quoted = (text: string | undefined) => text ? scalar(text) : undefined;

/** A pattern of ignore: that means this file: ? stands for what patterns give a
 * meaning of their own, since there is nothing to take it away with. */
export function pattern(path: string): string { return path.replace(/[*?[\]{}\\]/g, '?'); }

export function write(m: Manifest): string {
  const out = ['format: 1'];
  const p = m.project;
  out.push('project: ' + map([['code', quoted(p.code)], ['name', quoted(p.name)], ['county', quoted(p.county)], ['stage', p.stage], ['year', p.year]]));
  if (m.rulebook) out.push('rulebook: ' + scalar(m.rulebook));
  if (m.layers.length) out.push('layers:');
  for (const role of [...new Set(m.layers.map(l => l.role))]) {
    out.push(`  ${role}:`);
    for (const l of m.layers.filter(l => l.role === role)) {
      const fields = Object.entries(l.fields);
      out.push('    - ' + map([['file', scalar(l.file)], ['fields', fields.length ? map(fields.map(([k, v]) => [k, scalar(v)])) : undefined]]));
    }
  }
  if (m.ignore.length) out.push('ignore:');
  for (const path of m.ignore) out.push('  - ' + scalar(pattern(path)));
  if (m.documents.length) out.push('documents:');
  for (const d of m.documents) {
    const kind: [string, string] = d.kinds.length === 1 ? ['kind', scalar(d.kinds[0])] : ['kinds', '[' + d.kinds.map(scalar).join(', ') + ']'];
    out.push('  - ' + map([kind, ['village', quoted(d.village)], ['from', quoted(d.from)], ['agrees', quoted(d.agrees)], ['subproject', quoted(d.subproject)], ['file', scalar(d.file)]]));
  }
  const quota = Object.entries(m.quota).filter(q => q[1]);
  if (quota.length) out.push('quota: ' + map(quota.map(([k, v]) => [k, k === 'destination_county' ? scalar(v) : v])));
  return out.join('\n') + '\n';
}
