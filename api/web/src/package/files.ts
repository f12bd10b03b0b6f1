// Files as they are dropped or chosen: each with its path, the folders included.

import { endings } from '../facts';
import { ending } from './names';

export interface Dropped { path: string; data: Blob }

/** The files that were dropped, those in folders too, with their paths. */
export async function dropped(data: DataTransfer): Promise<Dropped[]> {
  const entries = [...data.items].map(i => i.webkitGetAsEntry && i.webkitGetAsEntry());
  if (!entries.some(e => e && e.isDirectory)) return chosen([...data.files]);
  const files: Dropped[] = [];
  for (const e of entries) if (e) await gather(e, files);
  return files;
}

/** Files of an input, with the paths that an input of folders gives. */
export function chosen(files: File[]): Dropped[] { return files.map(f => ({ path: f.webkitRelativePath || f.name, data: f })); }

async function gather(entry: FileSystemEntry, files: Dropped[]): Promise<void> {
  if (entry.isFile) {
    const data = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    files.push({ path: entry.fullPath.replace(/^\/+/, ''), data });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) { // a reader gives a hundred at a time
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) return;
    for (const e of some) await gather(e, files);
  }
}

/** The folder in which all files are, but for those without land data beside it,
 * as the engine finds it (geo/catalog, wrapping); "" where there is none. A
 * geodatabase is a thing of its own and wraps nothing. */
export function wrapper(paths: string[]): string {
  const folder = (paths.find(p => p.includes('/')) || '').split('/')[0];
  const within = (p: string) => p.startsWith(folder + '/');
  const lands = (p: string) => endings.landData.concat('.yaml', '.yml').includes(ending(p));
  if (!folder || /\.gdb$/i.test(folder) || paths.includes(folder + '/a00000001.gdbtable')) return '';
  const beside = paths.filter(p => !within(p)), inside = paths.filter(within).map(p => p.slice(folder.length + 1));
  if (!beside.length) return folder;
  if (beside.some(p => p.includes('/') || lands(p)) || !inside.some(lands)) return '';
  const taken = new Set(beside.map(p => p.toLowerCase()));
  return inside.some(p => taken.has(p.split('/')[0].toLowerCase())) ? '' : folder;
}

/** The files without the folders that wrap them all. */
export function unwrapped(files: Dropped[]): Dropped[] {
  const around = wrapper(files.map(f => f.path));
  return around ? unwrapped(files.map(f => ({ path: f.path.startsWith(around + '/') ? f.path.slice(around.length + 1) : f.path, data: f.data }))) : files;
}
