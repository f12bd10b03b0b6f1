// The first screen of a service that has no base data yet: it asks for some.

import { h } from '../dom';
import { coreLayers } from '../facts';
import { lang, t, word } from '../words';

export function noBase(): HTMLElement {
  return h('section', { class: 'no-base' },
    h('h1', {}, t('noBaseTitle')),
    h('p', {}, t('noBaseWhy')),
    h('ul', {}, coreLayers.map(([role, name]) => h('li', {}, h('code', {}, name), ' ', word('role-', role)))),
    h('p', { class: 'next' }, t('noBaseHow')),
    h('p', {}, h('a', { class: 'button', href: '/docs/' + lang(), target: '_blank', rel: 'noopener' }, t('manual'))));
}
