// Which layer is what, and whether it has the fields that its role needs.

import { h } from '../../dom';
import { planRoles } from '../../facts';
import type { Head } from '../../package/account';
import { ignored } from '../../package/draft';
import { ending } from '../../package/names';
import { lang, t, word } from '../../words';
import type { Form } from './page';

export function layersSection(form: Form): HTMLElement[] {
  const layers = form.draft.layers();
  return [h('h2', {}, t('stepLayers'), ' ', h('span', { class: 'hint' }, t('layersHint'))),
    layers.length ? h('ul', { class: 'cards' }, layers.map((head, i) => card(form, head, i))) : h('p', { class: 'soft' }, t('noLayers'))];
}

function card(form: Form, head: Head, i: number): HTMLElement {
  const { draft } = form, role = draft.role(head), left = draft.ignores(head);
  const lacking = draft.lacking(head);
  const missing = ending(head.path) === '.shp' ? ['.shx', '.dbf'].filter(end => !head.files.some(f => ending(f.path) === end)) : [];
  const open = !role && !left && head.usage === 'layer';
  return h('li', { class: 'card' + (lacking.length || open ? ' open' : '') + (left ? ' left' : '') },
    h('div', { class: 'card-head' },
      h('span', { class: 'strong path' }, head.path),
      h('span', { class: 'soft' }, role || left || head.usage === 'container' ? '' : head.base ? t('roleBase') : '')),
    select(form, head, i),
    head.usage === 'layer' && role !== '' && fields(form, head, i),
    lacking.length > 0 && h('p', { class: 'over' }, t('fieldsNeed', lacking.map(f => `${f.title[lang() === 'en' ? 1 : 0]} (${f.columns.join(', ')})`).join(t('comma')))),
    missing.length > 0 && h('p', { class: 'over' }, t('lacksPart', missing.join(' '))),
    ending(head.path) === '.shp' && !head.files.some(f => ending(f.path) === '.prj') && h('p', { class: 'soft' }, t('lacksPrj')));
}

function select({ draft, changed }: Form, head: Head, i: number): HTMLElement {
  const role = draft.role(head), container = head.usage === 'container';
  const option = (value: string, text: string, on: boolean) => h('option', { value, selected: on }, text);
  return h('select', { id: 'role-' + i, 'aria-label': t('roleOfLayer', head.path), onchange: (e: Event) => {
    const value = (e.target as HTMLSelectElement).value;
    if (value === head.role && value !== '') draft.said.delete(head.path);
    else draft.said.set(head.path, value);
    if (!value) draft.said.delete(head.path);
    draft.fields.delete(head.path);
    changed();
  } },
  option('', container ? t('roleInside') : t('roleNone'), !role && !draft.ignores(head)),
  !container && planRoles.map(r => option(r.role, word('role-', r.role) + (r.names.length ? ` (${r.names[0]})` : ''), r.role === role)),
  option(ignored, t('roleIgnore'), draft.ignores(head)));
}

/** Fields found of those that the role knows; each can be said to be in another column. */
function fields(form: Form, head: Head, i: number): HTMLElement {
  const { draft } = form, columns = draft.columns.get(head.path), all = draft.fieldsOf(head);
  if (!columns) return h('p', { class: 'soft' }, t('fieldsUnknown'));
  const found = all.filter(f => draft.column(head, f));
  return h('details', { class: 'quiet', id: 'fields-' + i, open: draft.lacking(head).length > 0 },
    h('summary', {}, t('fieldsFound', found.length, all.length)),
    h('div', { class: 'fields' }, all.map((f, n) => {
      const column = draft.column(head, f), title = f.title[lang() === 'en' ? 1 : 0], id = `field-${i}-${n}`;
      return h('div', {}, h('label', { for: id, class: f.required ? 'strong' : '' }, title, f.required && ' *', h('span', { class: 'soft' }, ' ' + f.columns.join(' / '))),
        h('select', { id, 'aria-label': t('fieldAs', title), onchange: (e: Event) => {
          const own = { ...draft.fields.get(head.path) }, value = (e.target as HTMLSelectElement).value;
          if (value) own[f.key] = value;
          else delete own[f.key];
          draft.fields.set(head.path, own);
          form.changed();
        } }, !f.columns.includes(column.toUpperCase()) || !column ? h('option', { value: '', selected: !column }, t('fieldAbsent')) : null,
        columns.map(c => h('option', { value: c, selected: c === column }, c))));
    })));
}
