// Looks at files before they are sent, so that nobody waits for an upload that
// cannot work.

import { packageEndings } from './facts';
import { Problem } from './http';
import { bytes, t } from './words';

const isPackage = (name: string) => packageEndings.some(end => name.toLowerCase().endsWith(end));

/** What is wrong with a choice of files; nothing when it may be sent. */
export function trouble(files: { name: string; size: number }[], most: number): Problem | undefined {
  const size = files.reduce((sum, f) => sum + f.size, 0);
  if (size > most) return new Problem({ title: t('tooLarge', bytes(size), bytes(most)), advice: t('tooLargeAdvice') });
  if (files.length === 1 && isPackage(files[0].name)) return undefined;
  const zip = files.find(f => /\.zip$/i.test(f.name));
  if (zip) return new Problem({ title: t('mixed'), detail: zip.name, advice: t('mixedAdvice') });
  const names = new Set(files.map(f => f.name.toLowerCase()));
  for (const f of files) {
    const base = /^(.*)\.(shp|shx|dbf)$/i.exec(f.name);
    const missing = base && ['.shp', '.shx', '.dbf'].find(end => !names.has((base[1] + end).toLowerCase()));
    if (missing) return new Problem({ title: t('lacks', f.name, missing), advice: t('lacksAdvice') });
  }
  return undefined;
}

/** The files that were dropped, those in folders too. */
export async function dropped(data: DataTransfer): Promise<File[]> {
  const entries = [...data.items].map(i => i.webkitGetAsEntry && i.webkitGetAsEntry());
  if (!entries.some(e => e && e.isDirectory)) return [...data.files];
  const files: File[] = [];
  for (const e of entries) if (e) await gather(e, files);
  return files;
}

async function gather(entry: FileSystemEntry, files: File[]): Promise<void> {
  if (entry.isFile) {
    files.push(await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject)));
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) { // a reader gives a hundred at a time
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) return;
    for (const e of some) await gather(e, files);
  }
}
