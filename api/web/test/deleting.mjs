// An administrator deletes a plan: only with a reason, which the audit trail shows.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { accessible, base, launch, open, says, shot } from './browser.mjs';

for (const [lang, button, reason] of [['zh', '删除方案', '重复上传'], ['en', 'Delete the plan', 'uploaded twice']]) {
  test(`deleting a plan (${lang})`, async () => {
    const answer = await fetch(base + '/v1/plans', { method: 'POST', body: readFileSync(process.env.PAGE_PLAN), headers: { 'Content-Type': 'application/zip' } });
    assert.equal(answer.status, 201, 'what was deleted can be uploaded again');
    const plan = await answer.json();
    const browser = await launch();
    const { page, done } = await open(browser, { lang });
    try {
      let say = '';
      page.on('dialog', d => { assert.ok(d.message().includes(plan.name)); void d.accept(say); });
      await page.goto(`${base}/#/plans/${plan.id}`);
      await page.waitForSelector('button.delete');
      assert.equal(await page.innerText('button.delete'), button);
      await accessible(page, 'plan');
      await shot(page, `${lang}-p1-plan`);
      await page.click('button.delete'); // without a reason nothing happens
      assert.equal((await fetch(`${base}/v1/plans/${plan.id}`)).status, 200);
      say = reason;
      await page.click('button.delete');
      await page.waitForSelector('.drop');
      assert.equal((await fetch(`${base}/v1/plans/${plan.id}`)).status, 404);
      await page.goto(base + '/#/admin/audit');
      await says(page, 'tbody tr:first-child', reason);
    } finally {
      await done();
      await browser.close();
    }
  });
}
