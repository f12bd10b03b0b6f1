// The review form, row by row as on the official sheet.

import { h } from '../dom';
import { t, tx } from '../words';
import type { Overview } from '../types';

export function form(o: Overview): HTMLElement {
  if (!o.form.length) return h('div', { class: 'page' }, h('p', { class: 'soft' }, t('formNone')));
  return h('div', { class: 'page paper' },
    h('h2', { class: 'centre' }, tx(o.form_title)),
    h('table', { class: 'form' },
      h('thead', {}, h('tr', {}, h('th', { colspan: 2, scope: 'col' }, t('formItem')), h('th', { scope: 'col' }, t('formOut')), h('th', { scope: 'col' }, t('formIn')))),
      h('tbody', {}, o.form.map(r => h('tr', {},
        r.rows > 0 && h('th', { class: 'sec', rowspan: r.rows, scope: 'rowgroup' }, tx(r.section)),
        h('th', { class: 'lab', scope: 'row' }, tx(r.label)),
        r.is_wide ? h('td', { colspan: 2 }, tx(r.wide)) : [h('td', { class: 'n' }, r.out), h('td', { class: 'n' }, r.in)])))),
    h('p', { class: 'soft' }, t('formNote')));
}
