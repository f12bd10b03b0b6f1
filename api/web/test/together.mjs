// Plans on the list are ticked and held against each other.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { accessible, base, launch, open, says, shot } from './browser.mjs';

const words = { zh: { button: '联合核查所选 2 个方案', title: '同一块永久基本农田不调出两次' }, en: { button: 'Hold the 2 chosen against each other', title: 'The same PBF is not taken out twice' } };

test('plans together', async () => {
  const plans = [];
  for (const name of ['01-compliant.zip', '04-compensation-justified.zip']) {
    const plan = await (await fetch(base + '/v1/plans', { method: 'POST', body: readFileSync(join(process.env.PAGE_PLANS, name)), headers: { 'Content-Type': 'application/zip' } })).json();
    const check = await (await fetch(`${base}/v1/plans/${plan.id}/checks`, { method: 'POST', headers: { Prefer: 'wait=60' } })).json();
    assert.equal(check.state, 'done');
    plans.push({ check: check.id, name: plan.name });
  }
  const found = await (await fetch(base + '/v1/together', { method: 'POST', body: JSON.stringify({ checks: plans.map(p => p.check) }), headers: { 'Content-Type': 'application/json' } })).json();
  const rule = found.rules.find(r => r.id === 'together-out');
  assert.ok(rule.findings.length > 0);
  for (const lang of ['zh', 'en']) {
    const browser = await launch();
    const { page, done } = await open(browser, { lang });
    try {
      await page.goto(base + '/');
      await page.waitForSelector('.plans input');
      assert.ok(await page.isDisabled('button.together'));
      for (const p of plans) {
        await page.focus(`.plans input[aria-label*="${p.name}"]`);
        await page.keyboard.press('Space');
      }
      await says(page, 'button.together', words[lang].button);
      await accessible(page, 'plans, ticked');
      await shot(page, `${lang}-t1-ticked`);
      await page.focus('button.together');
      await page.keyboard.press('Enter');
      await says(page, '[data-rule="together-out"] h2', words[lang].title);
      for (const r of found.rules) assert.equal(await page.locator(`[data-rule="${r.id}"] [data-finding]`).count(), r.findings.length, r.id);
      const one = `[data-finding="${rule.findings[0].id}"]`;
      const said = plans.reduce((text, p) => text.replaceAll(p.check, p.name), rule.findings[0].message[lang]);
      await says(page, one, said);
      assert.deepEqual(await page.locator(one + ' a').evaluateAll(links => links.map(a => a.getAttribute('href'))), rule.findings[0].packages.map(id => '#/checks/' + id));
      await accessible(page, 'plans together');
      await shot(page, `${lang}-t2-together`);
      await page.click(one + ' a >> nth=0');
      await page.waitForSelector('.verdict');
      await page.goto(`${base}/#/together/${plans[0].check}`); // one plan is not several
      await page.waitForSelector('.problem');
    } finally {
      await done();
      await browser.close();
    }
  }
});
