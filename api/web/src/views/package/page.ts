// The form that makes a package: files, layers, project, papers, the rest, and
// plan.yaml with all of it.

import { h, replace } from '../../dom';
import { get } from '../../http';
import { tooLarge } from '../../loose';
import { Draft, type DraftState } from '../../package/draft';
import type { Dropped } from '../../package/files';
import { ending } from '../../package/names';
import type { Kept } from '../../package/kept';
import { linesOf, type Line, type PaperRule } from '../../package/wanted';
import { unpacked } from '../../package/zip';
import { Problem } from '../../http';
import { problemBox } from '../../parts';
import { go } from '../../route';
import { t, time } from '../../words';
import type { Book, County, Me, Page } from '../../types';
import { dropTarget } from '../dropTarget';
import { sendPlan } from '../sending';
import { filesSection } from './files';
import { finishSection } from './finish';
import { keeping } from './keeping';
import { layersSection } from './layers';
import { papersSection } from './papers';
import { projectSection } from './project';
import { restSection } from './rest';
import { findVillages } from './villages';

/** All that the sections of the form share. */
export interface Form {
  me: Me; draft: Draft; counties: County[]; books: Book[]; lines: Line[];
  /** Something was said that other sections show: lines and all sections anew. */
  changed(): void;
  /** Something was said that only plan.yaml shows. */
  worded(): void;
  /** The package was handed in: its draft is kept no longer. */
  handedIn(): void;
}

let handed: Dropped[] = []; // files that were dropped on the first screen

/** Opens the form with files. */
export function openForm(files: Dropped[]): void {
  handed = files;
  go('#/new');
}

export function packageForm(me: Me): HTMLElement {
  const draft = new Draft(), rules = new Map<string, PaperRule[]>();
  const state = h('div', { class: 'drop-state', 'aria-live': 'polite' }), notes = h('div', {});
  const rooms = [filesSection, layersSection, projectSection, papersSection, restSection, finishSection].map(draw => ({ draw, room: h('section', { class: 'step', hidden: true }) }));
  let searched = ''; // the project area and county that villages were looked for

  const kept = keeping(me.name, draft, () => replaceForm(page, me));
  const form: Form = { me, draft, counties: [], books: [], lines: [], changed: () => { void update().then(() => kept.changed(false)); },
    worded: () => { void redraw(rooms.slice(-1)); kept.changed(false); }, handedIn: () => { void kept.end(); } };
  const press = pressing();

  const rulesNow = async (): Promise<PaperRule[]> => {
    const id = draft.rulebook || form.counties.find(c => c.code === draft.project.county)?.rulebook || form.counties[0]?.rulebook || form.books[0]?.id;
    if (!id) return [];
    if (!rules.has(id)) rules.set(id, (await get<{ rules: PaperRule[] }>('/v1/rulebooks/' + id)).rules);
    return rules.get(id)!;
  };

  const update = async () => {
    try {
      const area = draft.area(), key = `${area?.path} ${draft.project.county}`;
      if (key !== searched) {
        searched = key;
        await findVillages(form, area);
      }
      form.lines = [...linesOf(await rulesNow(), { stage: draft.project.stage, villages: draft.villages.filter(v => v.on), subprojects: draft.subprojects, pbf: draft.movesPBF(), quotaLeaves: draft.quotaLeaves() }), ...draft.extra];
      draft.guessAll(form.lines);
      await redraw(rooms);
    } catch (e) { replace(notes, problemBox(e, form.changed)); }
  };

  const redraw = async (some: typeof rooms) => {
    await press.over();
    const id = document.activeElement?.id;
    for (const { draw, room } of some) {
      room.hidden = !draft.dropped.length;
      const open = new Set([...room.querySelectorAll('details[open]')].map(d => d.id));
      replace(room, ...draw(form));
      for (const d of room.querySelectorAll('details')) if (open.has(d.id)) d.open = true;
    }
    if (id && document.activeElement?.id !== id) document.getElementById(id)?.focus({ preventScroll: true });
  };

  const take = async (files: Dropped[]) => {
    if (!files.length) return;
    replace(state, h('p', { role: 'status' }, t('readingFiles')));
    replace(notes);
    try {
      const all = await opened(files, draft.dropped.length > 0, me.upload_bytes);
      const large = tooLarge([...draft.dropped, ...all].reduce((sum, f) => sum + f.data.size, 0), me.upload_bytes);
      if (large) throw large;
      const replaced = await draft.add(all);
      replace(state);
      if (replaced.length) replace(notes, h('div', { class: 'note', role: 'status' }, replaced.map(path => h('p', {}, t('sameFile', path)))));
      await update();
      kept.changed(true);
    } catch (e) { replace(state, problemBox(e)); }
  };

  /** Goes on with what was kept; the search for villages leaves ticks as they were. */
  const resume = async (before: Kept) => {
    await draft.restore(before.state as DraftState, before.files);
    const ticks = new Map(draft.villages.map(v => [v.code, v.on]));
    await update();
    for (const v of draft.villages) v.on = ticks.get(v.code) ?? v.on;
    await update();
    kept.changed(false);
    replace(notes, h('div', { class: 'note', role: 'status' }, h('p', {}, t('draftResumed', time(new Date(before.at).toISOString())))));
  };

  const given = handed, direct = h('div', { class: 'note', hidden: !given.length }, h('p', {}, t('noManifest')),
    h('p', {}, h('button', { type: 'button', id: 'as-is', onclick: () => { void sendPlan(given, state, draft.project.county).then(sent => { if (sent) form.handedIn(); }); } }, t('checkAsIs'))));
  handed = [];
  void Promise.all([get<Page<County>>('/v1/counties'), get<Page<Book>>('/v1/rulebooks')]).then(async ([counties, books]) => {
    form.counties = counties.items;
    form.books = books.items;
    if (counties.items.length === 1) draft.project.county = counties.items[0].code;
    const before = await kept.before();
    if (before && !given.length) return resume(before);
    await take(given);
    if (before && before.files.length) notes.appendChild(h('div', { class: 'note' }, h('p', {}, t('draftThere', time(new Date(before.at).toISOString()), before.files.length), ' ',
      h('button', { type: 'button', id: 'resume-draft', onclick: () => { direct.hidden = true; void resume(before).then(() => kept.changed(true)); } }, t('resumeDraft')))));
  }).catch(e => replace(notes, problemBox(e)));

  const page = h('div', { class: 'page package', onpointerdown: press.begin },
    h('h1', {}, t('packageTitle')), h('p', { class: 'lead' }, t('packageLead')), kept.element, direct,
    dropTarget(take, 'package-files', [h('p', { class: 'drop-title' }, t('packageDrop'))], state), notes, rooms.map(r => r.room));
  return page;
}

/** An empty form in place of one whose draft is forgotten. */
function replaceForm(old: HTMLElement, me: Me): void {
  if (old.parentNode) old.parentNode.replaceChild(packageForm(me), old);
}

/** Whether a button of the mouse is down: what is redrawn under it would lose the click
 * that leaves a field. A list that is open may swallow the end, so it is not waited for long. */
function pressing(): { begin(): void; over(): Promise<void> } {
  let end: Promise<void> | undefined;
  return {
    begin: () => {
      end = new Promise(done => {
        const release = () => setTimeout(() => { end = undefined; done(); }, 0); // after the click
        for (const event of ['pointerup', 'pointercancel', 'dragend']) window.addEventListener(event, release, { once: true });
        setTimeout(release, 400);
      });
    },
    over: () => end || Promise.resolve(),
  };
}

/** Files with those of zips in place of the zips: of one alone as they are, of
 * several each in a folder of its zip's name. */
async function opened(files: Dropped[], more: boolean, most: number): Promise<Dropped[]> {
  const all: Dropped[] = [], zips = files.filter(f => ending(f.path) === '.zip');
  for (const f of files) {
    if (ending(f.path) !== '.zip') { all.push(f); continue; }
    let inside: Dropped[];
    try { inside = await unpacked(f.data, 4 * most); } catch { throw new Problem({ title: t('zipUnread', f.path), advice: t('zipUnreadAdvice') }); }
    const folder = more || zips.length > 1 || files.length > 1 ? f.path.replace(/\.zip$/i, '/') : '';
    all.push(...inside.map(x => ({ path: folder + x.path, data: x.data })));
  }
  return all;
}
