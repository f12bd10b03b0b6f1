// What people hold of findings, and what they decide on a check.

import { all, get, send } from './http';
import type { DecisionKind } from './facts';
import type { Overview, Status } from './types';

export type HeldState = 'open' | 'accepted' | 'false_alarm' | 'fixed' | 'reopened';
export const heldStates: HeldState[] = ['open', 'accepted', 'false_alarm', 'fixed', 'reopened'];

export interface Standing { state: HeldState; reason?: string; paper?: string; assignee?: string }
export interface Remark { id: string; time: string; by: string; version?: number; standing?: Standing; comment?: string }
export interface Review extends Standing {
  finding: string; version: number; by?: string; since?: string; area_m2?: number; comments: number; history?: Remark[];
  seen?: { check: string; status: Status; area_m2: number }; outgrown?: boolean;
}

export interface Decision {
  decision: DecisionKind; opinion: string; conditions?: string[]; name: string; date: string; made: string; by: string;
  exceptions?: unknown[]; open?: Partial<Record<Status, number>>; passport?: unknown; entered?: { code: string };
  withdrawn?: { time: string; by: string; reason: string };
}
export interface Decisions { decision: Decision | null; withdrawn: Decision[] }

/** The project of a report: its code, else the plan alone. */
function project(o: Overview): string { return '/v1/findings/' + encodeURIComponent(o.package.code || o.package.id); }
function at(o: Overview, finding: string, more = ''): string { return `${project(o)}/${finding}${more}?county=${o.check.county}`; }

/** What is held of the findings of a report's project, by finding: those of which there is something to say. */
export class Held {
  private known = new Map<string, Review>();
  constructor(private readonly o: Overview) {}
  async load(): Promise<void> {
    const rows = await all<Review>(`${project(this.o)}?county=${this.o.check.county}&limit=1000`, 100_000);
    this.known = new Map(rows.map(r => [r.finding, r]));
  }
  of(finding: string): Review | undefined { return this.known.get(finding); }
  keep(r: Review): void { this.known.set(r.finding, r); }
}

export function readReview(o: Overview, finding: string): Promise<Review> { return get<Review>(at(o, finding)); }
export function changeReview(o: Overview, finding: string, version: number, next: Standing): Promise<Review> {
  return send<Review>('PATCH', at(o, finding), { version, ...next });
}
export function comment(o: Overview, finding: string, text: string): Promise<Review> {
  return send<Review>('POST', at(o, finding, '/comments'), { comment: text });
}
export function readDecisions(o: Overview): Promise<Decisions> { return get<Decisions>(`/v1/checks/${o.check.id}/decision`); }
export function decide(o: Overview, d: Partial<Decision>): Promise<Decision> { return send<Decision>('POST', `/v1/checks/${o.check.id}/decision`, d); }
export function withdraw(o: Overview, reason: string): Promise<Decision> {
  return send<Decision>('DELETE', `/v1/checks/${o.check.id}/decision?reason=${encodeURIComponent(reason)}`);
}
