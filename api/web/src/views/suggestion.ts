// The smallest changes that make a plan pass, in words, on the map beside the plan, and as a package.

import { h, replace } from '../dom';
import { download, get } from '../http';
import { createSuggestionMap, type SuggestionMap } from '../map/suggestionMap';
import { problemBox } from '../parts';
import { area, t, tx } from '../words';
import type { Overview, Repair, Suggestion, Suggestions } from '../types';

export function suggestionView(check: string): { element: HTMLElement; end(): void } {
  const answer = h('div', {});
  const stop = new AbortController();
  let map: SuggestionMap | undefined;
  const load = async () => {
    replace(answer, h('p', { class: 'soft loading', role: 'status' }, t('suggestSearching')));
    try {
      const o = await get<Overview>(`/v1/checks/${check}/overview`, stop.signal);
      const set = await get<Suggestions>(`/v1/checks/${check}/suggestion`, stop.signal);
      if (stop.signal.aborted) return;
      map = createSuggestionMap(o);
      replace(answer, all(o, set, map));
      map.refresh();
    } catch (e) { if (!stop.signal.aborted) replace(answer, problemBox(e, () => { void load(); })); }
  };
  void load();
  return {
    element: h('div', { class: 'page' }, h('h1', {}, t('suggest')), h('p', { class: 'soft' }, t('suggestWhy')),
      h('p', {}, h('a', { href: '#/checks/' + check }, t('back'))), answer),
    end() { stop.abort(); map?.end(); },
  };
}

/** The suggestion that repairs most, as the service applies it. */
function best(set: Suggestions, add: boolean): Repair | undefined {
  for (const s of [set.together, ...set.rules]) {
    if (s?.or && (add || !s.found)) return s.or;
    if (s?.found) return s;
  }
  return undefined;
}

function all(o: Overview, set: Suggestions, map: SuggestionMap): HTMLElement {
  const first = best(set, false);
  if (first) map.show(first);
  return h('div', {},
    !set.rules.length && !set.not_shape.length && h('p', {}, t('suggestNothing')),
    first && files(o, set), first && map.element,
    set.together && set.rules.length > 1 && section(t('suggestTogether'), set.together, map),
    set.rules.map(s => section(`${s.for[0].id} ${tx(s.for[0].title)}`, s, map)),
    set.not_shape.length > 0 && h('section', {}, h('h2', {}, t('suggestNotShape')),
      h('ul', {}, set.not_shape.map(n => h('li', {}, h('b', {}, `${n.rule.id} ${tx(n.rule.title)}`), '：', tx(n.why))))));
}

function section(title: string, s: Suggestion, map: SuggestionMap): HTMLElement {
  return h('section', { 'data-suggestion': s.for.map(r => r.id).join(' ') }, h('h2', {}, title), repair(s, map),
    s.or && [h('h3', {}, t('suggestOr')), repair(s.or, map)]);
}

/** One change of the plan; each of its lines shows its land on the map. */
function repair(r: Repair, map: SuggestionMap): HTMLElement {
  if (!r.found) return h('p', {}, t('suggestNone', tx(r.why)));
  const how = r.least ? t('suggestLeast') : t('suggestWithin', area(r.within_m2));
  return h('div', {}, h('p', {}, t('suggestHead', r.parcels, area(r.area_m2), how, r.verdict ? t(r.verdict) : '')),
    h('ul', {}, r.changes.map(c => h('li', {}, h('button', { type: 'button', class: 'link', 'data-change': c.id, onclick: () => {
      map.show(r);
      map.select(c.id, c.geometry);
      map.element.scrollIntoView({ block: 'nearest' });
    } }, tx(c.text))))),
    !r.checked_whole && h('p', { class: 'soft' }, t('suggestFaces')),
    r.fails.length > 0 && h('p', {}, t('suggestFails', r.fails.join(', '))));
}

/** The downloads. */
function files(o: Overview, set: Suggestions): HTMLElement {
  const trouble = h('div', {});
  const stem = (o.plan.code || 'landcheck') + '-建议稿';
  const item = (part: string, name: string, what: string) => h('button', { type: 'button', 'data-format': name, onclick: async () => {
    try {
      replace(trouble);
      await download(`/v1/checks/${o.check.id}/suggestion${part}`, stem + name);
    } catch (e) { replace(trouble, problemBox(e)); }
  } }, what);
  return h('div', {}, h('p', { class: 'row' }, item('/package', '.zip', t('suggestPackage')),
    best(set, true) !== best(set, false) && item('/package?add=true', '-add.zip', t('suggestPackageAdd')),
    item('?f=gpkg', '.gpkg', t('download') + ' .gpkg'), item('?f=json', '.json', t('download') + ' .json')), trouble);
}
