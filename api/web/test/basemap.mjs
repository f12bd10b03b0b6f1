// A base map of the bureau's own network, and the line between before and after.
import assert from 'node:assert/strict';
import test from 'node:test';
import { accessible, base, launch, open, shot, view } from './browser.mjs';

const bureau = process.env.PAGE_BUREAU, check = process.env.PAGE_CHECK;

test('base maps lie where they should, and are asked for when they are chosen', async t => {
  const browser = await launch();
  t.after(() => browser.close());
  const { page, done } = await open(browser, { maps: bureau });
  await page.goto(`${base}/#/checks/${check}/findings`);
  await page.waitForSelector('.finding-row');
  await view(page, '');
  const [lon, lat] = (await page.innerText('.where')).match(/[\d.]+(?=°)/g).map(Number); // of the middle
  await fetch(`${bureau}/at?lon=${lon}&lat=${lat}`);
  assert.equal(await (await fetch(bureau + '/asked')).text(), '0', 'nobody has chosen a base map');
  for (const name of ['mercator', 'degrees']) {
    await page.selectOption('[data-basemap]', name);
    // The middle of the canvas is green, and what is a few dots away is not.
    await page.waitForFunction(() => {
      const c = document.querySelector('.basemap canvas');
      if (!c || !c.width) return false;
      const g = c.getContext('2d'), x = c.width >> 1, y = c.height >> 1, at = (dx, dy) => g.getImageData(x + dx, y + dy, 1, 1).data;
      const green = p => p[1] > 150 && p[0] < 100, plain = p => p[0] > 150 && p[1] < 120;
      return green(at(0, 0)) && [[-26, 0], [26, 0], [0, -26], [0, 26]].every(([dx, dy]) => plain(at(dx, dy)));
    });
    await shot(page, `basemap-${name}`);
  }
  assert.equal(await page.innerText('.attribution'), '©');
  await page.selectOption('[data-basemap]', 'closed'); // its pictures are shown all the same, and the map is printed without them
  await page.waitForFunction(() => {
    const c = document.querySelector('.basemap canvas');
    try { c.getContext('2d').getImageData(0, 0, 1, 1); return false; } catch { return true; }
  });
  await view(page, '');
  await page.evaluate(() => { window.dispatchEvent(new Event('beforeprint')); });
  const figure = await page.evaluate(() => document.querySelector('#paper .map-figure').textContent);
  assert.match(figure, /1 : [\d ]+/);
  assert.ok(figure.includes('未打印'), figure);
  assert.ok(await page.evaluate(() => document.querySelector('#paper .map-figure img').src.length) > 5000);
  await page.evaluate(() => { window.dispatchEvent(new Event('afterprint')); });
  await page.selectOption('[data-basemap]', '');
  await accessible(page, 'basemap');
  await done();
});

test('a line between before and after moves by key', async t => {
  const browser = await launch();
  t.after(() => browser.close());
  const { page, done } = await open(browser);
  await page.goto(`${base}/#/checks/${check}/findings`);
  await page.waitForSelector('.finding-row');
  await view(page, '');
  await page.click('.tools ~ button >> nth=0');
  await page.waitForSelector('.swipe-box');
  await view(page, '');
  assert.equal(await page.isChecked('input[data-role=land_use_change]'), false);
  const colours = () => page.evaluate(() => { // how much of the map differs from itself a moment ago is told by its bytes
    const c = [...document.querySelectorAll('.map canvas')].find(x => x.width > 100);
    return c.toDataURL();
  });
  const half = await colours();
  for (let i = 0; i < 40; i++) await page.keyboard.press('ArrowRight');
  assert.equal(await page.inputValue('.swipe'), '90');
  await view(page, '');
  assert.notEqual(await colours(), half);
  assert.equal(await page.evaluate(() => document.querySelector('.swipe-line').style.left), '90%');
  await accessible(page, 'swipe');
  await shot(page, 'swipe');
  await page.click('.tools ~ button >> nth=0');
  assert.ok(await page.locator('.swipe-box').isHidden());
  assert.equal(await page.isChecked('input[data-role=land_use_change]'), true);
  await done();
});
