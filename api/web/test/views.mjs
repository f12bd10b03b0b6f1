// Every view, on the screen of an office and on a narrow one, in both
// languages: text fits, axe finds nothing serious; and the report on A4.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { accessible, base, fits, launch, open, shot } from './browser.mjs';

const checks = {}, plans = {};

/** A check of a sample plan, made once. */
async function checked(name) {
  if (checks[name]) return checks[name];
  const plan = await (await fetch(`${base}/v1/plans?name=${name}`, { method: 'POST', body: readFileSync(join(process.env.PAGE_PLANS, name)), headers: { 'Content-Type': 'application/zip' } })).json();
  const check = await (await fetch(`${base}/v1/plans/${plan.id}/checks`, { method: 'POST', headers: { Prefer: 'wait=120' } })).json();
  assert.equal(check.state, 'done');
  plans[name] = plan.id;
  return checks[name] = check.id;
}

/** Address → what is there once the view is. */
async function views() {
  const good = await checked('01-compliant.zip'), bad = await checked('02-over-five-percent.zip'), data = await checked('11-bad-data.zip');
  const { items: [worst] } = await (await fetch(`${base}/v1/checks/${data}/findings?limit=1`)).json();
  return {
    home: ['#/', '.plans tbody tr'], form: ['#/new', '.package .drop'], verify: ['#/verify', '.drop'],
    room: ['#/room', 'table tbody tr'], ledger: ['#/ledger', 'table tbody tr'], counties: ['#/admin', 'table tbody tr'], tokens: ['#/admin/tokens', '.note,table'], audit: ['#/admin/audit', 'table tbody tr'],
    plan: ['#/plans/' + plans['11-bad-data.zip'], 'tbody tr'], findings: [`#/checks/${data}/findings`, '.finding-row'], finding: [`#/checks/${data}/findings/${worst.id}`, '.finding h2'],
    compliant: ['#/checks/' + good, '.verdict'], rules: [`#/checks/${bad}/rules`, 'table.rules'], charts: [`#/checks/${bad}/charts`, '.towns'], table: [`#/checks/${bad}/form`, 'table.form'], sources: [`#/checks/${bad}/sources`, 'table'],
    choose: [`#/checks/${bad}/diff`, 'tbody a'], diff: [`#/checks/${bad}/diff/${good}`, '.thirds'], suggestion: [`#/checks/${bad}/suggestion`, '.map-pane, .legend'], together: [`#/together/${good}/${bad}`, 'main li'], nowhere: ['#/nowhere', '.problem'],
  };
}

for (const [lang, width, height] of [['zh', 1366, 768], ['en', 1366, 768], ['zh', 390, 844], ['en', 390, 844]]) {
  test(`every view (${lang}, ${width} px)`, async t => {
    const all = await views();
    const browser = await launch();
    t.after(() => browser.close());
    const { page, done } = await open(browser, { lang, width, height });
    for (const [name, [hash, there]] of Object.entries(all)) {
      await t.test(name, async () => {
        await page.goto(`${base}/?${name}${hash}`);
        await page.waitForSelector(there);
        await page.waitForFunction(() => !document.querySelector('main .loading'));
        await shot(page, `${lang}-v-${name}-${width}`);
        await fits(page, name);
        await accessible(page, name);
      });
    }
    await done();
  });
}

test('the report on A4', async t => {
  const bad = await checked('02-over-five-percent.zip');
  const browser = await launch();
  t.after(() => browser.close());
  for (const lang of ['zh', 'en']) {
    const { page, done } = await open(browser, { lang, width: 703, height: 1000 }); // A4 less its margins
    await page.goto(`${base}/#/checks/${bad}/rules`);
    await page.waitForSelector('table.rules tbody tr');
    await page.evaluate(() => { window.dispatchEvent(new Event('beforeprint')); });
    await page.emulateMedia({ media: 'print' });
    await page.waitForSelector('#paper .m');
    await fits(page, 'the report on paper', '#paper');
    assert.ok(await page.locator('#paper .m .g').count() > 40, 'margins');
    await page.pdf({ format: 'A4', path: `${process.env.PAGE_SHOTS}/${lang}-v-report.pdf` });
    await done();
  }
});

test('in a contrast theme of Windows the verdict, statuses and the tab stay visible', async t => {
  const bad = await checked('02-over-five-percent.zip');
  const browser = await launch();
  t.after(() => browser.close());
  const { page, done } = await open(browser);
  await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
  const drawn = (selector, side = 'Left') => page.evaluate(([s, side]) => { const c = getComputedStyle(document.querySelector(s)); return parseFloat(c['border' + side + 'Width']) || parseFloat(c.outlineWidth); }, [selector, side]);
  await page.goto(`${base}/#/checks/${bad}/rules`);
  await page.waitForSelector('table.rules tbody tr');
  assert.equal(await drawn('.verdict'), 10);
  for (const part of ['.rules .chip', '.rules .level', '.counts button', '.tabs a[aria-current]']) assert.ok(await drawn(part) >= 1, part);
  assert.notEqual(await page.evaluate(() => getComputedStyle(document.querySelector('.bar.fail .fill')).fill), await page.evaluate(() => getComputedStyle(document.querySelector('.bar.fail .track')).fill), 'a bar is told from its ground');
  await shot(page, 'zh-v-contrast');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  assert.ok(await page.evaluate(() => parseFloat(getComputedStyle(document.activeElement).outlineWidth)) >= 2, 'the focus');
  await done();
});
