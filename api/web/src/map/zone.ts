// The plan's Gauss-Krüger zone: the map is drawn in it as it is.

import proj4 from 'proj4';
import { register } from 'ol/proj/proj4';
import { get, type Projection } from 'ol/proj';
import TileGrid from 'ol/tilegrid/TileGrid';
import type { Point } from './area';
import type { Overview } from '../types';

export const degreesName = 'EPSG:4490';
const side = 2 ** 23; // m, of the one tile of level 0

export interface Zone { name: string; projection: Projection; grid: TileGrid; extent: number[]; toDegrees(p: Point): Point; toZone(p: Point): Point }

export function zoneOf(map: Pick<Overview['map'], 'epsg' | 'proj'>): Zone {
  const name = 'EPSG:' + map.epsg;
  proj4.defs(degreesName, '+proj=longlat +ellps=GRS80 +no_defs');
  proj4.defs(name, map.proj);
  register(proj4);
  const way = proj4(degreesName, name);
  const easting = Number(/\+x_0=([\d.]+)/.exec(map.proj)![1]);
  const extent = [easting - side / 2, 0, easting + side / 2, side];
  const projection = get(name)!;
  projection.setExtent(extent);
  const grid = new TileGrid({ extent, origin: [extent[0], side], tileSize: 512, resolutions: Array.from({ length: 20 }, (_, z) => side / 2 ** z / 512) });
  return { name, projection, grid, extent, toZone: p => way.forward(p) as Point, toDegrees: p => way.inverse(p) as Point };
}

/** A box of degrees as one of the zone. */
export function boxOf(zone: Zone, box: number[]): number[] {
  const corners = [[box[0], box[1]], [box[0], box[3]], [box[2], box[1]], [box[2], box[3]]].map(p => zone.toZone(p as Point));
  const xs = corners.map(p => p[0]), ys = corners.map(p => p[1]);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}
