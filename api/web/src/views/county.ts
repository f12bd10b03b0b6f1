// A county's base data: on the map without a plan, its versions, a new one.

import { h, replace } from '../dom';
import { coreLayers } from '../facts';
import { all, get, send } from '../http';
import { createCountyMap, type CountyMap, type CountyTiles } from '../map/countyMap';
import { choice, countyName, loading, problemBox, table } from '../parts';
import { go } from '../route';
import { t, time, whole, word } from '../words';
import { baseUpload, runningLoad } from './baseUpload';
import type { County, Dataset, Me, Page } from '../types';

export function countyView(code: string, me: Me): { element: HTMLElement; end(): void } {
  const answer = h('div', {}, loading()), title = h('h1', {}, t('counties'));
  let map: CountyMap | undefined, ended = false;
  const load = async () => {
    try {
      const counties = (await get<Page<County>>('/v1/counties')).items;
      const county = counties.find(c => c.code === code);
      if (!county && code) {
        replace(answer, h('p', { class: 'soft' }, t('noCounties')), me.role === 'admin' && baseUpload(me, () => code, () => { void load(); }));
        return;
      }
      if (!county) { go(counties.length ? '#/counties/' + counties[0].code : '#/'); return; }
      const sets = await all<Dataset>(`/v1/counties/${code}/datasets`);
      const tiles = me.base_layers ? await get<CountyTiles>('/v1/tiles/' + code) : undefined;
      if (ended) return;
      map?.end();
      map = tiles && county.bbox && createCountyMap(code, tiles, county.bbox);
      replace(title, `${countyName(county)} · ${t('baseData')}`);
      replace(answer,
        counties.length > 1 && h('div', { class: 'filters' }, choice(t('countyOf'), code, counties.map(c => [c.code, countyName(c)]), v => go('#/counties/' + v), 'base-county-choice')),
        h('p', { class: 'soft' }, t('baseCurrent', county.version, time(county.loaded)), missing(sets)),
        map ? map.element : h('p', { class: 'soft' }, t('baseNoMap')),
        h('h2', {}, t('baseVersions')), versions(county, sets, me, load),
        me.role === 'admin' && [h('h2', {}, t('baseNew')), upload(code, me, load)]);
      map?.refresh();
    } catch (e) { replace(answer, problemBox(e, () => { replace(answer, loading()); void load(); })); }
  };
  void load();
  return { element: h('div', { class: 'page' }, title, answer), end: () => { ended = true; map?.end(); } };
}

function missing(sets: Dataset[]): string {
  const gone = coreLayers.filter(([role]) => !sets.some(d => d.current && d.role === role));
  return gone.length ? ' · ' + t('baseMissing', gone.map(([role]) => word('role-', role)).join(t('comma'))) : '';
}

function upload(code: string, me: Me, changed: () => Promise<void>): HTMLElement {
  const before = h('div', { 'aria-live': 'polite' });
  const zone = baseUpload(me, () => code, () => { void changed(); });
  requestAnimationFrame(() => { void runningLoad(code, before, () => { void changed(); }).catch(() => { /* the list of versions says what is there */ }); });
  return h('div', {}, before, zone);
}

/** The versions, newest first, each layer against the one that it takes the place of. */
function versions(c: County, sets: Dataset[], me: Me, changed: () => Promise<void>): HTMLElement {
  const trouble = h('div', {});
  const use = async (version: number) => {
    if (!confirm(t('baseUseSure', version))) return;
    try {
      await send<County>('PUT', `/v1/counties/${c.code}/current`, { version });
      await changed();
    } catch (e) { replace(trouble, problemBox(e)); }
  };
  const numbers = [...c.versions].reverse();
  return h('div', {}, trouble, numbers.map(v => {
    const mine = sets.filter(d => d.version === v);
    return h('details', { open: numbers.length <= 3 || v === c.version || v === numbers[0], 'data-version': v }, h('summary', {}, t('version'), ` ${v} `, v === c.version && h('span', { class: 'tag' }, t('current')),
      mine.length > 0 && h('span', { class: 'soft' }, ` ${time(mine[0].loaded)} · ${mine.length} ${t('layers')}`)),
    table([t('layer'), t('name'), t('features'), t('baseBefore'), t('crs'), t('digest')],
      mine.map(d => [word('role-', d.role), d.file, d.features, against(d, sets), d.crs, h('code', {}, d.digest.slice(0, 23) + '…')]), 'small', `${t('version')} ${v}`),
    me.role === 'admin' && v !== c.version && h('p', {}, h('button', { type: 'button', onclick: () => { void use(v); } }, t('baseUse', v))));
  }));
}

/** What the layers of the role were before, in the newest of the earlier versions. */
function against(d: Dataset, sets: Dataset[]): string {
  const older = sets.filter(x => x.role === d.role && x.version < d.version);
  if (!older.length) return t('baseAdded');
  const last = Math.max(...older.map(x => x.version)), those = older.filter(x => x.version === last);
  if (those.some(x => x.digest === d.digest)) return t('baseSame', last);
  const mine = sets.filter(x => x.role === d.role && x.version === d.version).reduce((n, x) => n + x.features, 0);
  const had = those.reduce((n, x) => n + x.features, 0), more = mine - had;
  return t('baseChanged', last, whole(had), (more > 0 ? '+' : more < 0 ? '−' : '±') + whole(Math.abs(more)));
}
