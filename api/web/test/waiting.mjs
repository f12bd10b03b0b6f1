// A check that waits, and addresses that lead nowhere.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
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
  await page.click('.plans a[href^="#/plans/"]');
  await page.waitForSelector('form.row select');
  await accessible(page, 'plan');
  await page.selectOption('form.row select >> nth=1', 'acceptance');
  await page.click('form.row .primary');
  await page.waitForSelector('h1:has-text("排队中")');
  const check = await page.evaluate(id => fetch('/v1/checks/' + id).then(r => r.json()), page.url().split('/').pop());
  assert.equal(check.stage, 'acceptance');
  await done();
});

test('a plan shows its own last check after 500 checks of another', async t => {
  const browser = await launch();
  t.after(() => browser.close());
  const ask = async (method, path, body) => {
    const answer = await fetch(base + path, { method, body, headers: body ? { 'Content-Type': 'application/zip' } : {} });
    assert.ok(answer.ok, `${path}: ${answer.status}`);
    return answer.json();
  };
  const upload = name => ask('POST', '/v1/plans?name=' + name, readFileSync(join(process.env.PAGE_PLANS, name)));
  const quiet = await upload('02-over-five-percent.zip'), busy = await upload('03-compensation-outside-project.zip');
  const check = await ask('POST', `/v1/plans/${quiet.id}/checks`);
  await ask('DELETE', '/v1/checks/' + check.id);
  for (let n = 0; n < 501; n++) await ask('POST', `/v1/plans/${busy.id}/checks`);
  const { page, done } = await open(browser);
  await page.goto(base + '/');
  await page.waitForSelector(`tr:has([href$="${quiet.id}"]) a[href$="${check.id}"]:has-text("已取消")`);
  assert.ok(!(await page.innerText('.plans')).includes('尚未核查'));
  await done();
});

test('addresses of nothing say so', async t => {
  const browser = await launch();
  t.after(() => browser.close());
  const { page, done } = await open(browser, { lang: 'en' });
  for (const hash of ['#/nowhere', '#/checks/00000000-0000-7000-8000-000000000000', '#/plans/0123', '#/%E0%A4%A', '#/checks/%FF/findings?status=%E0%A4%A']) {
    await page.goto(`${base}/?${hash.length}${hash}`);
    await page.waitForSelector('.problem');
  }
  await done();
});
