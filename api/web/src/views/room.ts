// Before any plan: what each township has left to move, and land for it.

import { h, replace } from '../dom';
import { download, get } from '../http';
import type { Tileset } from '../map/layers';
import { createRoomMap, type RoomMap, type Shapes } from '../map/roomMap';
import { choice, countyName, loading, problemBox, table, wide } from '../parts';
import { go } from '../route';
import { hectares, percent, t, tx, whole } from '../words';
import type { Candidate, County, Page, Room, RoomTownship } from '../types';

const listed = 200; // of each list; the downloads have all
const drawn = 6000; // more are not sent to a browser

export function roomView(county: string, township: string): { element: HTMLElement; end(): void } {
  const answer = h('div', {}, loading());
  let map: RoomMap | undefined, ended = false;
  const load = async () => {
    replace(answer, loading());
    try {
      const counties = (await get<Page<County>>('/v1/counties')).items;
      const at = counties.find(c => c.code === county) || (county ? undefined : counties[0]);
      if (!at) { replace(answer, h('p', { class: 'soft' }, t('noCounties'))); return; }
      const address = `/v1/counties/${at.code}/room`, part = township ? 'township=' + township : '';
      const room = await get<Room>(address + (part && '?' + part));
      const names = township ? await get<Room>(address) : room;
      const tiles = await get<Tileset>('/v1/tiles/' + at.code);
      const few = room.total.out.count + room.total.in.count;
      const shapes = few <= drawn ? await get<Shapes>(`${address}?f=geojson${part && '&' + part}`) : undefined;
      if (ended) return;
      const rows = new Map<string, HTMLElement>(), box = at.bbox;
      const choose = (direction: string, c: Candidate) => {
        for (const row of rows.values()) row.removeAttribute('aria-current');
        rows.get(direction + c.id)?.setAttribute('aria-current', 'true');
        map?.select(c);
        map?.element.scrollIntoView({ block: 'nearest' });
      };
      map = shapes && box && createRoomMap(room, at.code, tiles.layers.map(l => l.id), box, shapes, (direction, id) => {
        const c = (direction === 'out' ? room.candidates_out : room.candidates_in).find(x => x.id === id);
        if (c) choose(direction, c);
      });
      const of = new Map(names.townships.map(x => [x.code, x.name]));
      replace(answer,
        h('div', { class: 'filters' },
          counties.length > 1 && choice(t('countyOf'), at.code, counties.map(c => [c.code, countyName(c)]), v => go('#/room/' + v), 'room-county'),
          choice(t('roomTownships'), township, [['', t('roomAll')], ...names.townships.map(x => [x.code || '', `${x.code} ${x.name}`] as [string, string])], v => go(`#/room/${at.code}/${v}`), 'room-township'),
          files(address, part, at.code), h('a', { class: 'button', href: '#/ledger/' + at.code }, t('ledger'))),
        h('p', { class: 'soft' }, room.limit === null ? t('roomNoLimit', room.rulebook.id) : t('roomLimit', room.rulebook.id, percent(room.limit))),
        townships(room),
        room.reservations.map(v => h('p', { class: 'soft' }, t('roomUnchecked'), '：', tx(v.message))),
        map ? map.element : h('p', { class: 'soft' }, t('roomMany', whole(few))),
        list('out', t('roomOut'), room.candidates_out, of, rows, choose),
        list('in', t('roomIn'), room.candidates_in, of, rows, choose));
      map?.refresh();
    } catch (e) {
      replace(answer, problemBox(e, () => { void load(); }));
    }
  };
  void load();
  return {
    element: h('div', { class: 'page' }, h('h1', {}, t('room')), h('p', { class: 'soft' }, t('roomWhy')), answer),
    end: () => { ended = true; map?.end(); },
  };
}

function townships(r: Room): HTMLElement {
  const row = (x: RoomTownship, title: string) => [title, hectares(x.designated_m2), hectares(x.moved_m2),
    x.left_m2 === null ? h('span', { title: tx(x.note) }, '?') : hectares(x.left_m2), x.left_mu === null ? '?' : x.left_mu.toFixed(2), x.out.count, x.in.count];
  return table([t('roomTownships'), t('designatedArea'), t('movedBefore'), t('leftArea'), t('leftMu'), t('roomOut'), t('roomIn')],
    [...r.townships.map(x => row(x, `${x.code} ${x.name}`)), row(r.total, 'Σ')], 'figures', t('roomTownships'));
}

/** A list of candidates; a row shows its land on the map. */
function list(direction: string, title: string, all: Candidate[], names: Map<string | undefined, string | undefined>, rows: Map<string, HTMLElement>, choose: (direction: string, c: Candidate) => void): HTMLElement {
  const body = all.slice(0, listed).map(c => {
    const row = h('tr', {}, h('td', { class: 'n' }, c.rank),
      h('td', {}, h('button', { type: 'button', class: 'plain', 'data-candidate': c.id, onclick: () => choose(direction, c) }, c.id)),
      h('td', {}, names.get(c.township) || c.township), h('td', { class: 'n' }, c.area_mu.toFixed(2)),
      h('td', {}, c.reasons.map(x => tx(x.text)).join('；')));
    rows.set(direction + c.id, row);
    return row;
  });
  return h('section', {}, h('h2', {}, `${title} (${whole(all.length)})`),
    all.length > listed && h('p', { class: 'soft' }, t('roomFirst', listed, whole(all.length))),
    all.length ? wide(title, h('table', { class: 'small' },
      h('thead', {}, h('tr', {}, [t('roomRank'), t('name'), t('roomTownships'), t('roomMu'), t('roomReasons')].map(x => h('th', { scope: 'col' }, x)))),
      h('tbody', {}, body))) : h('p', { class: 'soft' }, t('roomNone')));
}

/** The downloads. */
function files(address: string, part: string, county: string): HTMLElement {
  const trouble = h('span', {});
  return h('span', {}, ['xlsx', 'gpkg', 'json'].map(f => [h('button', { type: 'button', 'data-format': f, onclick: async () => {
    try {
      replace(trouble);
      await download(`${address}?f=${f}${part && '&' + part}`, `room-${county}.${f}`);
    } catch (e) { replace(trouble, problemBox(e)); }
  } }, t('download'), ' .', f), ' ']), trouble);
}
