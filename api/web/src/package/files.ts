// Files as they are dropped or chosen: each with its path, the folders included.

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

/** The one folder around all files, "" where there is none. A geodatabase is
 * a thing of its own and wraps nothing. */
export function wrapper(paths: string[]): string {
  const first = paths.length ? paths[0].split('/')[0] : '';
  const around = paths.length > 0 && paths.every(p => p.startsWith(first + '/'));
  return around && !/\.gdb$/i.test(first) && !paths.includes(first + '/a00000001.gdbtable') ? first : '';
}

/** The files without the folders that wrap them all. */
export function unwrapped(files: Dropped[]): Dropped[] {
  const around = wrapper(files.map(f => f.path));
  return around ? unwrapped(files.map(f => ({ path: f.path.slice(around.length + 1), data: f.data }))) : files;
}
