// Asking the map: a click, or Enter for its middle, says what lies there; land
// that somebody names is shown. Serves maps with a plan and without.

import Feature from 'ol/Feature';
import GeoJSON from 'ol/format/GeoJSON';
import type Map from 'ol/Map';
import PointShape from 'ol/geom/Point';
import VectorLayer from 'ol/layer/Vector';
import VectorSource from 'ol/source/Vector';
import { h } from '../dom';
import { t } from '../words';
import { spotPanel } from './spot';
import { cross, styleOf } from './styles';
import { boxOf, degreesName, type Zone } from './zone';
import type { Point } from './area';
import type { Land } from '../types';

export interface Ask { button: HTMLElement; at(p: Point): void; show(l: Land[], zoom: boolean): void; clear(): void; close(): boolean }

/** path is where the service is asked about a longitude and latitude, where
 * names a place for people. */
export function askTool(map: Map, target: HTMLElement, zone: Zone, path: (lon: number, lat: number) => string, where: (p: Point) => string, pick?: (finding: string) => void): Ask {
  const format = new GeoJSON({ dataProjection: degreesName, featureProjection: zone.name });
  const shapes = new VectorSource(), point = new VectorSource();
  map.addLayer(new VectorLayer({ source: shapes, style: styleOf('asked'), zIndex: 45 }));
  map.addLayer(new VectorLayer({ source: point, style: cross, zIndex: 60 }));
  const draw = (list: Land[]) => {
    shapes.clear();
    shapes.addFeatures(list.filter(l => l.geometry).map(l => new Feature(format.readGeometry(l.geometry!) || undefined)));
    target.setAttribute('data-shown', list.map(l => l.id).join(' '));
  };
  const clear = () => { shapes.clear(); point.clear(); target.removeAttribute('data-shown'); };
  const show = (list: Land[], zoom: boolean) => {
    draw(list);
    const drawn = shapes.getExtent();
    const box = drawn && isFinite(drawn[0]) ? drawn : list.length ? boxOf(zone, list[0].bbox) : undefined;
    if (zoom && box) map.getView().fit(box, { padding: [70, 70, 90, 70], minResolution: 0.3, maxZoom: 20, duration: 250 });
  };
  const panel = spotPanel({ pick, show: l => show([l], true), ended() { clear(); target.focus({ preventScroll: true }); } });
  target.append(panel.element);
  const at = (p: Point) => {
    point.clear();
    point.addFeature(new Feature(new PointShape(p)));
    const [lon, lat] = zone.toDegrees(p);
    void panel.open(path(lon, lat), where(p)).then(s => { if (s) draw(s.base.filter(l => l.role === 'land_use')); });
  };
  const middle = () => { const c = map.getView().getCenter(); if (c) at(c as Point); };
  target.addEventListener('keydown', e => { if (e.key === 'Enter' && e.target === target) { middle(); e.preventDefault(); } });
  return {
    at, show, clear, close: () => panel.close(),
    button: h('button', { type: 'button', onclick: middle, title: 'Enter' }, '✛ ', t('askMiddle')),
  };
}
