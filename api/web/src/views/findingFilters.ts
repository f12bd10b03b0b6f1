// The filters of the findings.

import { h } from '../dom';
import { noFilter, open, type Filter } from '../findings';
import { levels, statuses } from '../parts';
import { heldStates } from '../review';
import { t, tx } from '../words';
import { pick, searchField, selectOf } from './filterParts';
import type { Overview } from '../types';

export interface FilterBar { element: HTMLElement; show(f: Filter): void }

/** changed is told what is asked for otherwise, and whether it is being typed. */
export function filterBar(o: Overview, changed: (f: Partial<Filter>, typed: boolean) => void): FilterBar {
  const select = (name: keyof Filter, label: 'status' | 'level' | 'township' | 'rule' | 'review' | 'sortBy', options: [string, string][]) =>
    selectOf(name, label, options, v => changed({ [name]: v }, false));
  const rules = o.rules.filter(r => Object.keys(r.findings).length > 0);
  const lists = {
    status: select('status', 'status', [[open, t('toLookAt')], ['', t('statusAny')], ...statuses.filter(s => s !== 'not_applicable').map(s => [s, t(s)] as [string, string])]),
    level: select('level', 'level', [['', t('levelAny')], ...levels.map(l => [l, t(l)] as [string, string])]),
    township: select('township', 'township', [['', t('townshipAny')], ...Object.entries(o.townships)]),
    rule: select('rule', 'rule', [['', t('ruleAny')], ...rules.map(r => [r.id, tx(r.title)] as [string, string])]),
    state: select('state', 'review', [['', t('heldAny')], ...heldStates.map(s => [s, t(`held-${s}`)] as [string, string])]),
    sort: select('sort', 'sortBy', [['', t('sortWorst')], ['area', t('sortArea')], ['township', t('sortTownship')], ['rule', t('sortRule')]]),
  };
  const text = searchField('searchFindings', q => changed({ q }, true));
  const clear = h('button', { type: 'button', class: 'link', hidden: true, onclick: () => { text.value = ''; text.focus(); changed(noFilter, false); } }, t('clearFilter'));
  return {
    element: h('form', { class: 'filters', 'aria-label': t('filter'), onsubmit: (e: Event) => e.preventDefault() },
      lists.status, lists.level, lists.township, lists.rule, lists.state, text, lists.sort, clear),
    show(f) {
      for (const [name, list] of Object.entries(lists)) pick(list, f[name as keyof Filter]);
      if (document.activeElement !== text) text.value = f.q;
      clear.hidden = JSON.stringify(f) === JSON.stringify(noFilter);
    },
  };
}
