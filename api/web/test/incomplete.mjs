// A verdict that says nothing for want of data names what is missing; a folder
// that is dropped keeps its paths.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import test from 'node:test';
import { base, launch, open, shot } from './browser.mjs';

test('an incomplete verdict names the layers that are missing', async t => {
  const browser = await launch();
  t.after(() => browser.close());
  for (const [lang, names] of Object.entries({ zh: ['城镇开发边界（CZKFBJ）', '生态保护红线（STBHHX）'], en: ['CZKFBJ', 'STBHHX'] })) {
    const { page, done } = await open(browser, { lang });
    await page.goto(base + '/');
    await page.setInputFiles('#files', join(process.env.PAGE_PLANS, '01-compliant.zip'));
    await page.waitForSelector('.verdict');
    const says = await page.innerText('.verdict .says');
    for (const name of names) assert.ok(says.includes(name), `${name} is not in: ${says}`);
    await shot(page, lang + '-i1-incomplete');
    await done();
  }
});

test('a folder is dropped as people drop it, and keeps its paths', async t => {
  const browser = await launch();
  t.after(() => browser.close());
  const { page, context, done } = await open(browser);
  await page.goto(base + '/');
  const box = await page.locator('.drop').boundingBox(), x = box.x + 40, y = box.y + 20;
  const session = await context.newCDPSession(page), data = { items: [], files: [process.env.PAGE_WHOLE], dragOperationsMask: 1 };
  let sent = '';
  page.on('request', r => { if (r.method() === 'POST' && r.url().includes('/v1/plans?name=')) sent = decodeURIComponent(r.url().split('name=')[1]); });
  for (const type of ['dragEnter', 'dragOver', 'drop']) await session.send('Input.dispatchDragEvent', { type, x, y, data });
  await page.waitForSelector('.verdict');
  assert.equal(sent, '某镇方案', 'the folder gives the package its name');
  const says = await page.innerText('.verdict');
  assert.ok(says.startsWith('?') || says.includes('资料不全'), says); // the base lacks layers; the papers of the plan are all found
  assert.equal(await page.innerText('.counts li:first-child b'), '0', 'nothing fails: its papers lie where plan.yaml says');
  await done();
});
