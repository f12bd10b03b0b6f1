// Files that the check would not read, each to be settled.

import { h } from '../../dom';
import { ignored, paper } from '../../package/draft';
import { ending, isLandData } from '../../package/names';
import { endings } from '../../facts';
import { t, word } from '../../words';
import type { Form } from './page';

export function restSection({ draft, changed }: Form): HTMLElement[] {
  const unread = draft.unread();
  if (!unread.length) return [];
  return [h('h2', {}, t('stepRest')), h('p', { class: 'soft' }, t('restHint')), h('ul', { class: 'cards' }, unread.map((head, i) => {
    const said = draft.said.get(head.path) || '', ext = ending(head.path);
    const mayBePaper = !isLandData(ext) && !endings.archives.includes(ext) && !head.lost;
    return h('li', { class: 'card' + (said ? '' : ' open') }, h('div', { class: 'card-head' }, h('span', { class: 'strong path' }, head.path), head.files.length > 1 && h('span', { class: 'soft' }, ` (${head.files.length})`)),
      h('select', { id: 'settle-' + i, 'aria-label': t('settleOf', head.path), onchange: (e: Event) => {
        const value = (e.target as HTMLSelectElement).value;
        if (value) draft.said.set(head.path, value);
        else draft.said.delete(head.path);
        changed();
      } }, h('option', { value: '', selected: !said }, t('settleOpen')), h('option', { value: ignored, selected: said === ignored }, t('ignoreIt')),
      mayBePaper && h('option', { value: paper, selected: said === paper }, t('asPaper'))),
      h('p', { class: 'soft' }, word('why-', head.reason || 'other')), head.lost && !said && h('p', { class: 'over' }, t('lostName')));
  }))];
}
