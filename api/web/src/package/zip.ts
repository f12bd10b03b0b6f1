// Zips: what is in one, its files, and a new one. Nothing is held in memory as a
// whole: files are read piece by piece, and the browser keeps blobs where it likes.

import { Unzip, UnzipInflate, Zip, ZipPassThrough } from 'fflate';
import { Deflate } from 'pako';
import type { Dropped } from './files';
import { ending } from './names';

const piece = 1 << 20;

async function pieces(data: Blob, each: (bytes: Uint8Array, last: boolean) => void): Promise<void> {
  if (!data.size) { each(new Uint8Array(0), true); return; }
  for (let at = 0; at < data.size; at += piece) {
    each(new Uint8Array(await data.slice(at, at + piece).arrayBuffer()), at + piece >= data.size);
  }
}

/** Names as zips of Windows write them: GBK without saying so. */
function namesOf(raw: string[]): string[] {
  const bytes = raw.map(n => /[\u0100-\uffff]/.test(n) ? undefined : Uint8Array.from(n, c => c.charCodeAt(0)));
  const as = (coding: string) => raw.map((n, i) => bytes[i] ? new TextDecoder(coding, { fatal: true }).decode(bytes[i]) : n);
  try { return as('utf-8'); } catch { /* one name that is not UTF-8 settles it for all */ }
  try { return as('gb18030'); } catch { return raw; }
}

/** The names in a zip, from its directory; undefined where it cannot be read. */
export async function listed(zip: Blob): Promise<string[] | undefined> {
  const tailStart = Math.max(0, zip.size - 66000);
  const tail = new DataView(await zip.slice(tailStart).arrayBuffer());
  for (let at = tail.byteLength - 22; at >= 0; at--) {
    if (tail.getUint32(at, true) !== 0x06054b50) continue;
    const size = tail.getUint32(at + 12, true), start = tail.getUint32(at + 16, true), count = tail.getUint16(at + 10, true);
    if (start + size > zip.size) return undefined; // a zip of more than 4 GB, or none
    const dir = new DataView(await zip.slice(start, start + size).arrayBuffer());
    const raw: string[] = [];
    for (let i = 0, p = 0; i < count && p + 46 <= dir.byteLength && dir.getUint32(p, true) === 0x02014b50; i++) {
      const n = dir.getUint16(p + 28, true), utf8 = dir.getUint16(p + 8, true) & 0x800;
      const name = new Uint8Array(dir.buffer, p + 46, Math.min(n, dir.byteLength - p - 46));
      raw.push(utf8 ? new TextDecoder().decode(name) : String.fromCharCode(...name));
      p += 46 + n + dir.getUint16(p + 30, true) + dir.getUint16(p + 32, true);
    }
    return namesOf(raw).map(n => n.replace(/\\/g, '/'));
  }
  return undefined;
}

/** The files in a zip, at most so many bytes of them. An error where it is damaged,
 * encrypted, or holds more. */
export async function unpacked(zip: Blob, most: number): Promise<Dropped[]> {
  const raw: string[] = [], data: Blob[][] = [];
  let total = 0, failed: Error | undefined;
  const reader = new Unzip(file => {
    if (file.name.endsWith('/')) return;
    const blobs: Blob[] = [], at = data.length;
    raw.push(file.name);
    data.push(blobs);
    file.ondata = (err, bytes, last) => {
      if (err) { failed = failed || err; return; }
      total += bytes.length;
      if (total > most) { failed = failed || new Error('too much'); file.terminate(); return; }
      if (bytes.length) blobs.push(new Blob([bytes as BlobPart]));
      if (last && blobs.length > 1) data[at] = [new Blob(blobs)];
    };
    file.start();
  });
  reader.register(UnzipInflate);
  await pieces(zip, (bytes, last) => { if (!failed) reader.push(bytes, last); });
  const wanted = (await listed(zip) || []).filter(n => !n.endsWith('/'));
  if (failed || wanted.length !== raw.length) throw failed || new Error('some files are missing');
  return namesOf(raw).map((name, i) => ({ path: name.replace(/\\/g, '/').replace(/^(\.?\/)+/, ''), data: new Blob(data[i]) }));
}

/** An entry that pako packs: fflate's own stream (0.8.3) writes some sparse files so
 * that nothing can unpack them. */
class Deflated extends ZipPassThrough {
  private readonly deflate = new Deflate({ level: 6, raw: true });
  compression = 8;

  protected process(bytes: Uint8Array, last: boolean): void {
    let parts: Uint8Array<ArrayBuffer>[] = [];
    this.deflate.onData = part => { parts.push(part as Uint8Array<ArrayBuffer>); };
    this.deflate.push(bytes, last);
    if (this.deflate.err) throw new Error(this.deflate.msg);
    if (last && !parts.length) parts = [new Uint8Array(0)];
    parts.forEach((part, i) => this.ondata(null, part, last && i === parts.length - 1));
  }
}

const packedAlready = ['.zip', '.gz', '.rar', '.7z', '.jpg', '.jpeg', '.png', '.pdf', '.docx', '.xlsx', '.pptx', '.ofd', '.heic', '.webp'];

/** A zip of these files, with no times in it: the same files are the same bytes.
 * progress tells the bytes that went in. */
export async function packed(files: Dropped[], progress: (bytes: number) => void): Promise<Blob> {
  const parts: Blob[] = [];
  let waiting: Uint8Array[] = [], held = 0, done = 0, failed: Error | undefined;
  const zip = new Zip((err, bytes, last) => {
    if (err) { failed = failed || err; return; }
    waiting.push(bytes);
    held += bytes.length;
    if (held > 16 << 20 || last) { parts.push(new Blob(waiting as BlobPart[])); waiting = []; held = 0; }
  });
  for (const f of files) {
    const entry = packedAlready.includes(ending(f.path)) ? new ZipPassThrough(f.path) : new Deflated(f.path);
    entry.mtime = new Date(1980, 0, 1);
    zip.add(entry);
    await pieces(f.data, (bytes, last) => { entry.push(bytes, last); done += bytes.length; progress(done); });
    if (failed) throw failed;
  }
  zip.end();
  return new Blob(parts, { type: 'application/zip' });
}
