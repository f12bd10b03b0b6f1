// The layers of a GeoPackage, from its tables gpkg_contents and
// gpkg_geometry_columns, and their columns. The check reads the rest.

import { Reader, slice } from './bytes';
import type { Inner } from './geodatabase';

const mostPages = 4096; // that are looked at
type Value = string | number | undefined;

export async function geopackageLayers(data: Blob): Promise<Inner[]> {
  const head = await slice(data, 0, 100), view = new DataView(head.buffer);
  if (head.length < 100 || new TextDecoder().decode(head.subarray(0, 15)) !== 'SQLite format 3') throw new Error('no GeoPackage');
  const size = view.getUint16(16) === 1 ? 65536 : view.getUint16(16), usable = size - head[20];
  const pages = { left: mostPages };
  const rows = (root: number) => rowsOf(data, root, size, usable, pages);
  const schema = new Map<string, { root: number; sql: string }>();
  for (const [type, name, , root, sql] of await rows(1)) if (type === 'table') schema.set(String(name).toLowerCase(), { root: Number(root), sql: String(sql) });
  const table = async (name: string) => schema.has(name) ? rows(schema.get(name)!.root) : [];
  const shapes = new Map((await table('gpkg_geometry_columns')).map(([name, column, type]) => [String(name).toLowerCase(), { column: String(column), type: String(type).toUpperCase() }]));
  const layers: Inner[] = [];
  for (const [name, type] of await table('gpkg_contents')) {
    const shape = shapes.get(String(name).toLowerCase());
    if (type !== 'features' || !shape) continue;
    layers.push({ name: String(name), alias: '', polygons: !/POINT|LINE|CURVE$/.test(shape.type),
      columns: columnsOf(schema.get(String(name).toLowerCase())?.sql || '').filter(c => c !== shape.column) });
  }
  return layers;
}

/** The columns of CREATE TABLE. */
function columnsOf(sql: string): string[] {
  const inner = sql.slice(sql.indexOf('(') + 1, sql.lastIndexOf(')'));
  const parts: string[] = [];
  let depth = 0, part = '', quote = '';
  for (const c of inner) {
    if (quote) { if (c === quote) quote = ''; }
    else if (c === '"' || c === '\'' || c === '`') quote = c;
    else if (c === '(') depth++;
    else if (c === ')') depth--;
    if (c === ',' && !depth && !quote) { parts.push(part); part = ''; }
    else part += c;
  }
  parts.push(part);
  return parts.map(p => p.trim()).filter(p => p && !/^(constraint|primary|unique|check|foreign)\b/i.test(p))
    .map(p => /^["`[]([^"`\]]*)["`\]]/.exec(p)?.[1] ?? p.split(/\s/)[0]);
}

/** The rows of a table's tree, each its values; what overflows a page is cut off. */
async function rowsOf(data: Blob, root: number, size: number, usable: number, pages: { left: number }): Promise<Value[][]> {
  if (!root || pages.left-- <= 0) throw new Error('too many pages');
  const page = await slice(data, (root - 1) * size, root * size), view = new DataView(page.buffer), start = root === 1 ? 100 : 0;
  const kind = page[start], cells = view.getUint16(start + 3), rows: Value[][] = [];
  for (let i = 0; i < cells; i++) {
    const at = view.getUint16(start + (kind === 5 ? 12 : 8) + 2 * i);
    if (kind === 5) rows.push(...await rowsOf(data, view.getUint32(at), size, usable, pages));
    else if (kind === 13) rows.push(row(page, at, usable));
    else throw new Error('no table');
  }
  if (kind === 5) rows.push(...await rowsOf(data, view.getUint32(start + 8), size, usable, pages));
  return rows;
}

function row(page: Uint8Array, at: number, usable: number): Value[] {
  const r = new Reader(page, at), length = r.varint();
  r.varint(); // row id
  const most = usable - 35, least = Math.floor((usable - 12) * 32 / 255) - 23, over = least + (length - least) % (usable - 4);
  const local = length <= most ? length : over <= most ? over : least; // what is not on overflow pages
  const payload = new Reader(r.take(local)), end = payload.varint(), kinds: number[] = [];
  while (payload.at < end) kinds.push(payload.varint());
  const values: Value[] = [];
  for (const kind of kinds) {
    const bytes = kind >= 12 ? Math.floor((kind - 12) / 2) : kind === 7 || kind === 6 ? 8 : kind === 5 ? 6 : kind < 5 ? kind : 0;
    if (payload.at + bytes > local) break; // on an overflow page
    const taken = payload.take(bytes);
    values.push(kind >= 13 && kind % 2 ? new TextDecoder().decode(taken) : kind === 8 || kind === 9 ? kind - 8 : kind >= 1 && kind <= 6 ? taken.reduce((n, b) => n * 256 + b, 0) : undefined);
  }
  return values;
}
