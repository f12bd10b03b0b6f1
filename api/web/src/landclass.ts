// Groups of land classes (TD/T 1055) and their colours on map and charts.

import { classCodes, classNames } from './facts';
import { lang } from './words';
import type { State } from './types';

const groups = new Map(Object.entries(classCodes).flatMap(([group, codes]) => codes.map(code => [code, group] as [string, string])));

/** The group of a code; a code that the classification lacks is in none. */
export function groupOf(code: string): string { return groups.get(code.trim().toUpperCase()) || 'other'; }

/** The name of a code in the language of the page; empty where it is unknown. */
export function className(code: string): string {
  const name = classNames[code.trim().toUpperCase()];
  return name ? name[lang() === 'en' ? 1 : 0] : '';
}

export function groupOfState(s: State): string {
  return s.cropland ? 'cropland' : s.construction ? 'construction' : groupOf(s.class);
}
