// Signing in at the organisation's issuer, and what a link cannot do.
import assert from 'node:assert/strict';
import test from 'node:test';
import { accessible, base, launch, open, says, shot } from './browser.mjs';

const issuer = process.env.PAGE_ISSUER;

for (const lang of ['zh', 'en']) {
  test(`signing in with the organisation's account (${lang})`, async () => {
    const browser = await launch();
    const { page, done } = await open(browser, { lang, issuer });
    const kept = () => page.evaluate(() => JSON.stringify(Object.keys(sessionStorage)));
    const button = `button:has-text("${lang === 'zh' ? '用单位账号登录' : 'Sign in with your organisation'}")`;
    try {
      // A token that somebody else put into a link signs nobody in.
      await page.goto(base + '/#/signed-in/a.b.c');
      await says(page, '.problem', lang === 'zh' ? '不是从本窗口开始' : 'not begun in this window');
      assert.equal(page.url(), base + '/#/');
      assert.equal(await kept(), '[]');

      await page.goto(base + '/#/sign-in-failed/claims');
      await says(page, '.problem', 'landcheck_prefix');
      await page.waitForSelector(button);
      await accessible(page, 'sign-in that failed');
      await shot(page, `${lang}-o1-failed`);

      // Who followed a link before signing in is there afterwards.
      await page.goto(base + '/#/admin/audit');
      await page.click(button);
      await page.waitForSelector('tbody tr');
      assert.equal(page.url(), base + '/#/admin/audit', 'the token stays in the address');
      assert.equal(await kept(), '["landcheck.token"]');
      await says(page, 'tbody', 'oidc:zhang');
      await says(page, 'header', 'oidc:zhang');
      await shot(page, `${lang}-o2-signed-in`);
      await page.goBack(); // nor is it in the history
      assert.ok(!page.url().includes('signed-in'), page.url());
    } finally {
      await done().finally(() => browser.close());
    }
  });
}
