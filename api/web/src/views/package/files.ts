// What became of every file that was dropped.

import { h } from '../../dom';
import type { Head } from '../../package/account';
import { wide } from '../../parts';
import { bytes, t, word } from '../../words';
import type { Form } from './page';

export function filesSection({ draft }: Form): HTMLElement[] {
  const of = (holds: (head: Head) => boolean) => draft.heads.filter(holds);
  const files = (heads: Head[]) => heads.reduce((n, head) => n + head.files.length, 0);
  const used = of(x => (x.usage === 'layer' || x.usage === 'container' || x.usage === 'lines') && !draft.ignores(x));
  const layers = used.filter(x => x.usage !== 'container' || draft.closed(x)).length, beside = used.reduce((n, x) => n + Math.max(0, x.files.length - 1), 0) + files(of(x => x.usage === 'companion'));
  const papers = draft.papers().length, unread = of(x => x.usage === 'unread' && !draft.said.has(x.path));
  const counts: [number, string, string][] = [
    [layers, t('countLayers', layers), ''],
    [beside, t('countParts', beside), ''],
    [papers, t('countPapers', papers), ''],
    [files(of(x => draft.ignores(x))), t('countIgnored', files(of(x => draft.ignores(x)))), ''],
    [files(of(x => x.usage === 'manifest')), t('countManifest'), ''],
    [files(of(x => x.usage === 'junk')), t('countJunk', files(of(x => x.usage === 'junk'))), ''],
    [files(unread), t('countUnread', files(unread)), 's-warn'],
  ];
  return [
    h('p', { class: 'account' }, h('b', {}, t('filesAccounted', draft.dropped.length)), ' ',
      counts.filter(c => c[0]).map(([, text, kind]) => h('span', { class: 'chip ' + (kind || 's-not_applicable') }, text))),
    h('details', { class: 'quiet', id: 'all-files' }, h('summary', {}, t('allFiles')),
      wide(t('allFiles'), h('table', { class: 'small' },
        h('thead', {}, h('tr', {}, [t('file'), t('size'), t('usageHead')].map(x => h('th', { scope: 'col' }, x)))),
        h('tbody', {}, draft.heads.map(head => head.files.map(f => h('tr', {}, h('td', {}, f.path), h('td', { class: 'n' }, bytes(f.data.size)), h('td', {}, fate(head, f.path)))))))))];

  function fate(head: Head, path: string): string {
    if (draft.ignores(head)) return t('usage-ignored');
    if (draft.said.get(head.path) === 'paper') return t('usage-paper');
    if (head.usage === 'layer' && path !== head.path) return t('usage-companion') + ' · ' + head.path;
    return word('usage-', head.usage) + (head.usage === 'layer' && draft.role(head) ? ' · ' + word('role-', draft.role(head)) : '') + (head.reason && head.usage === 'unread' ? ' · ' + word('why-', head.reason) : '');
  }
}
