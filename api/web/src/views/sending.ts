// Sends a plan and has it checked, telling how far it is.

import { h, replace } from '../dom';
import { send, upload } from '../http';
import type { Dropped } from '../package/files';
import { isJunk } from '../package/names';
import { problemBox } from '../parts';
import { go } from '../route';
import { Transfer, transferWords } from '../transfer';
import { t } from '../words';
import type { Check, Plan } from '../types';

/** Uploads the files of one plan and goes to its check; tells whether it is
 * handed in. What happens stands in state. name is what to call loose files together. */
export async function sendPlan(all: Dropped[], state: HTMLElement, county: string, name = ''): Promise<boolean> {
  const files = all.filter(f => !isJunk(f.path));
  const first = files[0].path.slice(files[0].path.lastIndexOf('/') + 1);
  const what = files.length === 1 ? first : name || `${first} … (${files.length})`;
  const bar = h('progress', { max: '1', value: 0, 'aria-label': t('uploading', what) });
  const words = h('span', {}, t('uploading', what)), pace = h('span', { class: 'soft pace' });
  const query = [county && 'county=' + county, name && files.length > 1 && 'name=' + encodeURIComponent(name)].filter(Boolean).join('&');
  const transfer = new Transfer(files.reduce((sum, f) => sum + f.data.size, 0), performance.now());
  const running = upload<Plan>('/v1/plans' + (query && '?' + query), files, (part, sent) => {
    bar.value = part;
    replace(pace, transferWords(transfer.at(performance.now(), sent)));
    if (part === 1) replace(words, t('unpacking'));
  });
  replace(state, h('p', {}, words, ' ', pace), bar, h('p', {}, h('button', { type: 'button', onclick: running.abort }, t('cancel'))));
  try {
    const plan = await running.done;
    const check = await send<Check>('POST', `/v1/plans/${plan.id}/checks`);
    go('#/checks/' + check.id);
    return true;
  } catch (e) {
    replace(state, problemBox(e));
    return false;
  }
}
