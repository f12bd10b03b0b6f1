// The help window: keys, and what the statuses mean.

import { h } from '../dom';
import { chip } from '../parts';
import { lang, t } from '../words';

export function showHelp(): void {
  if (document.querySelector('.help')) return;
  const before = document.activeElement as HTMLElement | null;
  const close = () => { shade.remove(); document.removeEventListener('keydown', key, true); if (before) before.focus(); };
  const key = (e: KeyboardEvent) => {
    if (e.key === 'Escape' || e.key === '?') { e.stopPropagation(); e.preventDefault(); close(); }
    if (e.key === 'Tab') {
      e.preventDefault();
      const stops = [...shade.querySelectorAll<HTMLElement>('a, button')];
      const at = stops.indexOf(document.activeElement as HTMLElement) + (e.shiftKey ? -1 : 1);
      stops[(at + stops.length) % stops.length]!.focus();
    }
  };
  const button = h('button', { type: 'button', class: 'primary', onclick: close }, t('close'));
  const keys: [string[], string][] = [
    [['J', '→'], t('helpNext')], [['K', '←'], t('helpPrevious')], [['Esc'], t('helpBack')],
    [['A'], t('helpAccept')], [['C'], t('helpComment')], [['F'], t('helpFit')], [['?'], t('helpHelp')]];
  const shade = h('div', { class: 'help', onclick: (e: Event) => { if (e.target === shade) close(); } },
    h('div', { role: 'dialog', 'aria-modal': 'true', 'aria-labelledby': 'help-title' },
      h('h2', { id: 'help-title' }, t('helpTitle')),
      h('p', {}, h('a', { href: '/docs/' + lang(), target: '_blank', rel: 'noopener' }, t('manual'))),
      h('dl', { class: 'keys' }, keys.map(([k, what]) => [h('dt', {}, k.map(x => h('kbd', {}, x))), h('dd', {}, what)])),
      h('p', { class: 'soft' }, t('helpMap')),
      h('h3', {}, t('helpStatus')),
      h('dl', { class: 'keys' },
        h('dt', {}, chip('fail')), h('dd', {}, t('means-fail')),
        h('dt', {}, chip('not_checked')), h('dd', {}, t('means-not_checked')),
        h('dt', {}, chip('warn')), h('dd', {}, t('means-warn')),
        h('dt', {}, chip('justified')), h('dd', {}, t('means-justified')),
        h('dt', {}, chip('pass')), h('dd', {}, t('means-pass')),
        h('dt', {}, chip('not_applicable')), h('dd', {}, t('means-not_applicable'))),
      h('p', { class: 'soft' }, h('a', { href: '/assets/licences.txt' }, t('licences'))),
      button));
  document.body.appendChild(shade);
  document.addEventListener('keydown', key, true);
  button.focus();
}
