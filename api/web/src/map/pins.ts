// Numbered pins of findings, with the numbers of the list. Where many lie close
// together the worst of them stands for all.

import Feature from 'ol/Feature';
import type { FeatureLike } from 'ol/Feature';
import type Map from 'ol/Map';
import Point from 'ol/geom/Point';
import { getInteriorPointOfArray } from 'ol/geom/flat/interiorpoint';
import VectorLayer from 'ol/layer/Vector';
import type RenderFeature from 'ol/render/Feature';
import Cluster from 'ol/source/Cluster';
import VectorSource from 'ol/source/Vector';
import { mark } from '../parts';
import { pin } from './styles';
import type { Finding, Status } from '../types';

const apart = 46; // pixels between pins

export interface Pins {
  layers: VectorLayer[];
  /** Takes in findings of a tile. */
  take(features: RenderFeature[]): void;
  /** The finding that is looked at keeps a pin of its own. */
  select(f: Finding | undefined, at: number[] | undefined): void;
  /** What a click at a pixel picks: a finding, or a group of them to zoom to. */
  hit(map: Map, pixel: number[]): { id: string } | { box: number[] } | undefined;
}

/** The findings that are known at once stand in the middle of their boxes until
 * tiles say where they lie. */
export function findingPins(first: { number: number; id: string; status: string; at: number[] }[]): Pins {
  const best = new globalThis.Map<number, { number: number; id: string; status: string; area: number; at: number[] }>();
  const all = new VectorSource<Feature<Point>>(), one = new VectorSource<Feature<Point>>();
  const clusters = new Cluster<Feature<Point>>({ distance: apart, minDistance: 12, source: all });
  const layer = new VectorLayer({ source: clusters as never, zIndex: 48, updateWhileInteracting: true, style: f => {
    const list = members(f).filter(m => m.get('id') !== looked), worst = list[0];
    if (!worst) return undefined; // it has a pin of its own
    return pin(`${mark(worst.get('status') as Status)} ${worst.get('number')}`, list.length - 1, String(worst.get('status')), false);
  } });
  let looked = '', due = false;
  // All at once and seldom: every change has the source grouped anew.
  const flush = () => {
    due = false;
    all.clear(true);
    all.addFeatures([...best.values()].map(p => {
      const feature = new Feature(new Point(p.at));
      feature.setProperties({ number: p.number, id: p.id, status: p.status }, true);
      return feature;
    }));
  };
  for (const f of first) if (f.status !== 'pass') best.set(f.number, { ...f, area: -1 });
  flush();
  if (best.size) layer.once('postrender', () => { performance.mark('findings-on-map'); });
  const chosen = new VectorLayer({ source: one, zIndex: 49, style: f => pin(`${mark(f.get('status') as Status)} ${f.get('number')}`, 0, String(f.get('status')), true) });
  layer.on('change:visible', () => chosen.setVisible(layer.getVisible()));
  return {
    layers: [layer, chosen] as VectorLayer[],
    take(features) {
      let fresh = false;
      for (const f of features) {
        const status = String(f.get('status'));
        if (status === 'pass') continue;
        const [west, south, east, north] = f.getExtent(), number = Number(f.get('number')), area = (east - west) * (north - south), had = best.get(number);
        if (had && had.area >= area * 0.99) continue;
        best.set(number, { number, id: String(f.get('id')), status, area, at: middle(f) });
        fresh = true;
      }
      if (fresh && !due) { due = true; setTimeout(flush, 60); }
    },
    select(f, at) {
      one.clear();
      looked = f && at ? f.id : '';
      layer.changed();
      if (!f || !at) return;
      const feature = new Feature(new Point(at));
      feature.setProperties({ number: f.number, id: f.id, status: f.status }, true);
      one.addFeature(feature);
    },
    hit(map, pixel) {
      const found = map.forEachFeatureAtPixel(pixel, f => f, { layerFilter: l => l === layer || l === chosen, hitTolerance: 3 });
      if (!found) return undefined;
      const list = members(found);
      if (list.length === 1) return { id: String(list[0].get('id')) };
      const source = new VectorSource({ features: list as Feature[] }), box = source.getExtent()!;
      return box[2] - box[0] < 2 && box[3] - box[1] < 2 ? { id: String(list[0].get('id')) } : { box };
    },
  };
}

/** A point in the largest ring of a shape. A tile's shape is one list of rings,
 * thousands of them where a finding is of a whole county. */
function middle(f: RenderFeature): number[] {
  const flat = f.getFlatCoordinates(), ends = f.getEnds() as number[];
  let from = 0, best = 0, widest = -1;
  for (let i = 0, begin = 0; i < ends.length; begin = ends[i++]) {
    let west = Infinity, east = -Infinity;
    for (let k = begin; k < ends[i]; k += 2) { west = Math.min(west, flat[k]); east = Math.max(east, flat[k]); }
    if (east - west > widest) { widest = east - west; best = ends[i]; from = begin; }
  }
  const ring = flat.slice(from, best), ys = ring.filter((_, i) => i % 2 === 1);
  const at = getInteriorPointOfArray(ring, 0, [ring.length], 2, [ring[0], (Math.min(...ys) + Math.max(...ys)) / 2], 0);
  return isFinite(at[0]) ? [at[0], at[1]] : [ring[0], ring[1]];
}

/** The findings of a pin, worst first. */
function members(f: FeatureLike): FeatureLike[] {
  const list = (f.get('features') as FeatureLike[] | undefined) || [f];
  return list.length < 2 ? list : list.slice().sort((a, b) => Number(a.get('number')) - Number(b.get('number')));
}
