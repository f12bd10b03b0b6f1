// A browser for the tests, and what every test of the page watches: requests
// that leave the server, errors in the page, screenshots.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

export const base = process.env.PAGE_URL;
const shots = process.env.PAGE_SHOTS;
mkdirSync(shots, { recursive: true });

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

/** A page of its own: storage, language, downloads. watched.done() fails on
 * whatever went outside, other than to the issuer, or wrong meanwhile. */
export async function open(browser, { lang = 'zh', width = 1366, height = 768, issuer } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, acceptDownloads: true, locale: lang === 'en' ? 'en-GB' : 'zh-CN' });
  await context.addInitScript(l => { if (!localStorage.getItem('landcheck.lang')) localStorage.setItem('landcheck.lang', l); }, lang);
  context.setDefaultTimeout(30000);
  const page = await context.newPage();
  const outside = [], errors = [], refused = [];
  context.on('request', r => { if (!/^(blob|data):/.test(r.url()) && !r.url().startsWith(base + '/') && !(issuer && r.url().startsWith(issuer + '/auth?'))) outside.push(r.url()); });
  page.on('pageerror', e => errors.push(String(e.stack || e)));
  page.on('console', m => { if (m.type() === 'error') (/Failed to load resource/.test(m.text()) ? refused : errors).push(m.text() + ' ' + m.location().url); });
  return {
    page, context, refused,
    async done() {
      assert.deepEqual(outside, [], 'requests left the server');
      assert.deepEqual(errors, [], 'errors in the page (also of the Content-Security-Policy)');
      await context.close();
    },
  };
}

export async function shot(page, name) { await page.screenshot({ path: `${shots}/${name}.png` }); }

/** Nothing that axe calls serious or critical. */
export async function accessible(page, name) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  const bad = violations.filter(v => v.impact === 'serious' || v.impact === 'critical')
    .map(v => `${v.id} (${v.impact}): ${v.help}: ${v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(' | ')}`);
  assert.deepEqual(bad, [], `axe on ${name}`);
}

/** Where the map looks at: [x, y, resolution], once it rests and, where an
 * earlier place is given, has left that. */
export async function view(page, before) {
  let last = '';
  if (before) await page.waitForFunction(old => document.querySelector('.map').dataset.view !== old, before.map(x => x.toFixed(3)).join(' '));
  for (let i = 0; i < 60; i++) {
    const now = await page.getAttribute('.map', 'data-view');
    if (now && now === last) return now.split(' ').map(Number);
    last = now || '';
    await page.waitForTimeout(150);
  }
  throw new Error('the map does not rest');
}
