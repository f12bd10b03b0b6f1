// Two versions of a plan side by side: what is new, fixed, still there.

import { h, replace } from '../dom';
import { all, get } from '../http';
import { createDiffMap } from '../map/diffMap';
import { chip, levelTag, loading, problemBox, stage, table, verdictChip } from '../parts';
import { go } from '../route';
import { area, percent, t, time, tx, whole } from '../words';
import type { Check, Diff, DiffFinding, Overview, Plan, Status } from '../types';

const shown = 200; // findings of one kind that are listed at first

export function diffView(old: string, late: string): { element: HTMLElement; end: () => void } {
  const element = h('div', { class: 'page' }, loading());
  let end = () => { /* no map yet */ };
  const load = async () => {
    try {
      if (!old) { replace(element, await chooser(late)); return; }
      const [d, a, b] = await Promise.all([get<Diff>(`/v1/checks/${old}/diff/${late}`), get<Overview>(`/v1/checks/${old}/overview`), get<Overview>(`/v1/checks/${late}/overview`)]);
      const map = createDiffMap(b, d);
      end = map.end;
      replace(element, head(a, b), sides(d, map.element, a, b));
      map.refresh();
    } catch (e) { replace(element, problemBox(e, () => { void load(); })); }
  };
  void load();
  return { element, end: () => end() };
}

async function chooser(id: string): Promise<HTMLElement> {
  const mine = await get<Check>('/v1/checks/' + id);
  const [checks, plans] = await Promise.all([all<Check>(`/v1/checks?county=${mine.county}&state=done&limit=200`), all<Plan>(`/v1/plans?county=${mine.county}&limit=200`)]);
  const planOf = new Map(plans.map(p => [p.id, p]));
  const code = planOf.get(mine.plan)?.code;
  const others = checks.filter(c => c.id !== id);
  const near = (c: Check) => (c.plan === mine.plan || (code && planOf.get(c.plan)?.code === code) ? 0 : 1);
  others.sort((a, b) => near(a) - near(b));
  const to = (c: Check) => c.created < mine.created ? `#/checks/${c.id}/diff/${id}` : `#/checks/${id}/diff/${c.id}`;
  return h('div', {}, h('h1', {}, t('diffChoose')), others.length ? h('table', {},
    h('thead', {}, h('tr', {}, [t('plan'), t('started'), t('result')].map(x => h('th', { scope: 'col' }, x)))),
    h('tbody', {}, others.map(c => { const p = planOf.get(c.plan); return h('tr', {},
      h('td', {}, h('a', { class: 'strong', href: to(c) }, p ? p.name || p.code || p.file : c.plan), h('br'), h('span', { class: 'soft' }, p ? [p.code, p.file].filter(Boolean).join(' · ') : '')),
      h('td', { class: 'nowrap' }, time(c.created)), h('td', {}, verdictChip(c.verdict, c.reservations))); })))
    : h('p', { class: 'soft' }, t('diffNone')));
}

function head(a: Overview, b: Overview): HTMLElement {
  const side = (o: Overview, name: string) => h('div', { class: 'version' }, h('p', { class: 'kicker' }, name),
    h('h2', {}, h('a', { href: '#/checks/' + o.check.id }, o.plan.name || o.plan.code)),
    h('p', { class: 'soft' }, [o.package.file, stage(o.plan.stage), time(o.check.created)].filter(Boolean).join(' · ')), h('p', {}, verdictChip(o.verdict, o.remarks.length)));
  return h('div', {}, h('h1', {}, t('diffTitle')), h('div', { class: 'versions' }, side(a, t('older')),
    h('button', { type: 'button', title: t('swap'), 'aria-label': t('swap'), onclick: () => go(`#/checks/${b.check.id}/diff/${a.check.id}`) }, '⇄'), side(b, t('newer'))));
}

function sides(d: Diff, map: HTMLElement, a: Overview, b: Overview): HTMLElement {
  const title = new Map([...a.rules, ...b.rules].map(r => [r.id, tx(r.title)]));
  const status = (s: Status | '') => s ? chip(s) : t('absent');
  return h('div', {},
    h('div', { class: 'thirds' },
      column('added', '✗', t('added'), d.added, b.check.id), column('fixed', '✓', t('fixed'), d.fixed, a.check.id), column('unchanged', '＝', t('unchanged'), d.unchanged, b.check.id)),
    map,
    h('h2', {}, t('rulesChanged')),
    d.rules.length ? table([t('rule'), t('older'), t('newer')], d.rules.map(r => [tx(r.title), status(r.old), status(r.new)])) : h('p', { class: 'soft' }, t('sameResult')),
    h('h2', {}, t('valuesChanged')),
    d.values.length ? table([t('rule'), t('scopeOf'), t('older'), t('newer')], d.values.map(v => [title.get(v.rule) || v.rule, v.scope.name || v.scope.code || t('wholePlan'),
      figure(v.old, v.unit), figure(v.new, v.unit)])) : h('p', { class: 'soft' }, t('sameResult')));
}

function figure(v: number, unit: string): string {
  return unit === 'm2' ? area(v) : unit === 'ratio' ? percent(v) : v.toLocaleString('en-US', { maximumFractionDigits: 2 });
}

function column(kind: string, sign: string, name: string, every: DiffFinding[], check: string): HTMLElement {
  const list = every.filter(f => f.status !== 'pass'); // those only show where something lies
  const rows = h('ol', {});
  const fill = (n: number) => replace(rows, list.slice(0, n).map(f => h('li', {},
    h('a', { href: `#/checks/${check}/findings/${f.id}` }, chip(f.status), ' ', levelTag(f.level), h('b', {}, tx(f.title)), h('span', { class: 'soft' }, tx(f.message)),
      f.old_area_m2 !== undefined && f.old_area_m2 !== f.area_m2 && h('span', { class: 'soft' }, `${area(f.area_m2)}（${t('wasArea', area(f.old_area_m2))}）`)))),
    list.length > n && h('li', {}, h('button', { type: 'button', class: 'link', onclick: () => fill(n + 1000) }, t('andMore', list.length - n))));
  fill(shown);
  return h('section', { class: 'third d-' + kind }, h('h2', {}, h('span', { 'aria-hidden': 'true' }, sign + ' '), name, ' ', h('b', {}, whole(list.length))),
    list.length ? rows : h('p', { class: 'soft' }, t('none')));
}
