// Measuring on the map: length on the plane, ellipsoidal area of a polygon.

import Draw from 'ol/interaction/Draw';
import type Map from 'ol/Map';
import type Polygon from 'ol/geom/Polygon';
import type LineString from 'ol/geom/LineString';
import VectorLayer from 'ol/layer/Vector';
import VectorSource from 'ol/source/Vector';
import Fill from 'ol/style/Fill';
import Stroke from 'ol/style/Stroke';
import Style from 'ol/style/Style';
import { h, replace } from '../dom';
import { area, t } from '../words';
import { ringArea, type Point } from './area';
import type { Zone } from './zone';

export interface Measure { element: HTMLElement; cancel(): boolean; busy(): boolean }

export function measureTool(map: Map, zone: Zone): Measure {
  const source = new VectorSource();
  const style = new Style({ stroke: new Stroke({ color: '#0b5394', width: 2.4, lineDash: [6, 4] }), fill: new Fill({ color: 'rgba(11,83,148,.12)' }) });
  map.addLayer(new VectorLayer({ source, style, zIndex: 50 }));
  const result = h('output', { class: 'measured', 'aria-live': 'polite' });
  let draw: Draw | undefined;

  const stop = () => {
    if (draw) map.removeInteraction(draw);
    draw = undefined;
    buttons.forEach(b => b.setAttribute('aria-pressed', 'false'));
  };
  const say = (g: Polygon | LineString, over: boolean) => {
    if (g.getType() === 'Polygon') {
      const m2 = ringArea((g as Polygon).getCoordinates()[0] as Point[], zone.toDegrees);
      replace(result, h('b', {}, area(m2)), ' ', h('span', { class: 'soft' }, t('ellipsoidal')), over && clear);
      result.setAttribute('data-m2', m2.toFixed(4));
    } else {
      const m = (g as LineString).getLength();
      replace(result, h('b', {}, m >= 1000 ? (m / 1000).toFixed(3) + t('km') : m.toFixed(2) + t('m')), ' ', h('span', { class: 'soft' }, t('planeLength')), over && clear);
    }
  };
  const start = (type: 'Polygon' | 'LineString', button: HTMLElement) => {
    const again = button.getAttribute('aria-pressed') === 'true';
    stop();
    source.clear();
    replace(result);
    if (again) return;
    button.setAttribute('aria-pressed', 'true');
    replace(result, h('span', { class: 'soft' }, t('measureHint')));
    draw = new Draw({ source, type, style });
    draw.on('drawstart', e => {
      source.clear();
      const g = e.feature.getGeometry() as Polygon | LineString;
      g.on('change', () => say(g, false));
    });
    draw.on('drawend', e => { say(e.feature.getGeometry() as Polygon | LineString, true); setTimeout(stop); });
    map.addInteraction(draw);
  };
  const clear = h('button', { type: 'button', class: 'link', onclick: () => { source.clear(); replace(result); } }, t('clear'));
  const buttons = [
    h('button', { type: 'button', 'aria-pressed': 'false', onclick: () => start('Polygon', buttons[0]) }, '▱ ', t('measureArea')),
    h('button', { type: 'button', 'aria-pressed': 'false', onclick: () => start('LineString', buttons[1]) }, '↔ ', t('measureLine'))];
  return {
    element: h('div', { class: 'tools' }, buttons, result),
    busy: () => !!draw,
    cancel() { if (!draw) return false; stop(); source.clear(); replace(result); return true; },
  };
}
