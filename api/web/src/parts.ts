// Small pieces that several views share.

import { h, s } from './dom';
import { Problem, problemOf } from './http';
import { t, tx, word } from './words';
import type { Level, Measure, Status, Tone, Verdict } from './types';

const marks: Record<string, string> = { pass: '✓', fail: '✗', justified: '§', warn: '!', not_checked: '?', not_applicable: '–' };

/** Statuses, those to look at first; levels, the strictest first. */
export const statuses: Status[] = ['fail', 'not_checked', 'warn', 'justified', 'pass', 'not_applicable'];
export const levels: Level[] = ['mandatory', 'in_principle', 'advisory'];

/** A status, told by a mark and words beside the colour. */
export function chip(status: Status): HTMLElement {
  return h('span', { class: 'chip s-' + status }, h('b', { 'aria-hidden': 'true' }, marks[status]), t(status));
}

export function mark(status: Status): string { return marks[status]; }

/** The mark and colour of a headline; reservations are amber. */
export function statusOf(tone: Tone): Status {
  return tone === 'clear' ? 'pass' : tone === 'reserved' ? 'warn' : tone === 'against' ? 'fail' : 'not_checked';
}

/** A verdict in a list: a compliant one with reservations says so. */
export function verdictChip(v: Verdict | undefined, reservations = 0): HTMLElement | string {
  if (!v) return '';
  const tone: Tone = v === 'violations' ? 'against' : v === 'incomplete' ? 'open' : reservations ? 'reserved' : 'clear';
  const status = statusOf(tone);
  return h('span', { class: 'chip s-' + status }, h('b', { 'aria-hidden': 'true' }, marks[status]), tone === 'reserved' ? t('compliantReserved') : t(v));
}

export function levelTag(level: Level): HTMLElement { return h('span', { class: 'level' }, t(level)); }

/** What went wrong: what, where, and what to do. */
export function problemBox(e: unknown, again?: () => void): HTMLElement {
  const p: Problem = problemOf(e);
  const where = [p.file, p.record ? t('record', p.record) : '', p.field ? t('field', p.field) : ''].filter(Boolean).join('，');
  return h('div', { class: 'problem', role: 'alert' },
    h('h2', {}, h('span', { 'aria-hidden': 'true' }, '✗ '), p.title),
    p.detail && p.detail !== p.title && h('p', {}, p.detail),
    where && h('p', { class: 'soft' }, t('where'), where),
    p.advice && h('p', { class: 'next' }, t('whatToDo'), p.advice),
    p.status >= 500 && p.request && h('p', { class: 'soft' }, t('request', p.request)),
    again && h('p', {}, h('button', { type: 'button', onclick: again }, t('retry'))));
}

export function loading(): HTMLElement { return h('p', { class: 'soft loading', role: 'status' }, t('loading')); }

/** A value against its limit. Where the limit is nothing the bar leaves the
 * middle to either side, as wide as the value is to the largest of its terms. The scale is the value
 * at the right end, where several bars share one. */
export function bar(m: Measure, scale?: number): SVGElement | string {
  const kind = m.status === 'fail' || m.status === 'warn' || m.status === 'justified' ? m.status : 'ok';
  const whole = (...inner: SVGElement[]) => s('svg', { class: 'bar ' + kind, viewBox: '0 0 100 10', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    s('rect', { class: 'track', width: 100, height: 10 }), inner);
  if (!m.op || (m.unit === 'count' && m.limit === 0)) return '';
  if (m.limit > 0 && m.value >= 0) {
    const most = scale || Math.max(m.value, m.limit) * 1.2;
    return whole(s('rect', { class: 'fill', width: 100 * m.value / most, height: 10 }),
      s('rect', { class: 'tick', x: 100 * m.limit / most - 0.5, width: 1.5, height: 10 }));
  }
  const most = Math.max(Math.abs(m.value), ...Object.values(m.terms || {}).map(Math.abs));
  if (m.limit !== 0 || most === 0) return '';
  const w = 48 * Math.abs(m.value) / most;
  return whole(s('rect', { class: 'fill', x: m.value < 0 ? 50 - w : 50, width: Math.max(w, 0.5), height: 10 }),
    s('rect', { class: 'tick', x: 49.5, width: 1.5, height: 10 }));
}

/** Value, limit, bar and margin of a measure on one line. */
export function measureLine(m: Measure): HTMLElement {
  return h('div', { class: 'm' + (m.beyond ? ' hit' : '') + (m.op ? '' : ' only') },
    h('span', {}, tx(m.where), m.label && h('span', { class: 'soft' }, ' ', tx(m.label))),
    h('span', { class: 'v' }, h('b', {}, tx(m.shown)), ' ', h('span', { class: 'limit' }, tx(m.bound))),
    m.op && [h('span', {}, bar(m)), h('span', { class: 'g' + (m.beyond ? ' over' : '') }, tx(m.spare))],
    m.close && h('span', { class: 'wide-cell soft' }, t('closeCall')),
    m.note && h('span', { class: 'wide-cell soft' }, tx(m.note)));
}

export function stage(name: string): string { return word('stage-', name); }

/** A county as people call it, with its code. */
export function countyName(c: { code: string; name?: string }): string { return c.name ? `${c.name} ${c.code}` : c.code; }

/** A labelled choice. */
export function choice(label: string, value: string, options: [string, string][], picked: (v: string) => void, id = ''): HTMLElement {
  return h('label', { class: 'choice' }, h('span', {}, label),
    h('select', { id: id || undefined, onchange: (e: Event) => picked((e.target as HTMLSelectElement).value) },
      options.map(([v, text]) => h('option', { value: v, selected: v === value }, text))));
}

/** What may be wider than the screen: it scrolls by itself, by keyboard too. */
export function wide(name: string, inside: HTMLElement): HTMLElement {
  return h('div', { class: 'wide', tabindex: '0', role: 'region', 'aria-label': name }, inside);
}

/** A table with a header row; cells that are numbers go to the right. */
export function table(head: string[], rows: (Node | string | number)[][], kind = '', caption = ''): HTMLElement {
  return wide(caption || head.join('、'), h('table', { class: kind },
    h('thead', {}, h('tr', {}, head.map(x => h('th', { scope: 'col' }, x)))),
    h('tbody', {}, rows.map(r => h('tr', {}, r.map(x => h('td', { class: typeof x === 'number' ? 'n' : '' }, x)))))));
}
