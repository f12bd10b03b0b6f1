// Names of layers and files, read as rules/plan reads them (barename.go,
// formats.go); tests hold the two against each other.

import { baseNames, endings, nameMarks, planRoles } from '../facts';

const [before, after] = nameMarks.map(mark => new RegExp(mark));

const baseOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);

/** The ending of a file, with the dot, in lower case; "" without one. */
export function ending(path: string): string { return rawEnding(path).toLowerCase(); }

function rawEnding(path: string): string {
  const base = baseOf(path), dot = base.lastIndexOf('.');
  return dot < 0 ? '' : base.slice(dot);
}

/** Letters of full width as those of half width. */
function halfWidth(text: string): string {
  return text.replace(/[\uff01-\uff5e]/g, c => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).replace(/\u3000/g, ' ');
}

/** A layer's name without codes in front, marks of a copy or a part, and space. */
export function bareName(name: string): string {
  let bare = halfWidth(name).toUpperCase().replace(/[\t\n\f\r ]+/g, ' ').replace(/^ +| +$/g, '');
  for (;;) {
    const rest = bare.replace(before, '').replace(after, '').replace(/^[ _\-–—]+|[ _\-–—]+$/g, '');
    if (rest === '' || rest === bare) return bare;
    bare = rest;
  }
}

/** The role of a plan's layer that a name stands for, "" for none. */
export function roleOf(name: string): string {
  const bare = bareName(name);
  const found = planRoles.find(r => r.names.includes(bare));
  return found ? found.role : '';
}

export function isBaseName(name: string): boolean { return baseNames.includes(bareName(name)); }

const leftBehind = (base: string) => /^(thumbs\.db|\.ds_store|desktop\.ini)$/.test(base) || /^(~\$|\.~lock\.|\._)/.test(base);

/** What GIS and office programs leave beside layers. */
export function isCompanion(path: string): boolean {
  const lower = baseOf(path).toLowerCase();
  return endings.companions.includes(ending(lower)) || leftBehind(lower);
}

/** What operating systems leave in folders: no package takes it along. */
export function isJunk(path: string): boolean {
  const base = baseOf(path), lower = base.toLowerCase();
  return /(^|\/)__macosx(\/|$)/i.test(path) || base.startsWith('._') || base === '.DS_Store' || lower === 'thumbs.db' || lower === 'desktop.ini';
}

/** Land data, read or not, and what belongs to it: never a paper. */
export function isLandData(ext: string): boolean { return endings.landData.includes(ext) || endings.parts.includes(ext); }

/** A file's name without its endings: DLBG of "2025/DLBG.shp.zip". */
export function stem(path: string): string {
  let base = baseOf(path);
  for (;;) {
    const raw = rawEnding(base), ext = raw.toLowerCase();
    if (!ext || raw === base || !(endings.papers.includes(ext) || isCompanion('x' + ext) || isLandData(ext) || endings.archives.includes(ext))) break;
    base = base.slice(0, -raw.length);
  }
  const raw = rawEnding(base), cut = raw ? base.slice(0, -raw.length) : base;
  return cut && !roleOf(base) && roleOf(cut) ? cut : base;
}
