// A long list of which only what is on the screen exists. Rows are all of one
// height, so that the scroll bar is right before anything is loaded.

import { h, replace } from '../dom';
import { levelTag, mark } from '../parts';
import { area, t, tx } from '../words';
import { heldTag } from './review';
import type { Findings } from '../findings';
import type { Held } from '../review';
import type { Finding } from '../types';

const row = 84; // px, as in style.css
const spare = 4; // rows above and below

export interface List { element: HTMLElement; end(): void; draw(): void; show(list: Findings, address: (id: string) => string): Promise<void>; reveal(at: number, focus: boolean): void }

export function findingList(failed: (e: unknown) => void, held: Held): List {
  const rows = h('ol', { class: 'rows' });
  const element = h('div', { class: 'scroll', tabindex: '-1' }, rows);
  let list: Findings | undefined, address = (id: string) => id, asked = false;

  const draw = () => {
    if (!list) return;
    const first = Math.max(0, Math.floor(element.scrollTop / row) - spare);
    const last = Math.min(list.total, Math.ceil((element.scrollTop + (element.clientHeight || 600)) / row) + spare);
    rows.style.height = list.total * row + 'px';
    const focused = (document.activeElement as HTMLElement | null)?.getAttribute('href');
    replace(rows, list.items.slice(first, last).map((f, i) => item(f, first + i, list!.total, address(f.id), held)));
    if (focused) (rows.querySelector(`a[href="${focused}"]`) as HTMLElement | null)?.focus({ preventScroll: true });
    if (last > list.items.length && !asked) {
      asked = true;
      list.ensure(last).then(() => { asked = false; draw(); }, e => { asked = false; failed(e); });
    }
  };
  element.addEventListener('scroll', () => requestAnimationFrame(draw), { passive: true });
  window.addEventListener('resize', draw);

  return {
    element,
    draw,
    end: () => window.removeEventListener('resize', draw),
    async show(next, to) {
      await next.ensure(1);
      if (list !== next) element.scrollTop = 0;
      list = next;
      address = to;
      if (!list.total) { rows.style.height = ''; replace(rows, h('li', { class: 'soft empty' }, t('noMatch'))); return; }
      draw();
      performance.mark('findings-shown');
    },
    reveal(at, focus) {
      const top = at * row;
      if (top < element.scrollTop || top + row > element.scrollTop + element.clientHeight) element.scrollTop = Math.max(0, top - row);
      draw();
      if (focus) (rows.querySelector(`li[aria-posinset="${at + 1}"] a`) as HTMLElement | null)?.focus({ preventScroll: true });
    },
  };
}

function item(f: Finding, at: number, total: number, href: string, held: Held): HTMLElement {
  const state = held.of(f.id)?.state || 'open';
  const li = h('li', { 'aria-setsize': total, 'aria-posinset': at + 1 },
    h('a', { href, class: 'finding-row' },
      h('span', { class: 'no s-' + f.status, title: t(f.status) }, h('span', { class: 'unseen' }, t(f.status)), h('span', { 'aria-hidden': 'true' }, mark(f.status)), f.number),
      h('span', { class: 'what' }, h('b', {}, tx(f.title)), h('span', { class: 'soft' }, tx(f.message))),
      h('span', { class: 'aside' }, f.area_m2 > 0 && area(f.area_m2), levelTag(f.level), state !== 'open' && heldTag(state))));
  li.style.top = at * row + 'px';
  return li;
}
