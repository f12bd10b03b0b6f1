// A check that waits, runs or has failed. It becomes the report by itself.

import { h, replace } from '../dom';
import { follow, Problem, send } from '../http';
import { problemBox } from '../parts';
import { t, tx } from '../words';
import type { Check } from '../types';

export function progress(first: Check, finished: () => void): { element: HTMLElement; end: () => void } {
  const element = h('div', { class: 'page narrow' });
  const stop = new AbortController();
  const bar = h('progress', { max: '1', 'aria-label': t('running') });
  const words = h('p', { class: 'soft', 'aria-live': 'polite' });
  const title = h('h1', {});
  const cancel = h('button', { type: 'button', onclick: () => {
    void send('DELETE', '/v1/checks/' + first.id).catch(e => element.appendChild(problemBox(e)));
  } }, t('cancelCheck'));
  replace(element, title, bar, words, h('p', {}, cancel));

  const show = (c: Check) => {
    if (c.state === 'done') { stop.abort(); finished(); return; }
    if (c.state === 'failed' || c.state === 'cancelled') { replace(element, ended(c)); return; }
    replace(title, t(c.state));
    if (c.total > 0) bar.value = c.done / c.total;
    replace(words, c.state === 'queued' ? t('waiting') : c.total > 0 ? t('progressOf', c.done, c.total) : t('readingBase'));
  };
  show(first);
  if (first.state === 'queued' || first.state === 'running') {
    follow(first.id, show, stop.signal).catch(e => replace(element, problemBox(e)));
  }
  return { element, end: () => stop.abort() };
}

function ended(c: Check): HTMLElement {
  const again = h('p', {}, h('a', { class: 'button', href: '#/plans/' + c.plan }, t('checkAgain')), ' ', h('a', { class: 'button', href: '#/' }, t('uploadTitle')));
  if (c.state === 'cancelled' || !c.problem) return h('div', {}, h('h1', {}, t(c.state)), again);
  const p = c.problem;
  return h('div', {}, problemBox(new Problem({ title: t('failedTitle'), detail: tx(p.detail), advice: tx(p.advice), file: p.file, record: p.record, field: p.field })), again);
}
