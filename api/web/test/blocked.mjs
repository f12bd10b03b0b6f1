// A plan whose checks ended their process twice: nothing can be asked for, and
// an administrator lets it be checked again, which the audit trail shows.
import assert from 'node:assert/strict';
import test from 'node:test';
import { accessible, base, launch, open, says, shot } from './browser.mjs';

const id = process.env.PAGE_BLOCKED;

test('a blocked plan', async () => {
  const browser = await launch();
  try {
    for (const [lang, short, title, ask] of [['zh', '已停止核查', '该方案已停止核查', '请先在日志里查明原因'], ['en', 'Not checked any more', 'This plan is not checked any more', 'Find the cause in the log first']]) {
      const { page, done } = await open(browser, { lang });
      await page.goto(base + '/');
      await says(page, 'tbody', short);
      await page.goto(`${base}/#/plans/${id}`);
      await page.waitForSelector('.problem button');
      const said = await page.innerText('.problem');
      for (const part of [title, ask, id]) assert.ok(said.includes(part), said);
      assert.equal(await page.locator('form').count(), 0, 'a check can be asked for');
      await accessible(page, 'blocked plan');
      await shot(page, `${lang}-b1-blocked`);
      if (lang === 'en') {
        await page.click('.problem button');
        await page.waitForSelector('form');
        assert.equal(await page.locator('.problem').count(), 0);
        await page.goto(base + '/#/admin/audit');
        await says(page, 'tbody tr:first-child', 'plan unblocked');
      }
      await done();
    }
  } finally {
    await browser.close();
  }
});
