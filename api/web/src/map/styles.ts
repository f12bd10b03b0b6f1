// How layers look. The same colours serve the legend.

import Fill from 'ol/style/Fill';
import Stroke from 'ol/style/Stroke';
import Style from 'ol/style/Style';
import TextStyle from 'ol/style/Text';
import type { FeatureLike } from 'ol/Feature';
import { groupColours, groupOf } from '../landclass';

export const fonts = '"Source Han Sans SC","Noto Sans CJK SC","Noto Sans SC","PingFang SC","Microsoft YaHei","WenQuanYi Micro Hei",sans-serif';

export interface Look { line: string; width: number; fill?: string; hatch?: string; dash?: number[] }

export const looks: Record<string, Look> = {
  land_use: { line: 'rgba(90,84,70,.45)', width: 0.6, fill: 'rgba(255,255,255,0)' },
  pbf: { line: 'rgba(150,120,0,.35)', width: 0.5, fill: 'rgba(245,215,110,.38)' },
  villages: { line: '#a39c8c', width: 0.8, dash: [3, 3] },
  townships: { line: '#6f6857', width: 1.2, dash: [9, 4, 2, 4] },
  urban_boundary: { line: '#6d43a3', width: 1.8, fill: 'rgba(138,95,191,.09)', dash: [8, 3] },
  red_line: { line: '#c2181f', width: 1.8, fill: 'rgba(217,52,60,.07)' },
  basic_grassland: { line: '#5f7f22', width: 1.2, fill: 'rgba(150,190,80,.12)', dash: [5, 3] },
  heritage: { line: '#8a4b12', width: 1.4, fill: 'rgba(180,110,40,.14)' },
  shelterbelt: { line: '#2c6b3c', width: 1.2, fill: 'rgba(60,140,80,.16)' },
  pbf_reserve: { line: '#98791a', width: 1.2, dash: [4, 3] },
  water_management: { line: '#2a6f97', width: 1.2, fill: 'rgba(80,150,200,.12)', dash: [6, 3] },
  project_area: { line: '#16202c', width: 2.4 },
  land_use_change: { line: '#7d5f34', width: 0.8, fill: '#e2cfae' },
  pbf_out: { line: '#b5480f', width: 1.4, hatch: '#b5480f' },
  pbf_in: { line: '#14713a', width: 1.4, hatch: '#14713a' },
  urban_boundary_added: { line: '#2d53ad', width: 1.6, fill: 'rgba(90,127,214,.3)' },
  urban_boundary_removed: { line: '#2d53ad', width: 1.6, fill: 'rgba(255,255,255,.5)', dash: [4, 3] },
  red_line_added: { line: '#8a1f5c', width: 1.6, fill: 'rgba(190,80,150,.25)' },
  red_line_removed: { line: '#8a1f5c', width: 1.6, fill: 'rgba(255,255,255,.5)', dash: [4, 3] },
  faces: { line: '#33475b', width: 0.6 },
  findings: { line: '#d4001a', width: 2.2, fill: 'rgba(212,0,26,.14)' },
  added: { line: '#b00016', width: 2.2, fill: 'rgba(212,0,26,.22)' },
  fixed: { line: '#14652f', width: 2.2, fill: 'rgba(20,113,58,.22)' },
  unchanged: { line: '#5b6470', width: 1.6, fill: 'rgba(91,100,112,.2)' },
};

function hatch(colour: string, rising: boolean): CanvasPattern | string {
  const c = document.createElement('canvas');
  c.width = c.height = 8;
  const g = c.getContext('2d')!;
  g.strokeStyle = colour;
  g.lineWidth = 1.2;
  for (const at of [-8, 0, 8]) {
    g.beginPath();
    g.moveTo(at, rising ? 8 : 0);
    g.lineTo(at + 8, rising ? 0 : 8);
    g.stroke();
  }
  return g.createPattern(c, 'repeat') || colour;
}

/** The style of a layer: one style, or one by the land class of a feature. */
export function styleOf(role: string): Style | ((f: FeatureLike) => Style | undefined) {
  const look = looks[role] || looks.faces;
  if (role === 'land_use_change') return byClass(0.85, look.width);
  if (role === 'land_use') return byClass(0.22, look.width, look.line);
  if (role === 'findings') return byStatus;
  return new Style({
    stroke: new Stroke({ color: look.line, width: look.width, lineDash: look.dash }),
    fill: look.hatch ? new Fill({ color: hatch(look.hatch, role === 'pbf_in') }) : new Fill({ color: look.fill || 'rgba(0,0,0,0)' }),
  });
}

function byClass(opacity: number, width: number, line?: string): (f: FeatureLike) => Style {
  const styles = new Map<string, Style>();
  return f => {
    const group = groupOf(String(f.get('class') || ''));
    let style = styles.get(group);
    if (!style) {
      const [fill, edge] = groupColours[group];
      styles.set(group, style = new Style({ fill: new Fill({ color: clear(fill, opacity) }), stroke: new Stroke({ color: line || edge, width }) }));
    }
    return style;
  };
}

const statuses: Record<string, Style> = {};
for (const [status, colour] of [['fail', '#d4001a'], ['warn', '#a86500'], ['justified', '#6a48ad'], ['not_checked', '#3d4e63']]) {
  statuses[status] = new Style({ stroke: new Stroke({ color: colour, width: 2.2 }), fill: new Fill({ color: clear(colour, 0.14) }) });
}

/** What passes only shows where something lies: it is not drawn. */
function byStatus(f: FeatureLike): Style | undefined { return statuses[String(f.get('status'))]; }

/** The name of a township or village. */
export function label(name: string, small: boolean): Style {
  return new Style({ text: new TextStyle({ text: name, font: (small ? '12px ' : '600 14px ') + fonts, fill: new Fill({ color: '#4d4637' }),
    stroke: new Stroke({ color: 'rgba(255,255,255,.85)', width: 3.5 }), overflow: true }) });
}

export function clear(hex: string, opacity: number): string {
  const n = parseInt(hex.slice(1), 16);
  return `rgba(${n >> 16},${n >> 8 & 255},${n & 255},${opacity})`;
}

const casing = new Style({ stroke: new Stroke({ color: '#fff', width: 6 }), zIndex: 1 });

/** A face of the finding that is looked at: its land before or after. */
export function selected(group: string, label: string): Style[] {
  const [fill] = groupColours[group] || groupColours.other;
  return [casing, new Style({
    zIndex: 2, stroke: new Stroke({ color: '#d4001a', width: 2.6 }), fill: new Fill({ color: clear(fill, 0.75) }),
    text: label ? new TextStyle({ text: label, font: '600 13px ' + fonts, fill: new Fill({ color: '#1c2530' }), stroke: new Stroke({ color: '#fff', width: 3 }), overflow: false }) : undefined,
  })];
}
