// Before and after on one map: left of a line the land as it was, right of it as
// the plan leaves it.

import type Map from 'ol/Map';
import VectorTileLayer from 'ol/layer/VectorTile';
import { getRenderPixel } from 'ol/render';
import type RenderEvent from 'ol/render/Event';
import { h } from '../dom';
import { t } from '../words';
import { tileLayer, type TileLayer } from './layers';
import { landStyle } from './styles';
import type { Zone } from './zone';

const under = ['land_use_change', 'pbf_in', 'pbf_out']; // what the two sides show already

/** path is where the faces of a check have their tiles. */
export function swipeTool(map: Map, target: HTMLElement, path: string, zone: Zone, layers: TileLayer[], failed: () => void): { button: HTMLElement } {
  let part = 0.5, sides: VectorTileLayer[] = [], hidden: TileLayer[] = [];
  const line = h('div', { class: 'swipe-line' });
  const range = h('input', { type: 'range', class: 'swipe', min: 0, max: 100, value: '50', 'aria-label': t('swipe'), oninput: () => move(Number(range.value) / 100) });
  const box = h('div', { class: 'swipe-box', hidden: true }, h('span', { class: 'swipe-side left' }, t('before')), h('span', { class: 'swipe-side right' }, t('after')), line, range);
  const move = (to: number) => {
    part = Math.max(0, Math.min(1, to));
    range.value = String(Math.round(part * 100));
    range.setAttribute('aria-valuetext', t('swipeAt', range.value));
    line.style.left = 100 * part + '%';
    map.render();
  };
  line.addEventListener('pointerdown', e => {
    line.setPointerCapture(e.pointerId);
    e.preventDefault();
  });
  line.addEventListener('pointermove', e => { if (line.hasPointerCapture(e.pointerId)) { const r = box.getBoundingClientRect(); move((e.clientX - r.left) / r.width); } });

  const clip = (layer: VectorTileLayer, from: () => number, to: () => number) => {
    layer.on('prerender', (e: RenderEvent) => {
      const g = e.context as CanvasRenderingContext2D, [w, height] = map.getSize()!;
      const corners = [[from() * w, 0], [to() * w, 0], [to() * w, height], [from() * w, height]].map(p => getRenderPixel(e, p));
      g.save();
      g.beginPath();
      corners.forEach((p, i) => { if (i) g.lineTo(p[0], p[1]); else g.moveTo(p[0], p[1]); });
      g.clip();
    });
    layer.on('postrender', (e: RenderEvent) => { (e.context as CanvasRenderingContext2D).restore(); });
  };
  const build = () => {
    const before = tileLayer(path, 'faces', true, zone, failed);
    const after = new VectorTileLayer({ source: before.getSource()!, style: landStyle('after') });
    before.setStyle(landStyle('before'));
    for (const l of [before, after]) l.setZIndex(5);
    clip(before, () => 0, () => part);
    clip(after, () => part, () => 1);
    sides = [before, after];
    sides.forEach(l => map.addLayer(l));
    target.append(box);
  };
  const button = h('button', { type: 'button', 'aria-pressed': 'false', onclick: () => {
    const on = button.getAttribute('aria-pressed') !== 'true';
    if (on && !sides.length) build();
    button.setAttribute('aria-pressed', String(on));
    box.hidden = !on;
    sides.forEach(l => l.setVisible(on));
    if (on) {
      hidden = layers.filter(l => under.includes(l.role) && l.layer.getVisible());
      hidden.forEach(l => l.layer.setVisible(false));
      move(part);
      range.focus();
    } else hidden.forEach(l => l.layer.setVisible(true));
  } }, '◧ ', t('swipe'));
  return { button };
}
