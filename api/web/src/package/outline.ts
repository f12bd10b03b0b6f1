// The outline of a project area in degrees, from a Shapefile or GeoJSON, and how
// much of a village it covers. It only suggests which villages have to consent;
// the check measures.

import proj4 from 'proj4';

export type Ring = [number, number][];
export interface Outline { rings: Ring[]; box: [number, number, number, number] }

const most = 32 << 20; // bytes of a file of which an outline is read

/** The outline of a layer's polygons in degrees; undefined where it cannot be told. */
export async function outlineOf(files: { path: string; data: Blob }[]): Promise<Outline | undefined> {
  const file = (end: RegExp) => files.find(f => end.test(f.path))?.data;
  const shp = file(/\.shp$/i), json = file(/\.(geo)?json$/i), prj = file(/\.prj$/i);
  try {
    if (shp && shp.size < most) return inDegrees(rings(new DataView(await shp.arrayBuffer())), prj && await prj.text());
    if (json && json.size < most) return inDegrees(ringsOfJSON(JSON.parse(await json.text()) as JSONValue));
  } catch { /* a damaged file: the check says so */ }
  return undefined;
}

/** All rings of a .shp's polygons. */
function rings(view: DataView): Ring[] {
  const all: Ring[] = [];
  for (let at = 100; at + 8 < view.byteLength;) {
    const length = view.getInt32(at + 4) * 2, kind = view.getInt32(at + 8, true);
    if (length < 4) break;
    if ([5, 15, 25].includes(kind)) {
      const parts = view.getInt32(at + 44, true), points = view.getInt32(at + 48, true), first = at + 52 + 4 * parts;
      for (let p = 0; p < parts; p++) {
        const from = view.getInt32(at + 52 + 4 * p, true), to = p + 1 < parts ? view.getInt32(at + 56 + 4 * p, true) : points;
        const ring: Ring = [];
        for (let i = from; i < to; i++) ring.push([view.getFloat64(first + 16 * i, true), view.getFloat64(first + 16 * i + 8, true)]);
        all.push(ring);
      }
    }
    at += 8 + length;
  }
  return all;
}

type JSONValue = { type?: string; coordinates?: unknown; features?: { geometry?: JSONValue }[]; geometry?: JSONValue };

function ringsOfJSON(value: JSONValue | undefined): Ring[] {
  if (!value) return [];
  if (value.features) return value.features.reduce((all: Ring[], f) => all.concat(ringsOfJSON(f.geometry)), []);
  if (value.geometry) return ringsOfJSON(value.geometry);
  if (value.type === 'Polygon') return value.coordinates as Ring[];
  if (value.type === 'MultiPolygon') return (value.coordinates as Ring[][]).reduce((all, p) => all.concat(p), []);
  return [];
}

export function ringsOf(geometry: { type: string; coordinates: unknown }): Ring[] { return ringsOfJSON(geometry); }

/** Gauss-Krüger to degrees: by the .prj, else by the zone before the easting. */
function inDegrees(all: Ring[], prj?: string): Outline | undefined {
  const points = all.reduce((n, r) => n + r.length, 0);
  if (!points) return undefined;
  const [x] = all[0][0], zone = Math.floor(x / 1e6);
  let system: string | undefined;
  if (Math.abs(x) > 180) {
    if (prj) system = prj;
    else if (zone >= 25 && zone <= 45) system = `+proj=tmerc +lat_0=0 +lon_0=${3 * zone} +k=1 +x_0=${zone}500000 +ellps=GRS80 +units=m +no_defs`;
    else return undefined;
  }
  const back = system ? proj4(system, '+proj=longlat +ellps=GRS80 +no_defs') : undefined;
  const rings = back ? all.map(r => r.map(p => back.forward(p) as [number, number])) : all;
  const box: Outline['box'] = [180, 90, -180, -90];
  for (const r of rings) for (const [lon, lat] of r) {
    box[0] = Math.min(box[0], lon); box[1] = Math.min(box[1], lat); box[2] = Math.max(box[2], lon); box[3] = Math.max(box[3], lat);
  }
  return box.every(Number.isFinite) ? { rings, box } : undefined;
}

const lines = 400; // that cut two shapes, level, from south to north

/** Roughly how many m² two shapes in degrees share: level lines are cut by both,
 * inside by the even-odd rule. */
export function shared(a: Ring[], b: Ring[]): number {
  const reach = (rings: Ring[]) => rings.reduce(([lo, hi], r) => r.reduce(([l, h], p) => [Math.min(l, p[1]), Math.max(h, p[1])], [lo, hi]), [90, -90]);
  const [al, ah] = reach(a), [bl, bh] = reach(b), low = Math.max(al, bl), high = Math.min(ah, bh);
  if (!(high > low)) return 0;
  const step = (high - low) / lines;
  let area = 0;
  for (let i = 0; i < lines; i++) {
    const lat = low + (i + 0.5) * step;
    area += together(cuts(a, lat), cuts(b, lat)) * step * Math.cos(lat * Math.PI / 180);
  }
  return area * 111320 * 111320;
}

function cuts(rings: Ring[], lat: number): number[] {
  const at: number[] = [];
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [x1, y1] = ring[j], [x2, y2] = ring[i];
      if ((y1 > lat) !== (y2 > lat)) at.push(x1 + (lat - y1) / (y2 - y1) * (x2 - x1));
    }
  }
  return at.sort((p, q) => p - q);
}

/** The length that two lists of spans [from, to, from, to …] share. */
function together(a: number[], b: number[]): number {
  let sum = 0;
  for (let i = 0, j = 0; i + 1 < a.length && j + 1 < b.length;) {
    sum += Math.max(0, Math.min(a[i + 1], b[j + 1]) - Math.max(a[i], b[j]));
    if (a[i + 1] < b[j + 1]) i += 2;
    else j += 2;
  }
  return sum;
}
