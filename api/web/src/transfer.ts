// How an upload goes on: share, rate, time left.

import { bytes, t } from './words';

const window = 6000; // ms over which the rate is told

/** Follows the bytes of one transfer. */
export class Transfer {
  private readonly marks: [number, number][];
  constructor(private readonly total: number, start: number) { this.marks = [[start, 0]]; }

  /** So many bytes are through at a time in ms. */
  at(now: number, done: number): { part: number; perSecond: number; secondsLeft: number } {
    this.marks.push([now, done]);
    while (this.marks.length > 2 && now - this.marks[1][0] >= window) this.marks.shift();
    const [from, had] = this.marks[0], seconds = (now - from) / 1000;
    const perSecond = seconds > 0 ? (done - had) / seconds : 0;
    return { part: this.total > 0 ? Math.min(1, done / this.total) : 1, perSecond, secondsLeft: perSecond > 0 ? Math.max(0, this.total - done) / perSecond : Infinity };
  }
}

/** 38 %, 1.2 MB/s, 12 s to go. */
export function transferWords(state: { part: number; perSecond: number; secondsLeft: number }): string {
  const share = t('share', Math.floor(state.part * 100));
  if (!(state.perSecond > 0) || state.part >= 1) return share;
  const left = Math.ceil(state.secondsLeft);
  return [share, t('rate', bytes(state.perSecond)), left < 90 ? t('secondsLeft', left) : t('minutesLeft', Math.ceil(left / 60))].join(t('comma'));
}
