// What the project is, where, at which stage, and which villages it touches.

import { h } from '../../dom';
import { choice, stage } from '../../parts';
import { t, tx, word } from '../../words';
import type { Form } from './page';

const stages = ['proposal', 'annual', 'subproject-acceptance', 'acceptance'];

export function projectSection(form: Form): HTMLElement[] {
  const { draft, counties, books, changed, worded } = form, p = draft.project;
  const text = (id: 'code' | 'name' | 'county' | 'year', label: string, more: Record<string, unknown> = {}) =>
    h('label', { class: 'choice ' + id }, h('span', {}, label), h('input', { id: 'project-' + id, value: p[id], autocomplete: 'off', onchange: (e: Event) => {
      p[id] = (e.target as HTMLInputElement).value.trim();
      (id === 'county' ? changed : worded)();
    }, ...more }));
  const county = counties.find(c => c.code === p.county);
  const own = county?.rulebook || counties[0]?.rulebook || '';
  return [h('h2', {}, t('stepProject')), h('div', { class: 'row project' },
    text('name', t('projectName')), text('code', t('projectCode')),
    counties.length > 1 ? choice(t('countyOf'), p.county, [['', t('roleNone')], ...counties.map(c => [c.code, c.code] as [string, string])], v => { p.county = v; changed(); }, 'project-county')
      : text('county', t('countyOf'), { inputmode: 'numeric', maxlength: 6, size: 8, placeholder: t('countyHint') }),
    choice(t('stage'), p.stage, stages.map(s => [s, stage(s)] as [string, string]), v => { p.stage = v; changed(); }, 'project-stage'),
    text('year', t('projectYear'), { inputmode: 'numeric', maxlength: 4, size: 6 }),
    !county?.rulebook_decreed && choice(t('rulebook'), draft.rulebook, [['', t('rulebookOwn', own)], ...books.map(b => [b.id, `${tx(b.title)} (${b.id})`] as [string, string])], v => { draft.rulebook = v; changed(); }, 'project-rulebook')),
  quota(form), ...villages(form)];
}

const areas = ['rural_housing_m2', 'rural_development_m2', 'mining_m2', 'tradable_m2'] as const;

function quota({ draft, changed, worded }: Form): HTMLElement {
  const field = (key: 'destination_county' | typeof areas[number], more: Record<string, unknown>) => h('label', { class: 'choice' }, h('span', {}, word('quota-', key)),
    h('input', { id: 'quota-' + key, value: draft.quota[key] || '', size: 12, autocomplete: 'off', ...more, onchange: (e: Event) => {
      const box = e.target as HTMLInputElement, value = box.value.trim().replace(/,/g, '');
      const good = !value || (key === 'destination_county' ? /^\d{6}$/ : /^\d{1,12}(\.\d+)?$/).test(value);
      box.setAttribute('aria-invalid', String(!good));
      if (!good) return;
      draft.quota[key] = value;
      (key === 'destination_county' ? changed : worded)();
    } }));
  return h('details', { class: 'quiet', id: 'quota' }, h('summary', {}, t('quotaTitle')),
    h('div', { class: 'row' }, areas.map(key => field(key, { inputmode: 'decimal' })), field('destination_county', { inputmode: 'numeric', maxlength: 6, placeholder: t('countyHint') })));
}

function villages({ draft, changed }: Form): HTMLElement[] {
  const code = h('input', { id: 'village-code', inputmode: 'numeric', maxlength: 12, size: 14, 'aria-label': t('villageCode'), placeholder: t('villageCode') });
  const add = () => {
    const value = code.value.trim();
    if (!/^\d{12}$/.test(value)) { code.setAttribute('aria-invalid', 'true'); code.focus(); return; }
    if (!draft.villages.some(v => v.code === value)) draft.villages.push({ code: value, name: '', on: true });
    code.value = '';
    changed();
  };
  return [h('fieldset', { class: 'villages' }, h('legend', {}, t('villagesTitle')),
    h('p', { class: 'soft' }, t(draft.villagesByMap ? 'villagesByMap' : draft.villages.some(v => v.name) ? 'villagesToTick' : 'villagesByHand')),
    h('div', { class: 'ticks' }, draft.villages.map(v => h('label', {}, h('input', { type: 'checkbox', id: 'village-' + v.code, checked: v.on, onchange: (e: Event) => {
      v.on = (e.target as HTMLInputElement).checked;
      changed();
    } }), ' ', v.name, v.name && ' ', h('span', { class: 'id' }, v.code)))),
    h('p', { class: 'row' }, code, h('button', { type: 'button', id: 'village-add', onclick: add }, t('add'))))];
}
