// The first screen: drop a plan here; plans that are there already.

import { h, replace } from '../dom';
import { packageEndings } from '../facts';
import { get } from '../http';
import { trouble, whole } from '../loose';
import { wrapper, type Dropped } from '../package/files';
import { loading, problemBox, stage, verdictChip } from '../parts';
import { go } from '../route';
import { bytes, t, time } from '../words';
import { dropTarget } from './dropTarget';
import { noBase } from './noBase';
import { openForm } from './package/page';
import { sendPlan } from './sending';
import type { Check, County, Me, Page, Plan } from '../types';

export function home(me: Me): HTMLElement {
  const list = h('div', {}, loading()), top = h('div', {}, h('h1', {}, t('uploadTitle')), dropZone(me));
  void listPlans(list);
  void get<Page<County>>('/v1/counties').then(p => { if (!p.items.length) replace(top, noBase()); }, () => { /* the list of plans says what is wrong */ });
  return h('div', { class: 'page' }, top, h('h2', {}, t('recent')), list);
}

function dropZone(me: Me): HTMLElement {
  const state = h('div', { class: 'drop-state', 'aria-live': 'polite' });
  const county = h('select', { id: 'county' }, h('option', { value: '' }, t('asPlan')));
  const countyRow = h('p', { class: 'soft', hidden: true }, h('label', { for: 'county' }, t('countyOf'), ' '), county);
  void get<Page<County>>('/v1/counties').then(p => {
    for (const c of p.items) county.appendChild(h('option', { value: c.code }, c.code));
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

async function listPlans(into: HTMLElement): Promise<void> {
  try {
    const plans = await get<Page<Plan>>('/v1/plans?limit=100');
    if (!plans.items.length) { replace(into, h('p', { class: 'soft' }, t('noPlans'))); return; }
    const chosen = new Map<string, string>(); // plan → its last check
    const hold = h('button', { type: 'button', class: 'together', onclick: () => go('#/together/' + [...chosen.values()].join('/')) });
    const choose = (plan: string, check: string, on: boolean) => {
      if (on) chosen.set(plan, check);
      else chosen.delete(plan);
      hold.disabled = chosen.size < 2;
      replace(hold, chosen.size < 2 ? t('together') : t('togetherNow', chosen.size));
    };
    choose('', '', false);
    const row = (p: Plan) => planRow(p, p.latest, choose);
    const body = h('tbody', {}, plans.items.map(row));
    const more = h('p', {});
    const offer = (next?: string) => replace(more, next && h('button', { type: 'button', onclick: async () => {
      const page = await get<Page<Plan>>(next);
      for (const p of page.items) body.appendChild(row(p));
      offer(page.next);
    } }, t('more')));
    offer(plans.next);
    replace(into, h('p', {}, hold, ' ', h('span', { class: 'soft' }, t('togetherPick'))), h('div', { class: 'wide' }, h('table', { class: 'plans' },
      h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, h('span', { class: 'unseen' }, t('together'))), [t('plan'), t('countyOf'), t('stage'), t('uploaded'), t('lastCheck')].map(x => h('th', { scope: 'col' }, x)))), body)), more);
  } catch (e) {
    replace(into, problemBox(e, () => { replace(into, loading()); void listPlans(into); }));
  }
}

function planRow(p: Plan, c: Check | undefined, choose: (plan: string, check: string, on: boolean) => void): HTMLElement {
  return h('tr', {},
    h('td', {}, c && c.state === 'done' && h('input', { type: 'checkbox', 'aria-label': t('togetherTick', p.name || p.code || p.file), onchange: (e: Event) => choose(p.id, c.id, (e.target as HTMLInputElement).checked) })),
    h('td', {}, h('a', { href: '#/plans/' + p.id, class: 'strong' }, p.name || p.code || p.file), h('br'),
      h('span', { class: 'soft' }, [p.code, p.file, bytes(p.size)].filter(Boolean).join(' · '))),
    h('td', {}, p.county), h('td', {}, stage(p.stage)), h('td', { class: 'nowrap' }, time(p.created)),
    h('td', {}, c ? h('a', { href: '#/checks/' + c.id, class: 'plain' }, c.verdict ? verdictChip(c.verdict, c.reservations) : t(p.blocked ? 'blockedShort' : c.state)) : h('span', { class: 'soft' }, t('notYet'))));
}
