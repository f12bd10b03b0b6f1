// Signing in by token. The token stays in this window (sessionStorage).

import { h, replace } from '../dom';
import { get, problemOf, setToken } from '../http';
import { problemBox } from '../parts';
import { t } from '../words';
import type { Me } from '../types';

export function signIn(done: (me: Me) => void): HTMLElement {
  const field = h('input', { type: 'password', id: 'token', autocomplete: 'off', required: true, spellcheck: 'false' });
  const trouble = h('div', {});
  const submit = async (e: Event) => {
    e.preventDefault();
    setToken(field.value.trim());
    try {
      done(await get<Me>('/v1/me'));
    } catch (err) {
      setToken('');
      const p = problemOf(err);
      if (p.status === 401) p.advice = t('signInBad');
      replace(trouble, problemBox(p));
      field.focus();
    }
  };
  return h('section', { class: 'narrow' },
    h('h1', {}, t('signIn')),
    h('p', {}, t('signInWhy')),
    h('form', { class: 'stack', onsubmit: submit },
      h('label', { for: 'token' }, t('token')), field,
      h('button', { class: 'primary' }, t('signIn'))),
    trouble,
    h('p', { class: 'soft' }, t('signInOIDC')));
}
