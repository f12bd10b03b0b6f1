// The manual: from the page's help window, chapter by chapter, on a wide and a
// narrow screen.
import assert from 'node:assert/strict';
import test from 'node:test';
import { accessible, base, launch, open, shot } from './browser.mjs';

test('the manual', async () => {
  const browser = await launch();
  try {
    for (const [lang, other] of [['zh', 'en'], ['en', 'zh']]) {
      for (const width of [1366, 390]) {
        const { page, context, done } = await open(browser, { lang, width, height: width > 760 ? 768 : 844 });
        await page.goto(base + '/');
        await page.waitForSelector('header.top .lang');
        await page.keyboard.press('?');
        await page.waitForSelector('[role=dialog]');
        const opened = context.waitForEvent('page');
        await page.keyboard.press('Tab'); // from the button to the first link
        await page.keyboard.press('Enter');
        const manual = await opened;
        await manual.waitForLoadState();
        await manual.waitForURL(`${base}/docs/${lang}`);
        const chapters = await manual.locator('nav a').evaluateAll(all => all.map(a => a.href));
        assert.ok(chapters.length > 8, chapters.join());
        for (const address of [manual.url(), ...chapters]) {
          await manual.goto(address);
          const name = `${address.slice(base.length)} at ${width}`;
          assert.ok((await manual.innerText('h1')).length > 1, name);
          const [wide, screen] = await manual.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
          assert.ok(wide <= screen, `${name} is ${wide} wide`);
          assert.equal(await manual.evaluate(() => getComputedStyle(document.querySelector('header')).display), 'flex', name + ' has no style');
          await accessible(manual, name);
        }
        await manual.goto(`${base}/docs/${lang}/inputs`);
        await shot(manual, `${lang}-m-inputs-${width}`);
        await manual.click('main a >> nth=0'); // to the chapter on papers
        await manual.waitForURL(`${base}/docs/${lang}/papers`);
        await manual.click('.other');
        await manual.waitForURL(`${base}/docs/${other}/papers`);
        await done();
      }
    }
  } finally {
    await browser.close();
  }
});
