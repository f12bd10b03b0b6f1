// Base data in the browser: an empty service is given some, it is on the map without
// a plan, a new version is compared and put to use, and the one before again.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import test from 'node:test';
import { accessible, base, launch, open, says, shot, view } from './browser.mjs';

const words = {
  zh: { title: '请先装入旗县的底图', whose: '请先填写旗县代码', loaded: '已装入', use: '启用第 2 版', back: '启用第 1 版', name: '呼和浩特市和林格尔县 150123', failed: '底图没有装入', now: '现用第 2 版', again: '现用第 1 版', same: '与第 1 版相同' },
  en: { title: 'Base data comes first', whose: 'Write the county’s code first', loaded: 'is loaded', use: 'Put version 2 to use', back: 'Put version 1 to use', name: '呼和浩特市和林格尔县 150123', failed: 'was not loaded', now: 'Version 2 is in use', again: 'Version 1 is in use', same: 'the same as version 1' },
};
const lang = process.env.PAGE_LANG, say = words[lang];

test('base data in the browser', async t => {
  const browser = await launch();
  t.after(() => browser.close());
  for (const width of [390, 1366]) { // the empty page at both
    const { page, done } = await open(browser, { lang, width });
    await page.goto(base + '/');
    await says(page, 'h1', say.title);
    for (const name of ['XZQ', 'DLTB', 'YJJBNTTB', 'STBHHX', 'CZKFBJ']) await says(page, '.no-base li', name);
    await accessible(page, 'no base data');
    await shot(page, `${lang}-e1-nobase-${width}`);
    await done();
  }
  const { page, done } = await open(browser, { lang });
  await page.goto(base + '/');
  await page.setInputFiles('#base-files', process.env.PAGE_BASE);
  await says(page, '.problem', say.whose);
  await page.fill('#base-county', '150123');
  await page.setInputFiles('#base-files', process.env.PAGE_BASE);
  await page.waitForURL(/#\/counties\/150123$/);
  await says(page, 'h1', say.name);
  await view(page);
  await accessible(page, 'county');
  await shot(page, `${lang}-e2-county`);

  // A candidate: loaded, compared, put to use, and the one before again.
  await page.check('#base-candidate');
  await page.setInputFiles('#base-files', process.env.PAGE_BASE);
  await page.waitForSelector('[data-version="2"]');
  await says(page, '[data-version="2"]', say.same);
  page.on('dialog', d => void d.accept());
  await page.click(`button:has-text("${say.use}")`);
  await says(page, 'main', say.now);
  await page.click(`button:has-text("${say.back}")`);
  await says(page, 'main', say.again);
  await shot(page, `${lang}-e3-versions`);
  const county = (await page.evaluate(() => fetch('/v1/counties').then(r => r.json()))).items[0];
  assert.deepEqual([county.version, county.versions], [1, [1, 2]]);

  await page.setInputFiles('#base-files', join(process.env.PAGE_PLANS, '01-compliant.zip')); // a plan is no base data
  await says(page, '.problem', say.failed);
  await accessible(page, 'a load that failed');
  await shot(page, `${lang}-e4-failed`);
  await page.setViewportSize({ width: 390, height: 768 });
  await accessible(page, 'county, narrow');
  await shot(page, `${lang}-e5-narrow`);
  await done();
});
