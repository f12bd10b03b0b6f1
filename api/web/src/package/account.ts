// What becomes of every file of a package, as rules/plan accounts for it
// (inventory.go): files that make up one thing go under one head.

import { endings } from '../facts';
import type { Dropped } from './files';
import { geodatabaseLayers, type Inner } from './geodatabase';
import { geopackageLayers } from './geopackage';
import { ending, isBaseName, isCompanion, isJunk, isLandData, roleOf, stem } from './names';

/** layer: polygons; container: several layers in one; lines: points or lines, skipped; manifest: plan.yaml;
 * junk: left by systems, never packed; unread: nothing accounts for it. */
export type Usage = 'layer' | 'container' | 'lines' | 'paper' | 'companion' | 'manifest' | 'junk' | 'unread';

/** Why a file is not read; lost: its name promises a layer that the plan cannot be judged without. */
export type Reason = 'archive' | 'noShape' | 'notGeoJSON' | 'coordinates' | 'table' | 'format' | 'other';

/** inside: how many layers a container has, which are heads of their own without
 * files ("plan.gpkg/DLBG"); undefined where they cannot be read here. */
export interface Head {
  path: string; files: Dropped[]; usage: Usage; name: string; role: string; base: boolean; lost: boolean; reason?: Reason; inside?: number; columns?: string[];
}

const fold = (path: string) => path.normalize('NFC').toLowerCase();
const catalogue = 'a00000001.gdbtable';

/** Puts files under their heads, in the order of names. */
export async function account(files: Dropped[]): Promise<Head[]> {
  const byPath = new Map(files.map(f => [fold(f.path), f.path]));
  const heads = new Map<string, Dropped[]>();
  for (const f of files) {
    const h = headOf(f.path, byPath);
    heads.set(h, [...heads.get(h) || [], f]);
  }
  const all: Head[] = [];
  for (const [path, own] of heads) {
    const head = await resolve(path, own, byPath);
    all.push(head, ...head.usage === 'container' ? await inside(head) : []);
  }
  return all.sort((a, b) => a.path < b.path ? -1 : a.path > b.path ? 1 : 0);
}

function headOf(path: string, byPath: Map<string, string>): string {
  const parts = path.split('/');
  for (let i = 1; i < parts.length; i++) {
    const dir = parts.slice(0, i).join('/');
    if (/\.gdb$/i.test(parts[i - 1]) || byPath.has(fold(`${dir}/${catalogue}`))) return dir;
  }
  const beside = /^(.+)-(wal|shm|journal)$/i.exec(path);
  if (beside && byPath.has(fold(beside[1]))) return byPath.get(fold(beside[1]))!;
  const ext = ending(path);
  if (endings.parts.includes(ext)) {
    for (const other of ['.shp', '.dbf', '.shx', '.prj', '.cpg']) {
      const first = byPath.get(fold(path.slice(0, -ext.length) + other));
      if (first) return first;
    }
  }
  return path;
}

async function resolve(path: string, files: Dropped[], byPath: Map<string, string>): Promise<Head> {
  const ext = ending(path), name = stem(path), role = roleOf(name);
  const head = (usage: Usage, reason?: Reason): Head => ({
    path, files, usage, name, role: usage === 'layer' ? role : '', base: usage === 'layer' && isBaseName(name), lost: usage === 'unread' && role !== '', reason });
  if (isJunk(path)) return head('junk');
  if (/(^|\/)plan\.ya?ml$/i.test(path)) return head('manifest'); // one in a folder too: of a package that became part of this one
  const one = files.find(f => f.path === path);
  if (!one || ext === '.gdb') return head(files.some(f => f.path.toLowerCase() === `${path}/${catalogue}`.toLowerCase()) ? 'container' : 'unread', 'format');
  switch (ext) {
    case '.shp': return head(await holdsLines(one.data) ? 'lines' : 'layer');
    case '.gpkg': return head('container');
    case '.geojson': return head('layer');
    case '.json': return await looksGeoJSON(one.data) ? head('layer') : head('unread', 'notGeoJSON');
    case '.txt': {
      const text = await textOf(one.data);
      if (text.includes('[地块坐标]')) return head('layer');
      if (text.split('\n').filter(isPoint).length >= 3) return { ...head('unread', 'coordinates'), lost: role !== '' };
    }
  }
  if (isCompanion(path) || endings.parts.includes(ext) && goesWithOther(path, files, byPath)) return head('companion');
  if (endings.papers.includes(ext)) return (endings.tables.includes(ext) || ext === '.md') && role ? head('unread', 'table') : head('paper');
  return head('unread', endings.archives.includes(ext) ? 'archive' : endings.parts.includes(ext) ? 'noShape' : isLandData(ext) ? 'format' : 'other');
}

/** The layers in a container. */
async function inside(head: Head): Promise<Head[]> {
  let layers: Inner[];
  try {
    layers = (ending(head.path) === '.gpkg' ? await geopackageLayers(head.files.find(f => f.path === head.path)!.data) : await geodatabaseLayers(head.files)).filter(l => l.polygons);
  } catch { return []; } // the check says what is wrong with it
  head.inside = layers.length;
  const alone = (l: Inner) => layers.length === 1 && !isBaseName(l.name) ? roleOf(head.name) : '';
  return layers.map(l => ({ path: `${head.path}/${l.name}`, files: [], usage: 'layer', name: l.name, role: roleOf(l.name) || roleOf(l.alias) || alone(l), base: isBaseName(l.name), lost: false, columns: l.columns }));
}

/** A .prj or .cpg of a picture, or of a layer in another format. */
function goesWithOther(path: string, files: Dropped[], byPath: Map<string, string>): boolean {
  if (files.some(f => !['.prj', '.cpg', '.qpj'].includes(ending(f.path)))) return false;
  const of = path.slice(0, -ending(path).length);
  return ['.gpkg', '.geojson', '.json', '.txt', '.tif', '.tiff', '.jpg', '.jpeg', '.png'].some(ext => byPath.has(fold(of + ext)));
}

const headBytes = 64 << 10;

async function holdsLines(data: Blob): Promise<boolean> {
  const head = new DataView(await data.slice(0, 36).arrayBuffer());
  return head.byteLength >= 36 && head.getUint32(0) === 9994 && [1, 3, 8, 11, 13, 18, 21, 23, 28].includes(head.getUint32(32, true));
}

async function textOf(data: Blob): Promise<string> { return decoded(new Uint8Array(await data.slice(0, headBytes).arrayBuffer())); }

/** Text in UTF-16 with a mark, UTF-8, or GB 18030. */
export function decoded(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true }); // the end may be cut
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

async function looksGeoJSON(data: Blob): Promise<boolean> {
  const text = (await textOf(data)).replace(/\s+/g, '');
  return text.startsWith('{') && /"type":"Feature(Collection)?"/.test(text);
}

/** A line such as "J1,1,4520370.000,37520105.000", in metres or in degrees. */
function isPoint(line: string): boolean {
  const parts = line.trim().split(/[,，;；\t |]+/).filter(Boolean);
  if (parts.length < 2 || parts.length > 6) return false;
  const last = parts.slice(-2), values = last.map(Number);
  return values.every(v => Math.abs(v) >= 1e5 && Math.abs(v) < 1e8) ||
    values.every((v, i) => v > 0 && v <= 180 && (last[i].split('.')[1] || '').length >= 4);
}
