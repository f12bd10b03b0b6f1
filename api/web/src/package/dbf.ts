// The columns of a .dbf, read from its header, and the values of one of them.

import { decoded } from './account';

export interface Column { name: string; at: number; width: number }
export interface Table { columns: Column[]; header: number; row: number; rows: number }

const mostColumns = 255;

/** The columns of a .dbf; none where it has no such header. */
export async function tableOf(data: Blob): Promise<Table> {
  const none = { columns: [], header: 0, row: 0, rows: 0 };
  if (data.size < 65) return none;
  const start = new DataView(await data.slice(0, 32).arrayBuffer());
  const header = start.getUint16(8, true), row = start.getUint16(10, true), rows = start.getUint32(4, true);
  const bytes = new Uint8Array(await data.slice(32, header).arrayBuffer());
  const columns: Column[] = [];
  let at = 1; // after the mark of deletion
  for (let i = 0; i + 32 <= bytes.length && bytes[i] !== 0x0d && columns.length < mostColumns; i += 32) {
    const name = bytes.subarray(i, i + 11), end = name.indexOf(0);
    columns.push({ name: decoded(name.subarray(0, end < 0 ? 11 : end)).trim(), at, width: bytes[i + 16] });
    at += bytes[i + 16];
  }
  return { columns, header, row, rows };
}

const part = 4 << 20; // bytes read at a time

/** The different values of a column, at most so many, in order. */
export async function valuesOf(data: Blob, table: Table, column: Column, most: number): Promise<string[]> {
  const found = new Set<string>();
  const step = Math.max(1, Math.floor(part / Math.max(1, table.row)));
  for (let first = 0; first < table.rows && found.size < most && table.row > 1; first += step) {
    const from = table.header + first * table.row;
    const bytes = new Uint8Array(await data.slice(from, from + step * table.row).arrayBuffer());
    if (!bytes.length) break;
    for (let i = 0; i + table.row <= bytes.length && found.size < most; i += table.row) {
      if (bytes[i] === 0x2a) continue; // deleted
      const value = decoded(bytes.subarray(i + column.at, i + column.at + column.width)).replace(/\0/g, '').trim();
      if (value) found.add(value);
    }
  }
  return [...found].sort();
}
