// Every format of the report, the map sheets, the package, and what systems receive of the plan.

import { h, replace } from '../dom';
import { deliverables, mapSheets, reportFormats } from '../facts';
import { download } from '../http';
import { problemBox } from '../parts';
import { t, word } from '../words';
import type { Me, Overview } from '../types';

/** What people ask for most comes first, the rest in the order of the table. */
const first = ['html', 'pdf', 'docx', 'xlsx', 'gpkg', 'geojson', 'csv'];
const place = (name: string) => (first.indexOf(name) + first.length + 1) % (first.length + 1);
const formats = [...reportFormats].sort(([a], [b]) => place(a) - place(b));

/** The menu of downloads. */
export function downloads(o: Overview, me: Me): HTMLElement {
  const trouble = h('div', {});
  const stem = (o.plan.code || 'landcheck') + '-' + o.check.id.slice(-6);
  const draft = o.verdict !== 'compliant';
  const item = (path: string, name: string, what: string, ending: string, id = ending) => h('li', {},
    h('button', { type: 'button', 'data-format': id, onclick: async () => {
      try {
        replace(trouble);
        await download(path, name);
        menu.open = false;
      } catch (e) { replace(trouble, problemBox(e)); }
    } }, h('b', {}, ending), h('span', {}, what)));
  const menu = h('details', { class: 'menu' },
    h('summary', { class: 'button' }, t('download')),
    h('div', { class: 'sheet' }, h('ul', {},
      formats.map(([f, ending]) => item(`/v1/checks/${o.check.id}/report?f=${f}`, stem + ending, word('as-', f), ending)),
      me.passports && item(`/v1/checks/${o.check.id}/passport`, stem + '.passport.json', t('as-passport'), '.passport.json'),
      o.base_layers && mapSheets.map(kind => item(`/v1/checks/${o.check.id}/maps/${kind}`, `${stem}-${kind}.svg`, word('map-', kind), '.svg', kind)),
      item(`/v1/plans/${o.package.id}/package`, o.package.file, t('as-package'), '.zip')),
      h('p', { class: 'part' }, t(draft ? 'exportDrafts' : 'exports')),
      h('ul', {}, deliverables.filter(k => k !== 'pbf-update' || o.base_layers).map(k =>
        item(`/v1/checks/${o.check.id}/exports/${k}${draft ? '?draft=true' : ''}`, `${stem}-${k}${draft ? '-草案' : ''}.zip`, word('export-', k), k))), trouble));
  menu.addEventListener('keydown', e => { if (e.key === 'Escape') { menu.open = false; menu.querySelector('summary')!.focus(); e.stopPropagation(); } });
  menu.addEventListener('focusout', e => { if (e.relatedTarget && !menu.contains(e.relatedTarget as Node)) menu.open = false; });
  return menu;
}
