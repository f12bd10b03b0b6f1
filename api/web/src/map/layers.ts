// Vector tiles of the county and of the check, fetched with the caller's token.

import VectorTileLayer from 'ol/layer/VectorTile';
import VectorTile from 'ol/source/VectorTile';
import MVT from 'ol/format/MVT';
import type Tile from 'ol/VectorTile';
import RenderFeature from 'ol/render/Feature';
import { changeRoles, flagRoles } from '../facts';
import { ask, get } from '../http';
import { styleOf } from './styles';
import type { Zone } from './zone';
import type { Overview } from '../types';

export interface TileLayer { role: string; layer: VectorTileLayer }

const failedState = 3;

/** The roles of base data to draw, from the bottom up. */
export const baseRoles = ['land_use', 'pbf', ...flagRoles, 'villages', 'urban_boundary', 'red_line', 'townships'];
const ofCheck = ['project_area', ...beginning(changeRoles, 'land_use_change', 'pbf_in', 'pbf_out'), 'faces', 'findings'];

/** The layers that do not show before somebody asks for them. */
export const hidden = new Set(['pbf', ...flagRoles, 'villages', 'faces']);

/** A list that begins with some of its own, in the order given. */
function beginning(list: string[], ...first: string[]): string[] { return [...first, ...list.filter(x => !first.includes(x))]; }

export function tileLayers(o: Overview, zone: Zone, failed: () => void, only?: string[], found?: (features: RenderFeature[]) => void): TileLayer[] {
  const has = new Set(o.base_layers ? o.base.layers.map(l => l.role) : []); // not everybody may see them
  const plan = new Set(o.plan.layers.map(l => l.role));
  const make = (path: string) => (role: string): TileLayer => ({ role, layer: tileLayer(`${path}/${role}`, role, !hidden.has(role), zone, failed, role === 'findings' ? found : undefined) });
  return [
    ...baseRoles.filter(role => has.has(role)).map(make(`/v1/tiles/${o.plan.county || o.check.county}`)),
    ...ofCheck.filter(role => role === 'faces' || role === 'findings' || plan.has(role)).map(make(`/v1/checks/${o.check.id}/tiles`)),
  ].filter(l => !only || only.includes(l.role));
}

/** What a county has tiles of. */
export interface Tileset { bounds?: number[]; layers: { id: string; minzoom: Record<string, number> }[] }

export async function tileset(o: Overview): Promise<Tileset> {
  return o.base_layers ? get<Tileset>('/v1/tiles/' + (o.plan.county || o.check.county)) : { layers: [] };
}

/** Hides layers where their tiles would be empty: parcels from far away. */
export function limitZoom(set: Tileset, zone: Zone, layers: TileLayer[]): void {
  for (const l of layers) {
    const from = set.layers.find(x => x.id === l.role)?.minzoom[zone.name];
    if (from) l.layer.setMinZoom(from - 0.5); // the nearest level is drawn
  }
}

export function tileLayer(path: string, role: string, visible: boolean, zone: Zone, failed: () => void, loaded?: (features: RenderFeature[]) => void): VectorTileLayer {
  const format = new MVT();
  const source = new VectorTile({
    format, projection: zone.projection, tileGrid: zone.grid,
    tileUrlFunction: ([z, x, y]) => `${path}/${z}/${x}/${y}.mvt?crs=${zone.name}`,
    tileLoadFunction: (t, url) => {
      const tile = t as Tile<RenderFeature>;
      tile.setLoader((extent, _resolution, projection) => {
        ask(url).then(r => r.arrayBuffer()).then(data => {
          const features = format.readFeatures(data, { extent, featureProjection: projection }) as RenderFeature[];
          tile.setFeatures(features);
          if (loaded) loaded(features);
        }).catch(() => { tile.setState(failedState); failed(); });
      });
    },
  });
  return new VectorTileLayer({ source, visible, declutter: role === 'land_use', style: styleOf(role), properties: { role } });
}
