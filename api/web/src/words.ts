// Every word of the page, in Chinese and English. What comes from the service
// (verdicts, rules, findings, figures) brings its own words.

import { dictionary } from './dictionary';
import type { Text } from './types';

export type Lang = 'zh' | 'en';
export type Word = keyof typeof dictionary;

const key = 'landcheck.lang';
let current: Lang = localStorage.getItem(key) === 'en' ? 'en' : 'zh';

export function lang(): Lang { return current; }

export function setLang(l: Lang): void {
  current = l;
  localStorage.setItem(key, l);
  document.documentElement.lang = l === 'en' ? 'en' : 'zh-CN';
}

/** A word of the page; {0}, {1} are filled in. */
export function t(word: Word, ...args: (string | number)[]): string {
  const text = dictionary[word][current === 'en' ? 1 : 0];
  return text.replace(/\{(\d)\}/g, (_, n) => String(args[Number(n)]));
}

/** A word by a name that comes from the service, else the name itself. */
export function word(prefix: string, name: string): string {
  const found = (prefix + name) as Word;
  return found in dictionary ? t(found) : name;
}

/** A text of the service's in the language of the page. */
export function tx(text: Text | undefined): string {
  return text ? text[current] || text.zh : '';
}

const places = (n: number, digits: number) => n.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** m² in a sentence, as the reports say it: hm² to four decimals with mu beside it, m² under 100 m². */
export function area(m2: number): string {
  return Math.abs(m2) >= 100 ? t('areaInMu', hectares(m2), places(m2 * 15 / 10000, 2)) : places(m2, 2) + t('m2');
}

/** m² to two decimals, without unit. */
export function squareMetres(m2: number): string { return places(m2, 2); }

/** m² as hm² to four decimals, without unit. */
export function hectares(m2: number): string { return places(m2 / 10000, 4); }

export function signed(m2: number): string {
  const text = hectares(Math.abs(m2));
  return Number(text.replace(/,/g, '')) === 0 ? '0' : (m2 > 0 ? '+' : '−') + text;
}

/** A ratio to 0.01 %. */
export function percent(x: number): string { return places(x * 100, 2) + ' %'; }

export function whole(n: number): string { return n.toLocaleString('en-US'); }

export function time(rfc: string | undefined): string {
  if (!rfc) return '';
  const d = new Date(rfc);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())} ${two(d.getHours())}:${two(d.getMinutes())}`;
}

export function bytes(n: number): string {
  return n < 1 << 20 ? Math.max(1, Math.round(n / 1024)) + ' KB' : places(n / (1 << 20), 1) + ' MB';
}
