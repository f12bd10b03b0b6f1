// A check that waits, and addresses that lead nowhere.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import test from 'node:test';
import { accessible, base, launch, open, shot } from './browser.mjs';

test('a check that waits says so and can be cancelled', async t => {
  const browser = await launch();
  t.after(() => browser.close());
  const { page, done } = await open(browser);
  await page.goto(base + '/');
  await page.setInputFiles('#files', join(process.env.PAGE_PLANS, '01-compliant.zip'));
  await page.waitForSelector('h1:has-text("排队中")');
  await accessible(page, 'waiting');
  await shot(page, 'zh-b1-waiting');
  await page.click('button:has-text("取消核查")');
  await page.waitForSelector('h1:has-text("已取消")'); // told by the event stream
  await page.goto(base + '/#/');
  await page.waitForSelector('.plans td:last-child:has-text("已取消")');
  await page.click('.plans a.strong');
  await page.waitForSelector('form.row select');
  await accessible(page, 'plan');
  await page.selectOption('form.row select >> nth=1', 'acceptance');
  await page.click('form.row .primary');
  await page.waitForSelector('h1:has-text("排队中")');
  const check = await page.evaluate(id => fetch('/v1/checks/' + id).then(r => r.json()), page.url().split('/').pop());
  assert.equal(check.stage, 'acceptance');
  await done();
});

test('addresses of nothing say so', async t => {
  const browser = await launch();
  t.after(() => browser.close());
  const { page, done } = await open(browser, { lang: 'en' });
  for (const hash of ['#/nowhere', '#/checks/00000000-0000-7000-8000-000000000000', '#/plans/0123']) {
    await page.goto(`${base}/?${hash.length}${hash}`);
    await page.waitForSelector('.problem');
  }
  await done();
});
