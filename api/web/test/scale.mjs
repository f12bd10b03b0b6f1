// Ten thousand findings in a county of a hundred thousand parcels.
import assert from 'node:assert/strict';
import test from 'node:test';
import { base, launch, open, shot, view } from './browser.mjs';

const [few, many] = process.env.PAGE_CHECKS.split(' ');
const ms = list => list.map(x => x.at);
const median = list => [...list].sort((a, b) => a - b)[list.length >> 1];

/** The verdict and the first findings on the screen: after how many ms, and
 * what the service was asked for until then besides tiles. */
async function firstPaint(browser, check) {
  const { page, done } = await open(browser);
  await page.goto(`${base}/#/checks/${check}`);
  await page.waitForSelector('.finding-row');
  const at = await page.evaluate(() => performance.getEntriesByName('findings-shown')[0].startTime);
  await page.waitForFunction(() => performance.getEntriesByName('findings-on-map').length > 0);
  const drawn = await page.evaluate(() => performance.getEntriesByName('findings-on-map')[0].startTime);
  const all = await page.evaluate(() => performance.getEntriesByType('resource').map(r => [r.name, r.startTime, r.decodedBodySize]));
  await done();
  const asked = all.filter(([name, began]) => began < at && name.includes('/v1/') && !name.includes('/tiles/'));
  return { at, drawn, paths: asked.map(([name]) => name.slice(base.length).replace(check, 'ID').replace(/findings\/150123-2026-\d+\?/, 'findings/PROJECT?')), bytes: asked.reduce((sum, r) => sum + r[2], 0) };
}

test('the report of ten thousand findings asks for no more than that of a hundred', async t => {
  const browser = await launch();
  t.after(() => browser.close());
  await firstPaint(browser, few).then(first => t.diagnostic(`warming the browser up: ${first.at.toFixed(0)} ms`));
  const times = { few: [], many: [] };
  for (let i = 0; i < 5; i++) {
    // The first of them meets a server that has read neither report.
    times.many.push(await firstPaint(browser, many));
    times.few.push(await firstPaint(browser, few));
  }
  const ratio = median(ms(times.many)) / median(ms(times.few)), show = list => ms(list).map(x => x.toFixed(0)).join(' ');
  t.diagnostic(`first paint, ms: ${show(times.few)} of few, ${show(times.many)} of many findings; medians ${ratio.toFixed(2)}`);
  t.diagnostic(`first findings on the map, ms: ${times.few.map(x => x.drawn.toFixed(0)).join(' ')} of few, ${times.many.map(x => x.drawn.toFixed(0)).join(' ')} of many`);
  for (const [i, of] of times.many.entries()) {
    assert.deepEqual(of.paths, times.few[i].paths);
    assert.ok(of.paths.length > 2 && of.bytes > 10_000 && of.bytes < 2 * times.few[i].bytes, `${of.bytes} and ${times.few[i].bytes} bytes`);
  }
});

test('a long list stays usable', async t => {
  const browser = await launch();
  t.after(() => browser.close());
  const { page, done } = await open(browser);
  await page.goto(`${base}/#/checks/${many}`);
  await page.waitForSelector('.finding-row');
  const waited = Date.now();
  await view(page, '');
  t.diagnostic(`the map of all findings rests ${Date.now() - waited} ms after the list`);
  const shown = () => page.innerText('.count-line').then(s => Number(s.replace(/\D/g, '')));
  const open_ = await shown();
  await page.selectOption('.side-list select >> nth=0', '');
  await page.waitForFunction(n => Number(document.querySelector('.count-line').innerText.replace(/\D/g, '')) > n, open_);
  const total = await shown();
  assert.ok(total >= 10000, `${total} findings`);
  const at = async n => {
    const began = Date.now();
    await page.evaluate(top => { document.querySelector('.side-list .scroll').scrollTop = top; }, n * 84);
    await page.waitForSelector(`.rows li[aria-posinset="${n + 1}"]`);
    return Date.now() - began;
  };
  t.diagnostic(`${total} findings: row 3000 after ${await at(3000)} ms, the last after ${await at(total - 1)} ms`);
  assert.ok(await page.locator('.rows li').count() < 60, 'all rows are in the page');
  await page.click('.rows li:last-child a');
  await page.waitForSelector('.finding h2');
  await page.waitForFunction(() => !document.querySelector('[data-key=previous]').disabled);
  await page.keyboard.press('k');
  await page.waitForFunction(n => document.querySelector('.steps').innerText.includes(String(n)), total - 1);

  // J: from the key to the next finding, its land marked on the map.
  await page.goto(`${base}/#/checks/${many}/findings`);
  await page.waitForSelector('.finding-row');
  await page.keyboard.press('j');
  await page.waitForSelector('.finding h2');
  const answers = [];
  for (let i = 0; i < 12; i++) {
    const was = await page.getAttribute('.map', 'data-selected');
    await view(page, was);
    answers.push(await page.evaluate(old => new Promise(done => {
      const began = performance.now(), map = document.querySelector('.map');
      new MutationObserver((_, o) => { if (map.dataset.selected && map.dataset.selected !== old) { o.disconnect(); done(performance.now() - began); } }).observe(map, { attributes: true });
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true }));
    }), was));
  }
  t.diagnostic(`J answers after ${answers.map(x => x.toFixed(0)).join(' ')} ms, in the middle ${median(answers).toFixed(0)}`);

  // Parcels of the county around it.
  const [, , resolution] = await view(page, await page.getAttribute('.finding', 'data-finding'));
  await page.click('.map', { position: { x: 300, y: 300 } });
  assert.ok(resolution < 20, `${resolution} m a pixel`);
  await shot(page, 'scale-finding');

  // A link to a finding deep in the list.
  const url = page.url();
  const began = Date.now();
  const other = await open(browser);
  await other.page.goto(url);
  await other.page.waitForSelector('.finding h2');
  t.diagnostic(`a link to finding ${total - 1} opens in ${Date.now() - began} ms`);
  await other.done();

  // The map of all findings.
  await page.goto(`${base}/#/checks/${many}/findings`);
  await page.keyboard.press('f');
  await view(page, '');
  await shot(page, 'scale-map');
  assert.ok(await page.locator('.map-warning').isHidden(), 'some tiles failed');
  await done();
});
