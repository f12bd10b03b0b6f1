// The findings of a check as the page needs them: worst first, page by page,
// never all at once unless somebody goes there.

import { get } from './http';
import type { Query } from './route';
import type { Finding, Page } from './types';

export interface Filter { level: string; status: string; township: string; rule: string; state: string; q: string; sort: string }

/** What somebody has to look at: findings that pass only show where things lie. */
export const open = 'fail,not_checked,warn,justified';

export const noFilter: Filter = { level: '', status: open, township: '', rule: '', state: '', q: '', sort: '' };

/** A filter as an address says it: what is to be looked at goes without saying. */
export function asked(f: Filter): Query { return { ...f, status: f.status === open ? '' : f.status || 'any' }; }

/** The filter that an address asks for. */
export function filterOf(q: Query): Filter {
  const { level = '', township = '', rule = '', state = '', q: text = '', sort = '' } = q;
  return { level, status: q.status === 'any' ? '' : q.status || open, township, rule, state, q: text, sort };
}

export class Findings {
  items: Finding[] = [];
  total = 0;
  private next: string | undefined;
  private turn: Promise<void> = Promise.resolve();

  /** The first page is known for a list without filters. */
  constructor(readonly check: string, readonly filter: Filter, first?: { items: Finding[]; total: number }) {
    const query = Object.entries(filter).filter(([, v]) => v).map(([k, v]) => `&${k}=${encodeURIComponent(v as string)}`).join('');
    this.next = `/v1/checks/${check}/findings?detail=list&limit=100${query}`;
    if (!first || JSON.stringify(filter) !== JSON.stringify(noFilter)) return;
    this.items = first.items.slice();
    this.total = first.total;
    const last = first.items[first.items.length - 1];
    this.next = first.total > first.items.length ? this.next + '&after=' + last.id : undefined;
  }

  /** Loads so many findings, or all that there are. */
  ensure(n: number): Promise<void> {
    return this.turn = this.turn.catch(() => undefined).then(async () => {
      while (this.next && this.items.length < n) {
        const page: Page<Finding> = await get<Page<Finding>>(this.next);
        this.items.push(...page.items);
        this.total = page.total || 0;
        this.next = page.next && page.next.replace(/limit=\d+/, 'limit=1000');
      }
    });
  }

  /** Where a finding stands in the list, -1 when the filter does not let it in. */
  async place(id: string): Promise<number> {
    for (let from = 0; ;) {
      const at = this.items.findIndex((f, i) => i >= from && f.id === id);
      if (at >= 0) return at;
      from = this.items.length;
      await this.ensure(from + 1);
      if (this.items.length === from) return -1;
    }
  }
}
