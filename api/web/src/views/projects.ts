// The list of projects: searched, filtered and sorted, all of it in the address, a
// page at a time.

import { h, replace } from '../dom';
import { get } from '../http';
import { choice, loading, problemBox, stage } from '../parts';
import { go, queryOf, withQuery, type Query } from '../route';
import { t, time, whole, word } from '../words';
import { counts, decision, nameOf, projectAddress, result } from './projectParts';
import type { County, Page, Project } from '../types';

const pageSize = 50;
const pause = 250; // ms after a key until the list is asked for
const stages = ['proposal', 'annual', 'subproject-acceptance', 'acceptance'];
const asked = ['q', 'decision', 'verdict', 'state', 'county', 'stage', 'sort'];

export function projectList(): HTMLElement {
  const query: Query = {};
  for (const [name, value] of Object.entries(queryOf(location.hash))) if (asked.includes(name)) query[name] = value;
  const list = h('div', {}, loading()), chosen = new Map<string, string>(); // project → its last check
  let turn = 0;
  const show = async (pages: string[]) => { // the addresses of the pages so far
    const mine = ++turn;
    try {
      const page = await get<Page<Project> & { total: number }>(pages[pages.length - 1]);
      if (mine === turn) replace(list, rows(page, pages, chosen, show, Object.keys(query).some(k => k !== 'sort')));
    } catch (e) { if (mine === turn) replace(list, problemBox(e, () => { void show(pages); })); }
  };
  const start = () => { void show([withQuery('/v1/projects', { ...query, limit: String(pageSize) })]); };
  const set = (name: string, value: string) => {
    if (value) query[name] = value;
    else delete query[name];
    history.replaceState(history.state, '', withQuery('#/', query));
    start();
  };
  start();
  return h('div', {}, controls(query, set), list);
}

function controls(query: Query, set: (name: string, value: string) => void): HTMLElement {
  let later = 0;
  const search = h('input', { type: 'search', id: 'search', value: query.q || '', maxlength: 60, placeholder: t('searchWhat'), oninput: () => {
    clearTimeout(later);
    later = window.setTimeout(() => set('q', search.value.trim()), pause);
  } });
  const pick = (name: string, label: string, options: [string, string][], first: [string, string] = ['', t('all')]) =>
    choice(label, query[name] || '', [first, ...options], v => set(name, v), 'by-' + name);
  const county = h('span', {});
  void get<Page<County>>('/v1/counties').then(p => {
    if (p.items.length > 1 || query.county) replace(county, pick('county', t('countyOf'), p.items.map(c => [c.code, c.code])));
  }, () => { /* the list says what is wrong */ });
  return h('form', { class: 'row project-filters', role: 'search', onsubmit: (e: Event) => { e.preventDefault(); clearTimeout(later); set('q', search.value.trim()); } },
    h('label', { class: 'choice' }, h('span', {}, t('search')), search),
    pick('decision', t('decisionState'), [['awaited', t('toBeReviewed')], ...['pass', 'conditions', 'return'].map(d => [d, word('decision-', d)] as [string, string])]),
    pick('verdict', t('result'), ['violations', 'incomplete', 'compliant'].map(v => [v, word('', v)])),
    pick('state', t('checkState'), ['unchecked', 'queued', 'running', 'done', 'failed', 'cancelled'].map(s => [s, word('', s)])),
    pick('stage', t('stage'), stages.map(s => [s, stage(s)])), county,
    pick('sort', t('sortBy'), ['name', 'verdict', 'open'].map(s => [s, word('sort-', s)]), ['', t('sort-newest')]));
}

function rows(page: Page<Project> & { total: number }, pages: string[], chosen: Map<string, string>, show: (pages: string[]) => Promise<void>, narrowed: boolean): (HTMLElement | false)[] {
  if (!page.items.length && pages.length === 1) {
    return [h('p', { class: 'soft', role: 'status' }, narrowed ? t('projectsNone') : t('noPlans')), narrowed && h('p', {}, h('a', { href: '#/?' }, t('projectsAll')))];
  }
  const from = (pages.length - 1) * pageSize;
  const hold = h('button', { type: 'button', class: 'together', onclick: () => go('#/together/' + [...chosen.values()].join('/')) });
  const said = () => { hold.disabled = chosen.size < 2; replace(hold, chosen.size < 2 ? t('together') : t('togetherNow', chosen.size)); };
  said();
  const tick = (p: Project) => p.check && h('input', { type: 'checkbox', checked: chosen.has(p.plan.id), 'aria-label': t('togetherTick', nameOf(p.plan)), onchange: (e: Event) => {
    if ((e.target as HTMLInputElement).checked) chosen.set(p.plan.id, p.check!);
    else chosen.delete(p.plan.id);
    said();
  } });
  const heads = [t('project'), t('countyOf'), t('stage'), t('uploadedBy'), t('result')];
  return [
    h('p', {}, hold, ' ', h('span', { class: 'soft' }, t('togetherPick'))),
    h('p', { class: 'soft found', role: 'status' }, page.next || pages.length > 1 ? t('projectsShown', whole(from + 1), whole(from + page.items.length), whole(page.total)) : t('projectsFound', page.total)),
    h('table', { class: 'plans' },
      h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, h('span', { class: 'unseen' }, t('together'))), heads.map(x => h('th', { scope: 'col' }, x)))),
      h('tbody', {}, page.items.map(p => h('tr', {}, h('td', { class: 'tick' }, tick(p)), cells(p))))),
    (!!page.next || pages.length > 1) && h('p', { class: 'pages' },
      h('button', { type: 'button', disabled: pages.length < 2, onclick: () => { void show(pages.slice(0, -1)); } }, t('pagePrevious')), ' ',
      h('button', { type: 'button', disabled: !page.next, onclick: () => { void show([...pages, page.next!]); } }, t('pageNext')))];
}

function cells(p: Project): HTMLElement[] {
  const plan = p.plan;
  return [
    h('td', {}, h('a', { href: projectAddress(p), class: 'strong' }, nameOf(plan)), h('br'),
      h('span', { class: 'soft' }, p.code && p.name ? p.code + ' · ' : '', h('a', { href: '#/plans/' + plan.id, class: 'soft' }, plan.file), p.version_count > 1 && ' · ' + t('versions', p.version_count))),
    h('td', {}, p.county), h('td', {}, stage(p.stage)),
    h('td', {}, h('span', { class: 'nowrap' }, time(plan.created)), plan.by && [h('br'), h('span', { class: 'soft' }, plan.by)]),
    h('td', {}, result(p), ' ', decision(p), p.check && h('br'), counts(p))];
}
