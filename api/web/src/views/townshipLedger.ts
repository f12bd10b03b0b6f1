// The township ledger of a county: what was designated, which projects moved how
// much of it, and what is left.

import { h, replace } from '../dom';
import { get, send } from '../http';
import { choice, countyName, loading, problemBox, wide } from '../parts';
import { go } from '../route';
import { hectares, percent, squareMetres, t, time, tx } from '../words';
import type { County, LedgerProject, Me, Page, TownshipLedger } from '../types';

export function townshipLedger(county: string, me: Me): HTMLElement {
  const answer = h('div', {}, loading());
  const load = async () => {
    try {
      const counties = (await get<Page<County>>('/v1/counties')).items;
      const code = county || counties[0]?.code;
      if (!code) { replace(answer, h('p', { class: 'soft' }, t('noCounties'))); return; }
      const ledger = await get<TownshipLedger>(`/v1/counties/${code}/ledger`);
      replace(answer,
        counties.length > 1 && h('div', { class: 'filters' }, choice(t('countyOf'), code, counties.map(c => [c.code, countyName(c)]), v => go('#/ledger/' + v), 'ledger-county')),
        h('p', { class: 'soft' }, t('countyOf'), ` ${countyName(counties.find(c => c.code === code) || { code })} · ${t('baseVersion')} ${ledger.base_version} · `,
          ledger.limit === null ? t('roomNoLimit', ledger.rulebook) : t('roomLimit', ledger.rulebook, percent(ledger.limit))),
        townships(ledger),
        h('h2', {}, t('ledgerProjects')), projects(ledger, me, load));
    } catch (e) {
      replace(answer, problemBox(e, () => { replace(answer, loading()); void load(); }));
    }
  };
  void load();
  return h('div', { class: 'page' }, h('h1', {}, t('ledger')), h('p', { class: 'soft' }, t('ledgerWhy')),
    me.base_layers && h('p', {}, h('a', { href: '#/room' + (county && '/' + county) }, t('room'))), answer);
}

/** m², and hm² beside it. */
function both(m2: number): string { return t('areaInHectares', squareMetres(m2), hectares(m2)); }

function sheet(name: string, kind: string, head: string[], rows: HTMLElement[]): HTMLElement {
  return wide(name, h('table', { class: 'small ' + kind },
    h('thead', {}, h('tr', {}, head.map(x => h('th', { scope: 'col' }, x)))), h('tbody', {}, rows)));
}

function figure(m2: number): HTMLElement { return h('td', { class: 'n' }, hectares(m2)); }

function townships(l: TownshipLedger): HTMLElement {
  const names = new Map(l.projects.map(p => [p.code, p.name]));
  return sheet(t('ledger'), 'ledger-townships', [t('roomTownships'), t('designatedArea'), t('movedBefore'), t('movedIn'), t('leftArea'), t('movedBy')],
    l.townships.map(x => h('tr', { 'data-township': x.code },
      h('th', { scope: 'row' }, `${x.code} ${x.name}`), figure(x.designated_m2), figure(x.moved_m2), figure(x.moved_in_m2),
      x.left_m2 === null ? h('td', { class: 'soft' }, tx(x.why)) : h('td', { class: x.left_m2 < 0 ? 'n over' : 'n' }, hectares(x.left_m2)),
      h('td', {}, x.projects.length ? x.projects.map(p => h('div', {}, h('span', { class: 'id' }, p.code), ` ${names.get(p.code) || ''} `, both(p.pbf_out_m2)))
        : h('span', { class: 'soft' }, t('roomNone'))))));
}

function projects(l: TownshipLedger, me: Me, changed: () => Promise<void>): HTMLElement {
  if (!l.projects.length) return h('p', { class: 'soft' }, t('ledgerEmpty'));
  const names = new Map(l.townships.map(x => [x.code, x.name]));
  const trouble = h('div', {}), may = me.role !== 'submitter';
  const remove = async (p: LedgerProject) => {
    const reason = prompt(t('ledgerRemoveWhy', `${p.code} ${p.name}`.trim()))?.trim();
    if (!reason) return;
    try {
      await send<void>('DELETE', `/v1/counties/${l.county}/ledger/${encodeURIComponent(p.code)}?reason=${encodeURIComponent(reason)}`);
      await changed();
    } catch (e) { replace(trouble, problemBox(e)); }
  };
  const rows = l.projects.map(p => h('tr', { 'data-project': p.code },
    h('th', { scope: 'row', class: 'nowrap' }, p.code), h('td', {}, p.name),
    h('td', {}, p.moves.map(m => h('div', {}, t('ledgerMove', `${m.township} ${names.get(m.township) || ''}`.trim(), both(m.pbf_out_m2), both(m.pbf_in_m2))))),
    h('td', {}, p.check ? h('a', { href: '#/checks/' + p.check }, '…' + p.check.slice(-6)) : t('ledgerStated')),
    h('td', {}, p.by || ''), h('td', { class: 'nowrap' }, time(p.entered)),
    may && h('td', {}, h('button', { type: 'button', 'aria-label': `${t('ledgerRemove')} ${p.code}`, onclick: () => { void remove(p); } }, t('ledgerRemove')))));
  return h('div', {}, trouble, sheet(t('ledgerProjects'), 'ledger-projects',
    [t('code'), t('name'), t('ledgerMoves'), t('ledgerCheck'), t('enteredBy'), t('entered'), ...(may ? [t('ledgerRemove')] : [])], rows));
}
