// The legend: each layer with its look and a switch.

import type Map from 'ol/Map';
import { h, replace, s } from '../dom';
import { classGroups, groupColours } from '../facts';
import { t, word } from '../words';
import { looks } from './styles';
import type { TileLayer } from './layers';

/** A layer that shows nothing at this scale says so: zoom in. */
export function legend(layers: TileLayer[], map: Map): HTMLDetailsElement {
  const list = [...layers].reverse();
  const notes = list.map(l => ({ l, note: h('span', { class: 'soft zoom-note', 'data-note': l.role, role: 'status' }) }));
  const say = () => {
    const zoom = map.getView().getZoom();
    for (const { l, note } of notes) {
      const box = note.parentElement?.querySelector('input');
      if (box) box.checked = l.layer.getVisible();
      replace(note, l.layer.getVisible() && zoom !== undefined && zoom < l.layer.getMinZoom() ? t('zoomToSee') : '');
    }
  };
  map.getView().on('change:resolution', say);
  for (const l of layers) l.layer.on(['change:visible', 'propertychange'] as never, say);
  say();
  const box = h('details', { class: 'legend', open: window.innerWidth > 900 }, h('summary', {}, t('legend')),
    h('ul', {}, list.map(l => h('li', {}, h('label', {},
      h('input', { type: 'checkbox', checked: l.layer.getVisible(), 'data-role': l.role, onchange: (e: Event) => l.layer.setVisible((e.target as HTMLInputElement).checked) }),
      swatch(l.role), word('role-', l.role), notes.find(n => n.l === l)!.note), l.role === 'land_use_change' && classes()))));
  return box;
}

function classes(): HTMLElement {
  return h('ul', { class: 'classes' }, classGroups.map(g => h('li', {}, sample({ fill: groupColours[g][0], stroke: groupColours[g][1] }), word('group-', g))));
}

function sample(look: Record<string, string>): SVGElement {
  return s('svg', { class: 'swatch', viewBox: '0 0 24 14', 'aria-hidden': 'true' }, s('rect', { x: 1.5, y: 1.5, width: 21, height: 11, ...look }));
}

export function swatch(role: string): SVGElement {
  const l = looks[role] || looks.faces;
  if (role === 'land_use_change') return sample({ fill: groupColours.cropland[0], stroke: groupColours.cropland[1] });
  if (role === 'findings') return crossing(l.line, [true, false]);
  if (!l.hatch) return sample({ fill: l.fill || 'none', stroke: l.line, 'stroke-width': String(Math.min(2, l.width)), ...(l.dash ? { 'stroke-dasharray': '4 2' } : {}) });
  return crossing(l.line, [l.hatch === 'rising']);
}

function crossing(line: string, rising: boolean[]): SVGElement {
  return s('svg', { class: 'swatch', viewBox: '0 0 24 14', 'aria-hidden': 'true' },
    rising.map(up => [4, 9, 14, 19].map(x => s('line', { x1: x - 2.5, x2: x + 4.5, y1: up ? 12 : 2, y2: up ? 2 : 12, stroke: line, 'stroke-width': 1.1 }))),
    s('rect', { x: 1.5, y: 1.5, width: 21, height: 11, fill: 'none', stroke: line, 'stroke-width': 1.4 }));
}
