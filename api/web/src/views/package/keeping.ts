// Keeps the form's draft in the browser while it is filled in, and says so.

import { h, replace } from '../../dom';
import { forgetDraft, keepFiles, keepState, keptDraft, type Kept } from '../../package/kept';
import type { Draft } from '../../package/draft';
import { t, time } from '../../words';

export interface Keeping {
  element: HTMLElement;
  /** What was kept before; nothing where there is none, or the browser does not say. */
  before(): Promise<Kept | undefined>;
  /** Something was said, or, with files, dropped. */
  changed(files: boolean): void;
  /** Forgets the draft: it is handed in, or not wanted. */
  end(): Promise<void>;
}

/** who is the user's name; over begins the form anew. */
export function keeping(who: string, draft: Draft, over: () => void): Keeping {
  const element = h('div', { class: 'kept', 'aria-live': 'polite' });
  let left: string[] = [], ended = false;
  let turn: Promise<unknown> = Promise.resolve(); // one after another, in their order
  const say = (text: string) => replace(element, h('p', { class: 'soft' }, text, ' ', h('button', { type: 'button', class: 'link', id: 'forget-draft', onclick: () => { void keep.end().then(over); } }, t('forgetDraft'))),
    left.length > 0 && h('p', { class: 'note' }, t('draftLeft', left.join(t('comma')))));
  const keep: Keeping = {
    element,
    before: () => keptDraft(who).then(kept => {
      if (kept) left = kept.left;
      return kept;
    }, () => undefined),
    changed(files) {
      if (ended || !draft.dropped.length) return;
      turn = turn.then(async () => {
        if (ended) return;
        if (files) left = await keepFiles(who, draft.dropped);
        await keepState(who, draft.state(), left);
        say(t('draftKept', time(new Date().toISOString())));
      }).catch(() => { replace(element, h('p', { class: 'soft' }, t('draftUnkept'))); });
    },
    async end() {
      ended = true;
      await turn;
      await forgetDraft(who).catch(() => undefined);
    },
  };
  return keep;
}
