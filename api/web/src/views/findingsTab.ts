// Findings beside the map: a list with filters, or one finding with what it
// takes to understand and fix it.

import { h, replace } from '../dom';
import { Findings, noFilter, open, type Filter } from '../findings';
import { get } from '../http';
import { createMap } from '../map/map';
import { choice, loading, problemBox } from '../parts';
import { go } from '../route';
import { t, tx, whole } from '../words';
import { detail } from './finding';
import { findingList } from './list';
import type { Face, Finding, Level, Overview, Page, Status } from '../types';

export interface FindingsTab { element: HTMLElement; show(finding: string): void; filter(f: Partial<Filter>): void; key(e: KeyboardEvent): void; end(): void }

const mostFaces = 500; // of one finding that are listed and drawn

export function findingsTab(o: Overview): FindingsTab {
  const base = `#/checks/${o.check.id}/findings`;
  let want: Filter = { ...noFilter };
  let list = new Findings(o.check.id, want, o.first);
  let now = '', at = -1, turn = 0;

  const bar = h('form', { class: 'filters', 'aria-label': t('filter') });
  const count = h('p', { class: 'soft count-line', 'aria-live': 'polite' });
  const trouble = h('div', {});
  const rows = findingList(e => replace(trouble, problemBox(e)));
  const left = h('div', { class: 'side-list' }, bar, count, trouble, rows.element);
  const one = h('div', { class: 'side-one scroll', tabindex: '-1', hidden: true });
  const map = createMap(o, id => go(`${base}/${id}`));
  const element = h('div', { class: 'split' }, h('div', { class: 'pane' }, left, one), map.element);

  const showList = async () => {
    replace(bar, filters(o, want, change));
    try {
      await rows.show(list, base + '/');
      replace(count, list.total || want.rule || want.level || want.township || want.status !== open ? t('shownOf', whole(list.total)) : t('noFindings'));
    } catch (e) { replace(trouble, problemBox(e, () => { replace(trouble); list = new Findings(o.check.id, want, o.first); void showList(); })); }
  };
  const change = (f: Partial<Filter>) => {
    want = { ...want, ...f };
    list = new Findings(o.check.id, want, o.first);
    void showList();
  };
  const step = async (by: number) => {
    await list.ensure(at + by + 1);
    const next = list.items[at + by];
    if (next) go(`${base}/${next.id}`);
  };

  const showOne = async (id: string) => {
    const mine = ++turn;
    if (one.hidden) replace(one, loading());
    left.hidden = true;
    one.hidden = false;
    try {
      const [finding, faces] = await Promise.all([get<Finding>(`/v1/checks/${o.check.id}/findings/${id}`),
        get<Page<Face>>(`/v1/checks/${o.check.id}/ledger?finding=${id}&limit=${mostFaces}`)]);
      if (mine !== turn) return;
      const paint = () => replace(one, detail(o, finding, faces.items, !!faces.next,
        { at, total: list.total, list: () => go(base), step: by => { void step(by); }, colour: side => map.colour(side) }));
      at = -1;
      paint();
      one.scrollTop = 0;
      one.focus({ preventScroll: true });
      map.select(finding, faces.items);
      document.title = `${finding.number} ${tx(finding.title)}`;
      let place = await list.place(id);
      if (place < 0) { want = { ...noFilter, status: '' }; list = new Findings(o.check.id, want, o.first); place = await list.place(id); }
      if (mine !== turn) return;
      at = place;
      const focused = document.activeElement?.getAttribute('data-key');
      paint();
      if (focused) (one.querySelector(`[data-key="${focused}"]`) as HTMLElement | null)?.focus();
    } catch (e) {
      if (mine === turn) replace(one, h('p', {}, h('button', { type: 'button', onclick: () => go(base) }, '‹ ', t('list'))), problemBox(e));
    }
  };

  void showList();
  return {
    element,
    show(finding) {
      if (finding) { now = finding; void showOne(finding); return; }
      turn++;
      left.hidden = false;
      one.hidden = true;
      replace(one);
      if (now) { map.select(undefined, []); void showList().then(() => { if (at >= 0) rows.reveal(at, true); }); }
      now = '';
      map.refresh();
    },
    filter: change,
    key(e) {
      if (e.key === 'Escape') { if (!map.cancel() && now) go(base); return; }
      const forward = e.key === 'j' || e.key === 'J' || e.key === 'ArrowRight', back = e.key === 'k' || e.key === 'K' || e.key === 'ArrowLeft';
      if (forward || back) { if (now) void step(forward ? 1 : -1); else if (forward) { at = -1; void step(1); } }
      if (e.key === 'f' || e.key === 'F') map.fit();
    },
    end() { rows.end(); map.end(); },
  };
}

function filters(o: Overview, w: Filter, change: (f: Partial<Filter>) => void): (HTMLElement | false)[] {
  const any: [string, string] = ['', t('all')];
  const statuses: Status[] = ['fail', 'not_checked', 'warn', 'justified', 'pass'];
  const levels: Level[] = ['mandatory', 'in_principle', 'advisory'];
  const rules = o.rules.filter(r => Object.keys(r.findings).length > 0);
  const plain = w.status === open && !w.level && !w.township && !w.rule;
  return [
    choice(t('status'), w.status, [[open, t('toLookAt')], any, ...statuses.map(s => [s, t(s)] as [string, string])], status => change({ status })),
    choice(t('level'), w.level, [any, ...levels.map(l => [l, t(l)] as [string, string])], level => change({ level })),
    choice(t('township'), w.township, [any, ...Object.entries(o.townships)], township => change({ township })),
    choice(t('rule'), w.rule, [any, ...rules.map(r => [r.id, tx(r.title)] as [string, string])], rule => change({ rule })),
    !plain && h('button', { type: 'button', class: 'link', onclick: () => change(noFilter) }, t('clearFilter')),
  ];
}
