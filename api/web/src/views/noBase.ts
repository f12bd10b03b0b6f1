// The first screen of a service that has no base data yet: it asks for some.

import { h } from '../dom';
import { coreLayers } from '../facts';
import { go } from '../route';
import { lang, t, word } from '../words';
import { baseUpload } from './baseUpload';
import type { Me } from '../types';

export function noBase(me: Me): HTMLElement {
  const code = h('input', { id: 'base-county', inputmode: 'numeric', maxlength: '6', pattern: '[0-9]{6}', autocomplete: 'off', value: me.prefix.length === 6 ? me.prefix : '' });
  return h('section', { class: 'no-base' },
    h('h1', {}, t('noBaseTitle')),
    h('p', {}, t('noBaseWhy')),
    h('ul', {}, coreLayers.map(([role, name]) => h('li', {}, h('code', {}, name), ' ', word('role-', role)))),
    me.role === 'admin' ? [
      h('p', {}, h('label', { for: 'base-county' }, t('baseCounty'), ' '), code),
      baseUpload(me, () => code.value.trim(), l => go('#/counties/' + l.county)),
    ] : h('p', { class: 'next' }, t('noBaseAsk')),
    h('p', { class: 'soft' }, t('noBaseHow')),
    h('p', {}, h('a', { class: 'button', href: '/docs/' + lang(), target: '_blank', rel: 'noopener' }, t('manual'))));
}
