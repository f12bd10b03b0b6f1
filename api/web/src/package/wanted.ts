// The papers that a rulebook asks for at a stage, one line each, and which file
// is likely to be which, by its name.

import { departmentWords, paperWords } from '../facts';
import type { Text } from '../types';

export interface WantedPaper {
  kinds: string[]; titles: Text[]; from?: { name: string; title: Text }[]; per?: 'village' | 'subproject'; stages?: string[]; only_if?: 'land' | 'quota-leaves-county';
}
export interface PaperRule { id: string; title: Text; level: string; stages?: string[]; papers?: WantedPaper[] }
export interface Village { code: string; name: string }

/** A line of the form. needed: at this stage, and always; maybe: only where the plan has such
 * land, or quota leaves the county; later: at other stages. */
export interface Line {
  id: string; kinds: string[]; title: Text; group: 'village' | 'department' | 'subproject' | 'review' | 'later' | 'extra';
  village?: Village; from?: string; subproject?: string; due: 'needed' | 'maybe' | 'later';
}

export interface Asked { stage: string; villages: Village[]; subprojects: string[]; pbf: boolean; quotaLeaves: boolean }

/** The lines of a rulebook in its order, those of other stages last. pbf: the plan has
 * layers that move permanent basic farmland. */
export function linesOf(rules: PaperRule[], asked: Asked): Line[] {
  const lines: Line[] = [];
  for (const r of rules) for (const p of r.papers || []) {
    const now = [r.stages, p.stages].every(s => !s || s.includes(asked.stage));
    const sure = !p.only_if || (p.only_if === 'land' ? asked.pbf && p.kinds.some(aboutPBF) : asked.quotaLeaves);
    const due = !now ? 'later' : sure ? 'needed' : 'maybe';
    const title = { zh: p.titles.map(x => x.zh).join('或'), en: p.titles.map(x => x.en).join(' or ') };
    const line = (group: Line['group'], more: Partial<Line> = {}): Line => ({
      id: [p.kinds.join('+'), more.village?.code || more.from || more.subproject || ''].join(':'), kinds: p.kinds, title, group: now ? group : 'later', due, ...more });
    if (p.per === 'village') lines.push(...asked.villages.map(village => line('village', { village })));
    else if (p.per === 'subproject') lines.push(...(asked.subprojects.length ? asked.subprojects.map(subproject => line('subproject', { subproject })) : [line('subproject')]));
    else if (p.from) lines.push(...p.from.map(f => line('department', { from: f.name, title: f.title })));
    else lines.push(line('review'));
  }
  const sorted = [...lines.filter(l => l.due !== 'later'), ...lines.filter(l => l.due === 'later')];
  return sorted.filter((l, i) => sorted.findIndex(o => o.id === l.id) === i);
}

const aboutPBF = (kind: string) => kind.startsWith('pbf-') || kind.includes('-pbf-') || kind === 'ministry-filing' || kind === 'province-review';

/** The line that a file is likely for, by its path. */
export function guess(path: string, lines: Line[]): Line | undefined {
  const text = path.slice(path.lastIndexOf('/') + 1), kind = kindOf(path);
  const fits = lines.filter(l => {
    if (l.village) return l.kinds.includes(kind) && (text.includes(l.village.code) || l.village.name !== '' && path.includes(l.village.name));
    if (l.from) return (kind === 'opinion' || kind === '') && (departmentWords[l.from] || [l.from]).some(w => text.replace(/[和与\s]/g, '').includes(w));
    if (l.subproject) return l.kinds.includes(kind) && text.includes(l.subproject);
    return l.kinds.includes(kind);
  });
  return fits.length === 1 || fits.length && !fits[0].village ? fits[0] : undefined;
}

/** The kind whose words a path has; of several the longest word counts. */
export function kindOf(path: string): string {
  const text = path.slice(path.lastIndexOf('/') + 1);
  let best = '', longest = 0;
  for (const [kind, words] of Object.entries(paperWords)) {
    for (const w of [kind, ...words]) {
      if (w.length > longest && text.includes(w)) { best = kind; longest = w.length; }
    }
  }
  return best;
}
