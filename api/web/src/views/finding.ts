// One finding: what is wrong, by how much, how to fix it, the land before and
// after, the parcels concerned, the clause.

import { h, replace } from '../dom';
import { problemOf } from '../http';
import { chip, levelTag, measureLine } from '../parts';
import { area, t, tx, word } from '../words';
import type { Face, FeatureRef, Finding, Measure, Overview, Rule, State } from '../types';

export interface Around { at: number; total: number; list(): void; step(by: number): void; colour(side: 'before' | 'after'): void;
  /** Shows land that the finding names on the map; 0 where it is not there. */
  seek(role: string, id: string): Promise<number> }

const mostRefs = 30; // features of one layer that are listed at first

export function detail(o: Overview, f: Finding, faces: Face[], cut: boolean, around: Around, review: HTMLElement): HTMLElement {
  const rule = o.rules.find(r => r.id === f.rule);
  return h('article', { class: 'finding', 'data-finding': f.id },
    steps(around),
    h('p', {}, chip(f.status), ' ', levelTag(f.level), ' ', h('span', { class: 'soft' }, t('finding', f.number))),
    h('h2', {}, tx(f.title)),
    h('p', {}, tx(f.message)),
    f.remedy.zh && h('section', { class: 'remedy' }, h('h3', {}, t('toFix')), h('p', {}, tx(f.remedy))),
    review,
    figures(o, f, rule),
    !f.geometry && h('p', { class: 'soft' }, t('noPlace')),
    faces.length > 0 && beforeAfter(faces, cut, around),
    parcels(f.features, around),
    rule && h('section', {}, h('h3', {}, t('clause')), h('blockquote', { lang: 'zh-CN' }, h('span', { class: 'soft' }, rule.clause.section), ' ', rule.clause.text),
      h('details', { class: 'quiet' }, h('summary', {}, t('meaning')), h('p', {}, tx(rule.help)))),
    copyLink());
}

function steps(a: Around): HTMLElement {
  return h('div', { class: 'steps' },
    h('button', { type: 'button', 'data-key': 'list', onclick: a.list }, '‹ ', t('list')),
    h('span', { class: 'soft', 'aria-live': 'polite' }, a.at >= 0 ? t('position', a.at + 1, a.total) : ''),
    h('button', { type: 'button', 'data-key': 'previous', disabled: a.at <= 0, onclick: () => a.step(-1), title: 'K' }, '↑ ', t('previous')),
    h('button', { type: 'button', 'data-key': 'next', disabled: a.at < 0 || a.at + 1 >= a.total, onclick: () => a.step(1), title: 'J' }, '↓ ', t('next')));
}

/** The measures that a finding belongs to: those of its scope, else all that miss. */
function measuresOf(f: Finding, rule: Rule | undefined): Measure[] {
  if (!rule) return [];
  const same = rule.measures.filter(m => m.scope.kind === f.scope.kind && (m.scope.code || '') === (f.scope.code || ''));
  return (same.length ? same : rule.measures.filter(m => m.status === f.status)).slice(0, 6);
}

function figures(o: Overview, f: Finding, rule: Rule | undefined): HTMLElement {
  const list = measuresOf(f, rule), tol = o.tolerance;
  const grade = list.some(m => m.unit === 'grade'), slope = list.some(m => m.unit === 'slope_class');
  return h('section', {}, h('h3', {}, t('measured')),
    list.map(measureLine),
    h('dl', { class: 'facts' },
      f.area_m2 > 0 && h('div', {}, h('dt', {}, t('areaWord')), h('dd', {}, area(f.area_m2))),
      h('div', {}, h('dt', {}, t('tolerance')), h('dd', {}, grade ? t('toleranceGrade', tol.grade) : slope ? t('toleranceSlope', tol.grade) : t('toleranceArea', tol.area_m2), '；',
        t('toleranceSliver', tol.sliver_area_m2, tol.sliver_width_m)))));
}

/** Faces summed up by what they were and what they become. */
function beforeAfter(faces: Face[], cut: boolean, around: Around): HTMLElement {
  const groups = new Map<string, { before: State; after: State; area: number; n: number }>();
  for (const f of faces) {
    const key = [f.before.class, f.before.pbf, f.after.class, f.after.pbf].join();
    const g = groups.get(key) || { before: f.before, after: f.after, area: 0, n: 0 };
    g.area += f.area_m2;
    g.n++;
    groups.set(key, g);
  }
  const land = (s: State) => [tx(s.class_title) || s.class || '—', s.pbf && h('span', { class: 'tag' }, t('pbfBefore'))];
  const sides: ['before' | 'after', string][] = [['before', t('before')], ['after', t('after')]];
  const buttons = sides.map(([side, name]) => h('button', { type: 'button', 'aria-pressed': side === 'after' ? 'true' : 'false', 'data-key': side, onclick: () => {
    around.colour(side);
    buttons.forEach((b, i) => b.setAttribute('aria-pressed', String(sides[i][0] === side)));
  } }, name));
  return h('section', {}, h('h3', {}, t('beforeAfter'), h('span', { class: 'switch', role: 'group', 'aria-label': t('beforeAfter') }, buttons)),
    h('table', { class: 'small' },
      h('thead', {}, h('tr', {}, [t('before'), t('after'), t('areaWord')].map(x => h('th', { scope: 'col' }, x)))),
      h('tbody', {}, [...groups.values()].sort((a, b) => b.area - a.area).map(g => h('tr', {},
        h('td', {}, land(g.before)), h('td', {}, '→ ', land(g.after)),
        h('td', { class: 'n' }, area(g.area), h('br'), h('span', { class: 'soft' }, t('facesShown', g.n))))))),
    cut && h('p', { class: 'soft' }, t('facesMore', faces.length)));
}

function parcels(refs: FeatureRef[], around: Around): HTMLElement | string {
  if (!refs.length) return '';
  const roles = new Map<string, FeatureRef[]>();
  for (const r of refs) roles.set(r.role, [...(roles.get(r.role) || []), r]);
  return h('section', {}, h('h3', {}, t('parcels')), h('dl', { class: 'refs' }, [...roles].map(([role, list]) => {
    const dd = h('dd', {});
    const fill = (n: number) => replace(dd, list.slice(0, n).map(r => ref(r, around)),
      list.length > n && h('button', { type: 'button', class: 'link', onclick: () => fill(list.length) }, t('andMore', list.length - n)));
    fill(mostRefs);
    return [h('dt', {}, word('role-', role), h('span', { class: 'soft' }, ' ', list.length), list[0].file && h('span', { class: 'soft' }, ' ', list[0].file.replace(/^.*!/, ''))), dd];
  })));
}

/** A parcel by its id, which leads to it on the map. */
function ref(r: FeatureRef, around: Around): HTMLElement {
  const title = r.file ? `${r.file.replace(/^.*!/, '')} ${t('recordNo', r.record || 0)}` : '';
  if (!r.id) return h('span', { class: 'ref', title }, t('recordNo', r.record || 0));
  const button: HTMLButtonElement = h('button', { type: 'button', class: 'ref link', title, 'data-ref': `${r.role} ${r.id}`, onclick: () => {
    around.seek(r.role, r.id).then(n => { if (!n) said(t('notOnMap')); }, e => said(problemOf(e).detail || problemOf(e).title));
  } }, r.id);
  const said = (text: string) => { if (!button.nextSibling || (button.nextSibling as HTMLElement).className !== 'soft ref-said') button.after(h('span', { class: 'soft ref-said', role: 'status' }, text)); };
  return button;
}

function copyLink(): HTMLElement {
  const field = h('input', { type: 'text', readonly: true, value: location.href, 'aria-label': t('link') });
  const button = h('button', { type: 'button', onclick: () => {
    field.select();
    document.execCommand('copy'); // navigator.clipboard wants https
    replace(button, t('copied'));
  } }, t('link'));
  return h('p', { class: 'link-row' }, field, button);
}
