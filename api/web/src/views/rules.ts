// Rules by subject: status, figures against limits, the clause beside them.

import { h, replace } from '../dom';
import { chip, choice, levelTag, measureLine } from '../parts';
import { t, tx } from '../words';
import type { Level, Overview, Rule, Status } from '../types';

export interface RulesTab { element: HTMLElement; filter(status: Status): void }

interface Wanted { level: string; status: string; township: string }

export function rulesTab(o: Overview, toFindings: (rule: string) => void): RulesTab {
  const want: Wanted = { level: '', status: '', township: '' };
  const bar = h('form', { class: 'filters', 'aria-label': t('filter') });
  const body = h('div', {});
  const show = () => {
    replace(bar, filters(o, want, show));
    replace(body, rulesBody(o.rules.filter(r => takes(r, want)), toFindings));
  };
  show();
  return { element: h('div', { class: 'page' }, bar, body), filter(status) { want.status = status; show(); } };
}

function takes(r: Rule, w: Wanted): boolean {
  return (!w.level || r.level === w.level) && (!w.status || r.status === w.status) &&
    (!w.township || r.measures.some(m => !!m.scope.code && m.scope.code.startsWith(w.township)));
}

function filters(o: Overview, w: Wanted, changed: () => void): HTMLElement[] {
  const any: [string, string] = ['', t('all')];
  const statuses: Status[] = ['fail', 'not_checked', 'warn', 'justified', 'pass', 'not_applicable'];
  const levels: Level[] = ['mandatory', 'in_principle', 'advisory'];
  const towns = Object.entries(o.townships);
  return [
    choice(t('status'), w.status, [any, ...statuses.map(s => [s, `${t(s)} (${o.summary[s]})`] as [string, string])], v => { w.status = v; changed(); }),
    choice(t('level'), w.level, [any, ...levels.map(l => [l, t(l)] as [string, string])], v => { w.level = v; changed(); }),
    choice(t('township'), w.township, [any, ...towns], v => { w.township = v; changed(); }),
  ];
}

/** The table of rules, also for print. */
export function rulesBody(rules: Rule[], toFindings?: (rule: string) => void): HTMLElement[] {
  if (!rules.length) return [h('p', { class: 'soft' }, t('noMatch'))];
  const groups = new Map<string, Rule[]>();
  for (const r of rules) groups.set(r.group, [...(groups.get(r.group) || []), r]);
  return [...groups.values()].map(list => h('section', {},
    h('h2', {}, tx(list[0].subject)),
    h('table', { class: 'rules' },
      h('thead', {}, h('tr', {}, [t('status'), t('rulesColumn'), t('figuresColumn'), t('clause')].map(x => h('th', { scope: 'col' }, x)))),
      h('tbody', {}, list.map(r => ruleRow(r, toFindings))))));
}

function ruleRow(r: Rule, toFindings?: (rule: string) => void): HTMLElement {
  const found = Object.values(r.findings).reduce((a, b) => a + (b || 0), 0);
  return h('tr', { id: 'r-' + r.id },
    h('td', {}, chip(r.status), h('br'), levelTag(r.level)),
    h('td', {}, h('span', { class: 'strong' }, tx(r.title)),
      h('details', { class: 'quiet' }, h('summary', {}, t('meaning')), h('p', {}, tx(r.help)), h('p', { class: 'id' }, r.id), terms(r))),
    h('td', {}, r.measures.map(measureLine), r.more > 0 && h('p', { class: 'soft' }, t('moreMeasures', r.more)),
      r.note && h('p', { class: 'soft' }, tx(r.note)),
      found > 0 && toFindings && h('p', {}, h('button', { type: 'button', class: 'link', onclick: () => toFindings(r.id) }, t('showFindings', found)))),
    h('td', {}, h('blockquote', { lang: 'zh-CN' }, h('span', { class: 'soft' }, r.clause.section), ' ', r.clause.text)));
}

function terms(r: Rule): HTMLElement | string {
  const rows = r.measures.filter(m => m.terms && Object.keys(m.terms).length);
  return rows.length ? h('div', {}, h('p', { class: 'soft' }, t('figuresOf')), h('ul', { class: 'terms' }, rows.map(m => h('li', {}, tx(m.where), '：',
    Object.entries(m.terms).map(([k, v]) => h('code', {}, `${k} = ${v.toLocaleString('en-US', { maximumFractionDigits: 6 })} `)))))) : '';
}
