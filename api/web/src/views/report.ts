// A report: the verdict first, then findings with the map, rules, charts, the
// review form, sources. Tabs are built when first opened and kept.

import { h, replace } from '../dom';
import { mark, stage, statuses, statusOf } from '../parts';
import { go, withQuery, type Query, type Tab } from '../route';
import { t, tx, whole } from '../words';
import { charts } from './charts';
import { decisionPanel } from './decision';
import { downloads } from './downloads';
import { enterProject } from './enterProject';
import { findingsTab, type FindingsTab } from './findingsTab';
import { form } from './form';
import { printable, printAll } from './print';
import { rulesTab, type RulesTab } from './rules';
import { sources } from './sources';
import type { Me, Overview, Status } from '../types';

export interface Report { element: HTMLElement; show(tab: Tab | '', finding: string, query: Query): void; key(e: KeyboardEvent): void; end(): void }

export function report(o: Overview, me: Me): Report {
  const id = o.check.id;
  const names: [Tab, string][] = [['findings', t('tabFindings')], ['rules', t('tabRules')], ['charts', t('tabCharts')], ['form', t('tabForm')], ['sources', t('tabSources')]];
  const links = new Map(names.map(([tab, name]) => [tab, h('a', { href: `#/checks/${id}/${tab}` }, name, tab === 'findings' && countOf(o))]));
  const room = h('div', { class: 'room', role: 'region' });
  const open = new Map<Tab, HTMLElement>();
  let findings: FindingsTab | undefined;
  let rules: RulesTab | undefined;
  const unprintable = printable(o);

  const build = (tab: Tab): HTMLElement => {
    switch (tab) {
      case 'findings': findings = findingsTab(o, me); return findings.element;
      case 'rules': rules = rulesTab(o, rule => go(withQuery(`#/checks/${id}/findings`, { rule, status: 'any' }))); return rules.element;
      case 'charts': return charts(o);
      case 'form': return form(o);
      case 'sources': return sources(o);
    }
  };
  const tabOf = (tab: Tab): HTMLElement => {
    if (!open.has(tab)) open.set(tab, build(tab));
    return open.get(tab)!;
  };

  return {
    element: h('div', { class: 'report' },
      verdict(o, me, status => go(withQuery(`#/checks/${id}/rules`, { status }))),
      h('nav', { class: 'tabs', 'aria-label': t('result') }, [...links.values()]), room),
    show(tab, finding, query) {
      const now = tab || (o.first.total ? 'findings' : 'rules');
      const element = tabOf(now);
      if (room.firstChild !== element) { replace(room, element); room.scrollTop = 0; }
      room.setAttribute('aria-label', names.find(n => n[0] === now)![1]);
      if (now === 'findings') room.removeAttribute('tabindex'); // its parts scroll by themselves
      else room.tabIndex = 0;
      links.get(now)!.setAttribute('href', withQuery(`#/checks/${id}/${now}`, query)); // whoever comes back finds it as it was
      for (const [name, link] of links) {
        if (name === now) { link.setAttribute('aria-current', 'page'); link.parentElement!.scrollLeft = link.offsetLeft - 40; }
        else link.removeAttribute('aria-current');
      }
      if (now === 'findings') findings!.show(finding, query);
      if (now === 'rules') rules!.show(query);
    },
    key(e) { if (findings && room.firstChild === findings.element) findings.key(e); },
    end() { unprintable(); if (findings) findings.end(); },
  };
}

function countOf(o: Overview): HTMLElement { return h('span', { class: 'count' }, whole(o.first.total)); }

const firstRemarks = 4; // the rest is unfolded

/** What the verdict does not cover, right under it. */
function remarks(o: Overview): HTMLElement | false {
  if (!o.remarks.length) return false;
  const items = (list: Overview['remarks']) => h('ul', { class: 'remarks' }, list.map(r => h('li', {}, tx(r.text))));
  const rest = o.remarks.slice(firstRemarks);
  return h('div', {}, items(o.remarks.slice(0, firstRemarks)), rest.length > 0 && h('details', {}, h('summary', {}, t('andMore', rest.length)), items(rest)));
}

function verdict(o: Overview, me: Me, pick: (s: Status) => void): HTMLElement {
  const status = statusOf(o.tone);
  const facts = [o.plan.code && `${t('code')} ${o.plan.code}`, o.plan.county && `${t('countyOf')} ${o.plan.county}`,
    o.plan.stage && `${t('stage')} ${stage(o.plan.stage)}`, tx(o.rulebook.title)].filter(Boolean).join(' · ');
  const entry = enterProject(o, me);
  const print = h('button', { type: 'button', onclick: () => { void printAll(o, print); } }, t('print'));
  return h('header', { class: 'verdict s-' + status },
    h('span', { class: 'big', 'aria-hidden': 'true' }, mark(status)),
    h('div', { class: 'says' },
      h('h1', {}, tx(o.head), h('span', { class: 'of' }, o.plan.name || o.plan.code)),
      h('p', {}, tx(o.means)),
      remarks(o),
      h('p', { class: 'next' }, t('nextStep'), tx(o.next)),
      h('p', { class: 'facts-line' }, h('a', { href: '#/plans/' + o.package.id }, facts)),
      decisionPanel(o, me)),
    h('div', { class: 'side' },
      h('ul', { class: 'counts' }, statuses.map(x => h('li', {}, h('button', { type: 'button', class: o.summary[x] ? 's-' + x : 'zero', onclick: () => pick(x) },
        h('b', {}, o.summary[x]), h('span', {}, h('span', { 'aria-hidden': 'true' }, mark(x) + ' '), t(x)))))),
      h('div', { class: 'actions' }, downloads(o, me), o.summary.fail > 0 && h('a', { class: 'button', href: `#/checks/${o.check.id}/suggestion` }, t('suggest')),
        h('a', { class: 'button', href: `#/checks/${o.check.id}/diff` }, t('compare')), entry?.button, print), entry?.said));
}

