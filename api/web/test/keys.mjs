// Going through findings by keyboard, and addresses that say what is shown.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { base, launch, open, says, shot } from './browser.mjs';

const name = '11-bad-data.zip';
let check;

/** The check of a plan with several findings, made once. */
async function checked() {
  if (check) return check;
  const ask = async (path, body, more = {}) => (await fetch(base + path, { method: 'POST', body, headers: more })).json();
  const plan = await ask('/v1/plans?name=' + name, readFileSync(join(process.env.PAGE_PLANS, name)), { 'Content-Type': 'application/zip' });
  const made = await ask(`/v1/plans/${plan.id}/checks`, undefined, { Prefer: 'wait=120' });
  assert.equal(made.state, 'done');
  return check = made.id;
}

const listed = async query => (await (await fetch(`${base}/v1/checks/${check}/findings?detail=list&status=fail,not_checked,warn,justified${query || ''}`)).json()).items.map(f => f.id);
const shows = (page, id) => page.waitForSelector(`.finding[data-finding="${id}"]`);

test('J and K go on after a tick in the legend, and while findings load', async t => {
  const browser = await launch();
  t.after(() => browser.close());
  const { page, done } = await open(browser);
  await page.goto(`${base}/#/checks/${await checked()}/findings`);
  await page.waitForSelector('.finding-row');
  const ids = await listed();
  assert.ok(ids.length >= 5, `${ids.length} findings`);
  await page.click('.legend input >> nth=0');
  await page.keyboard.press('j');
  await shows(page, ids[0]);
  await page.click('.legend input >> nth=1');
  await page.keyboard.press('j');
  await shows(page, ids[1]);

  // Three presses at once, with answers that take their time: none is lost.
  let slow = 0;
  await page.route(/\/findings\/[0-9a-f]+$/, async route => { slow++; await new Promise(r => setTimeout(r, 700)); await route.continue(); });
  for (const key of ['j', 'j', 'j', 'k']) await page.keyboard.press(key);
  await shows(page, ids[3]);
  await page.waitForSelector(`.steps:has-text("第 4 个")`);
  assert.ok(slow > 0, 'nothing was slow');
  // The same at once after a finding was opened by its address, whose place nobody knows yet.
  await page.goto(`${base}/?again#/checks/${check}/findings/${ids[2]}`);
  await page.waitForSelector('.side-one .loading');
  for (const key of ['j', 'k', 'k']) await page.keyboard.press(key);
  await shows(page, ids[1]);
  // At the ends nothing happens, and the next press counts.
  for (const key of ['k', 'k', 'k']) await page.keyboard.press(key);
  await shows(page, ids[0]);
  await page.keyboard.press('j');
  await shows(page, ids[1]);
  await page.keyboard.press('Escape');
  await page.waitForFunction(end => document.activeElement.href && document.activeElement.href.endsWith(end), ids[1]);
  await done();
});

test('filters, search and order stand in the address', async t => {
  const browser = await launch();
  t.after(() => browser.close());
  const { page, done } = await open(browser);
  await page.goto(`${base}/#/checks/${await checked()}/findings`);
  await page.waitForSelector('.finding-row');
  const all = await listed();
  await page.selectOption('.side-list [data-filter=level]', 'mandatory');
  await page.selectOption('.side-list [data-filter=sort]', 'area');
  const ids = await listed('&level=mandatory&sort=area');
  assert.ok(ids.length > 1 && ids.length < all.length, `${ids.length} of ${all.length}`);
  await says(page, '.count-line', `共 ${ids.length} 个`);
  const address = page.url();
  assert.ok(address.includes('level=mandatory') && address.includes('sort=area'), address);
  const rows = () => page.evaluate(() => [...document.querySelectorAll('.finding-row')].map(a => a.href.split('/findings/')[1].split('?')[0]));
  assert.deepEqual((await rows()).slice(0, ids.length), ids);

  // The address alone shows the same, to somebody else; J goes in that order; the list is as it was.
  const other = await open(browser);
  await other.page.goto(address);
  await says(other.page, '.count-line', `共 ${ids.length} 个`);
  assert.equal(await other.page.inputValue('.side-list [data-filter=sort]'), 'area');
  await other.page.keyboard.press('j');
  await other.page.keyboard.press('j');
  await shows(other.page, ids[1]);
  assert.ok(other.page.url().includes('sort=area'));
  await other.page.reload();
  await shows(other.page, ids[1]);
  await other.page.keyboard.press('Escape');
  await says(other.page, '.count-line', `共 ${ids.length} 个`);
  await other.done();

  // What is typed is found, and the field keeps the focus; back undoes a choice.
  await page.fill('.side-list [data-filter=q]', '没有这样的话');
  await says(page, '.rows', '没有符合');
  assert.equal(await page.evaluate(() => document.activeElement.dataset.filter), 'q');
  await page.fill('.side-list [data-filter=q]', '');
  await says(page, '.count-line', `共 ${ids.length} 个`);
  await shot(page, 'zh-k1-filters');
  await page.goBack();
  await page.waitForFunction(n => document.querySelector('.count-line').textContent.includes(`共 ${n} 个`), (await listed('&level=mandatory')).length);
  assert.equal(await page.inputValue('.side-list [data-filter=sort]'), '');
  await page.click('.side-list button.link');
  await says(page, '.count-line', `共 ${all.length} 个`);

  // By keyboard the choice keeps its place.
  await page.focus('.side-list [data-filter=level]');
  await page.keyboard.press('ArrowDown');
  await page.waitForFunction(() => location.hash.includes('level=mandatory'));
  assert.equal(await page.evaluate(() => document.activeElement.dataset.filter), 'level');

  // A finding that the filter leaves out is shown, in the whole list.
  const out = all.find(id => !ids.includes(id));
  await page.goto(`${base}/?out#/checks/${check}/findings/${out}?level=mandatory`);
  await shows(page, out);
  await page.waitForFunction(() => location.hash.includes('status=any') && !location.hash.includes('level'));

  // A filter that there is not is said, and can be taken back.
  await page.goto(`${base}/?odd#/checks/${check}/findings?level=strange`);
  await says(page, '.side-list .problem', '怎么办');
  await page.selectOption('.side-list [data-filter=level]', '');
  await says(page, '.count-line', `共 ${all.length} 个`);

  // Rules too; the tab comes back as it was left.
  await page.click('.counts button >> nth=0');
  await page.waitForFunction(() => location.hash.endsWith('/rules?status=fail'));
  await page.fill('.room [data-filter=q]', 'pbf-');
  await page.waitForFunction(() => location.hash.includes('q=pbf-'));
  const few = await page.locator('table.rules tbody tr').count();
  await page.click('.tabs a >> nth=2');
  await page.waitForSelector('.towns');
  await page.click('.tabs a >> nth=1');
  await page.waitForFunction(() => location.hash.includes('q=pbf-'));
  assert.equal(await page.locator('table.rules tbody tr').count(), few);
  await done();
});
