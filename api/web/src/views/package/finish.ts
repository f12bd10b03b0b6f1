// What is missing, plan.yaml as it will be, and the package: to keep or to check.

import { h, replace } from '../../dom';
import { Problem } from '../../http';
import { paper } from '../../package/draft';
import { packed } from '../../package/zip';
import type { Line } from '../../package/wanted';
import { problemBox } from '../../parts';
import { t, lang, tx } from '../../words';
import { sendPlan } from '../sending';
import type { Form } from './page';

const mostFiles = 65535; // of a zip without extensions

export function finishSection(form: Form): HTMLElement[] {
  const { draft, lines } = form, must = mustFix(form), lack = draft.missing(lines), note = lookOver(form);
  const count = must.length + lack.length;
  const state = h('div', { class: 'drop-state', 'aria-live': 'polite' });
  const make = async (): Promise<Blob> => {
    const files = draft.contents(lines), total = files.reduce((sum, f) => sum + f.data.size, 0);
    if (files.length > mostFiles) throw new Problem({ title: t('tooManyFiles') });
    const bar = h('progress', { max: '1', value: 0, 'aria-label': t('packing') });
    replace(state, h('p', {}, t('packing')), bar);
    const zip = await packed(files, done => { bar.value = total ? done / total : 1; });
    replace(state);
    return zip;
  };
  const file = (draft.project.name || draft.project.code || 'plan').replace(/[\\/:*?"<>|\u0000-\u001f]/g, '_').slice(0, 80) + '.zip';
  const button = (id: string, text: string, kind: string, use: (zip: Blob) => Promise<void> | void) => {
    const b = h('button', { type: 'button', id, class: kind, onclick: async () => {
      b.disabled = true;
      try { await use(await make()); } catch (e) { replace(state, problemBox(e)); }
      b.disabled = false;
    } }, text);
    return b;
  };
  const list = (title: string, items: string[], kind: string) => items.length > 0 && h('div', { class: kind }, h('b', {}, title), h('ul', {}, items.map(x => h('li', {}, x))));
  return [h('h2', {}, t('stepFinish')),
    h('div', { class: 'missing ' + (count ? 's-warn' : 's-pass'), role: 'status' }, h('p', { class: 'strong' }, count ? t('missingTitle', count) : '✓ ' + t('nothingMissing')),
      list(t('mustFix'), must, 'over'), list(t('papersLack'), lack.map(paperName), ''), list(t('lookOver'), note, 'soft-list')),
    h('details', { class: 'quiet', id: 'manifest' }, h('summary', {}, t('showManifest')), h('pre', { class: 'manifest', tabindex: '0' }, draft.manifest(lines))),
    h('p', { class: 'row' },
      button('upload-package', t('uploadPackage'), 'primary', async zip => { if (await sendPlan([{ path: file, data: zip }], state, '')) form.handedIn(); }),
      button('save-package', t('savePackage'), '', zip => {
        const url = URL.createObjectURL(zip);
        h('a', { href: url, download: file }).click();
        setTimeout(() => URL.revokeObjectURL(url), 60000);
      })), state];
}

function paperName(l: Line): string {
  return (l.village ? `${l.village.name || l.village.code} · ` : '') + tx(l.title) + (l.from ? ` · ${t('groupDepartment')}` : '') + (l.subproject ? ' ' + l.subproject : '');
}

/** Without these the service refuses the package. */
function mustFix({ draft, counties }: Form): string[] {
  const roles = draft.heads.map(x => draft.role(x)), container = draft.heads.some(x => draft.closed(x) && !draft.ignores(x));
  const out: string[] = [];
  if (!roles.includes('project_area') && !container) out.push(t('needArea'));
  if (!roles.some(r => r && r !== 'project_area') && !container) out.push(t('needChange'));
  if (draft.project.county ? !/^\d{6}$/.test(draft.project.county) : counties.length !== 1) out.push(t('needCounty'));
  if (draft.project.year && !/^2\d{3}$/.test(draft.project.year)) out.push(t('needYear'));
  if (roles.includes('land_use_change') && roles.includes('land_use_after')) out.push(t('needOne'));
  for (const x of draft.heads) for (const f of draft.lacking(x)) out.push(t('needField', x.path, f.title[lang() === 'en' ? 1 : 0]));
  for (const x of draft.unread()) if (x.lost && !draft.said.has(x.path)) out.push(t('needSettle', x.path));
  return out;
}

function lookOver({ draft, lines }: Form): string[] {
  const out: string[] = [];
  for (const x of draft.heads) if (x.usage === 'layer' && !draft.role(x) && !draft.ignores(x)) out.push(t('needRole', x.path));
  for (const x of draft.unread()) if (!x.lost && !draft.said.has(x.path)) out.push(t('needSettle', x.path));
  const open = draft.unfiled(lines);
  for (const x of draft.unread()) if (draft.said.get(x.path) === paper && open.includes(x.path)) out.push(t('needLine', x.path));
  if (!draft.villages.some(v => v.on)) out.push(t('villagesLack'));
  if (open.length) out.push(t('unfiledLeft', open.length));
  return out;
}
