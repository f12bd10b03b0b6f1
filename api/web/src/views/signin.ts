// Signing in by token, or at the organisation's issuer. The token stays in this window (sessionStorage).

import { h, replace } from '../dom';
import { get, problemOf, setToken } from '../http';
import { leave, offered, trouble as issuerTrouble } from '../issuer';
import { problemBox } from '../parts';
import { t } from '../words';
import type { Me } from '../types';

/** What is shown until somebody is signed in; failed is why
 * the issuer's sign-in came to nothing, if it did. */
export function signIn(done: (me: Me) => void, failed: string): HTMLElement {
  const field = h('input', { type: 'password', id: 'token', autocomplete: 'off', required: true, spellcheck: 'false' });
  const trouble = h('div', {}, failed && problemBox(issuerTrouble(failed)));
  const issuer = h('p', { hidden: true }, h('button', { type: 'button', class: 'primary', onclick: leave }, t('signInIssuer')));
  void offered().then(is => { issuer.hidden = !is; });
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
    issuer,
    h('form', { class: 'stack', onsubmit: submit },
      h('label', { for: 'token' }, t('token')), field,
      h('button', { class: 'primary' }, t('signIn'))),
    trouble,
    h('p', { class: 'soft' }, t('signInOIDC')));
}
