// The map as it stands on the screen, for paper: with north, the scale that it has
// there, and the key to what is drawn.

import { h } from '../dom';
import { t } from '../words';
import { northArrow, scaleText } from './corner';

const paper = { width: 180, height: 118 }; // mm: the most that an A4 sheet gives a picture

/** A figure of the map that is shown; none where there is none, or where it has
 * not been drawn. */
export function mapPicture(): HTMLElement | false {
  const target = document.querySelector<HTMLElement>('.map[data-view]');
  const canvases = target ? [...target.querySelectorAll<HTMLCanvasElement>('canvas')].filter(c => c.width > 0 && c.height > 0) : [];
  if (!target || !canvases.length) return false;
  const whole = canvases.reduce((a, b) => a.width >= b.width ? a : b);
  const image = imageOf(canvases, whole) || imageOf(canvases.filter(c => !c.closest('.basemap')), whole); // a host may not let its pictures be read
  if (!image) return false;
  const wide = Math.min(paper.width, paper.height * whole.width / whole.height), resolution = Number(target.getAttribute('data-view')!.split(' ')[2]);
  const metres = resolution * target.clientWidth; // from the left edge to the right one
  return h('figure', { class: 'map-figure' },
    h('div', { class: 'map-sheet' }, h('img', { src: image.url, alt: t('map'), width: Math.round(wide * 96 / 25.4) }), northArrow()),
    h('figcaption', {}, h('b', {}, scaleText(metres * (0.0254 / 96) / (wide / 1000))), ' ', t('onPaper'),
      image.all ? '' : ' ' + t('basemapNotPrinted'), key()));
}

function imageOf(canvases: HTMLCanvasElement[], whole: HTMLCanvasElement): { url: string; all: boolean } | undefined {
  const c = document.createElement('canvas');
  c.width = whole.width;
  c.height = whole.height;
  const g = c.getContext('2d')!;
  g.fillStyle = '#fff';
  g.fillRect(0, 0, c.width, c.height);
  try {
    for (const one of canvases) {
      g.globalAlpha = Number((one.parentElement as HTMLElement).style.opacity || 1);
      g.drawImage(one, 0, 0, c.width, c.height);
    }
    return { url: c.toDataURL('image/png'), all: canvases.length === document.querySelectorAll('.map canvas').length };
  } catch { return undefined; } // it holds pictures that may not be read
}

/** The layers that are ticked. */
function key(): HTMLElement {
  const rows = [...document.querySelectorAll<HTMLElement>('.legend > ul > li')].filter(li => li.querySelector<HTMLInputElement>('input')?.checked && !li.querySelector('.zoom-note')?.textContent);
  return h('ul', { class: 'map-key' }, rows.map(li => h('li', {}, li.querySelector('.swatch')!.cloneNode(true), ' ', li.querySelector('label')!.textContent!)));
}
