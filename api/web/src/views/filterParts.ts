// What bars of filters are made of. Their elements stay while the address
// changes, so that the keyboard keeps its place in them.

import { h } from '../dom';
import { t, type Word } from '../words';

const pause = 250; // ms after the last letter until a search is made

/** A list to choose from; its first option says what it is of. Whoever chose by
 * mouse has the keys of the page back: letters would choose here. */
export function selectOf(name: string, label: Word, options: [string, string][], chosen: (v: string) => void): HTMLSelectElement {
  let byMouse = false;
  const list = h('select', { 'aria-label': t(label), 'data-filter': name, onpointerdown: () => { byMouse = true; }, onkeydown: () => { byMouse = false; }, onchange: () => {
    if (byMouse) list.blur();
    chosen(list.value);
  } }, options.map(([v, text]) => h('option', { value: v }, text)));
  return list;
}

/** Chooses a value, also one that somebody wrote into the address, which then stands there as it is. */
export function pick(list: HTMLSelectElement, value: string): void {
  if (![...list.options].some(o => o.value === value)) list.appendChild(h('option', { value }, value));
  list.value = value;
}

/** A field to search by; it waits until nobody types, and for the end of a character that is being put together. */
export function searchField(label: Word, search: (text: string) => void): HTMLInputElement {
  let later = 0;
  const wait = () => {
    clearTimeout(later);
    later = window.setTimeout(() => search(text.value.trim()), pause);
  };
  const text = h('input', { type: 'search', 'data-filter': 'q', maxlength: 200, placeholder: t(label), 'aria-label': t(label),
    oninput: (e: Event) => { if (!(e as InputEvent).isComposing) wait(); }, oncompositionend: wait });
  return text;
}
