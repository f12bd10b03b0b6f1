// Signing in, and the pages of administration.
import assert from 'node:assert/strict';
import test from 'node:test';
import { accessible, base, launch, open, says, shot } from './browser.mjs';

const secret = process.env.PAGE_TOKEN;

for (const lang of ['zh', 'en']) {
  test(`signing in and administration (${lang})`, async () => {
    const browser = await launch();
    const { page, done, refused } = await open(browser, { lang });
    try {
      await page.goto(base + '/');
      await page.waitForSelector('#token');
      await accessible(page, 'sign-in');
      await shot(page, `${lang}-a1-signin`);
      await page.fill('#token', 'lc_wrong');
      await page.keyboard.press('Enter');
      await page.waitForSelector('.problem');
      await page.fill('#token', secret);
      await page.keyboard.press('Enter');
      await page.waitForSelector('.drop');
      assert.equal(await page.evaluate(() => localStorage.length + ' ' + sessionStorage.length), '1 1', 'the token is kept in this window only');

      await page.goto(base + '/#/admin/counties');
      await page.waitForSelector('details table tbody tr');
      assert.ok(await page.locator('details table tbody tr').count() >= 5);
      await accessible(page, 'counties');
      await shot(page, `${lang}-a2-counties`);

      await page.goto(base + '/#/admin/tokens');
      await page.waitForSelector('form');
      await page.fill('form input >> nth=0', 'clerk ' + lang);
      await page.fill('form input[inputmode]', '15012x');
      await page.click('form button');
      await page.waitForSelector('.problem');
      await page.fill('form input[inputmode]', '1501');
      await page.click('form button');
      await page.waitForSelector('.secret');
      const made = await page.innerText('.secret');
      assert.match(made, /^lc_[0-9a-f]{64}$/);
      await accessible(page, 'tokens');
      await shot(page, `${lang}-a3-tokens`);
      const known = await page.evaluate(t => fetch('/v1/me', { headers: { Authorization: 'Bearer ' + t } }).then(r => r.json()), made);
      assert.equal(known.prefix, '1501');
      page.once('dialog', d => d.accept());
      await page.click(`tr:has-text("clerk ${lang}") button`);
      await page.waitForFunction(n => ![...document.querySelectorAll('tr')].some(r => r.innerText.includes(n) && r.querySelector('button')), 'clerk ' + lang);
      assert.equal(await page.evaluate(t => fetch('/v1/me', { headers: { Authorization: 'Bearer ' + t } }).then(r => r.status), made), 401);

      await page.goto(base + '/#/admin/audit');
      await says(page, 'tbody', lang === 'zh' ? '撤销令牌' : 'token revoked');
      await accessible(page, 'audit');
      await shot(page, `${lang}-a4-audit`);

      await page.click('.who button >> nth=0');
      await page.waitForSelector('#token');
      assert.equal(await page.evaluate(() => sessionStorage.length), 0);
      assert.ok(refused.length > 0); // 401 and 4xx were answers, not faults
    } finally {
      await done().finally(() => browser.close());
    }
  });
}
