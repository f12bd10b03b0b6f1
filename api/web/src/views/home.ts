// The first screen: drop a plan here; the projects that are there already.

import { h, replace } from '../dom';
import { packageEndings } from '../facts';
import { get } from '../http';
import { trouble, whole } from '../loose';
import { wrapper, type Dropped } from '../package/files';
import { countyName, problemBox } from '../parts';
import { t } from '../words';
import { dropTarget } from './dropTarget';
import { noBase } from './noBase';
import { openForm } from './package/page';
import { projectList } from './projects';
import { sendPlan } from './sending';
import type { County, Me, Page } from '../types';

export function home(me: Me): HTMLElement {
  const top = h('div', {}, h('h1', {}, t('uploadTitle')), dropZone(me));
  void get<Page<County>>('/v1/counties').then(p => { if (!p.items.length) replace(top, noBase(me)); }, () => { /* the list of plans says what is wrong */ });
  return h('div', { class: 'page' }, top, h('h2', {}, t('projects')), projectList());
}

function dropZone(me: Me): HTMLElement {
  const state = h('div', { class: 'drop-state', 'aria-live': 'polite' });
  const county = h('select', { id: 'county' }, h('option', { value: '' }, t('asPlan')));
  const countyRow = h('p', { class: 'soft', hidden: true }, h('label', { for: 'county' }, t('countyOf'), ' '), county);
  void get<Page<County>>('/v1/counties').then(p => {
    for (const c of p.items) county.appendChild(h('option', { value: c.code }, countyName(c)));
    countyRow.hidden = p.items.length < 2;
  }, () => { /* the list of plans says what is wrong */ });

  const take = async (files: Dropped[]) => {
    if (!files.length) return;
    replace(state);
    const wrong = trouble(files, me.upload_bytes);
    if (wrong) {
      replace(state, problemBox(wrong));
      if (wrong.title === t('severalPackages', files.length)) state.firstElementChild!.appendChild(h('p', {}, h('button', { type: 'button', onclick: () => openForm(files) }, t('makeTogether'))));
      return;
    }
    if (await whole(files)) await sendPlan(files, state, county.value, wrapper(files.map(f => f.path)));
    else openForm(files);
  };
  return h('div', {},
    dropTarget(take, 'files', [h('p', { class: 'drop-title' }, t('drop')), h('p', { class: 'soft' }, t('dropWhat', packageEndings.join(' / ')))], countyRow, state),
    h('p', { class: 'make' }, h('a', { class: 'button', href: '#/new' }, t('makePackage')), ' ', h('span', { class: 'soft' }, t('makeWhy'))));
}
