// Groups of land classes (TD/T 1055) and their colours on map and charts.

import type { State } from './types';

const wetland = ['0303', '0304', '0306', '0402', '1105', '1106', '1108'];
const construction = ['0603', '1201', '1109'];
const unused = ['0404', '1204', '1205', '1206', '1207'];

export function groupOf(code: string): string {
  const c = code.slice(0, 4);
  if (wetland.includes(c)) return 'wetland';
  if (construction.includes(c)) return 'construction';
  if (unused.includes(c)) return c === '0404' ? 'grassland' : 'unused';
  switch (c.slice(0, 2)) {
    case '01': return 'cropland';
    case '02': return 'agricultural';
    case '03': return 'forest';
    case '04': return 'grassland';
    case '05': case '06': case '07': case '08': case '09': return 'construction';
    case '10': return c === '1006' ? 'agricultural' : 'construction';
    case '11': return c === '1103' || c === '1104' || c === '1107' ? 'agricultural' : 'ecological';
    case '12': return 'agricultural';
  }
  return 'other';
}

export function groupOfState(s: State): string {
  return s.cropland ? 'cropland' : s.construction ? 'construction' : groupOf(s.class);
}

/** [fill, line] of a group. */
export const groupColours: Record<string, [string, string]> = {
  cropland: ['#f2dc8d', '#8a6d00'], construction: ['#e3a7b6', '#a94b66'], forest: ['#9cc99a', '#3f7a3d'],
  grassland: ['#cfe3a2', '#5f7f22'], wetland: ['#a6d5dc', '#2f7580'], ecological: ['#b5d8e8', '#356f8a'],
  agricultural: ['#e2cfae', '#7d5f34'], unused: ['#d8d6d0', '#6e6a60'], other: ['#cfd4da', '#5b6470'],
};

export const groupNames = Object.keys(groupColours);
