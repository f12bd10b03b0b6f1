// A draft of the package form that survives a reload: in this browser's own
// database, of whoever made it. Nothing of it goes to the service.

import type { Dropped } from './files';

/** What is kept of a draft; state is as Draft.state gives it. left are the files
 * that were too large for the browser, by name. */
export interface Kept { at: number; state: unknown; files: Dropped[]; left: string[] }

const most = 300 * 2 ** 20; // bytes of files; the smallest are kept first

function opened(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open('landcheck-drafts', 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore('drafts');
      asked.result.createObjectStore('files');
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = asked.onblocked = () => reject(asked.error || new Error('blocked'));
  });
}

/** Does something in one transaction, and gives back what it asked for. */
async function within<T>(stores: string[], mode: IDBTransactionMode, act: (at: (store: string) => IDBObjectStore) => IDBRequest<T> | void): Promise<T | undefined> {
  const db = await opened();
  try {
    return await new Promise<T | undefined>((resolve, reject) => {
      const turn = db.transaction(stores, mode), asked = act(name => turn.objectStore(name));
      turn.oncomplete = () => resolve(asked ? asked.result : undefined);
      turn.onabort = turn.onerror = () => reject(turn.error || new Error('aborted'));
    });
  } finally { db.close(); }
}

const filesOf = (who: string) => IDBKeyRange.bound([who, ''], [who, '\uffff']);

/** Keeps what was said of the files. */
export async function keepState(who: string, state: unknown, left: string[]): Promise<void> {
  await within(['drafts'], 'readwrite', at => { at('drafts').put({ at: Date.now(), state, left }, who); });
}

/** Keeps files in place of those before, as many as the browser has room for;
 * gives the paths of the others. */
export async function keepFiles(who: string, files: Dropped[]): Promise<string[]> {
  const bySize = [...files].sort((a, b) => a.data.size - b.data.size);
  for (let room = most; ; room /= 4) {
    let sum = 0;
    const fit = bySize.filter(f => (sum += f.data.size) <= room);
    try {
      await within(['files'], 'readwrite', at => {
        at('files').delete(filesOf(who));
        for (const f of fit) at('files').put(f, [who, f.path]);
      });
      return bySize.slice(fit.length).map(f => f.path);
    } catch (e) {
      if ((e as Error).name !== 'QuotaExceededError' || !fit.length) throw e;
    }
  }
}

/** The draft that was kept; nothing where there is none. */
export async function keptDraft(who: string): Promise<Kept | undefined> {
  const head = await within<{ at: number; state: unknown; left: string[] }>(['drafts'], 'readonly', at => at('drafts').get(who) as IDBRequest<{ at: number; state: unknown; left: string[] }>);
  if (!head) return undefined;
  const files = await within<Dropped[]>(['files'], 'readonly', at => at('files').getAll(filesOf(who)) as IDBRequest<Dropped[]>);
  return { ...head, files: files || [] };
}

/** Forgets the draft and its files. */
export async function forgetDraft(who: string): Promise<void> {
  await within(['drafts', 'files'], 'readwrite', at => {
    at('drafts').delete(who);
    at('files').delete(filesOf(who));
  });
}
