// Names of townships and villages, each once: a tile knows only its piece of
// one, so names are put on the largest piece of a few tiles that hold the county.

import Feature from 'ol/Feature';
import MVT from 'ol/format/MVT';
import MultiPolygon from 'ol/geom/MultiPolygon';
import Point from 'ol/geom/Point';
import Polygon from 'ol/geom/Polygon';
import VectorLayer from 'ol/layer/Vector';
import VectorSource from 'ol/source/Vector';
import { ask } from '../http';
import type { TileLayer, Tileset } from './layers';
import { label } from './styles';
import { boxOf, type Zone } from './zone';
import type { Overview } from '../types';

const named: [string, number][] = [['townships', 0], ['villages', 2]]; // levels finer than the county's one tile

export function labels(o: Overview, set: Promise<Tileset>, zone: Zone, layers: TileLayer[]): VectorLayer[] {
  const county = o.plan.county || o.check.county;
  return named.flatMap(([role, finer]) => {
    const outline = layers.find(l => l.role === role);
    if (!outline) return [];
    const source = new VectorSource();
    const layer = new VectorLayer({ source, declutter: true, visible: false, zIndex: 30 });
    let asked = false;
    const follow = () => {
      layer.setVisible(outline.layer.getVisible());
      if (asked || !layer.getVisible()) return;
      asked = true;
      set.then(s => load(county, role, finer, zone, s.bounds)).then(fs => source.addFeatures(fs), () => { /* the outline says that it is missing */ });
    };
    outline.layer.on('change:visible', follow);
    follow();
    return [layer];
  });
}

async function load(county: string, role: string, finer: number, zone: Zone, bounds?: number[]): Promise<Feature[]> {
  if (!bounds) return [];
  const box = boxOf(zone, bounds), grid = zone.grid;
  let z = 0;
  const width = Math.max(box[2] - box[0], box[3] - box[1]);
  while (z < 18 && grid.getResolution(z + 1) * 512 >= width) z++;
  z += finer;
  const urls: [string, number[]][] = [];
  grid.forEachTileCoord(box, z, c => { urls.push([`/v1/tiles/${county}/${role}/${c[0]}/${c[1]}/${c[2]}.mvt?crs=${zone.name}`, grid.getTileCoordExtent(c)]); });
  const format = new MVT<Feature>({ featureClass: Feature as never });
  const best = new Map<string, { area: number; at: Point }>();
  await Promise.all(urls.map(async ([url, extent]) => {
    for (const f of format.readFeatures(await (await ask(url)).arrayBuffer(), { extent, featureProjection: zone.projection })) {
      const g = f.getGeometry();
      const pieces = g instanceof MultiPolygon ? g.getPolygons() : g instanceof Polygon ? [g] : [];
      for (const p of pieces) {
        const name = String(f.get('name') || ''), key = `${f.get('id')} ${name}`, area = p.getArea(), had = best.get(key);
        if (name && (!had || had.area < area)) best.set(key, { area, at: p.getInteriorPoint() });
      }
    }
  }));
  return [...best].map(([key, b]) => {
    const f = new Feature(new Point(b.at.getCoordinates().slice(0, 2)));
    f.setStyle(label(key.slice(key.indexOf(' ') + 1), finer > 0));
    return f;
  });
}
