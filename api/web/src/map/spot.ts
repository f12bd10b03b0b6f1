// What lies at a point: asked of the service, which looks into the layers
// themselves, not read off the tiles that happen to be drawn.

import { h, replace } from '../dom';
import { get } from '../http';
import { chip, loading, problemBox } from '../parts';
import { area, lang, t, tx, word } from '../words';
import type { Land, Spot, State } from '../types';

export interface SpotPanel { element: HTMLElement; open(path: string, where: string): Promise<Spot | undefined>; close(): boolean }

/** A panel on the map. ended is told when it closes, pick when somebody wants a
 * finding, seek when they want to see a change. */
export function spotPanel(act: { ended(): void; pick?: (finding: string) => void; show(l: Land): void }): SpotPanel {
  const body = h('div', { class: 'spot-body' });
  const where = h('p', { class: 'soft spot-where' });
  const element = h('section', { class: 'spot', role: 'region', 'aria-label': t('atPoint'), tabindex: '-1', hidden: true });
  let turn = 0;
  const close = () => {
    turn++;
    if (element.hidden) return false;
    element.hidden = true;
    act.ended();
    return true;
  };
  const copy = h('button', { type: 'button', onclick: () => { copyText(textOf(element)); replace(copy, t('copied')); } }, t('copy'));
  element.addEventListener('keydown', e => { if (e.key === 'Escape') close();
    if (e.key === 'Escape' || e.key.startsWith('Arrow')) e.stopPropagation(); // it scrolls, the map stays
  });
  replace(element, h('div', { class: 'spot-head' }, h('h2', {}, t('atPoint')), copy, h('button', { type: 'button', 'aria-label': t('close'), onclick: close }, '✕')), where, body);
  return {
    element, close,
    async open(path, text) {
      const mine = ++turn;
      element.hidden = false;
      replace(copy, t('copy'));
      replace(where, text);
      replace(body, loading());
      element.setAttribute('aria-busy', 'true');
      element.focus({ preventScroll: true });
      try {
        const spot = await get<Spot>(path);
        if (mine !== turn) return undefined;
        replace(body, ...contents(spot, act));
        body.scrollTop = 0;
        return spot;
      } catch (e) {
        if (mine === turn) replace(body, problemBox(e));
        return undefined;
      } finally { if (mine === turn) element.setAttribute('aria-busy', 'false'); }
    },
  };
}

const parcels = ['land_use', 'pbf'];
const units = ['townships', 'villages'];

function contents(s: Spot, act: { pick?: (finding: string) => void; show(l: Land): void }): (HTMLElement | false)[] {
  const of = (role: string) => s.base.filter(l => l.role === role);
  const looked = s.looked_in, others = looked.filter(r => !parcels.includes(r) && !units.includes(r));
  const not = [...parcels, ...others].filter(r => looked.includes(r) && !of(r).length);
  const place = units.flatMap(r => of(r)).map(l => `${l.name || ''} ${l.code || ''}`.trim());
  return [
    ...parcels.flatMap(r => of(r)).map(l => parcel(l, act)),
    h('dl', { class: 'facts' },
      others.filter(r => of(r).length > 0).map(r => row(word('role-', r), of(r).map(l => [l.name, l.id].filter(Boolean).join(' ')).join('、'), 'in')),
      not.length > 0 && row(t('notIn'), not.map(r => word('role-', r)).join(lang() === 'zh' ? '、' : ', ')),
      place.length > 0 && row(t('place'), place.join(' · '))),
    s.base_layers === false && h('p', { class: 'soft' }, t('baseHidden')),
    s.base_layers !== false && !looked.length && h('p', { class: 'soft' }, t('baseGone')),
    !!s.faces && change(s, act),
    !!s.findings && s.findings.length > 0 && h('section', {}, h('h3', {}, t('role-findings')), h('ul', { class: 'spot-findings' }, s.findings.map(f =>
      h('li', {}, chip(f.status), ' ', h('button', { type: 'button', class: 'link', 'data-finding': f.id, onclick: () => act.pick?.(f.id) }, `${f.number}. ${tx(f.title)}`), h('span', { class: 'soft' }, ' ', tx(f.message)))))),
  ];
}

function row(name: string, value: string | undefined | false, kind = ''): HTMLElement | false {
  return !!value && h('div', { class: kind || undefined }, h('dt', {}, name), h('dd', {}, value));
}

/** A parcel of land use or of basic farmland. */
function parcel(l: Land, act: { show(l: Land): void }): HTMLElement {
  const percent = (x: number) => (100 * x).toFixed(2) + ' %';
  return h('section', { 'data-role': l.role },
    h('h3', {}, word('role-', l.role), ' ', l.geometry ? h('button', { type: 'button', class: 'link', onclick: () => act.show(l) }, l.number || l.id) : l.number || l.id, l.edge && h('span', { class: 'tag' }, t('onEdge'))),
    h('dl', { class: 'facts' },
      row(t('landClass'), l.class && [l.class, tx(l.class_title)].filter(Boolean).join(' ')),
      row(t('refinement'), l.refinement && [l.refinement, tx(l.refinement_title)].join(' ')),
      row(t('owner'), [l.owner, tx(l.ownership_title)].filter(Boolean).join(' · ')),
      row(t('lies'), [l.unit_name, l.unit].filter(Boolean).join(' ')),
      row(t('declaredArea'), l.declared_m2 !== undefined && area(l.declared_m2)),
      row(t('netArea'), l.net_area_m2 !== undefined && area(l.net_area_m2)),
      row(t('ellipsoidal'), area(l.area_m2)),
      row(t('slopeClass'), l.slope ? String(l.slope) : ''), row(t('grade'), l.grade ? String(l.grade) : ''),
      row(t('ridge'), l.ridge !== undefined && percent(l.ridge)),
      row('BSM', l.id)));
}

/** What the plan does here: before → after, and the changes that say so. */
function change(s: Spot, act: { show(l: Land): void }): HTMLElement {
  const state = (x: State) => h('span', {}, [x.class, tx(x.class_title)].filter(Boolean).join(' ') || '—', x.pbf && h('span', { class: 'tag' }, t('pbfBefore')));
  const rows = s.faces!.map(f => h('p', { class: 'spot-change' }, state(f.before), ' → ', state(f.after), h('span', { class: 'soft' }, ' ', area(f.area_m2))));
  return h('section', {}, h('h3', {}, t('planHere')),
    rows.length ? rows : h('p', {}, t('noChangeHere')),
    s.changes!.length > 0 && h('ul', { class: 'spot-changes' }, s.changes!.map(c => h('li', {}, word('role-', c.role), ' ',
      h('button', { type: 'button', class: 'link', onclick: () => act.show(c) }, c.id), c.year ? ` ${c.year}` : '', c.purpose_title ? ` ${tx(c.purpose_title)}` : '', ' ', h('span', { class: 'soft' }, area(c.area_m2))))),
    h('p', { class: 'soft' }, t(s.in_project ? 'inProject' : 'outsideProject')));
}

/** The panel as lines of text. */
function textOf(element: HTMLElement): string {
  const lines: string[] = [];
  element.querySelectorAll('h3, dl > div, p, li').forEach(e => {
    const dt = e.querySelector('dt'), dd = e.querySelector('dd');
    lines.push(dt && dd ? `${dt.textContent}: ${dd.textContent}` : e.textContent!.trim());
  });
  return lines.join('\n');
}

function copyText(text: string): void {
  const field = h('textarea', { 'aria-hidden': 'true', class: 'away' });
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand('copy'); // navigator.clipboard wants https
  field.remove();
}
