// Addresses: #/plans/ID, #/checks/ID/findings/ID … Each is a permanent link.

export type Tab = 'findings' | 'rules' | 'charts' | 'form' | 'sources';
export type AdminTab = 'counties' | 'tokens' | 'audit';

export type Route =
  | { view: 'home' }
  | { view: 'package' }
  | { view: 'verify' }
  | { view: 'room'; county: string; township: string }
  | { view: 'ledger'; county: string }
  | { view: 'county'; county: string }
  | { view: 'together'; checks: string[] }
  | { view: 'project'; county: string; project: string }
  | { view: 'plan'; id: string }
  | { view: 'check'; id: string; tab: Tab | ''; finding: string }
  | { view: 'diff'; old: string; new: string }
  | { view: 'suggestion'; id: string }
  | { view: 'admin'; tab: AdminTab }
  | { view: 'nowhere' };

const tabs: Tab[] = ['findings', 'rules', 'charts', 'form', 'sources'];
const adminTabs: AdminTab[] = ['counties', 'tokens', 'audit'];

export function parse(hash: string): Route {
  let parts: string[];
  try { parts = hash.replace(/^#?\/?/, '').split('?')[0].split('/').map(decodeURIComponent); } catch { return { view: 'nowhere' }; } // no UTF-8
  const [room = '', id = '', third = '', fourth = ''] = parts;
  if (room === '') return { view: 'home' };
  if (room === 'new' && id === '') return { view: 'package' };
  if (room === 'verify' && id === '') return { view: 'verify' };
  if (room === 'room') return { view: 'room', county: id, township: third };
  if (room === 'counties' && third === '') return { view: 'county', county: id };
  if (room === 'ledger' && third === '') return { view: 'ledger', county: id };
  if (room === 'together') return { view: 'together', checks: parts.slice(1) };
  if (room === 'projects' && id && third && !fourth) return { view: 'project', county: id, project: third };
  if (room === 'plans' && id) return { view: 'plan', id };
  if (room === 'checks' && id && third === 'suggestion' && !fourth) return { view: 'suggestion', id };
  if (room === 'checks' && id && third === 'diff') return { view: 'diff', old: fourth ? id : '', new: fourth || id };
  if (room === 'checks' && id && (third === '' || tabs.includes(third as Tab))) {
    return { view: 'check', id, tab: third as Tab | '', finding: third === 'findings' ? fourth : '' };
  }
  if (room === 'admin' && (id === '' || adminTabs.includes(id as AdminTab))) return { view: 'admin', tab: (id || 'counties') as AdminTab };
  return { view: 'nowhere' };
}

/** What an address asks beside where it leads: #/checks/ID/findings?status=fail. */
export type Query = Record<string, string>;

export function queryOf(hash: string): Query {
  const query: Query = {};
  new URLSearchParams(hash.split('?').slice(1).join('?')).forEach((value, name) => { query[name] = value; });
  return query;
}

/** An address with what it asks; what is empty is left out. */
export function withQuery(path: string, query: Query): string {
  const asked = Object.entries(query).filter(([, v]) => v).map(([k, v]) => `${k}=${encodeURIComponent(v)}`).join('&');
  return asked ? path + '?' + asked : path;
}

/** Goes where go does, without a step of its own to come back to. */
export function goInstead(hash: string): void { location.replace(hash); }

export function go(hash: string): void { location.hash = hash; }
