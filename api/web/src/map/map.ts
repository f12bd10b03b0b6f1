// The map of a report, in the plan's own zone.

import Map from 'ol/Map';
import View from 'ol/View';
import type MultiPolygon from 'ol/geom/MultiPolygon';
import Feature from 'ol/Feature';
import GeoJSON from 'ol/format/GeoJSON';
import ScaleLine from 'ol/control/ScaleLine';
import Zoom from 'ol/control/Zoom';
import VectorLayer from 'ol/layer/Vector';
import VectorSource from 'ol/source/Vector';
import type { Extent } from 'ol/extent';
import { h, replace } from '../dom';
import { groupOfState } from '../landclass';
import { t, tx } from '../words';
import { get } from '../http';
import { askTool } from './ask';
import { legend } from './legend';
import { labels } from './labels';
import { limitZoom, tileLayers, tileset } from './layers';
import { measureTool } from './measure';
import { tellRest } from './rest';
import { findingPins } from './pins';
import { swipeTool } from './swipe';
import { selected } from './styles';
import { basemapChoice } from './basemap';
import { corner } from './corner';
import { boxOf, degreesName, zoneOf, type Zone } from './zone';
import type { Point } from './area';
import type { Box, Face, Finding, Land, Overview, Page } from '../types';

export interface FindingMap {
  element: HTMLElement;
  select(f: Finding | undefined, faces: Face[]): void;
  colour(side: 'before' | 'after'): void;
  /** Zooms to land that a finding names; tells how much has that name. */
  seek(role: string, id: string, box?: Box): Promise<number>;
  fit(): void; refresh(): void; cancel(): boolean; end(): void;
}

/** A bare map in a zone that tells when it rests, and where. */
export function bareMap(box: Box, zone: Zone): { map: Map; target: HTMLElement; fit(): void } {
  const target = h('div', { class: 'map', tabindex: '0', role: 'application', 'aria-label': t('map') });
  const view = new View({ projection: zone.projection, extent: zone.extent, showFullExtent: true,
    maxResolution: zone.grid.getResolution(0), minZoom: 5, maxZoom: 21 }); // its zoom is the level of the tiles
  const map = new Map({ target, view, controls: [new Zoom({ zoomInTipLabel: t('zoomIn'), zoomOutTipLabel: t('zoomOut') }), new ScaleLine({ minWidth: 90 })] });
  target.append(corner(map));
  tellRest(map, target);
  const whole = boxOf(zone, box) as Extent;
  const fit = () => view.fit(whole, { padding: [30, 30, 46, 30], size: map.getSize() });
  return { map, target, fit };
}

export function createMap(o: Overview, pick: (finding: string) => void): FindingMap {
  const zone = zoneOf(o.map);
  const { map, target, fit } = bareMap(o.map.bbox, zone);
  target.setAttribute('data-selected', '');
  const warning = h('p', { class: 'map-warning', role: 'status', hidden: true }, t('tilesMissing'));
  const pins = findingPins(o.first.items.filter(f => f.bbox).map(f => ({ number: f.number, id: f.id, status: f.status, at: zone.toZone([(f.bbox![0] + f.bbox![2]) / 2, (f.bbox![1] + f.bbox![3]) / 2]) })));
  const layers = tileLayers(o, zone, () => { warning.hidden = false; }, undefined, pins.take);
  layers.forEach(l => map.addLayer(l.layer));
  const set = tileset(o);
  set.then(s => limitZoom(s, zone, layers), () => { warning.hidden = false; });
  const names = labels(o, set, zone, layers);
  names.forEach(l => map.addLayer(l));
  const source = new VectorSource();
  map.addLayer(new VectorLayer({ source, zIndex: 40, declutter: false }));
  const measure = measureTool(map, zone);
  const ask = askTool(map, target, zone, (lon, lat) => `/v1/checks/${o.check.id}/at?lon=${lon.toFixed(10)}&lat=${lat.toFixed(10)}`, p => place(zone, p), pick);
  pins.layers.forEach(l => map.addLayer(l));
  const drawn = layers.find(l => l.role === 'findings');
  if (drawn) drawn.layer.on('change:visible', () => pins.layers.forEach(l => l.setVisible(drawn.layer.getVisible())));
  const swipe = swipeTool(map, target, `/v1/checks/${o.check.id}/tiles/faces`, zone, layers, () => { warning.hidden = false; });
  const key = legend(layers, map);
  const where = h('output', { class: 'where', 'aria-label': t('coordinates') });
  const format = new GeoJSON({ dataProjection: degreesName, featureProjection: zone.name });

  map.on('pointermove', e => { if (!e.dragging) replace(where, place(zone, e.coordinate as Point)); });
  map.on('singleclick', e => {
    if (measure.busy()) return;
    const hit = pins.hit(map, e.pixel);
    if (hit && 'id' in hit) return pick(hit.id);
    if (hit) return map.getView().fit(hit.box, { padding: [90, 90, 90, 90], duration: 250 });
    ask.at(e.coordinate as Point);
  });

  let now: Face[] = [];
  const paint = (side: 'before' | 'after') => {
    source.getFeatures().forEach((f, i) => {
      const face = now[i], state = face && face[side];
      f.setStyle(state ? selected(groupOfState(state), now.length <= 40 ? tx(state.class_title) || state.class : '') : selected('other', ''));
    });
    target.setAttribute('data-side', side);
  };
  const bounded = () => {
    map.updateSize();
    if (map.getView().getCenter() === undefined) fit();
    if (!where.firstChild) replace(where, place(zone, map.getView().getCenter() as Point));
  };
  requestAnimationFrame(bounded);

  return {
    element: h('div', { class: 'map-pane' }, h('div', { class: 'map-bar' }, measure.element, swipe.button, basemapChoice(map, target), ask.button,
      h('button', { type: 'button', onclick: fit, title: 'F' }, '⤢ ', t('wholePlan'))), target, key, warning, where),
    select(f, faces) {
      bounded();
      source.clear();
      ask.close();
      ask.clear();
      now = faces;
      target.setAttribute('data-selected', f ? f.id : '');
      pins.select(undefined, undefined);
      if (!f) return;
      const shapes = faces.length ? faces.map(x => x.geometry) : f.geometry ? [f.geometry] : [];
      source.addFeatures(shapes.map(g => new Feature(format.readGeometry(g) || undefined)));
      paint('after');
      const shape = f.geometry && format.readGeometry(f.geometry) as MultiPolygon | undefined;
      if (shape) pins.select(f, shape.getInteriorPoints().getFirstCoordinate().slice(0, 2));
      const beside = key.open && target.clientWidth > 500 ? key.offsetWidth + 30 : 70; // nothing under the legend
      if (shapes.length) map.getView().fit(source.getExtent()!, { padding: [70, beside, 80, 70], minResolution: 0.3, duration: 250 });
    },
    colour: paint,
    async seek(role, id, box) {
      const around = box ? `&bbox=${box.join(',')}` : '';
      const found = await get<Page<Land>>(`/v1/checks/${o.check.id}/features?role=${role}&feature=${encodeURIComponent(id)}${around}`);
      ask.show(found.items, true);
      return found.items.length;
    },
    fit, refresh: () => requestAnimationFrame(bounded),
    cancel: () => measure.cancel() || ask.close(),
    end: () => map.setTarget(undefined),
  };
}

/** A place in the zone (north, east) and in degrees. */
export function place(zone: Zone, p: Point): string {
  const d = zone.toDegrees(p);
  return `X ${p[1].toFixed(2)}  Y ${p[0].toFixed(2)}  (${zone.name})    ${d[0].toFixed(6)}°E  ${d[1].toFixed(6)}°N`;
}
