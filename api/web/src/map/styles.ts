// How layers look. The same colours serve the legend.

import Fill from 'ol/style/Fill';
import RegularShape from 'ol/style/RegularShape';
import Stroke from 'ol/style/Stroke';
import Style from 'ol/style/Style';
import TextStyle from 'ol/style/Text';
import type { FeatureLike } from 'ol/Feature';
import type RenderFeature from 'ol/render/Feature';
import { changedOpacity, groupColours, layerLooks, statusLooks, type Look } from '../facts';
import { className, groupOf } from '../landclass';

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

/** Lines across a fill: one way, or both, as findings have them. */
function hatch(colour: string, ways: ('rising' | 'falling')[], side = 8, width = 1.2): CanvasPattern | string {
  const c = document.createElement('canvas');
  c.width = c.height = side;
  const g = c.getContext('2d')!;
  g.strokeStyle = colour;
  g.lineWidth = width;
  for (const way of ways) for (const at of [-side, 0, side]) {
    g.beginPath();
    g.moveTo(at, way === 'rising' ? side : 0);
    g.lineTo(at + side, way === 'rising' ? 0 : side);
    g.stroke();
  }
  return g.createPattern(c, 'repeat') || colour;
}

/** The style of a layer: one style, or one by the land class of a feature. */
export function styleOf(role: string): Style | ((f: FeatureLike, resolution: number) => Style | Style[] | undefined) {
  const look = looks[role] || looks.faces;
  if (role === 'land_use_change') return byClass(changedOpacity, look.width);
  if (role === 'land_use') return labelled(byClass(0.22, look.width, look.line));
  if (role === 'pbf') return covered(look);
  if (role === 'findings') return byStatus;
  return new Style({
    stroke: new Stroke({ color: look.line, width: look.width, lineDash: look.dash }),
    fill: look.hatch ? new Fill({ color: hatch(look.line, [look.hatch]) }) : new Fill({ color: look.fill || 'rgba(0,0,0,0)' }),
  });
}

/** Faces as land before a plan or after it: filled by class, basic farmland hatched. */
export function landStyle(side: 'before' | 'after'): (f: FeatureLike) => Style[] {
  const byGroup = new Map<string, Style>(), farmland = new Style({ stroke: new Stroke({ color: '#967800', width: 1.4 }), fill: new Fill({ color: hatch('#967800', ['rising'], 9, 1) }) });
  return f => {
    const group = groupOf(String(f.get('class_' + side) || ''));
    let style = byGroup.get(group);
    if (!style) {
      const [fill, edge] = groupColours[group];
      byGroup.set(group, style = new Style({ fill: new Fill({ color: fill }), stroke: new Stroke({ color: edge, width: 0.8 }) }));
    }
    return f.get('pbf_' + side) ? [style, farmland] : [style];
  };
}

const labelsBelow = 2.2; // metres a pixel
const names = new Map<string, Style>();

/** A parcel's number, class and the name of that, where there is room. */
function labelled(of: (f: FeatureLike) => Style): (f: FeatureLike, resolution: number) => Style | Style[] {
  return (f, resolution) => {
    const code = String(f.get('class') || '');
    if (resolution > labelsBelow || !code) return of(f);
    const text = [f.get('number'), [code, className(code)].join(' ')].filter(Boolean).join('\n');
    let style = names.get(text);
    if (!style) {
      if (names.size > 5000) names.clear();
      names.set(text, style = new Style({ text: new TextStyle({ text, font: '11px ' + fonts, fill: new Fill({ color: '#4a4435' }), stroke: new Stroke({ color: 'rgba(255,255,255,.8)', width: 2.5 }), overflow: false }) }));
    }
    return [of(f), style];
  };
}

/** Basic farmland: its parcels, or from far away how much of each cell it covers,
 * one cover on the other. */
function covered(look: Look): (f: FeatureLike) => Style {
  const whole = new Style({ stroke: new Stroke({ color: look.line, width: look.width }), fill: new Fill({ color: look.fill || 'rgba(0,0,0,0)' }) });
  const share = new Style({ fill: new Fill({ color: 'rgba(230,190,60,.17)' }) });
  return f => f.get('share') ? share : whole;
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

/** Findings have a white casing and are crossed out: no base layer is, so that a
 * finding is told from the red line without its colour. */
const statuses: Record<string, Style[]> = {};
for (const [status, look] of Object.entries(statusLooks)) {
  statuses[status] = [new Style({ stroke: new Stroke({ color: '#fff', width: look.width + 3 }) }),
    new Style({ stroke: new Stroke({ color: look.line, width: look.width }), fill: new Fill({ color: hatch(clear(look.line, 0.75), ['rising', 'falling'], 11, 1.1) }) })];
}

/** What passes only shows where something lies: it is not drawn. */
function byStatus(f: FeatureLike): Style | Style[] | undefined {
  const status = String(f.get('status')), ends = (f as RenderFeature).getEnds?.() as number[] | undefined;
  return ends && ends.length > manyRings ? filled[status] : statuses[status];
}

/** A finding of a whole county has a piece for each parcel: drawing their outlines
 * would take seconds, and from far away they are a pixel each. */
const manyRings = 200;
const filled: Record<string, Style> = {};
for (const [status, style] of Object.entries(statuses)) filled[status] = new Style({ fill: style[1].getFill()! });

const pins = new Map<string, Style>();

/** A finding's number in a box, with how many more lie there. */
export function pin(text: string, more: number, status: string, chosen: boolean): Style {
  const key = [text, more, status, chosen].join();
  let style = pins.get(key);
  if (!style) {
    if (pins.size > 4000) pins.clear();
    const colour = (statusLooks[status] || statusLooks.fail).line;
    pins.set(key, style = new Style({ zIndex: chosen ? 2 : 1, text: new TextStyle({ text: more ? `${text} +${more}` : text, font: `600 ${chosen ? 14 : 12}px ` + fonts,
      fill: new Fill({ color: chosen ? '#fff' : colour }), backgroundFill: new Fill({ color: chosen ? colour : 'rgba(255,255,255,.95)' }),
      backgroundStroke: new Stroke({ color: chosen ? '#fff' : colour, width: more || chosen ? 2.4 : 1.4 }), padding: [2, 4, 1, 4], offsetY: chosen ? -22 : 0, overflow: true }) }));
  }
  return style;
}

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
