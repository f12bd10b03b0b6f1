// One plan: what it is, its checks, and another check with other settings.

import { h, replace } from '../dom';
import { all, download, get, send } from '../http';
import { choice, loading, problemBox, stage, verdictChip, wide } from '../parts';
import { go } from '../route';
import { bytes, t, time, tx } from '../words';
import type { Book, Check, Dataset, Me, Page, Plan } from '../types';

export function planView(id: string, me: Me): HTMLElement {
  const page = h('div', { class: 'page' }, loading());
  const load = async () => {
    try {
      const plan = await get<Plan>('/v1/plans/' + id);
      const [checks, books, sets] = await Promise.all([all<Check>(`/v1/plans/${id}/checks?limit=200`), get<Page<Book>>('/v1/rulebooks'),
        get<Page<Dataset>>(`/v1/counties/${plan.county}/datasets`).catch(() => ({ items: [] as Dataset[] }))]);
      const again = plan.blocked ? [blocked(plan, me, load)] : [h('h2', {}, t('checkAgain')), order(plan, books.items, sets.items)];
      replace(page, about(plan, me), ...again, h('h2', {}, t('checks')), list(checks));
    } catch (e) {
      replace(page, problemBox(e, load));
    }
  };
  void load();
  return page;
}

function about(p: Plan, me: Me): HTMLElement {
  const trouble = h('div', {});
  const facts: [string, string][] = [[t('code'), p.code], [t('countyOf'), p.county], [t('stage'), stage(p.stage)], [t('file'), `${p.file} (${bytes(p.size)})`],
    [t('uploaded'), time(p.created)], [t('by'), p.by || '']];
  return h('header', {},
    h('p', { class: 'kicker' }, t('plan')), h('h1', {}, p.name || p.code || p.file),
    h('dl', { class: 'facts' }, facts.filter(f => f[1]).map(([k, v]) => h('div', {}, h('dt', {}, k), h('dd', {}, v)))),
    h('p', {}, h('button', { type: 'button', onclick: () => { void download(`/v1/plans/${p.id}/package`, p.file).catch(e => alert(String(e))); } }, t('package')), ' ',
      (me.role === 'admin' || me.name === p.by) && h('button', { type: 'button', class: 'delete', onclick: () => { void remove(p, me).catch(e => replace(trouble, problemBox(e))); } }, t('deletePlan'))),
    trouble);
}

/** Deletes a plan: its uploader is asked whether, an administrator also why. */
async function remove(p: Plan, me: Me): Promise<void> {
  const name = p.name || p.code || p.file;
  let address = '/v1/plans/' + p.id;
  if (me.role === 'admin') {
    const reason = prompt(t('deleteWhy', name))?.trim();
    if (!reason) return;
    address += '?reason=' + encodeURIComponent(reason);
  } else if (!confirm(t('deleteSure', name))) return;
  await send<void>('DELETE', address);
  go('#/');
}

/** A plan that ended its checks' processes: why nothing can be asked for, and for an administrator the way on. */
function blocked(p: Plan, me: Me, lifted: () => void): HTMLElement {
  const trouble = h('div', {});
  return h('section', { class: 'problem' },
    h('h2', {}, t('blockedTitle')), h('p', {}, t('blockedWhat'), ' ', t(me.role === 'admin' ? 'blockedWhy' : 'blockedAsk', p.id)),
    me.role === 'admin' && h('p', {}, h('button', { type: 'button', onclick: () => {
      void send('DELETE', `/v1/plans/${p.id}/block`).then(lifted, e => replace(trouble, problemBox(e)));
    } }, t('unblock'))), trouble);
}

function order(p: Plan, books: Book[], sets: Dataset[]): HTMLElement {
  const ask: { rulebook?: string; stage?: string; base_version?: number } = {};
  const trouble = h('div', {});
  const versions = [...new Set(sets.map(d => d.version))].sort((a, b) => b - a);
  const current = sets.find(d => d.current)?.version;
  const name = (b: Book) => `${tx(b.title)} (${b.id})`;
  const stages = ['proposal', 'annual', 'subproject-acceptance', 'acceptance'];
  return h('form', { class: 'row', onsubmit: async (e: Event) => {
    e.preventDefault();
    try {
      go('#/checks/' + (await send<Check>('POST', `/v1/plans/${p.id}/checks`, ask)).id);
    } catch (err) { replace(trouble, problemBox(err)); }
  } },
    choice(t('rulebook'), '', p.decreed_rulebook ? books.filter(b => b.id === p.decreed_rulebook).map(b => ['', name(b)]) : [['', t('asPlan')], ...books.map(b => [b.id, name(b)] as [string, string])],
      v => { ask.rulebook = v || undefined; }),
    choice(t('stage'), '', [['', t('stageOwn')], ...stages.map(s => [s, stage(s)] as [string, string])], v => { ask.stage = v || undefined; }),
    choice(t('baseVersion'), '', [['', t('current')], ...versions.map(v => [String(v), v === current ? `${v} (${t('current')})` : String(v)] as [string, string])],
      v => { ask.base_version = v ? Number(v) : undefined; }),
    h('button', { class: 'primary' }, t('checkNow')), trouble);
}

function list(checks: Check[]): HTMLElement {
  if (!checks.length) return h('p', { class: 'soft' }, t('notYet'));
  return wide(t('checks'), h('table', {},
    h('thead', {}, h('tr', {}, [t('started'), t('result'), t('stage'), t('rulebook'), t('baseVersion'), t('by'), ''].map(x => h('th', { scope: 'col' }, x)))),
    h('tbody', {}, checks.map((c, i) => h('tr', {},
      h('td', { class: 'nowrap' }, h('a', { href: '#/checks/' + c.id }, time(c.created))),
      h('td', {}, c.verdict ? verdictChip(c.verdict, c.reservations) : t(c.state)),
      h('td', {}, c.stage ? stage(c.stage) : t('stageOwn')), h('td', {}, c.rulebook || t('asPlan')), h('td', {}, c.base_version || ''), h('td', {}, c.by || ''),
      h('td', {}, c.state === 'done' && checks[i + 1] && checks[i + 1].state === 'done' &&
        h('a', { href: `#/checks/${checks[i + 1].id}/diff/${c.id}` }, t('compare'))))))));
}
