// Groups of land classes (TD/T 1055) and their colours on map and charts.

import { classCodes } from './facts';
import type { State } from './types';

const groups = new Map(Object.entries(classCodes).flatMap(([group, codes]) => codes.map(code => [code, group] as [string, string])));

/** The group of a code; a code that the classification lacks is in none. */
export function groupOf(code: string): string { return groups.get(code.trim().toUpperCase()) || 'other'; }

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
