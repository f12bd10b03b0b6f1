// Looks at files before they are sent, so that nobody waits for an upload that
// cannot work.

import { endings, packageEndings } from './facts';
import { Problem } from './http';
import type { Dropped } from './package/files';
import { unwrapped } from './package/files';
import { ending, isJunk, isLandData } from './package/names';
import { listed } from './package/zip';
import { bytes, t } from './words';

const isPackage = (path: string) => packageEndings.includes(ending(path));
const archives: Record<string, string> = { '.rar': 'RAR', '.7z': '7z', '.tar': 'tar', '.gz': 'gzip', '.tgz': 'gzip', '.bz2': 'bzip2', '.xz': 'xz' };

export function tooLarge(size: number, most: number): Problem | undefined {
  return size > most ? new Problem({ title: t('tooLarge', bytes(size), bytes(most)), advice: t('tooLargeAdvice') }) : undefined;
}

/** What is wrong with a choice of files; nothing when it may be sent. */
export function trouble(all: Dropped[], most: number): Problem | undefined {
  const files = all.filter(f => !isJunk(f.path));
  const large = tooLarge(files.reduce((sum, f) => sum + f.data.size, 0), most);
  if (large) return large;
  if (files.length === 1 && isPackage(files[0].path)) return undefined;
  const packages = files.filter(f => ending(f.path) === '.zip');
  if (packages.length && packages.length === files.length) {
    return new Problem({ title: t('severalPackages', packages.length), detail: packages.map(f => f.path).join(t('comma')), advice: t('severalAdvice') });
  }
  if (files.length && !files.some(f => isLandData(ending(f.path)) || ['.txt', '.zip'].includes(ending(f.path)))) {
    const archive = files.find(f => archives[ending(f.path)]);
    if (archive) return new Problem({ title: t('foreignArchive', archive.path, archives[ending(archive.path)]), advice: t('foreignArchiveAdvice') });
    return new Problem({ title: files.length === 1 ? t('foreignFile', files[0].path) : t('foreignFiles', files.length), advice: t('foreignAdvice') });
  }
  return half(files);
}

/** A Shapefile of which a part was left behind. */
function half(files: Dropped[]): Problem | undefined {
  const paths = new Set(files.map(f => f.path.toLowerCase()));
  for (const { path } of files) {
    const stem = /^(.*)\.(shp|shx|dbf)$/i.exec(path);
    const missing = stem && ['.shp', '.shx', '.dbf'].find(end => !paths.has((stem[1] + end).toLowerCase()));
    if (missing) return new Problem({ title: t('lacks', path, missing), advice: t('lacksAdvice') });
  }
  return undefined;
}

/** Whether files have a plan.yaml, or are a package that nothing can be added to
 * here: they are checked as they are. */
export async function whole(all: Dropped[]): Promise<boolean> {
  const files = all.filter(f => !isJunk(f.path));
  const zip = files.length === 1 && ending(files[0].path) === '.zip' ? await listed(files[0].data) : undefined;
  if (files.length === 1 && isPackage(files[0].path) && !zip) return true;
  const paths = unwrapped((zip || files.map(f => f.path)).filter(p => !p.endsWith('/') && !isJunk(p)).map(path => ({ path, data: new Blob() }))).map(f => f.path);
  const geodatabase = zip && paths.every(p => /\.gdb\//i.test(p) || !p.includes('/') && endings.landData.concat('.atx', '.spx', '.horizon', '.gdbindexes', '.gdbtablx', '.freelist', '.lock', '').includes(ending(p)));
  return paths.some(p => /^plan\.ya?ml$/i.test(p)) || !!geodatabase || paths.length === 0;
}
