// Administration: counties with their base data, tokens, the audit trail.

import { h, replace } from '../dom';
import { all, get, send } from '../http';
import { choice, countyName, loading, problemBox, table, wide } from '../parts';
import { t, time, word } from '../words';
import type { AdminTab } from '../route';
import type { County, Dataset, Entry, Me, Page, Token } from '../types';

export function admin(tab: AdminTab, me: Me): HTMLElement {
  const tabs: [AdminTab, string][] = [['counties', t('counties')], ['tokens', t('tokens')], ['audit', t('audit')]];
  const room = h('div', { class: 'page' }, loading());
  const load = async () => {
    try {
      replace(room, ...await (tab === 'counties' ? counties() : tab === 'tokens' ? tokens(me) : audit()));
    } catch (e) { replace(room, problemBox(e, () => { void load(); })); }
  };
  void load();
  return h('div', { class: 'report' }, h('nav', { class: 'tabs', 'aria-label': t('admin') },
    tabs.map(([name, text]) => h('a', { href: '#/admin/' + name, 'aria-current': name === tab ? 'page' : undefined }, text))), room);
}

async function counties(): Promise<HTMLElement[]> {
  const list = (await get<Page<County>>('/v1/counties')).items;
  const sets = await Promise.all(list.map(c => all<Dataset>(`/v1/counties/${c.code}/datasets`)));
  const parts = list.map((c, i) => {
    const versions = [...new Set(sets[i].map(d => d.version))];
    return h('section', {}, h('h2', {}, h('a', { href: '#/counties/' + c.code }, countyName(c))), versions.map(v => {
      const mine = sets[i].filter(d => d.version === v);
      return h('details', { open: v === c.version }, h('summary', {}, t('version'), ` ${v} `, v === c.version && h('span', { class: 'tag' }, t('current')),
        h('span', { class: 'soft' }, ` ${time(mine[0].loaded)} · ${mine.length} ${t('layers')}`)),
        table([t('layer'), t('name'), t('features'), t('crs'), t('digest')],
          mine.map(d => [word('role-', d.role), d.file, d.features, d.crs, h('code', {}, d.digest.slice(0, 23) + '…')]), 'small', c.code));
    }));
  });
  return [h('h1', {}, t('counties')), ...(parts.length ? parts : [h('p', { class: 'soft' }, t('noCounties'))]), h('p', { class: 'soft' }, t('loadHow'))];
}

async function tokens(me: Me): Promise<HTMLElement[]> {
  if (me.role !== 'admin') return [h('p', { class: 'soft' }, t('needsRole'))];
  const room = h('div', {}), made = h('div', { 'aria-live': 'polite' });
  const listed = async () => (await get<Page<Token>>('/v1/tokens')).items;
  const first = await listed();
  if (!first.length && me.name === 'local') return [h('h1', {}, t('tokens')), h('p', { class: 'note' }, t('firstToken'))]; // none is made here
  const show = (list: Token[]) => {
    const state = (x: Token) => x.revoked ? t('revoked') : x.expires && new Date(x.expires) < new Date() ? t('expired') : t('valid');
    replace(room, table([t('holder'), t('role'), t('prefix'), t('created'), t('expires'), t('status'), ''],
      list.map(x => [x.name, word('role-', x.role), x.prefix || t('everywhere'), time(x.created), x.expires ? time(x.expires) : t('never'), state(x),
        x.revoked ? '' : h('button', { type: 'button', onclick: async () => {
          if (!confirm(t('revokeSure', x.name))) return;
          try { await send('DELETE', '/v1/tokens/' + x.id); show(await listed()); } catch (e) { replace(made, problemBox(e)); }
        } }, t('revoke'))])));
  };
  show(first);
  const name = h('input', { type: 'text', required: true }), prefix = h('input', { type: 'text', inputmode: 'numeric', value: me.prefix });
  const expires = h('input', { type: 'date' });
  let role = 'reviewer';
  const form = h('form', { class: 'row', onsubmit: async (e: Event) => {
    e.preventDefault();
    try {
      const body = { name: name.value, role, prefix: prefix.value, ...(expires.value ? { expires: new Date(expires.value + 'T23:59:59').toISOString() } : {}) };
      const x = await send<Token>('POST', '/v1/tokens', body);
      replace(made, h('div', { class: 'note' }, h('p', {}, t('secretOnce')), h('p', {}, h('code', { class: 'secret' }, x.secret || ''))));
      show(await listed());
    } catch (err) { replace(made, problemBox(err)); }
  } },
    h('label', { class: 'choice' }, h('span', {}, t('holder')), name),
    choice(t('role'), role, ['submitter', 'reviewer', 'admin'].map(r => [r, word('role-', r)] as [string, string]), v => { role = v; }),
    h('label', { class: 'choice' }, h('span', {}, t('prefix')), prefix), h('label', { class: 'choice' }, h('span', {}, t('expires')), expires),
    h('button', { class: 'primary' }, t('create')));
  return [h('h1', {}, t('tokens')), room, h('h2', {}, t('newToken')), form, made];
}

async function audit(): Promise<HTMLElement[]> {
  const body = h('tbody', {}), more = h('p', {});
  const add = async (path: string) => {
    const page = await get<Page<Entry>>(path);
    for (const e of page.items) body.appendChild(h('tr', {}, h('td', { class: 'nowrap' }, time(e.time)), h('td', {}, e.who), h('td', {}, word('audit-', e.what), e.reason && h('span', { class: 'soft' }, ' ' + e.reason)),
      h('td', {}, h('code', {}, e.object)), h('td', {}, e.county || ''), h('td', {}, h('code', {}, (e.digest || '').slice(0, 19)))));
    replace(more, page.next && h('button', { type: 'button', onclick: () => { void add(page.next!).catch(err => replace(more, problemBox(err))); } }, t('more')));
  };
  await add('/v1/audit?limit=100');
  return [h('h1', {}, t('audit')), body.firstChild ? wide(t('audit'), h('table', { class: 'small' },
    h('thead', {}, h('tr', {}, [t('when'), t('who'), t('what'), t('object'), t('countyOf'), t('digest')].map(x => h('th', { scope: 'col' }, x)))), body))
    : h('p', { class: 'soft' }, t('noEntries')), more];
}
