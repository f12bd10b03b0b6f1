// Findings with their land, asked for before somebody wants them: whoever goes
// through a list by key sees the next one at once.

import { get } from './http';
import type { Face, Finding, Page } from './types';

const most = 12; // kept

export class Ahead {
  private readonly known = new Map<string, Promise<[Finding, Page<Face>]>>();

  /** faces is how many of a finding's faces are asked for. */
  constructor(private readonly check: string, private readonly faces: number) {}

  get(id: string): Promise<[Finding, Page<Face>]> {
    let one = this.known.get(id);
    if (!one) {
      one = Promise.all([get<Finding>(`/v1/checks/${this.check}/findings/${id}`), get<Page<Face>>(`/v1/checks/${this.check}/ledger?finding=${id}&limit=${this.faces}`)]);
      one.catch(() => this.known.delete(id)); // asked again next time
    } else this.known.delete(id);
    this.known.set(id, one); // the latest last
    if (this.known.size > most) this.known.delete(this.known.keys().next().value!);
    return one;
  }

  /** Asks for findings that may be wanted next; what goes wrong is told when they are. */
  ahead(...list: (Finding | undefined)[]): void {
    for (const f of list) if (f) this.get(f.id).catch(() => undefined);
  }
}
