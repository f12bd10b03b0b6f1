// What the report was made from: layers, digests, notices.

import { h } from '../dom';
import { table } from '../parts';
import { area, t, tx, whole, word } from '../words';
import type { Layer, Overview } from '../types';

export function sources(o: Overview): HTMLElement {
  const layer = (l: Layer) => [word('role-', l.role), l.name, l.features, h('code', {}, l.digest.slice(0, 23) + '…')];
  return h('div', { class: 'page' },
    (o.notices.length > 0 || tx(o.slivers)) && h('section', {}, h('h2', {}, t('notices')),
      h('ul', {}, tx(o.slivers) && h('li', {}, tx(o.slivers)), o.notices.map(n => h('li', {}, tx(n.text))))),
    h('h2', {}, t('tabSources')),
    table([t('layer'), t('name'), t('features'), t('digest')], [
      [t('planPackage'), `${o.package.file} (${o.plan.crs})`, '', h('code', {}, o.package.digest.slice(0, 23) + '…')],
      ...o.plan.layers.map(layer), ...o.base.layers.map(layer),
      [t('rulebook'), o.rulebook.id, '', h('code', {}, o.rulebook.digest.slice(0, 23) + '…')]], 'small', t('tabSources')),
    h('p', { class: 'soft' }, `landcheck ${o.engine.version} · GEOS ${o.engine.geos} · `, t('ledgerLine', whole(o.faces), area(o.changed_m2))));
}
