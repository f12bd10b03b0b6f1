// Plans held against each other: what their checks, all of them done, say of the
// same land and of a township's limit.

import { h, replace } from '../dom';
import { send } from '../http';
import { chip, loading, problemBox } from '../parts';
import { area, t, tx, whole } from '../words';
import type { Text, Together, TogetherFinding, TogetherPlan, TogetherRule } from '../types';

const listed = 200; // findings of each rule; the command line has all

export function togetherView(checks: string[]): HTMLElement {
  const answer = h('div', {}, loading());
  const load = async () => {
    try {
      show(await send<Together>('POST', '/v1/together', { checks }), answer);
    } catch (e) { replace(answer, problemBox(e, () => { replace(answer, loading()); void load(); })); }
  };
  void load();
  return h('div', { class: 'page' }, h('h1', {}, t('together')), h('p', { class: 'soft' }, t('togetherWhy')), answer);
}

function show(found: Together, into: HTMLElement): void {
  const plans = new Map(found.packages.map(p => [p.package, p]));
  const held = found.rules.filter(r => r.status === 'pass'), wanting = found.rules.filter(r => r.status !== 'pass');
  replace(into,
    h('h2', {}, t('plans')),
    h('ul', { class: 'plans-together' }, found.packages.map(p => h('li', {}, planLink(p), ' ', h('span', { class: 'id' }, p.code), ' ',
      p.copy_of ? t('togetherCopy', nameOf(plans.get(p.copy_of))) : p.version_of ? t('togetherVersion', nameOf(plans.get(p.version_of))) : ''))),
    wanting.map(r => ruleSection(r, plans)),
    h('h2', {}, t('togetherHolds')),
    h('ul', { class: 'account' }, held.map(r => h('li', {}, chip(r.status), ' ', tx(r.title)))));
}

function nameOf(p: TogetherPlan | undefined): string { return p ? p.name || p.code || p.package : ''; }

/** The service calls a plan by the id of its check; the page by its name, and leads to its report. */
function planLink(p: TogetherPlan): HTMLElement { return h('a', { href: '#/checks/' + p.package }, nameOf(p)); }

function named(text: Text, plans: Map<string, TogetherPlan>): string {
  let said = tx(text);
  for (const [id, p] of plans) said = said.split(id).join(nameOf(p));
  return said;
}

function ruleSection(r: TogetherRule, plans: Map<string, TogetherPlan>): HTMLElement {
  return h('section', { 'data-rule': r.id },
    h('h2', {}, chip(r.status), ' ', tx(r.title), ' ', h('span', { class: 'count' }, whole(r.findings.length))),
    r.clause.text && h('blockquote', {}, r.clause.section, ' ', r.clause.text),
    r.measures.filter(m => m.note && m.status !== 'pass' && !r.findings.length).map(m => h('p', {}, m.scope.name, ' ', named(m.note!, plans))),
    r.findings.length > listed && h('p', { class: 'soft' }, t('togetherFirst', listed, whole(r.findings.length))),
    h('ol', { class: 'together-findings' }, r.findings.slice(0, listed).map(f => finding(f, plans))));
}

function finding(f: TogetherFinding, plans: Map<string, TogetherPlan>): HTMLElement {
  const about = (f.packages || []).map(id => plans.get(id)).filter(p => p !== undefined);
  return h('li', { 'data-finding': f.id },
    h('p', {}, chip(f.status), ' ', named(f.message, plans)),
    h('p', { class: 'next' }, t('whatToDo'), named(f.remedy, plans)),
    h('p', { class: 'soft' }, f.area_m2 > 0 && [area(f.area_m2), ' · '], about.map((p, i) => [i > 0 && ' · ', planLink(p)])));
}
