// What every map shows in its corner: which way is north, and its scale.

import type Map from 'ol/Map';
import { h, replace, s } from '../dom';
import { t } from '../words';

const cssPixel = 0.0254 / 96; // m: a pixel of CSS is a 96th of an inch

/** The scale of a map as it stands on the screen, to three digits: 12345 is 12300. */
export function scaleOf(resolution: number): number {
  const exact = resolution / cssPixel, unit = 10 ** Math.max(0, Math.floor(Math.log10(exact)) - 2);
  return Math.round(exact / unit) * unit;
}

export function scaleText(resolution: number): string { return '1 : ' + scaleOf(resolution).toLocaleString('en-US').replace(/,/g, ' '); }

export function northArrow(): SVGElement {
  return s('svg', { class: 'north', viewBox: '0 0 30 42', role: 'img', 'aria-label': t('north') },
    s('path', { d: 'M15 14 L24 40 L15 34 Z', fill: '#1c2530' }), s('path', { d: 'M15 14 L6 40 L15 34 Z', fill: '#fff', stroke: '#1c2530', 'stroke-width': 1 }),
    s('text', { x: 15, y: 11, 'text-anchor': 'middle', 'font-size': 12, 'font-weight': 700, fill: '#1c2530' }, 'N'));
}

/** North and scale. The map is a zone's plane: grid north is up, and metres are
 * the zone's, within 0.1 % of those on the ground. */
export function corner(map: Map): HTMLElement {
  const scale = h('output', { class: 'scale', 'aria-label': t('scale') });
  const say = () => { const r = map.getView().getResolution(); if (r) replace(scale, scaleText(r)); };
  map.getView().on('change:resolution', say);
  say();
  return h('div', { class: 'corner' }, northArrow(), scale);
}
