// What was decided on a check, at the head of its report; reviewers decide there.

import { h, replace } from '../dom';
import { download } from '../http';
import { problemBox } from '../parts';
import { decide, readDecisions, withdraw, type Decision } from '../review';
import { t, time } from '../words';
import type { DecisionKind } from '../facts';
import type { Me, Overview } from '../types';

const kinds: DecisionKind[] = ['pass', 'conditions', 'return'];
const look: Record<DecisionKind, string> = { pass: 's-pass', conditions: 's-warn', return: 's-fail' };

export function decisionPanel(o: Overview, me: Me): HTMLElement {
  const body = h('div', {}), trouble = h('div', {});
  const may = me.role !== 'submitter';
  const attempt = async (work: () => Promise<unknown>) => {
    try { await work(); replace(trouble); await load(); } catch (e) { replace(trouble, problemBox(e)); }
  };
  const load = async () => {
    try {
      const all = await readDecisions(o);
      replace(body, all.decision ? made(all.decision) : may && form(), all.withdrawn.length > 0 && before(all.withdrawn));
    } catch (e) { replace(trouble, problemBox(e, () => { replace(trouble); void load(); })); }
  };
  const made = (d: Decision) => h('div', { class: 'decided ' + look[d.decision] },
    h('p', {}, h('b', {}, t(`decision-${d.decision}`)), ` ${d.name} · ${d.date}`, d.entered && h('span', { class: 'soft' }, ' · ', h('a', { href: '#/ledger/' + o.check.county }, t('decisionEntered')))),
    h('p', { class: 'said' }, d.opinion),
    d.conditions && h('ol', {}, d.conditions.map(c => h('li', {}, c))),
    d.exceptions && d.exceptions.length > 0 && h('p', { class: 'soft' }, t('decisionExceptions', d.exceptions.length)),
    h('p', { class: 'actions' },
      h('button', { type: 'button', 'data-key': 'opinion', onclick: () => { void attempt(() => download(`/v1/checks/${o.check.id}/decision?f=docx`, (o.plan.code || 'landcheck') + '-' + t('decisionFile') + '.docx')); } }, t('decisionOpinion')),
      may && h('button', { type: 'button', 'data-key': 'withdraw', onclick: () => {
        const reason = prompt(t('decisionWithdrawWhy'))?.trim();
        if (reason) void attempt(() => withdraw(o, reason));
      } }, t('decisionWithdraw'))));
  const form = () => {
    const opinion = h('textarea', { rows: 3, maxlength: 4000, required: true }), conditions = h('textarea', { rows: 3, maxlength: 4000 });
    const name = h('input', { type: 'text', maxlength: 66, value: me.name }), date = h('input', { type: 'date' });
    const conditionsRow = field(t('decisionConditions'), conditions);
    const pick = kinds.map(k => h('input', { type: 'radio', name: 'decision', value: k, required: true, onchange: () => { conditionsRow.hidden = k !== 'conditions'; } }));
    conditionsRow.hidden = true;
    const send = () => {
      const kind = kinds[pick.findIndex(p => p.checked)];
      const list = conditions.value.split('\n').map(s => s.trim()).filter(Boolean);
      void attempt(() => decide(o, { decision: kind, opinion: opinion.value, name: name.value, ...(date.value ? { date: date.value } : {}), ...(kind === 'conditions' ? { conditions: list } : {}) }));
    };
    return h('details', { class: 'quiet decide' }, h('summary', { class: 'button' }, t('decide')),
      h('form', { class: 'hold', onsubmit: (e: Event) => { e.preventDefault(); send(); } },
        h('fieldset', {}, h('legend', {}, t('decision')), kinds.map((k, i) => h('label', { class: 'pick' }, pick[i], ' ', h('b', {}, t(`decision-${k}`)), ' ', h('span', { class: 'soft' }, t(`means-decision-${k}`))))),
        field(t('decisionWords'), opinion), conditionsRow, field(t('decisionName'), name), field(t('decisionDate'), date),
        h('button', { type: 'submit', class: 'primary' }, t('decide'))));
  };
  void load();
  return h('div', { class: 'decision', role: 'region', 'aria-label': t('decision') }, body, trouble);
}

function field(name: string, input: HTMLElement): HTMLElement { return h('label', { class: 'field' }, h('span', {}, name), input); }

function before(list: Decision[]): HTMLElement {
  return h('details', { class: 'quiet' }, h('summary', {}, t('decisionsWithdrawn', list.length)),
    h('ul', {}, list.map(d => h('li', {}, `${t(`decision-${d.decision}`)} ${d.name} ${d.date} · `, t('decisionWithdrawn', d.withdrawn!.by, time(d.withdrawn!.time), d.withdrawn!.reason)))));
}
