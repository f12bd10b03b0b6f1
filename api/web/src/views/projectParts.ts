// What lists of projects and of versions say of one: result, findings, decision.

import { h } from '../dom';
import { verdictChip } from '../parts';
import { t, word } from '../words';
import type { Project, Version } from '../types';

/** Where a project is shown. */
export function projectAddress(p: Project): string { return `#/projects/${p.county}/${encodeURIComponent(p.project)}`; }

export function nameOf(p: Version['plan']): string { return p.name || p.code || p.file; }

/** The verdict of a version, and what its newest check does where that is another. */
export function result(v: Version): (HTMLElement | string | false)[] {
  const latest = v.plan.latest;
  const newer = !!latest && latest.id !== v.check && h('a', { href: '#/checks/' + latest.id, class: 'plain' }, t(v.plan.blocked ? 'blockedShort' : latest.state));
  if (!v.check) return [newer || h('span', { class: 'soft' }, t('notYet'))];
  return [h('a', { href: '#/checks/' + v.check, class: 'plain' }, verdictChip(v.verdict, v.reservations)), newer && ' ', newer || false];
}

/** How many violations are open, new, fixed; the last two lead to the difference. */
export function counts(v: Version): HTMLElement | false {
  const n = v.findings;
  if (!v.check) return false;
  if (!n) return h('span', { class: 'soft' }, t('countsUnknown'));
  const open = h('span', { class: n.open ? 'over' : '' }, t('openFindings', n.open));
  if (n.new === undefined || n.fixed === undefined) return open;
  return h('span', {}, open, ' · ', h('a', { href: `#/checks/${n.against}/diff/${v.check}`, title: t('againstBefore') }, t('newFindings', n.new), ' · ', t('fixedFindings', n.fixed)));
}

/** The decision that stands on a version, or that the newest one awaits one. */
export function decision(v: Version, newest = true): HTMLElement | false {
  if (v.decision) return h('span', { class: 'decided-tag' }, word('decision-', v.decision.decision));
  return newest && !!v.check && h('span', { class: 'tag' }, t('toBeReviewed'));
}
