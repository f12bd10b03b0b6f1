// While there is no token the page says how the first is made, and offers no
// form that would be refused.
import assert from 'node:assert/strict';
import test from 'node:test';
import { accessible, base, launch, open, says, shot } from './browser.mjs';

for (const lang of ['zh', 'en']) {
  test(`no token yet (${lang})`, async () => {
    const browser = await launch();
    const { page, done } = await open(browser, { lang });
    try {
      await page.goto(base + '/#/admin/tokens');
      await says(page, '.note', 'landcheck token create --role admin');
      assert.equal(await page.locator('form').count(), 0);
      await accessible(page, 'tokens');
      await shot(page, `${lang}-f1-tokens`);
      await done();
    } finally {
      await browser.close();
    }
  });
}
