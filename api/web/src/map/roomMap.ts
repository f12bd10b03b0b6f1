// The map of candidates: land that could go out, and land that could come in.

import Feature from 'ol/Feature';
import GeoJSON from 'ol/format/GeoJSON';
import VectorLayer from 'ol/layer/Vector';
import VectorSource from 'ol/source/Vector';
import { h } from '../dom';
import { t } from '../words';
import { tileLayer } from './layers';
import { swatch } from './legend';
import { bareMap } from './map';
import { styleOf } from './styles';
import { boxOf, degreesName, zoneOf } from './zone';
import type { Box, Candidate, Geometry, Room } from '../types';

export interface Shapes { features: { geometry: Geometry; properties: { direction: 'out' | 'in'; id: string } }[] }

export interface RoomMap { element: HTMLElement; select(c: Candidate): void; refresh(): void; end(): void }

export function createRoomMap(r: Room, county: string, roles: string[], box: Box, shapes: Shapes, pick: (direction: string, id: string) => void): RoomMap {
  const zone = zoneOf({ epsg: Number(r.crs.replace('EPSG:', '')), proj: r.proj });
  const { map, target, fit } = bareMap(box, zone);
  const format = new GeoJSON({ dataProjection: degreesName, featureProjection: zone.name });
  for (const role of ['townships', 'urban_boundary', 'red_line'].filter(x => roles.includes(x))) map.addLayer(tileLayer(`/v1/tiles/${county}/${role}`, role, true, zone, () => { /* candidates are drawn without */ }));
  const picked = new VectorSource();
  for (const direction of ['out', 'in'] as const) {
    const source = new VectorSource({ features: shapes.features.filter(f => f.properties.direction === direction).map(f => {
      const feature = new Feature(format.readGeometry(f.geometry) || undefined);
      feature.setProperties({ direction, candidate: f.properties.id });
      return feature;
    }) });
    map.addLayer(new VectorLayer({ source, style: styleOf(direction), zIndex: 30 }));
  }
  map.addLayer(new VectorLayer({ source: picked, style: styleOf('picked'), zIndex: 40 }));
  map.on('singleclick', e => {
    map.forEachFeatureAtPixel(e.pixel, f => {
      if (!f.get('candidate')) return false;
      pick(String(f.get('direction')), String(f.get('candidate')));
      return true;
    }, { hitTolerance: 4 });
  });
  const keys = ([['out', 'roomOut'], ['in', 'roomIn']] as const).map(([look, title]) => h('li', {}, swatch(look), t(title)));
  return {
    element: h('div', { class: 'map-pane low' }, target, h('ul', { class: 'legend flat' }, keys)),
    select(c) {
      picked.clear();
      for (const f of shapes.features.filter(x => x.properties.id === c.id)) picked.addFeature(new Feature(format.readGeometry(f.geometry) || undefined));
      target.setAttribute('data-selected', c.id);
      map.getView().fit(boxOf(zone, c.bbox), { padding: [80, 80, 80, 80], minResolution: 0.5, duration: 250 });
    },
    refresh: () => requestAnimationFrame(() => { map.updateSize(); fit(); }),
    end: () => map.setTarget(undefined),
  };
}
