// The map of two versions: findings that are new, fixed, still there.

import Feature from 'ol/Feature';
import GeoJSON from 'ol/format/GeoJSON';
import VectorLayer from 'ol/layer/Vector';
import VectorSource from 'ol/source/Vector';
import { h } from '../dom';
import { t } from '../words';
import { labels } from './labels';
import { tileLayers, tileset } from './layers';
import { swatch } from './legend';
import { bareMap } from './map';
import { styleOf } from './styles';
import { degreesName, zoneOf } from './zone';
import type { Diff, Overview } from '../types';

export function createDiffMap(o: Overview, d: Diff): { element: HTMLElement; refresh(): void; end(): void } {
  const zone = zoneOf(o.map);
  const { map, target, fit } = bareMap(o.map.bbox, zone);
  const format = new GeoJSON({ dataProjection: degreesName, featureProjection: zone.name });
  const layers = tileLayers(o, zone, () => { /* findings are drawn without tiles */ }, ['townships', 'red_line', 'urban_boundary', 'project_area']);
  layers.forEach(l => map.addLayer(l.layer));
  labels(o, tileset(o), zone, layers).forEach(l => map.addLayer(l));
  for (const kind of ['unchanged', 'fixed', 'added'] as const) {
    const source = new VectorSource({ features: d[kind].filter(f => f.geometry && f.status !== 'pass').map(f => new Feature(format.readGeometry(f.geometry!) || undefined)) });
    map.addLayer(new VectorLayer({ source, style: styleOf(kind), zIndex: 30 }));
  }
  const keys = (['added', 'fixed', 'unchanged'] as const).map(k => h('li', {}, swatch(k), t(k)));
  return {
    element: h('div', { class: 'map-pane low' }, target, h('ul', { class: 'legend flat' }, keys)),
    refresh: () => requestAnimationFrame(() => { map.updateSize(); fit(); }),
    end: () => map.setTarget(undefined),
  };
}
