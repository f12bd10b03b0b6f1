// Two versions of a plan are one project: found by what is typed, filtered and
// sorted by what the address says, with what changed between them.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { accessible, base, launch, open, says, shot } from './browser.mjs';

const ask = async (method, path, body) => {
  const answer = await fetch(base + path, { method, body, headers: body ? { 'Content-Type': 'application/zip' } : { Prefer: 'wait=60' } });
  assert.ok(answer.ok, `${path}: ${answer.status}`);
  return answer.json();
};
const checked = async path => {
  const plan = await ask('POST', '/v1/plans?name=' + path.split('/').pop(), readFileSync(path));
  const check = await ask('POST', `/v1/plans/${plan.id}/checks`);
  assert.equal(check.state, 'done');
  return { plan, check };
};

const words = { zh: { awaited: '待审查', none: '没有符合条件的项目', versions: '共 2 版', one: '共 1 个项目' }, en: { awaited: 'to be reviewed', none: 'No project matches', versions: '2 versions', one: '1 projects' } };

test('projects', async () => {
  const plans = process.env.PAGE_PLANS;
  const first = await checked(join(plans, '02-over-five-percent.zip')), second = await checked(process.env.PAGE_SECOND);
  const other = await checked(join(plans, '05-red-line-occupied.zip'));
  await ask('POST', '/v1/plans?name=07.zip', readFileSync(join(plans, '07-construction-grown.zip')));
  const project = (await ask('GET', `/v1/projects/${second.plan.code}?county=150123`));
  assert.deepEqual(project.versions.map(v => v.plan.id), [second.plan.id, first.plan.id]);
  assert.ok(project.findings.fixed > 0);

  for (const lang of ['zh', 'en']) {
    const browser = await launch(), w = words[lang];
    const { page, done } = await open(browser, { lang });
    const names = async want => { // the rows of the list, once there are so many
      await page.waitForFunction(n => document.querySelectorAll('.plans tbody tr').length === n, want);
      return page.locator('.plans tbody tr a.strong').allInnerTexts();
    };
    try {
      await page.goto(base + '/');
      assert.equal((await names(3)).length, 3);
      await accessible(page, 'projects');
      await shot(page, `${lang}-q1-projects`);

      // By keyboard: what is typed is in the address, and a link of it opens the same list.
      await page.focus('#search');
      await page.keyboard.type(second.plan.code.toLowerCase());
      assert.deepEqual(await names(1), [second.plan.name]);
      await says(page, '.found', w.one);
      await says(page, '.plans tbody', w.versions);
      await page.selectOption('#by-decision', 'awaited');
      await page.waitForFunction(() => location.hash.includes('decision=awaited'));
      const address = page.url();
      assert.equal(new URL(address).hash, `#/?q=${second.plan.code}&decision=awaited`);
      await page.goto(base + '/?a=link' + new URL(address).hash);
      assert.deepEqual(await names(1), [second.plan.name]);
      assert.equal(await page.inputValue('#search'), second.plan.code);
      assert.equal(await page.inputValue('#by-decision'), 'awaited');
      await page.selectOption('#by-verdict', 'incomplete');
      await says(page, '[role=status]', w.none);
      await page.click('a[href="#/?"]');
      await names(3);

      await page.selectOption('#by-sort', 'open');
      const want = (await ask('GET', '/v1/projects?sort=open')).items.map(p => p.name);
      await page.waitForFunction(n => document.querySelector('.plans tbody a.strong')?.textContent === n, want[0]);
      assert.deepEqual(await names(3), want);
      await page.selectOption('#by-state', 'unchecked');
      assert.equal((await names(1)).length, 1);
      await page.selectOption('#by-state', '');
      await names(3);

      // A project has its versions, and what changed between them.
      await page.focus(`.plans a.strong:has-text("${second.plan.name}")`);
      await page.keyboard.press('Enter');
      await page.waitForSelector('.versions-table');
      assert.equal(await page.locator('.versions-table tbody tr').count(), 2);
      await says(page, 'header', w.awaited);
      assert.equal(await page.locator('.versions-table .tag').count(), 1, 'only the newest version awaits a decision');
      await accessible(page, 'a project');
      await shot(page, `${lang}-q2-project`);
      await page.reload();
      await page.click('.diff-link');
      await page.waitForSelector('.d-fixed');
      assert.ok(page.url().endsWith(`#/checks/${first.check.id}/diff/${second.check.id}`));
      await page.goto(base + '/#/projects/150123/nobody');
      await page.waitForSelector('.problem');

      const narrow = await open390(browser, lang);
      await narrow.page.goto(base + '/#/?sort=verdict');
      await narrow.page.waitForSelector('.plans tbody tr');
      assert.ok(await narrow.page.evaluate(() => document.documentElement.scrollWidth <= 390), 'wider than the screen');
      await accessible(narrow.page, 'projects, narrow');
      await narrow.page.screenshot({ path: `${process.env.PAGE_SHOTS}/${lang}-q3-narrow.png`, fullPage: true });
      await narrow.page.evaluate(() => document.querySelector('.plans')?.scrollIntoView());
      await shot(narrow.page, `${lang}-q4-narrow-list`);
      await narrow.done();
    } finally {
      await done();
      await browser.close();
    }
  }
  assert.ok(other.check.id);
});

function open390(browser, lang) { return open(browser, { lang, width: 390, height: 844 }); }

// However many there are, a page of them is on the page.
test('many projects', async () => {
  const browser = await launch();
  const { page, done } = await open(browser);
  const item = n => ({ project: 'P-' + n, code: 'P-' + n, name: '项目 ' + n, county: '150123', stage: 'proposal', version_count: 1, to_be_reviewed: false,
    plan: { id: String(n).padStart(20, '0'), file: n + '.zip', size: 1, county: '150123', code: 'P-' + n, name: '项目 ' + n, stage: 'proposal', created: '2026-01-01T00:00:00Z' } });
  await page.route('**/v1/projects*', async route => {
    const from = Number(new URL(route.request().url()).searchParams.get('after') || 0);
    await route.fulfill({ json: { items: Array.from({ length: 50 }, (_, i) => item(from + i)), total: 10000, next: `/v1/projects?limit=50&after=${from + 50}` } });
  });
  try {
    await page.goto(base + '/');
    await says(page, '.found', '第 1–50 个，共 10,000 个项目');
    assert.ok(await page.isDisabled('.pages button >> nth=0'));
    await page.click('.pages button >> nth=1');
    await says(page, '.found', '第 51–100 个，共 10,000 个项目');
    assert.equal(await page.locator('.plans tbody tr').count(), 50);
    await page.click('.pages button >> nth=0');
    await says(page, '.found', '第 1–50 个');
  } finally {
    await done();
    await browser.close();
  }
});
