// The layers of a file geodatabase: names, aliases, columns. geo/filegdb reads
// them for the check; this looks only so far that a clerk sees what is in there.

import { Reader, slice } from './bytes';
import type { Dropped } from './files';

/** A layer in a container. */
export interface Inner { name: string; alias: string; columns: string[]; polygons: boolean }

interface FieldOf { name: string; type: number; nullable: boolean }
interface Block { fields: FieldOf[]; geometry: number; utf8: boolean }

const mostBytes = 16 << 20; // of a field block, of a table's offsets, of a row
const sizes: Record<number, number> = { 0: 2, 1: 4, 2: 4, 3: 8, 5: 8, 10: 16, 11: 16, 13: 8, 14: 8, 15: 8, 16: 10 };

/** The feature classes of a .gdb folder; an error where it cannot be read. */
export async function geodatabaseLayers(files: Dropped[]): Promise<Inner[]> {
  const byName = new Map(files.map(f => [f.path.slice(f.path.lastIndexOf('/') + 1).toLowerCase(), f.data]));
  const file = (n: number, end: string) => byName.get(`a${n.toString(16).padStart(8, '0')}.${end}`);
  const rows = async (n: number) => {
    const table = file(n, 'gdbtable'), index = file(n, 'gdbtablx');
    if (!table || !index) throw new Error('a table is missing');
    return rowsOf(table, index);
  };
  const tables = new Map<string, number>();
  for (const row of await rows(1)) tables.set(row.values.get('Name') || '', row.id);
  const aliases = new Map<string, string>(), items = tables.get('GDB_Items');
  if (items) for (const row of await rows(items)) {
    const definition = (row.values.get('Definition') || '').replace(/<GPFieldInfoEx[ >][\s\S]*?<\/GPFieldInfoEx>/g, '');
    aliases.set(row.values.get('Name') || '', /<AliasName>([^<]*)<\/AliasName>/.exec(definition)?.[1] || '');
  }
  const layers: Inner[] = [];
  for (const [name, n] of tables) {
    const table = name && !name.startsWith('GDB_') && file(n, 'gdbtable');
    const block = table && await blockOf(table);
    if (!block || !block.geometry) continue;
    layers.push({ name, alias: aliases.get(name) || '', columns: block.fields.filter(f => f.type !== 7).map(f => f.name), polygons: block.geometry === 4 });
  }
  return layers;
}

async function blockOf(table: Blob): Promise<Block> {
  const head = new Reader(await slice(table, 32, 40)), at = head.u32() + head.u32() * 2 ** 32;
  const size = new Reader(await slice(table, at, at + 4)).u32();
  if (size > mostBytes) throw new Error('the field block is too large');
  const r = new Reader(await slice(table, at + 4, at + 4 + size));
  r.skip(4); // version
  const flags = r.u32(), count = r.u16(), fields: FieldOf[] = [];
  for (let i = 0; i < count; i++) fields.push(fieldOf(r, flags));
  return { fields, geometry: flags & 0xff, utf8: (flags & 0x100) !== 0 };
}

function fieldOf(r: Reader, layer: number): FieldOf {
  const name = r.utf16(r.u8());
  r.utf16(r.u8()); // alias
  const type = r.u8();
  let flags: number;
  if (type === 4) {
    r.skip(4); // width
    flags = r.u8();
    const length = r.varuint();
    if (flags & 4) r.skip(length);
  } else {
    r.skip(1); // size
    flags = r.u8();
    if (type === 7) shapeOf(r, layer);
    else if (type <= 5 || type >= 13) {
      const length = r.u8();
      if (flags & 4) r.skip(length);
    } else if (type === 9) rasterOf(r);
  }
  return { name, type, nullable: (flags & 1) !== 0 };
}

/** Skips the description of a geometry field. */
function shapeOf(r: Reader, layer: number): void {
  r.skip(r.u16()); // coordinate system
  gridOf(r, r.u8());
  r.skip(8 * 4); // box
  r.skip(16 * ((layer >>> 31 ? 1 : 0) + (layer >>> 30 & 1)));
  r.skip(1);
  r.skip(8 * r.u32()); // index
}

/** Skips origins, scales and tolerances; has says of which axes beside x and y. */
function gridOf(r: Reader, has: number): void {
  r.skip(8 * 4);
  for (const axis of [2, 4]) if (has & axis) r.skip(8 * 3);
}

function rasterOf(r: Reader): void {
  r.utf16(r.u8()); // its column
  r.skip(r.u16()); // coordinate system
  const has = r.u8();
  if (has) gridOf(r, has);
  r.skip(1); // kind
}

/** The rows of a small table: their numbers and what is text in them. */
async function rowsOf(table: Blob, index: Blob): Promise<{ id: number; values: Map<string, string> }[]> {
  if (index.size > mostBytes) throw new Error('too many rows');
  const block = await blockOf(table), out: { id: number; values: Map<string, string> }[] = [];
  for (const [id, at] of offsets(await slice(index, 0, index.size))) {
    const size = new Reader(await slice(table, at, at + 4)).u32();
    if (size > mostBytes) throw new Error('a row is too large');
    out.push({ id, values: textOf(block, new Reader(await slice(table, at + 4, at + 4 + size))) });
  }
  return out;
}

function textOf(block: Block, r: Reader): Map<string, string> {
  const nullable = block.fields.filter(f => f.nullable), nulls = r.take(Math.ceil(nullable.length / 8)), values = new Map<string, string>();
  for (const f of block.fields) {
    const bit = nullable.indexOf(f);
    if (f.type === 6 || bit >= 0 && nulls[bit >> 3] >> (bit & 7) & 1) continue;
    if (f.type in sizes) { r.skip(sizes[f.type]); continue; }
    const bytes = r.take(r.varuint());
    if (f.type === 4 || f.type === 12) values.set(f.name, new TextDecoder(f.type === 12 || block.utf8 ? 'utf-8' : 'utf-16le').decode(bytes));
  }
  return values;
}

/** Where rows begin, by their numbers. */
function offsets(bytes: Uint8Array): [number, number][] {
  const r = new Reader(bytes);
  if (r.u32() !== 3) throw new Error('ids of 64 bits are not read here');
  const blocks = r.u32(), slots = r.u32(), width = r.u32(), data = new Reader(bytes, 16 + blocks * 1024 * width);
  const map = data.u32() ? (data.skip(12), data) : undefined;
  const out: [number, number][] = [];
  for (let k = 0, stored = 0, bits = 0; k * 1024 < slots && stored < blocks; k++) {
    if (map && k % 8 === 0) bits = map.u8();
    if (map && !(bits >> k % 8 & 1)) continue;
    const row = new Reader(bytes, 16 + stored++ * 1024 * width);
    for (let i = 0; i < 1024; i++) {
      let at = 0;
      for (let b = 0; b < width; b++) at += row.u8() * 2 ** (8 * b);
      if (at) out.push([k * 1024 + i + 1, at]);
    }
  }
  return out;
}
