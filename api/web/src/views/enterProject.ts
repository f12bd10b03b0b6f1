// Entering what a plan moves into the township ledger, from its report.

import { h, replace } from '../dom';
import { ask } from '../http';
import { problemBox } from '../parts';
import { t } from '../words';
import type { LedgerProject, Me, Overview } from '../types';

/** The button, and where it says what came of it; nothing for who may not enter, and for a plan that does not comply. */
export function enterProject(o: Overview, me: Me): { button: HTMLElement; said: HTMLElement } | undefined {
  if (me.role === 'submitter' || o.verdict !== 'compliant') return undefined;
  const said = h('div', { class: 'entered', role: 'status' });
  const button = h('button', { type: 'button', title: t('ledgerEnterWhy'), onclick: async () => {
    button.disabled = true;
    try {
      const answer = await ask(`/v1/counties/${o.check.county}/ledger`, { method: 'POST', body: JSON.stringify({ check: o.check.id }), headers: { 'Content-Type': 'application/json' } });
      const project = await answer.json() as LedgerProject;
      replace(said, t(answer.status === 201 ? 'ledgerEntered' : 'ledgerEnteredBefore', project.code), ' ',
        h('a', { href: '#/ledger/' + o.check.county }, t('ledger')));
    } catch (e) { replace(said, problemBox(e)); }
    button.disabled = false;
  } }, t('ledgerEnter'));
  return { button, said };
}
