// The page: its head, and the view that the address asks for.

import { h, replace } from './dom';
import { get, Problem, problemOf, setToken, signedOut, token } from './http';
import { arrive } from './issuer';
import { setBasemaps } from './map/basemap';
import { loading, problemBox } from './parts';
import { parse, type Route, queryOf } from './route';
import { lang, setLang, t } from './words';
import { admin } from './views/admin';
import { countyView } from './views/county';
import { diffView } from './views/diff';
import { showHelp } from './views/help';
import { home } from './views/home';
import { packageForm } from './views/package/page';
import { planView } from './views/plan';
import { projectView } from './views/project';
import { progress } from './views/progress';
import { report, type Report } from './views/report';
import { roomView } from './views/room';
import { suggestionView } from './views/suggestion';
import { signIn } from './views/signin';
import { townshipLedger } from './views/townshipLedger';
import { togetherView } from './views/together';
import { verifyView } from './views/verify';
import type { Check, Me, Overview } from './types';

const body = h('main', { id: 'main', tabindex: '-1' });
const top = h('header', { class: 'top' });
let me: Me | undefined;
let failed = ''; // why the issuer's sign-in came to nothing
let open: { id: string; report?: Report; end(): void } | undefined; // the check that is shown

function head(): void {
  const other = lang() === 'zh' ? 'en' : 'zh';
  const link = (href: string, text: string, on: boolean) => h('a', { href, 'aria-current': on ? 'page' : undefined }, text);
  const view = parse(location.hash).view;
  replace(top,
    h('a', { class: 'skip', href: '#main', onclick: (e: Event) => { e.preventDefault(); body.focus(); } }, t('skip')),
    h('a', { class: 'brand', href: '#/' }, h('b', {}, 'landcheck'), h('span', {}, t('appTitle'))),
    h('nav', { 'aria-label': 'landcheck' }, me && link('#/', t('plans'), !['admin', 'verify', 'room', 'ledger', 'county'].includes(view)), me && me.base_layers && link('#/room', t('room'), view === 'room'), me && link('#/ledger', t('ledger'), view === 'ledger'), me && link('#/counties', t('baseData'), view === 'county'), me && link('#/verify', t('verify'), view === 'verify'), me && me.role !== 'submitter' && link('#/admin', t('admin'), view === 'admin')),
    h('div', { class: 'who' },
      me && token() && h('span', {}, me.name),
      me && token() && h('button', { type: 'button', onclick: () => { setToken(''); me = undefined; void start(); } }, t('signOut')),
      h('button', { type: 'button', onclick: showHelp, title: '?' }, t('help')),
      h('button', { type: 'button', class: 'lang', lang: other === 'en' ? 'en' : 'zh-CN', onclick: () => { setLang(other); close(); void show(); } }, other === 'en' ? 'English' : '中文')));
}

function trouble(e: unknown, again?: () => void): HTMLElement { return h('div', { class: 'page' }, problemBox(e, again)); }

function close(): void {
  if (open) open.end();
  open = undefined;
}

async function show(): Promise<void> {
  head();
  document.title = 'landcheck · ' + t('appTitle');
  if (!me) return start();
  const route = parse(location.hash);
  if (route.view === 'check') return showCheck(route);
  close();
  switch (route.view) {
    case 'home': return replace(body, home(me));
    case 'package': return replace(body, packageForm(me));
    case 'verify': return replace(body, verifyView(me));
    case 'project': return replace(body, projectView(route.county, route.project));
    case 'plan': return replace(body, planView(route.id, me));
    case 'admin': return replace(body, admin(route.tab, me));
    case 'ledger': return replace(body, townshipLedger(route.county, me));
    case 'together': return replace(body, togetherView(route.checks));
    case 'county': {
      const view = countyView(route.county, me);
      open = { id: '', end: view.end };
      return replace(body, view.element);
    }
    case 'room': {
      const view = roomView(route.county, route.township);
      open = { id: '', end: view.end };
      return replace(body, view.element);
    }
    case 'suggestion': {
      const view = suggestionView(route.id);
      open = { id: '', end: view.end };
      return replace(body, view.element);
    }
    case 'diff': {
      const view = diffView(route.old, route.new);
      open = { id: '', end: view.end };
      return replace(body, view.element);
    }
    default: replace(body, trouble(new Problem({ title: t('notFound') })));
  }
}

async function showCheck(route: Route & { view: 'check' }): Promise<void> {
  if (open && open.id === route.id && open.report) { open.report.show(route.tab, route.finding, queryOf(location.hash)); return; }
  close();
  const mine = open = { id: route.id, report: undefined as Report | undefined, end: () => { /* nothing runs yet */ } };
  replace(body, loading());
  try {
    const check = await get<Check>('/v1/checks/' + route.id);
    if (open !== mine) return;
    if (check.state !== 'done') {
      const view = progress(check, () => { open = undefined; void show(); });
      mine.end = view.end;
      replace(body, view.element);
      return;
    }
    const overview = await get<Overview>(`/v1/checks/${route.id}/overview`);
    if (open !== mine) return;
    mine.report = report(overview, me!);
    mine.end = mine.report.end;
    replace(body, mine.report.element);
    mine.report.show(route.tab, route.finding, queryOf(location.hash));
  } catch (e) {
    replace(body, trouble(e, () => { close(); void show(); }));
  }
}

/** Finds out who is asking: by token, or this machine's user where there is none. */
async function start(): Promise<void> {
  failed = arrive() || failed;
  head();
  try {
    me = await get<Me>('/v1/me');
    setBasemaps(me.basemaps);
    failed = '';
    return show();
  } catch (e) {
    close();
    if (problemOf(e).status === 401) replace(body, signIn(who => { me = who; setBasemaps(me.basemaps); failed = ''; void show(); }, failed));
    else replace(body, trouble(e, () => { void start(); }));
  }
}

/** Whether a key is meant for the element that has the focus: a tick or a button takes no letters. */
function takesKeys(e: HTMLElement): boolean {
  return /^(SELECT|TEXTAREA)$/.test(e.tagName) || e.tagName === 'INPUT' && !/^(checkbox|button|file)$/.test((e as HTMLInputElement).type);
}

document.addEventListener('keydown', e => {
  const field = e.target as HTMLElement;
  if (e.ctrlKey || e.metaKey || e.altKey || takesKeys(field)) return;
  if (e.key === '?') { showHelp(); e.preventDefault(); return; }
  if (field.closest('.map') && e.key.startsWith('Arrow')) return; // the map pans
  if (open && open.report) open.report.key(e);
});

/** Marks a browser without gaps between the items of a flex box: build.mjs. */
function markGapless(): void {
  const box = h('div', {}, h('i', {}), h('i', {}));
  Object.assign(box.style, { display: 'flex', flexDirection: 'column', rowGap: '1px', position: 'absolute' });
  document.body.appendChild(box);
  document.documentElement.classList.toggle('gapless', box.scrollHeight !== 1);
  box.remove();
}

setLang(lang());
markGapless();
document.body.append(top, body);
window.addEventListener('hashchange', () => { void show(); });
window.addEventListener(signedOut, () => { if (me) { me = undefined; void start(); } });
void start();
