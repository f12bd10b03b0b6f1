// How layers look. The same colours serve the legend.

import Fill from 'ol/style/Fill';
import RegularShape from 'ol/style/RegularShape';
import Stroke from 'ol/style/Stroke';
import Style from 'ol/style/Style';
import TextStyle from 'ol/style/Text';
import type { FeatureLike } from 'ol/Feature';
import { changedOpacity, groupColours, layerLooks, statusLooks, type Look } from '../facts';
import { groupOf } from '../landclass';

export const fonts = '"Source Han Sans SC","Noto Sans CJK SC","Noto Sans SC","PingFang SC","Microsoft YaHei","WenQuanYi Micro Hei",sans-serif';

/** Of layers, and of the findings of two reports side by side. */
export const looks: Record<string, Look> = {
  ...layerLooks,
  added: { line: '#b00016', width: 2.2, fill: 'rgba(212,0,26,.22)' },
  fixed: { line: '#14652f', width: 2.2, fill: 'rgba(20,113,58,.22)' },
  out: { line: '#b00016', width: 1.4, fill: 'rgba(212,0,26,.3)' },
  in: { line: '#14652f', width: 1.4, fill: 'rgba(20,113,58,.3)' },
  'suggest-keep': { line: '#1d4f91', width: 2.2, fill: 'rgba(29,79,145,.4)' },
  'suggest-drop': { line: '#b00016', width: 2.2, fill: 'rgba(212,0,26,.35)' },
  'suggest-cut': { line: '#7a3e9d', width: 2.2, fill: 'rgba(122,62,157,.4)' },
  'suggest-add': { line: '#14652f', width: 2.2, fill: 'rgba(20,113,58,.4)' },
  asked: { line: '#0b5394', width: 3.2, dash: [10, 5], fill: 'rgba(11,83,148,.1)' },
  picked: { line: '#1c2530', width: 4 },
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
  if (role === 'land_use_change') return byClass(changedOpacity, look.width);
  if (role === 'land_use') return byClass(0.22, look.width, look.line);
  if (role === 'findings') return byStatus;
  return new Style({
    stroke: new Stroke({ color: look.line, width: look.width, lineDash: look.dash }),
    fill: look.hatch ? new Fill({ color: hatch(look.line, look.hatch === 'rising') }) : new Fill({ color: look.fill || 'rgba(0,0,0,0)' }),
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
for (const [status, look] of Object.entries(statusLooks)) {
  statuses[status] = new Style({ stroke: new Stroke({ color: look.line, width: look.width }), fill: new Fill({ color: look.fill || 'rgba(0,0,0,0)' }) });
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

const arms = (colour: string, width: number) => new Style({ image: new RegularShape({ points: 4, radius: 13, radius2: 0, stroke: new Stroke({ color: colour, width }) }) });

/** The point that was asked about. */
export const cross = [arms('#fff', 5), arms('#0b5394', 2)];

const casing = new Style({ stroke: new Stroke({ color: '#fff', width: 6 }), zIndex: 1 });

/** A face of the finding that is looked at: its land before or after. */
export function selected(group: string, label: string): Style[] {
  const [fill] = groupColours[group] || groupColours.other;
  return [casing, new Style({
    zIndex: 2, stroke: new Stroke({ color: '#d4001a', width: 2.6 }), fill: new Fill({ color: clear(fill, 0.75) }),
    text: label ? new TextStyle({ text: label, font: '600 13px ' + fonts, fill: new Fill({ color: '#1c2530' }), stroke: new Stroke({ color: '#fff', width: 3 }), overflow: false }) : undefined,
  })];
}
