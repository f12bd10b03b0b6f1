// The map of a suggestion: the plan, and the land that it would leave as it is, cut off or bring in.

import Feature from 'ol/Feature';
import GeoJSON from 'ol/format/GeoJSON';
import VectorLayer from 'ol/layer/Vector';
import VectorSource from 'ol/source/Vector';
import { h } from '../dom';
import { t, word } from '../words';
import { labels } from './labels';
import { tileLayers, tileset } from './layers';
import { swatch } from './legend';
import { bareMap } from './map';
import { styleOf } from './styles';
import { degreesName, zoneOf } from './zone';
import type { Geometry, Overview, Repair, SuggestedAction } from '../types';

export interface SuggestionMap { element: HTMLElement; show(r: Repair): void; select(id: string, land: Geometry | undefined): void; refresh(): void; end(): void }

const actions: SuggestedAction[] = ['keep', 'drop', 'cut', 'add'];
const drawn = ['townships', 'urban_boundary', 'red_line', 'project_area', 'land_use_change', 'pbf_in', 'pbf_out'];

export function createSuggestionMap(o: Overview): SuggestionMap {
  const zone = zoneOf(o.map);
  const { map, target, fit } = bareMap(o.map.bbox, zone);
  const format = new GeoJSON({ dataProjection: degreesName, featureProjection: zone.name });
  const layers = tileLayers(o, zone, () => { /* suggestions are drawn without tiles */ }, drawn);
  layers.forEach(l => map.addLayer(l.layer));
  labels(o, tileset(o), zone, layers).forEach(l => map.addLayer(l));
  const sources = new Map(actions.map(a => [a, new VectorSource()]));
  for (const [a, source] of sources) map.addLayer(new VectorLayer({ source, style: styleOf('suggest-' + a), zIndex: 30 }));
  const picked = new VectorSource();
  map.addLayer(new VectorLayer({ source: picked, style: styleOf('picked'), zIndex: 40 }));
  const keys = [...actions.map(a => h('li', {}, swatch('suggest-' + a), word('suggest-', a))),
    ...layers.filter(l => l.role.startsWith('pbf_')).map(l => h('li', {}, swatch(l.role), word('role-', l.role)))];
  return {
    element: h('div', { class: 'map-pane low' }, target, h('ul', { class: 'legend flat', 'aria-label': t('legend') }, keys)),
    show(r) {
      picked.clear();
      for (const [a, source] of sources) {
        source.clear();
        source.addFeatures(r.changes.filter(c => c.action === a && c.geometry).map(c => new Feature(format.readGeometry(c.geometry!) || undefined)));
      }
      target.setAttribute('data-drawn', String(actions.reduce((n, a) => n + sources.get(a)!.getFeatures().length, 0)));
    },
    select(id, land) {
      picked.clear();
      target.setAttribute('data-selected', id);
      if (!land) return;
      picked.addFeature(new Feature(format.readGeometry(land) || undefined));
      map.getView().fit(picked.getExtent()!, { padding: [80, 80, 80, 80], minResolution: 0.5, duration: 250 });
    },
    refresh: () => requestAnimationFrame(() => { map.updateSize(); fit(); }),
    end: () => map.setTarget(undefined),
  };
}
