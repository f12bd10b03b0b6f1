// A place to drop files and folders on, with buttons that do the same.

import { h } from '../dom';
import { chosen, dropped, type Dropped } from '../package/files';
import { t } from '../words';

/** What stands before comes above the buttons, what stands after below them. */
export function dropTarget(take: (files: Dropped[]) => void | Promise<void>, id: string, before: HTMLElement[], ...after: HTMLElement[]): HTMLElement {
  const choose = (name: string, label: string, primary: boolean, folder: boolean) => {
    const input = h('input', { type: 'file', multiple: true, id: name, class: 'unseen', webkitdirectory: folder,
      onchange: () => { void take(chosen([...input.files!])); input.value = ''; } });
    return [input, h('label', { for: name, class: 'button' + (primary ? ' primary' : '') }, label)];
  };
  const zone = h('div', { class: 'drop' }, before,
    h('p', {}, choose(id, t('choose'), true, false), ' ', choose(id + '-folder', t('chooseFolder'), false, true)), after);
  const over = (on: boolean) => (e: DragEvent) => {
    if (!e.dataTransfer || ![...e.dataTransfer.types].includes('Files')) return;
    e.preventDefault();
    zone.classList.toggle('over', on);
  };
  zone.addEventListener('dragover', over(true));
  zone.addEventListener('dragleave', over(false));
  zone.addEventListener('drop', e => { over(false)(e); void dropped(e.dataTransfer!).then(take); });
  return zone;
}
