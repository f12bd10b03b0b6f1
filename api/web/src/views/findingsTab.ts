// Findings beside the map: a list with filters, or one finding with what it
// takes to understand and fix it.

import { Ahead } from '../ahead';
import { h, replace } from '../dom';
import { asked, filterOf, Findings, noFilter, type Filter } from '../findings';
import { createMap } from '../map/map';
import { loading, problemBox } from '../parts';
import { Held } from '../review';
import { go, goInstead, withQuery, type Query } from '../route';
import { t, tx, whole } from '../words';
import { detail } from './finding';
import { filterBar } from './findingFilters';
import { findingList } from './list';
import { reviewPanel } from './review';
import type { Me, Overview } from '../types';

export interface FindingsTab { element: HTMLElement; show(finding: string, query: Query): void; key(e: KeyboardEvent): void; end(): void }

const mostFaces = 500; // of one finding that are listed and drawn

export function findingsTab(o: Overview, me: Me): FindingsTab {
  const base = `#/checks/${o.check.id}/findings`;
  const pages = new Ahead(o.check.id, mostFaces);
  let want: Filter = noFilter;
  let list = new Findings(o.check.id, want, o.first);
  let listed = false; // the list of want is on its way or there
  let now = '', turn = 0;
  let at = -1; // where now stands in the list; -1 while that is looked up
  let placed: Promise<unknown> = Promise.resolve();
  let visit = 0; // how often somebody went back to the list: presses of before count for nothing
  let walk: Promise<unknown> = Promise.resolve(); // presses of J and K, one after another

  const address = (id: string, f: Filter = want) => withQuery(id ? `${base}/${id}` : base, asked(f));
  const bar = filterBar(o, (f, typed) => { if (!now) (typed ? goInstead : go)(address('', { ...want, ...f })); });
  const count = h('p', { class: 'soft count-line', 'aria-live': 'polite' });
  const trouble = h('div', {});
  const held = new Held(o);
  const rows = findingList(e => replace(trouble, problemBox(e)), held);
  const left = h('div', { class: 'side-list' }, bar.element, count, trouble, rows.element);
  const one = h('div', { class: 'side-one scroll', tabindex: '-1', hidden: true });
  const map = createMap(o, id => go(address(id)));
  const element = h('div', { class: 'split' }, h('div', { class: 'pane' }, left, one), map.element);

  const filter = (f: Filter) => {
    if (JSON.stringify(f) === JSON.stringify(want)) return;
    want = f;
    list = new Findings(o.check.id, want, o.first);
    listed = false;
    at = -1;
  };
  const showList = async () => {
    const mine = list;
    listed = true;
    bar.show(want);
    replace(trouble);
    try {
      await rows.show(mine, address);
      if (mine === list) pages.ahead(mine.items[0]);
      if (mine === list) replace(count, mine.total || JSON.stringify(want) !== JSON.stringify(noFilter) ? t('shownOf', whole(mine.total)) : t('noFindings'));
    } catch (e) {
      if (mine !== list) return;
      listed = false;
      replace(count);
      replace(trouble, problemBox(e, () => { list = new Findings(o.check.id, want, o.first); void showList(); }));
    }
  };
  const step = (by: number) => {
    const here = visit;
    walk = walk.then(async () => {
      await placed;
      const to = now ? at + by : 0;
      if (here !== visit || now && at < 0 || to < 0) return;
      await list.ensure(to + 1);
      if (here !== visit || !list.items[to]) return;
      at = to;
      now = list.items[to].id;
      go(address(now));
    }).catch(e => { one.insertBefore(problemBox(e), one.firstChild); });
  };

  const toList = () => {
    visit++;
    go(address(''));
  };

  const showOne = async (id: string) => {
    const mine = ++turn;
    if (one.hidden) replace(one, loading());
    left.hidden = true;
    one.hidden = false;
    let settle: () => void = () => undefined;
    if (at < 0 || !list.items[at] || list.items[at].id !== id) {
      at = -1;
      placed = new Promise<void>(done => { settle = done; });
    }
    try {
      const [finding, faces] = await pages.get(id);
      if (mine !== turn) return;
      const review = reviewPanel(o, me, finding, r => held.keep(r)); // one, whatever is painted again: what is typed stays
      const paint = () => replace(one, detail(o, finding, faces.items, !!faces.next,
        { at, total: list.total, list: toList, step, colour: side => map.colour(side), seek: (role, id) => map.seek(role, id, finding.bbox) }, review));
      paint();
      one.scrollTop = 0;
      one.focus({ preventScroll: true });
      map.select(finding, faces.items);
      document.title = `${finding.number} ${tx(finding.title)}`;
      performance.mark('finding-shown', { detail: id });
      if (at >= 0) { pages.ahead(list.items[at + 1], list.items[at - 1]); return; }
      let place = await list.place(id);
      if (mine !== turn) return;
      if (place < 0) { // it is none of those that are asked for: all are
        filter(filterOf({ status: 'any' }));
        place = await list.place(id);
        if (mine !== turn) return;
        goInstead(address(id));
      }
      at = place;
      pages.ahead(list.items[at + 1], list.items[at - 1]);
      const focused = document.activeElement?.getAttribute('data-key');
      paint();
      if (focused) (one.querySelector(`[data-key="${focused}"]`) as HTMLElement | null)?.focus();
    } catch (e) {
      if (mine === turn) replace(one, h('p', {}, h('button', { type: 'button', onclick: toList }, '‹ ', t('list'))), problemBox(e));
    } finally { settle(); }
  };

  void held.load().then(() => rows.draw(), e => replace(trouble, problemBox(e)));
  let shown = '';
  return {
    element,
    show(finding, query) {
      filter(filterOf(query));
      if (finding && finding === shown) { now = finding; return; } // the filter alone is another
      if (finding) { shown = now = finding; void showOne(finding); return; }
      shown = '';
      turn++;
      left.hidden = false;
      one.hidden = true;
      replace(one);
      const from = now ? at : -1;
      if (now) map.select(undefined, []);
      now = '';
      if (!listed || from >= 0) void showList().then(() => { if (from >= 0) rows.reveal(from, true); });
      map.refresh();
    },
    key(e) {
      if (e.key === 'Escape') { if (!map.cancel() && now) toList(); return; }
      const forward = e.key === 'j' || e.key === 'J' || e.key === 'ArrowRight', back = e.key === 'k' || e.key === 'K' || e.key === 'ArrowLeft';
      if (forward || back && now) step(forward ? 1 : -1);
      if (e.key === 'f' || e.key === 'F') map.fit();
      if (now && (e.key === 'c' || e.key === 'C')) { e.preventDefault(); one.querySelector<HTMLElement>('[data-key=comment]')?.focus(); }
      if (now && (e.key === 'a' || e.key === 'A')) { e.preventDefault(); one.querySelector('[data-key=hold]')?.parentElement!.dispatchEvent(new Event('accept')); }
    },
    end() { rows.end(); map.end(); },
  };
}
