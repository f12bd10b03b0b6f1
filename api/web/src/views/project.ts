// One project: its versions, the newest first, what became of each, and what
// changed from one to the next.

import { h, replace } from '../dom';
import { get } from '../http';
import { loading, problemBox, stage } from '../parts';
import { t, time } from '../words';
import { counts, decision, nameOf, result } from './projectParts';
import type { Project, Version } from '../types';

export function projectView(county: string, project: string): HTMLElement {
  const page = h('div', { class: 'page' }, loading());
  const load = async () => {
    try {
      replace(page, whole(await get<Project>(`/v1/projects/${encodeURIComponent(project)}?county=${encodeURIComponent(county)}`)));
    } catch (e) { replace(page, problemBox(e, load)); }
  };
  void load();
  return page;
}

function whole(p: Project): HTMLElement {
  const versions = p.versions!;
  const facts: [string, string][] = [[t('code'), p.code], [t('countyOf'), p.county], [t('stage'), stage(p.stage)]];
  return h('div', {},
    h('header', {}, h('p', { class: 'kicker' }, t('project')), h('h1', {}, nameOf(p.plan)),
      h('dl', { class: 'facts' }, facts.filter(f => f[1]).map(([k, v]) => h('div', {}, h('dt', {}, k), h('dd', {}, v)))),
      h('p', {}, result(p), ' ', decision(p), ' ', counts(p))),
    h('h2', {}, t('versionList')),
    versions.length < p.version_count && h('p', { class: 'soft' }, t('versionsCut', versions.length)),
    h('table', { class: 'plans versions-table' },
      h('thead', {}, h('tr', {}, [t('plan'), t('stage'), t('uploadedBy'), t('result')].map(x => h('th', { scope: 'col' }, x)))),
      h('tbody', {}, versions.map((v, i) => row(v, p.version_count - i, i === 0)))));
}

function row(v: Version, number: number, newest: boolean): HTMLElement {
  const plan = v.plan, n = v.findings;
  return h('tr', {},
    h('td', {}, h('a', { href: '#/plans/' + plan.id, class: 'strong' }, t('versionNumber', number)), h('br'), h('span', { class: 'soft' }, plan.file)),
    h('td', {}, stage(plan.stage)),
    h('td', {}, h('span', { class: 'nowrap' }, time(plan.created)), plan.by && [h('br'), h('span', { class: 'soft' }, plan.by)]),
    h('td', {}, result(v), ' ', decision(v, newest), v.check && h('br'), counts(v),
      n?.against && [h('br'), h('a', { class: 'diff-link', href: `#/checks/${n.against}/diff/${v.check}` }, t('againstBefore'))]));
}
