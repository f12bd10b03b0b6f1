// A clean report on paper: everything that the tabs show, one after another.

import { h, replace } from '../dom';
import { Findings, noFilter } from '../findings';
import { mapPicture } from '../map/picture';
import { chip, levelTag } from '../parts';
import { area, t, tx } from '../words';
import { charts } from './charts';
import { form } from './form';
import { rulesBody } from './rules';
import { sources } from './sources';
import type { Finding, Overview } from '../types';

const mostPrinted = 1000; // findings; the JSON report has all

/** Builds the printed report, opens the browser's print window, clears up. */
export async function printAll(o: Overview, button: HTMLButtonElement): Promise<void> {
  button.disabled = true;
  replace(button, t('printing'));
  try {
    const list = new Findings(o.check.id, noFilter);
    await list.ensure(mostPrinted);
    lay(paper(o, list.items.slice(0, mostPrinted), list.total, mapPicture()));
    window.print();
  } finally {
    button.disabled = false;
    replace(button, t('print'));
  }
}

/** Whoever prints by the browser's own command gets the same, with the findings
 * that came with the overview. Gives back how to end that. */
export function printable(o: Overview): () => void {
  const before = () => { if (!document.getElementById('paper')) lay(paper(o, o.first.items, o.first.total, mapPicture())); };
  const after = () => {
    document.body.classList.remove('on-paper');
    document.getElementById('paper')?.remove();
  };
  window.addEventListener('beforeprint', before);
  window.addEventListener('afterprint', after);
  return () => { after(); window.removeEventListener('beforeprint', before); window.removeEventListener('afterprint', after); };
}

function lay(sheet: HTMLElement): void {
  document.getElementById('paper')?.remove();
  document.body.appendChild(sheet);
  document.body.classList.add('on-paper');
}

function paper(o: Overview, findings: Finding[], total: number, image: HTMLElement | false): HTMLElement {
  return h('div', { id: 'paper' },
    h('p', { class: 'kicker' }, t('appTitle')), h('h1', {}, o.plan.name || o.plan.code),
    h('p', { class: 'soft' }, [o.plan.code, o.plan.county, tx(o.rulebook.title)].filter(Boolean).join(' · ')),
    h('p', { class: 'paper-verdict' }, tx(o.head)), h('p', {}, tx(o.means)),
    o.remarks.length > 0 && h('ul', {}, o.remarks.map(r => h('li', {}, tx(r.text)))),
    h('p', {}, t('nextStep'), tx(o.next)),
    image,
    h('h2', {}, t('role-findings')),
    findings.length ? h('ol', { class: 'paper-findings' }, findings.map(f => h('li', {}, chip(f.status), ' ', levelTag(f.level), ' ',
      h('b', {}, `${f.number}. ${tx(f.title)}`), f.area_m2 > 0 && ' ' + area(f.area_m2), h('p', {}, tx(f.message)), f.remedy.zh && h('p', {}, '→ ', tx(f.remedy)))))
      : h('p', {}, t('noFindings')),
    total > findings.length && h('p', { class: 'soft' }, t('andMore', total - findings.length)),
    h('h2', {}, t('tabRules')), rulesBody(o.rules), charts(o), form(o), sources(o));
}
