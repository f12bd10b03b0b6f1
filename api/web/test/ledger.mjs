// The township ledger: a reviewer enters a plan from its report and takes it out
// again with a reason; a submitter reads it only.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { accessible, base, launch, open, says, shot } from './browser.mjs';

const words = {
  zh: { enter: '登记调出面积', entered: '项目 150123-2026-01 已登记', before: '此前已按同样的面积登记', remove: '移出', reason: '批准撤回', empty: '还没有登记项目', trail: '移出乡镇台账' },
  en: { enter: 'Enter into the ledger', entered: 'The project 150123-2026-01 is entered', before: 'had been entered with the same figures', remove: 'Remove', reason: 'approval withdrawn', empty: 'No project has been entered', trail: 'removed from the township ledger' },
};
const admin = process.env.PAGE_TOKEN;

async function api(method, path, body, headers = {}) {
  const answer = await fetch(base + path, { method, body, headers: { Authorization: 'Bearer ' + admin, ...headers } });
  assert.ok(answer.ok, `${method} ${path}: ${answer.status}`);
  return answer.json();
}

const token = async role => (await api('POST', '/v1/tokens', JSON.stringify({ name: `${role} of 150123`, role, prefix: '150123' }), { 'Content-Type': 'application/json' })).secret;

async function checked(name) {
  const plan = await api('POST', '/v1/plans', readFileSync(join(process.env.PAGE_PLANS, name)), { 'Content-Type': 'application/zip' });
  const check = await api('POST', `/v1/plans/${plan.id}/checks`, undefined, { Prefer: 'wait=60' });
  assert.equal(check.state, 'done');
  return check.id;
}

/** The page with somebody signed in. */
async function signedIn(browser, lang, secret) {
  const opened = await open(browser, { lang });
  await opened.page.goto(base + '/');
  await opened.page.fill('#token', secret);
  await opened.page.keyboard.press('Enter');
  await opened.page.waitForSelector('.drop');
  return opened;
}

/** m² in figures as the page writes them. */
const shown = (n, digits) => n.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });

test('township ledger', async () => {
  const [good, bad] = [await checked('01-compliant.zip'), await checked('02-over-five-percent.zip')];
  const [reviewer, submitter] = [await token('reviewer'), await token('submitter')];
  for (const lang of ['zh', 'en']) {
    const say = words[lang];
    const browser = await launch();
    const { page, done } = await signedIn(browser, lang, reviewer);
    const clerk = await signedIn(browser, lang, submitter);
    try {
      const enter = `.actions button:has-text("${say.enter}")`;
      await page.goto(`${base}/#/checks/${bad}`);
      await page.waitForSelector('.verdict.s-fail');
      assert.equal(await page.locator(enter).count(), 0, 'a plan that does not comply is not entered');
      await page.goto(`${base}/#/checks/${good}`);
      await page.waitForSelector('.verdict:not(.s-fail)');
      await page.focus(enter);
      await page.keyboard.press('Enter');
      await says(page, '.entered', say.entered);
      await accessible(page, 'report, entered');
      await shot(page, `${lang}-l1-entered`);
      await page.click(enter);
      await says(page, '.entered', say.before);
      await page.click('.entered a');

      const ledger = await api('GET', '/v1/counties/150123/ledger');
      const [west, project] = [ledger.townships[0], ledger.projects[0]];
      assert.ok(west.moved_m2 > 0 && project.code === '150123-2026-01');
      const row = '[data-township="150123101"]';
      await says(page, row, project.name);
      const cells = await page.locator(row + ' td').allInnerTexts();
      assert.deepEqual(cells.slice(0, 4), [west.designated_m2, west.moved_m2, west.moved_in_m2, west.left_m2].map(n => shown(n / 10000, 4)));
      for (const part of [project.code, shown(west.moved_m2, 2), shown(west.moved_m2 / 10000, 4)]) assert.ok(cells[4].includes(part), `${cells[4]}: no ${part}`);
      assert.equal(await page.locator('.ledger-townships tbody tr').count(), ledger.townships.length);
      const entry = '[data-project="150123-2026-01"]';
      await says(page, entry, 'reviewer of 150123');
      await says(page, entry, shown(project.moves[0].pbf_in_m2, 2));
      assert.equal(await page.getAttribute(entry + ' a', 'href'), '#/checks/' + good);
      await accessible(page, 'township ledger');
      await shot(page, `${lang}-l2-ledger`);

      await clerk.page.goto(base + '/#/ledger/150123');
      await clerk.page.waitForSelector(entry);
      assert.equal(await clerk.page.locator(`main button`).count(), 0, 'a submitter changes nothing');
      await clerk.page.goto(`${base}/#/checks/${good}`);
      await clerk.page.waitForSelector('.actions');
      assert.equal(await clerk.page.locator(enter).count(), 0);

      let answer = '';
      page.on('dialog', d => { assert.ok(d.message().includes(project.name)); void d.accept(answer); });
      const remove = `${entry} button:has-text("${say.remove}")`;
      await page.click(remove); // without a reason nothing happens
      assert.equal((await api('GET', '/v1/counties/150123/ledger')).projects.length, 1);
      answer = say.reason;
      await page.focus(remove);
      await page.keyboard.press('Enter');
      await says(page, 'main', say.empty);
      assert.deepEqual((await api('GET', '/v1/counties/150123/ledger')).projects, []);
      const trail = (await api('GET', '/v1/audit')).items.find(e => e.what === 'ledger-remove');
      assert.equal(trail.reason, say.reason);
      await page.goto(base + '/#/room/150123');
      await page.click('.filters a[href="#/ledger/150123"]');
      await says(page, 'main', say.empty);
    } finally {
      await clerk.done();
      await done();
      await browser.close();
    }
  }
});
