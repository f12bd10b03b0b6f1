// Talking to the service: JSON, problems (RFC 9457), uploads with progress,
// event streams. The token travels in a header, so streams and files are
// fetched too: EventSource and links cannot send one.

import { lang, t } from './words';
import type { Dropped } from './package/files';
import type { Check, Page } from './types';

const tokenKey = 'landcheck.token';

/** The event on the window when a token no longer opens the door. */
export const signedOut = 'landcheck-signed-out';

export function token(): string { return sessionStorage.getItem(tokenKey) || ''; }

export function setToken(value: string): void {
  if (value) sessionStorage.setItem(tokenKey, value);
  else sessionStorage.removeItem(tokenKey);
}

/** What went wrong, and what to do about it. */
export class Problem extends Error {
  status = 0; type = ''; title = ''; detail = ''; advice = ''; file = ''; record = 0; field = ''; request = '';
  constructor(from: Partial<Problem>) {
    super(from.detail || from.title);
    Object.assign(this, from);
  }
}

/** Turns whatever was thrown into a problem that can be shown. */
export function problemOf(e: unknown): Problem {
  if (e instanceof Problem) return e;
  return new Problem({ title: t('unexpected'), detail: String(e), advice: t('reload') });
}

function headers(more: Record<string, string> = {}): Record<string, string> {
  const h: Record<string, string> = { 'Accept-Language': lang(), ...more };
  if (token()) h.Authorization = 'Bearer ' + token();
  return h;
}

function offline(): Problem {
  return new Problem({ title: t('offline'), detail: t('offlineDetail'), advice: t('offlineAdvice') });
}

function parsed(status: number, text: string, request: string | null): Problem {
  let body: Partial<Problem> = {};
  try { body = JSON.parse(text) as Partial<Problem>; } catch { /* no problem document: a proxy answered */ }
  return new Problem({ ...body, title: body.title || 'HTTP ' + status, status, request: request || '' });
}

/** Asks the service; anything but success throws a Problem. */
export async function ask(path: string, options: RequestInit = {}): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(path, { ...options, headers: headers(options.headers as Record<string, string>) });
  } catch (e) {
    if ((e as Error).name === 'AbortError') throw e;
    throw offline();
  }
  if (answer.status === 401 && path !== '/v1/me') window.dispatchEvent(new Event(signedOut));
  if (!answer.ok) throw parsed(answer.status, await answer.text(), answer.headers.get('X-Request-Id'));
  return answer;
}

export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return await (await ask(path, { signal })).json() as T;
}

export async function send<T>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await ask(path, body === undefined ? { method } :
    { method, body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } });
  return (answer.status === 204 ? undefined : await answer.json()) as T;
}

/** All rows of a list, page after page, at most so many. */
export async function all<T>(path: string, most = 1000): Promise<T[]> {
  const rows: T[] = [];
  for (let next: string | undefined = path; next && rows.length < most;) {
    const page: Page<T> = await get<Page<T>>(next);
    rows.push(...page.items);
    next = page.next;
  }
  return rows;
}

/** Sends files as a form, each under its path, and tells how far it is: 0 to 1,
 * and in bytes. */
export function upload<T>(path: string, files: Dropped[], progress: (part: number, sent: number) => void): { done: Promise<T>; abort: () => void } {
  const x = new XMLHttpRequest();
  const done = new Promise<T>((resolve, reject) => {
    x.open('POST', path);
    for (const [name, value] of Object.entries(headers())) x.setRequestHeader(name, value);
    x.upload.onprogress = e => { if (e.lengthComputable) progress(e.loaded / e.total, e.loaded); };
    x.onload = () => {
      if (x.status < 300) resolve(JSON.parse(x.responseText) as T);
      else reject(parsed(x.status, x.responseText, x.getResponseHeader('X-Request-Id')));
    };
    x.onerror = () => reject(offline());
    x.onabort = () => reject(new Problem({ title: t('uploadStopped'), detail: t('uploadStopped') }));
    const form = new FormData();
    for (const f of files) form.append('file', f.data, f.path);
    x.send(form);
  });
  return { done, abort: () => x.abort() };
}

/** Follows a check until it has ended; a stream that breaks is taken up again. */
export async function follow(id: string, seen: (c: Check) => void, signal: AbortSignal): Promise<void> {
  for (let ended = false; !ended && !signal.aborted;) {
    try {
      const answer = await ask(`/v1/checks/${id}/events`, { signal, headers: { Accept: 'text/event-stream' } });
      const reader = answer.body!.getReader();
      const decoder = new TextDecoder();
      let rest = '';
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        const events = (rest + decoder.decode(value, { stream: true })).split('\n\n');
        rest = events.pop()!;
        for (const e of events) {
          const line = e.split('\n').find(l => l.startsWith('data: '));
          if (!line) continue;
          const check = JSON.parse(line.slice(6)) as Check;
          ended = check.state === 'done' || check.state === 'failed' || check.state === 'cancelled';
          seen(check);
        }
      }
    } catch (e) {
      if (signal.aborted) return;
      if (e instanceof Problem && e.status >= 400 && e.status < 500 && e.status !== 429) throw e;
    }
    if (!ended) await new Promise(r => setTimeout(r, 1000));
  }
}

/** Fetches a file and gives it to the browser to keep. */
export async function download(path: string, name: string): Promise<void> {
  const blob = await (await ask(path, { headers: { Accept: '*/*' } })).blob();
  const url = URL.createObjectURL(blob);
  const a = document.createElement('a');
  a.href = url;
  a.download = name;
  a.click();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}
