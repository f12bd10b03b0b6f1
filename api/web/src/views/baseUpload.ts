// Uploading base data of a county: sent, then loaded beside the requests; how far
// either is, and what came of it.

import { h, replace } from '../dom';
import { packageEndings } from '../facts';
import { get, problemOf, Problem, send, upload } from '../http';
import { tooLarge } from '../loose';
import { wrapper, type Dropped } from '../package/files';
import { isJunk } from '../package/names';
import { loading, problemBox } from '../parts';
import { Transfer, transferWords } from '../transfer';
import { lang, t, tx, whole, word } from '../words';
import { dropTarget } from './dropTarget';
import type { Load, Me } from '../types';

const pause = 700; // ms between questions how a load goes on

/** A place to drop base data on. county says whose it is, '' where that is still to be
 * written; loaded is told of a version that is there. */
export function baseUpload(me: Me, county: () => string, loaded: (l: Load) => void): HTMLElement {
  const state = h('div', { class: 'drop-state', 'aria-live': 'polite' });
  const first = h('input', { type: 'checkbox', id: 'base-candidate' });
  const take = async (dropped: Dropped[]) => {
    const files = dropped.filter(f => !isJunk(f.path));
    if (!files.length) return;
    if (!/^\d{6}$/.test(county())) { replace(state, problemBox(new Problem({ title: t('baseWhose'), advice: t('baseWhoseAdvice') }))); return; }
    const large = tooLarge(files.reduce((sum, f) => sum + f.data.size, 0), me.upload_bytes);
    if (large) { replace(state, problemBox(large)); return; }
    await sendBase(files, county(), !first.checked, state, loaded);
  };
  return h('div', {}, dropTarget(take, 'base-files', [h('p', { class: 'drop-title' }, t('baseDrop')), h('p', { class: 'soft' }, t('baseDropWhat', packageEndings.join(' / ')))],
    h('p', {}, h('label', { for: 'base-candidate' }, first, ' ', t('baseCandidate'))), state));
}

async function sendBase(files: Dropped[], county: string, current: boolean, state: HTMLElement, loaded: (l: Load) => void): Promise<void> {
  const name = files.length === 1 ? files[0].path.split('/').pop()! : wrapper(files.map(f => f.path)) || county;
  const bar = h('progress', { max: '1', value: 0, 'aria-label': t('uploading', name) }), pace = h('span', { class: 'soft pace' });
  const transfer = new Transfer(files.reduce((sum, f) => sum + f.data.size, 0), performance.now());
  const running = upload<Load>(`/v1/counties/${county}/datasets?current=${current}${files.length > 1 ? '&name=' + encodeURIComponent(name) : ''}`, files, (part, sent) => {
    bar.value = part;
    replace(pace, transferWords(transfer.at(performance.now(), sent)));
  });
  replace(state, h('p', {}, t('uploading', name), ' ', pace), bar, h('p', {}, h('button', { type: 'button', onclick: running.abort }, t('cancel'))));
  try {
    await followLoad(await running.done, state, loaded);
  } catch (e) { replace(state, problemBox(e)); }
}

/** Shows how a load goes on until it has ended. */
export async function followLoad(l: Load, state: HTMLElement, loaded: (l: Load) => void): Promise<void> {
  const bar = h('progress', { max: '1', 'aria-label': t('baseLoading', l.file) }), share = h('span', { class: 'soft pace' });
  const stop = () => { void send('DELETE', '/v1/loads/' + l.id).catch(e => replace(share, problemOf(e).title)); };
  replace(state, h('p', {}, t('baseLoading', l.file), ' ', share), bar, h('p', {}, h('button', { type: 'button', onclick: stop }, t('cancel'))));
  while (l.state === 'running') {
    await new Promise(r => setTimeout(r, pause));
    if (!state.isConnected) return; // another view is shown; the load goes on
    l = await get<Load>('/v1/loads/' + l.id);
    if (l.total > 0) { bar.value = l.done / l.total; replace(share, t('share', Math.floor(100 * l.done / l.total))); }
  }
  if (l.state === 'failed') {
    const p = l.problem!;
    replace(state, problemBox(new Problem({ title: t('baseFailed'), detail: tx(p.detail), advice: tx(p.advice), file: p.file || '', record: p.record || 0, field: p.field || '' })));
    return;
  }
  replace(state, l.state === 'cancelled' ? h('p', { class: 'soft' }, t('baseCancelled')) : h('div', { class: 'loaded' }, h('p', { role: 'status' }, t('baseLoaded', whole(l.version!))),
    l.missing?.length ? h('p', { class: 'next' }, t('baseMissing', l.missing.map(r => word('role-', r)).join(lang() === 'zh' ? '、' : ', '))) : ''));
  if (l.state === 'done') loaded(l);
}

/** What is loaded already, for whoever comes back to the page. */
export async function runningLoad(county: string, state: HTMLElement, loaded: (l: Load) => void): Promise<void> {
  const last = (await get<{ items: Load[] }>(`/v1/counties/${county}/loads`)).items[0];
  if (last && last.state === 'running') { replace(state, loading()); await followLoad(last, state, loaded); }
}
