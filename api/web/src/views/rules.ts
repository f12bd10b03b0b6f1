// Rules by subject: status, figures against limits, the clause beside them.

import { h, replace } from '../dom';
import { chip, levels, levelTag, measureLine, statuses } from '../parts';
import { go, goInstead, withQuery, type Query } from '../route';
import { t, tx } from '../words';
import { pick, searchField, selectOf } from './filterParts';
import type { Overview, Rule } from '../types';

export interface RulesTab { element: HTMLElement; show(query: Query): void }

interface Wanted { level: string; status: string; township: string; q: string }

export function rulesTab(o: Overview, toFindings: (rule: string) => void): RulesTab {
  let want: Wanted = { level: '', status: '', township: '', q: '' };
  const address = `#/checks/${o.check.id}/rules`;
  const set = (f: Partial<Wanted>, typed: boolean) => {
    if (location.hash.startsWith(address)) (typed ? goInstead : go)(withQuery(address, { ...want, ...f }));
  };
  const bar = filters(o, set);
  const body = h('div', {});
  return {
    element: h('div', { class: 'page' }, bar.element, body),
    show({ level = '', status = '', township = '', q = '' }) {
      const asked = { level, status, township, q };
      if (body.firstChild && JSON.stringify(asked) === JSON.stringify(want)) return;
      want = asked;
      bar.show(want);
      replace(body, rulesBody(o.rules.filter(r => takes(r, want)), toFindings));
    },
  };
}

function takes(r: Rule, w: Wanted): boolean {
  const text = [r.title.zh, r.title.en, r.help.zh, r.help.en, r.clause.section, r.clause.text, r.id].join('\n').toLowerCase();
  return (!w.level || r.level === w.level) && (!w.status || r.status === w.status) &&
    (!w.township || r.measures.some(m => !!m.scope.code && m.scope.code.startsWith(w.township))) &&
    w.q.toLowerCase().split(/\s+/).every(word => text.includes(word));
}

function filters(o: Overview, changed: (f: Partial<Wanted>, typed: boolean) => void): { element: HTMLElement; show(w: Wanted): void } {
  const status = selectOf('status', 'status', [['', t('statusAny')], ...statuses.map(s => [s, `${t(s)} (${o.summary[s]})`] as [string, string])], v => changed({ status: v }, false));
  const level = selectOf('level', 'level', [['', t('levelAny')], ...levels.map(l => [l, t(l)] as [string, string])], v => changed({ level: v }, false));
  const township = selectOf('township', 'township', [['', t('townshipAny')], ...Object.entries(o.townships)], v => changed({ township: v }, false));
  const text = searchField('searchRules', v => changed({ q: v }, true));
  return {
    element: h('form', { class: 'filters', 'aria-label': t('filter'), onsubmit: (e: Event) => e.preventDefault() }, status, level, township, text),
    show(w) { pick(status, w.status); pick(level, w.level); pick(township, w.township); if (document.activeElement !== text) text.value = w.q; },
  };
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
