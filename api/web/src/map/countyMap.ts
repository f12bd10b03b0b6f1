// The map of a county's base data, without a plan.

import { h } from '../dom';
import { t } from '../words';
import { baseRoles, hidden, limitZoom, tileLayer, type TileLayer, type Tileset } from './layers';
import { legend } from './legend';
import { bareMap } from './map';
import { zoneOf } from './zone';
import type { Box } from '../types';

export interface CountyTiles extends Tileset { grids: { crs: string; proj: string }[] }

export interface CountyMap { element: HTMLElement; refresh(): void; end(): void }

/** Draws the current version in the zone that its layers are in; undefined where they
 * have none. */
export function createCountyMap(county: string, set: CountyTiles, box: Box): CountyMap | undefined {
  const grid = set.grids.find(g => /\+proj=tmerc/.test(g.proj));
  if (!grid) return undefined;
  const zone = zoneOf({ epsg: Number(grid.crs.replace('EPSG:', '')), proj: grid.proj });
  const { map, target, fit } = bareMap(box, zone);
  const warning = h('p', { class: 'map-warning', role: 'status', hidden: true }, t('tilesMissing'));
  const layers: TileLayer[] = baseRoles.filter(role => set.layers.some(l => l.id === role)).map(role =>
    ({ role, layer: tileLayer(`/v1/tiles/${county}/${role}`, role, !hidden.has(role), zone, () => { warning.hidden = false; }) }));
  layers.forEach(l => map.addLayer(l.layer));
  limitZoom(set, zone, layers);
  return {
    element: h('div', { class: 'map-pane low' }, target, legend(layers, map), warning),
    refresh: () => requestAnimationFrame(() => { map.updateSize(); fit(); }),
    end: () => map.setTarget(undefined),
  };
}
