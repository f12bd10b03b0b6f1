// A browser for the tests, and what every test of the page watches: requests
// that leave the server, errors in the page, screenshots.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

export const base = process.env.PAGE_URL;
const shots = process.env.PAGE_SHOTS;
const patience = 120_000; // ms until something is not coming any more: a busy machine is slow
mkdirSync(shots, { recursive: true });

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

/** A page of its own: storage, language, downloads. watched.done() fails on
 * whatever went outside, other than to the issuer or
 * to base maps (maps: their origin), or wrong meanwhile. */
export async function open(browser, { lang = 'zh', width = 1366, height = 768, issuer, maps } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, acceptDownloads: true, locale: lang === 'en' ? 'en-GB' : 'zh-CN' });
  await context.addInitScript(l => { if (!localStorage.getItem('landcheck.lang')) localStorage.setItem('landcheck.lang', l); }, lang);
  context.setDefaultTimeout(patience);
  const page = await context.newPage();
  const outside = [], errors = [], refused = [];
  context.on('request', r => { if (!/^(blob|data):/.test(r.url()) && !r.url().startsWith(base + '/') && !(issuer && r.url().startsWith(issuer + '/auth?')) && !(maps && r.url().startsWith(maps + '/'))) outside.push(r.url()); });
  page.on('pageerror', e => errors.push(String(e.stack || e)));
  page.on('console', m => { if (m.type() === 'error') (/Failed to load resource/.test(m.text()) || maps && m.text().includes(`image at '${maps}`) ? refused : errors).push(m.text() + ' ' + m.location().url); });
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

/** All text is inside of what it stands in, and none is broken into a column of
 * single characters. within is what is looked at, on the screen or on paper. */
export async function fits(page, name, within = 'body') {
  const bad = await page.evaluate(selector => {
    const bad = [], root = document.querySelector(selector);
    const scrolls = e => /auto|scroll|hidden|clip/.test(getComputedStyle(e).overflowX);
    const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let text = walk.nextNode(); text; text = walk.nextNode()) {
      const words = text.data.trim(), owner = text.parentElement, style = getComputedStyle(owner);
      if (!words || style.visibility === 'hidden' || owner.closest('.unseen,svg,.skip,.map,option,script,style,pre') || owner.closest('details:not([open])') && !owner.closest('summary')) continue;
      const range = document.createRange();
      range.selectNodeContents(text);
      const lines = [...range.getClientRects()].filter(r => r.width > 0.5 && r.height > 0.5);
      if (!lines.length) continue;
      const size = parseFloat(style.fontSize), widest = Math.max(...lines.map(r => r.width));
      if (words.length >= 4 && lines.length >= 3 && widest < 2.6 * size) bad.push(`upright, ${lines.length} lines: ${words.slice(0, 40)}`);
      const right = Math.max(...lines.map(r => r.right)), left = Math.min(...lines.map(r => r.left));
      for (let box = owner; box && box !== document.documentElement; box = box.parentElement) {
        if (scrolls(box)) break;
        if (box !== document.body && !/^(TD|TH|LI|P|DIV|SECTION|HEADER|DD|DT|BUTTON|A|LABEL)$/.test(box.tagName)) continue;
        const r = box.getBoundingClientRect();
        if (!r.width || getComputedStyle(box).display === 'inline') continue;
        if (right > r.right + 1.5 || left < r.left - 1.5) { bad.push(`out of ${box.tagName.toLowerCase()}.${box.className} by ${Math.round(Math.max(right - r.right, r.left - left))} px: ${words.slice(0, 40)}`); break; }
      }
    }
    const main = document.querySelector('main');
    if (selector === 'body' && document.documentElement.scrollWidth > innerWidth) bad.push(`the page is ${document.documentElement.scrollWidth} px wide`);
    if (selector === 'body' && main && main.scrollWidth > main.clientWidth) {
      const wide = [...main.querySelectorAll('*')].find(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.wide,.scroll,.map,.tabs') );
      bad.push(`main is ${main.scrollWidth} px wide: ${wide ? wide.outerHTML.slice(0, 120) : ''}`);
    }
    return [...new Set(bad)].slice(0, 12);
  }, within);
  assert.deepEqual(bad, [], `${name} does not fit`);
}

/** Waits until an element says a text: the page's words come when the service
 * has answered, and another page's elements may still be there. */
export async function says(page, selector, text) { await page.waitForSelector(`${selector}:has-text(${JSON.stringify(text)})`); }

/** Where the map looks at once it rests: [x, y, resolution]; with the id of a
 * finding once it shows that one, with '' once it shows none. */
export async function view(page, finding) {
  const shown = finding === undefined ? '' : `[data-selected="${finding}"]`;
  await page.waitForSelector(`.map[aria-busy="false"]${shown}`);
  return (await page.getAttribute('.map', 'data-view')).split(' ').map(Number);
}
