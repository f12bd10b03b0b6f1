// Whether a report belongs to its passport, or to the code on a printed one.

import { h, replace } from '../dom';
import { ask, Problem } from '../http';
import { problemBox, verdictChip } from '../parts';
import { t, tx } from '../words';
import { dropTarget } from './dropTarget';
import type { Dropped } from '../package/files';
import type { Me, Verification } from '../types';

type Part = 'report' | 'passport' | 'key';

/** What a file is, by how it begins: names are given by people. */
async function partOf(f: Dropped): Promise<Part | ''> {
  const head = await f.data.slice(0, 400).text();
  if (/"schema":\s*"landcheck-passport\//.test(head)) return 'passport';
  if (/"schema":\s*"landcheck-report\//.test(head)) return 'report';
  return head.includes('-----BEGIN PUBLIC KEY-----') ? 'key' : '';
}

export function verifyView(me: Me): HTMLElement {
  const have: Partial<Record<Part, Dropped>> = {};
  const list = h('ul', { class: 'held' });
  const answer = h('div', { class: 'drop-state', 'aria-live': 'polite' });
  const code = h('input', { type: 'text', id: 'code', size: 16, placeholder: '7K3M-Q2XA-9F4D', autocomplete: 'off', spellcheck: 'false' });

  const show = () => {
    const line = (part: Part, label: string, none: string) => h('li', {}, label, ' ', have[part] ? h('b', {}, have[part]!.path) : h('span', { class: 'soft' }, none));
    replace(list, line('report', t('verifyReport'), t('verifyMissing')), line('passport', t('verifyPassport'), t('verifyMissing')),
      line('key', t('verifyKey'), me.passports ? t('verifyOwnKey') : t('verifyMissing')));
  };
  const check = async () => {
    replace(answer);
    if (!have.report || !(have.passport || code.value.trim())) return;
    const form = new FormData();
    for (const part of ['report', 'passport', 'key'] as Part[]) if (have[part]) form.append(part, have[part]!.data, have[part]!.path);
    if (code.value.trim()) form.append('code', code.value.trim());
    try {
      replace(answer, answerBox(await (await ask('/v1/verify', { method: 'POST', body: form })).json() as Verification));
    } catch (e) { replace(answer, problemBox(e)); }
  };
  const take = async (files: Dropped[]) => {
    for (const f of files) {
      const part = await partOf(f);
      if (!part) { show(); replace(answer, problemBox(new Problem({ title: t('verifyUnknown'), file: f.path, advice: t('verifyUnknownAdvice') }))); return; }
      have[part] = f;
    }
    show();
    await check();
  };
  show();
  return h('div', { class: 'page' }, h('h1', {}, t('verify')), h('p', { class: 'soft' }, t('verifyWhy')),
    dropTarget(take, 'verified', [h('p', { class: 'drop-title' }, t('verifyDrop'))], list,
      h('form', { onsubmit: (e: Event) => { e.preventDefault(); void check(); } },
        h('label', { for: 'code' }, t('verifyCode'), ' '), code, ' ', h('button', { type: 'submit' }, t('verify'))), answer));
}

function answerBox(v: Verification): HTMLElement {
  return h('div', { class: 'answer s-' + (v.belong ? 'pass' : 'fail'), role: 'status' },
    h('h2', {}, h('span', { 'aria-hidden': 'true' }, v.belong ? '✓ ' : '✗ '), tx(v.message)),
    h('p', {}, v.belong && [verdictChip(v.verdict), ' '], t('verifyItsCode'), ' ', h('code', {}, v.code)), // what an altered report says is nobody's verdict
    v.key && h('p', { class: 'soft' }, `${t('verifyKey')} ${v.key.algorithm} `, h('code', {}, v.key.fingerprint)));
}
