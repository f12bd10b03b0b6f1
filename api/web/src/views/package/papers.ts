// A line for each paper that the rulebook asks for, and the papers to be filed.
// Papers are dragged to their line, or picked from its list.

import { h, replace } from '../../dom';
import { paperWords, villagePapers } from '../../facts';
import type { Line } from '../../package/wanted';
import { t, tx, word } from '../../words';
import type { Form } from './page';

const kind = 'application/x-landcheck-paper'; // of what is dragged: [line, path]

export function papersSection(form: Form): HTMLElement[] {
  const { lines } = form, later = lines.filter(l => l.group === 'later');
  const groups: [string, Line[]][] = [];
  for (const l of lines) {
    if (l.group === 'later') continue;
    const name = l.village ? [l.village.name, l.village.code].filter(Boolean).join(' ') : t(groupNames[l.group]);
    const there = groups.find(g => g[0] === name);
    if (there) there[1].push(l);
    else groups.push([name, [l]]);
  }
  const rows = (own: Line[]) => h('ul', {}, own.map(l => row(form, l)));
  return [h('h2', {}, t('stepPapers'), ' ', h('span', { class: 'hint' }, t('papersHint'))),
    h('div', { class: 'filing' },
      h('div', { class: 'lines' }, !groups.length && h('p', { class: 'soft' }, t('noLines')),
        groups.map(([name, own]) => h('section', {}, h('h3', {}, name), rows(own))),
        later.length > 0 && h('details', { id: 'later', class: 'later' }, h('summary', {}, t('groupLater'), h('span', { class: 'count' }, `${later.filter(l => form.draft.at(l).length).length} / ${later.length}`)), rows(later)),
        extra(form)),
      unfiled(form))];
}

const groupNames = { village: 'villagesTitle', department: 'groupDepartment', subproject: 'groupSubproject', review: 'groupReview', later: 'groupLater', extra: 'groupExtra' } as const;
const marks = { pass: '✓', fail: '✗', not_checked: '○', not_applicable: '–' };

function row(form: Form, l: Line): HTMLElement {
  const { draft } = form, there = draft.at(l), state = there.length ? 'pass' : l.due === 'needed' ? 'fail' : l.due === 'maybe' ? 'not_checked' : 'not_applicable';
  const title = tx(l.title) + (l.subproject ? ' ' + l.subproject : ''), n = form.lines.indexOf(l);
  const whole = l.village ? `${l.village.name || l.village.code} ${title}` : title;
  const li = h('li', { class: 'line', 'data-line': l.id },
    h('span', { class: 'chip s-' + state }, h('b', { 'aria-hidden': 'true' }, marks[state]), t(state === 'pass' ? 'paperHere' : state === 'fail' ? 'paperMissing' : state === 'not_checked' ? 'paperMaybe' : 'paperLater')),
    h('div', { class: 'line-title' }, title,
      there.map((f, i) => h('span', { class: 'filed', draggable: 'true', ondragstart: drag(l.id, f.path), title: f.guessed ? t('guessed') : f.path },
        f.path.slice(f.path.lastIndexOf('/') + 1), f.guessed && h('span', { class: 'soft', 'aria-label': t('guessed') }, ' ?'),
        l.kinds.includes('opinion') && agreement(form, l, f, `agrees-${n}-${i}`),
        h('button', { type: 'button', class: 'link', id: `out-${n}-${i}`, 'aria-label': t('takeOut', f.path, whole), onclick: () => { draft.takeOut(l.id, f.path); form.changed(); } }, '✕')))),
    picker(form, l, whole, n));
  const over = (on: boolean) => (e: DragEvent) => {
    if (!e.dataTransfer || !e.dataTransfer.types.includes(kind)) return;
    e.preventDefault();
    li.classList.toggle('over', on);
  };
  li.addEventListener('dragover', over(true));
  li.addEventListener('dragleave', over(false));
  li.addEventListener('drop', e => {
    over(false)(e);
    move(form, e, l.id);
  });
  return li;
}

const drag = (line: string, path: string) => (e: DragEvent) => {
  e.dataTransfer!.setData(kind, JSON.stringify([line, path]));
  e.dataTransfer!.effectAllowed = 'move';
};

/** Files what was dragged here, and takes it from where it was; '' files it nowhere. */
function move({ draft, changed }: Form, e: DragEvent, to: string): void {
  const said = e.dataTransfer!.getData(kind);
  if (!said) return;
  const [from, path] = JSON.parse(said) as [string, string];
  if (from === to) return;
  if (from) draft.takeOut(from, path);
  if (to) draft.file(to, path);
  changed();
}

function agreement({ draft, changed }: Form, l: Line, f: { path: string; agrees: string }, id: string): HTMLElement {
  return h('select', { id, class: 'small', 'aria-label': t('agreesOf', f.path), onchange: (e: Event) => { draft.agree(l.id, f.path, (e.target as HTMLSelectElement).value); changed(); } },
    ['', 'with-conditions', 'no'].map(v => h('option', { value: v, selected: v === f.agrees }, word('agrees-', v || 'yes'))));
}

/** The list of a line: its options are there once it is opened, papers that are filed nowhere first. */
function picker(form: Form, l: Line, whole: string, n: number): HTMLElement {
  const { draft } = form, first = () => h('option', { value: '' }, t('addPaper'));
  const fill = () => {
    if (list.options.length > 1) return;
    const open = draft.unfiled(form.lines), here = draft.at(l).map(f => f.path);
    const rest = draft.papers().filter(p => !open.includes(p) && !here.includes(p));
    replace(list, first(), [...open, ...rest].map(path => h('option', { value: path }, path)));
  };
  const list = h('select', { id: 'pick-' + n, class: 'picker', 'aria-label': t('addPaperTo', whole), onfocus: fill, onpointerdown: fill, onchange: () => {
    if (list.value) { draft.file(l.id, list.value); form.changed(); }
  } }, first());
  return list;
}

/** Lines of other kinds, for papers that the rulebook asks for in some cases only. */
function extra(form: Form): HTMLElement {
  const { draft, changed } = form;
  const asked = new Set(form.lines.reduce((all: string[], l) => all.concat(l.kinds), []));
  const kinds = Object.keys(paperWords).filter(k => !asked.has(k) && !villagePapers.includes(k) && k !== 'opinion');
  return h('p', {}, h('select', { id: 'extra-kind', 'aria-label': t('extraKind'), onchange: (e: Event) => {
    const k = (e.target as HTMLSelectElement).value, title = word('paper-', k);
    draft.extra.push({ id: '+' + k, kinds: [k], title: { zh: title, en: title }, group: 'extra', due: 'maybe' });
    changed();
  } }, h('option', { value: '' }, t('extraKind')), kinds.map(k => h('option', { value: k }, word('paper-', k)))));
}

function unfiled(form: Form): HTMLElement {
  const open = form.draft.unfiled(form.lines);
  const box = h('aside', { class: 'unfiled', tabindex: '0', 'aria-label': t('unfiled') }, h('h3', {}, t('unfiled'), h('span', { class: 'count' }, open.length)),
    h('p', { class: 'soft' }, t(open.length ? 'unfiledHint' : 'unfiledNone')),
    h('ul', {}, open.map(path => h('li', { class: 'filed', draggable: 'true', ondragstart: drag('', path), title: path }, path))));
  box.addEventListener('dragover', e => { if (e.dataTransfer && e.dataTransfer.types.includes(kind)) e.preventDefault(); });
  box.addEventListener('drop', e => move(form, e, ''));
  return box;
}
