// What is held of a finding: its state with reason and paper, who looks at it, what
// was said; reviewers change it, everybody comments.

import { h, replace } from '../dom';
import { problemBox } from '../parts';
import { changeReview, comment, readReview, type HeldState, type Remark, type Review, type Standing } from '../review';
import { area, t, time } from '../words';
import type { Finding, Me, Overview } from '../types';

export function heldTag(state: HeldState): HTMLElement { return h('span', { class: 'held-tag h-' + state }, t(`held-${state}`)); }

export function reviewPanel(o: Overview, me: Me, f: Finding, changed: (r: Review) => void): HTMLElement {
  const body = h('div', {}), trouble = h('div', {});
  const panel = h('section', { class: 'review', 'aria-label': t('review') }, body, trouble);
  const show = (r: Review) => { replace(trouble); replace(body, head(r), me.role !== 'submitter' && form(r), history(r.history || []), talk()); };
  const attempt = async (work: () => Promise<Review>) => {
    try {
      const r = await work();
      changed(r);
      show(r);
    } catch (e) { replace(trouble, problemBox(e, () => { void load(); })); }
  };
  const load = async () => {
    try { show(await readReview(o, f.id)); } catch (e) { replace(trouble, problemBox(e, () => { void load(); })); }
  };

  const form = (r: Review) => {
    const state = h('select', {}, (['open', 'accepted', 'false_alarm'] as HeldState[]).map(s => h('option', { value: s, selected: s === r.state }, t(`held-${s}`))));
    const reason = h('textarea', { rows: 2, maxlength: 1000 }, r.reason || ''), paper = h('input', { type: 'text', maxlength: 66, value: r.paper || '' });
    const assignee = h('input', { type: 'text', maxlength: 66, value: r.assignee || '' });
    const reasonRow = field(t('heldReason'), reason), paperRow = field(t('heldPaper'), paper);
    const fit = () => { reasonRow.hidden = state.value === 'open'; paperRow.hidden = state.value !== 'accepted'; };
    state.addEventListener('change', fit);
    fit();
    const save = async () => {
      const settled = state.value !== 'open';
      const next: Standing = { state: state.value as HeldState, reason: settled ? reason.value : '', paper: state.value === 'accepted' ? paper.value : '', assignee: assignee.value };
      await attempt(() => changeReview(o, f.id, r.version, next));
    };
    const details = h('details', { class: 'quiet' }, h('summary', { 'data-key': 'hold' }, t('heldChange')),
      h('form', { class: 'hold', onsubmit: (e: Event) => { e.preventDefault(); void save(); } },
        field(t('heldState'), state), reasonRow, paperRow, field(t('heldAssignee'), assignee), h('button', { type: 'submit', class: 'primary' }, t('save'))));
    details.addEventListener('accept', () => { // the key
      details.open = true;
      if (state.value === 'open') { state.value = 'accepted'; fit(); }
      reason.focus();
    });
    return details;
  };
  const talk = () => {
    const text = h('textarea', { rows: 2, maxlength: 2000, 'data-key': 'comment' });
    return h('form', { class: 'hold', onsubmit: (e: Event) => { e.preventDefault(); if (text.value.trim()) void attempt(() => comment(o, f.id, text.value)); } },
      field(t('commentWord'), text), h('button', { type: 'submit' }, t('commentSend')));
  };
  void load();
  return panel;
}

function field(name: string, input: HTMLElement): HTMLElement { return h('label', { class: 'field' }, h('span', {}, name), input); }

function head(r: Review): HTMLElement {
  return h('div', {}, h('h3', {}, t('review'), ' ', heldTag(r.state)),
    r.state === 'reopened' && h('p', { class: 'soft' }, t('heldReopened')),
    r.state === 'fixed' && h('p', { class: 'soft' }, t('heldFixed')),
    r.reason && h('p', { class: r.state === 'reopened' ? 'soft' : '' }, r.reason),
    r.paper && h('p', {}, t('heldPaper'), '：', r.paper),
    r.by && h('p', { class: 'soft' }, t('heldBy', r.by, time(r.since))),
    r.outgrown && r.seen && h('p', { class: 'outgrown' }, t('heldOutgrown', area(r.area_m2 || 0), area(r.seen.area_m2))),
    r.assignee && h('p', {}, t('heldAssignee'), '：', r.assignee));
}

function history(list: Remark[]): HTMLElement | false {
  if (!list.length) return false;
  return h('ol', { class: 'remarks-list' }, list.map(m => h('li', {},
    h('span', { class: 'soft' }, `${time(m.time)} ${m.by}`), ' ',
    m.standing ? [heldTag(m.standing.state), ' ', [m.standing.reason, m.standing.paper, m.standing.assignee && `${t('heldAssignee')} ${m.standing.assignee}`].filter(Boolean).join(' · ')]
      : h('span', { class: 'said' }, m.comment))));
}
