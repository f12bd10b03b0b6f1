// Charts where looking beats reading, in plain SVG, each with its table.

import { h, s } from '../dom';
import { groupColours } from '../facts';
import { bar, mark, table, wide } from '../parts';
import { hectares, signed, t, tx } from '../words';
import type { ClassRow, Measure, Overview, YearRow } from '../types';

export function charts(o: Overview): HTMLElement {
  const towns = o.rules.flatMap(r => r.measures.filter(m => m.scope.kind === 'township' && m.unit === 'ratio' && m.op === '<='));
  const parts = [towns.length > 0 && townships(towns), o.years.length > 0 && years(o.years), o.land_use.length > 0 && landUse(o.land_use)];
  return h('div', { class: 'page' }, parts.some(Boolean) ? parts : h('p', { class: 'soft' }, t('chartNone')));
}

function townships(list: Measure[]): HTMLElement {
  const most = Math.max(...list.map(m => Math.max(m.value, m.limit))) * 1.1; // one scale for all
  return h('section', {}, h('h2', {}, t('chartTownships')),
    h('div', { class: 'towns' }, list.map(m => h('div', { class: 'town' },
      h('span', {}, tx(m.where)), h('span', {}, bar(m, most)),
      h('span', {}, h('b', {}, tx(m.shown)), ' ', h('span', { class: 'soft' }, tx(m.bound))),
      h('span', { class: m.beyond ? 'over' : '' }, mark(m.status) + ' ' + tx(m.spare))))));
}

/** Pairs of columns per year: in, out, summed up to its end. */
function years(rows: YearRow[]): HTMLElement {
  const name = (y: YearRow) => y.year === null ? t('noYear') : String(y.year);
  const most = Math.max(1, ...rows.map(y => Math.max(y.pbf_in_cumulative_m2, y.pbf_out_cumulative_m2)));
  const high = 180, wide = Math.max(110, Math.min(170, 900 / rows.length)), all = rows.length * wide + 20;
  const y = (v: number) => 30 + high - high * v / most;
  const chart = s('svg', { class: 'chart years', viewBox: `0 0 ${all} ${high + 62}`, width: all, role: 'img', 'aria-label': t('chartYears') },
    s('line', { class: 'axis', x1: 0, x2: all, y1: y(0), y2: y(0) }),
    rows.map((row, i) => {
      const x = 20 + i * wide, w = wide / 2 - 16, short = row.pbf_in_cumulative_m2 < row.pbf_out_cumulative_m2;
      const column = (at: number, v: number, kind: string) => [
        s('rect', { class: kind, x: at, y: y(v), width: w, height: Math.max(0.5, y(0) - y(v)) }),
        s('text', { x: at + w / 2, y: y(v) - 5 }, (v / 10000).toFixed(2))];
      return s('g', {}, column(x, row.pbf_in_cumulative_m2, 'col-in'), column(x + w + 4, row.pbf_out_cumulative_m2, 'col-out'),
        s('text', { class: short ? 'bad' : '', x: x + w + 2, y: y(0) + 20 }, name(row) + (short ? ' ✗' : '')));
    }));
  return h('section', {}, h('h2', {}, t('chartYears')),
    h('p', { class: 'key' }, h('i', { class: 'k-in' }), t('pbfIn'), h('i', { class: 'k-out' }), t('pbfOut'), h('b', { class: 'over' }, '✗'), t('shortYear')),
    chart,
    table([t('year'), t('pbfOut'), t('pbfIn'), t('croplandGained'), t('croplandLost'), t('constructionGained'), t('constructionLost'), t('cumulative')],
      rows.map(r => [name(r), ...[r.pbf_out_m2, r.pbf_in_m2, r.cropland_gained_m2, r.cropland_lost_m2, r.construction_gained_m2, r.construction_lost_m2].map(hectares),
        signed(r.pbf_in_cumulative_m2 - r.pbf_out_cumulative_m2)]), 'figures', t('chartYears')),
    h('p', { class: 'soft' }, t('unitHm2')));
}

/** Two bars per class, before above after; classes with nothing are left out. */
function landUse(rows: ClassRow[]): HTMLElement {
  const some = rows.filter(r => r.before_m2 > 0 || r.after_m2 > 0);
  const most = Math.max(1, ...some.map(r => Math.max(r.before_m2, r.after_m2)));
  return h('section', {}, h('h2', {}, t('chartLandUse')),
    wide(t('chartLandUse'), h('table', { class: 'structure' },
      h('thead', {}, h('tr', {}, [t('landClass'), '', t('before'), t('after'), t('change')].map(x => h('th', { scope: 'col' }, x)))),
      h('tbody', {}, some.map(r => {
        const [fill, line] = groupColours[r.group] || groupColours.other;
        const one = (v: number, at: number, opacity: number) => s('rect', { x: 0, y: at, width: 300 * v / most, height: 7, fill, stroke: line, 'stroke-width': 0.7, 'fill-opacity': opacity });
        return h('tr', {}, h('th', { scope: 'row' }, `${tx(r.title)} `, h('span', { class: 'soft' }, r.code)),
          h('td', { class: 'drawn' }, s('svg', { viewBox: '0 0 302 17', 'aria-hidden': 'true', preserveAspectRatio: 'none' }, one(r.before_m2, 1, 0.35), one(r.after_m2, 9, 1))),
          h('td', { class: 'n' }, hectares(r.before_m2)), h('td', { class: 'n' }, hectares(r.after_m2)), h('td', { class: 'n' }, signed(r.after_m2 - r.before_m2)));
      })))),
    h('p', { class: 'soft' }, t('unitHm2'), '；', t('before'), ' ░　', t('after'), ' ▓'));
}
