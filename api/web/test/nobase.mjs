// A service without base data asks for some.
import test from 'node:test';
import { accessible, base, launch, open, says, shot } from './browser.mjs';

test('an empty service asks for base data', async t => {
  const browser = await launch();
  t.after(() => browser.close());
  for (const [lang, title] of [['zh', '请先装入旗县的底图'], ['en', 'Base data comes first']]) {
    for (const width of [1366, 390]) {
      const { page, done } = await open(browser, { lang, width });
      await page.goto(base + '/');
      await says(page, 'h1', title);
      for (const name of ['XZQ', 'DLTB', 'YJJBNTTB', 'STBHHX', 'CZKFBJ']) await says(page, '.no-base li', name);
      await accessible(page, 'no base data');
      await shot(page, `${lang}-e1-nobase-${width}`);
      await done();
    }
  }
});
