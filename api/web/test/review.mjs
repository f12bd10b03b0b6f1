// The review desk: a reviewer goes through the findings by keyboard, accepts one by a
// paper, comments, returns the plan; its submitter reads that and answers; a plan that
// complies passes, with its opinion in Word, and is withdrawn.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { accessible, base, launch, open, says, shot } from './browser.mjs';

const words = {
  zh: { accepted: '例外接受', paper: '内自然资函〔2026〕1 号', returned: '退回修改', passed: '审查通过', withdraw: '撤回', refused: '项不符合未处理', decide: '作出审查决定', withdrawn: '已撤回的决定' },
  en: { accepted: 'exception', paper: 'No. 1 of 2026', returned: 'Returned', passed: 'Passed', withdraw: 'Withdraw', refused: 'violations are open', decide: 'Decide', withdrawn: 'Withdrawn decisions' },
};
const admin = process.env.PAGE_TOKEN;

async function api(method, path, body, headers = {}) {
  const answer = await fetch(base + path, { method, body, headers: { Authorization: 'Bearer ' + admin, ...headers } });
  assert.ok(answer.ok, `${method} ${path}: ${answer.status}`);
  return answer.json();
}

const token = async (role, lang) => (await api('POST', '/v1/tokens', JSON.stringify({ name: `${role} ${lang}`, role, prefix: '150123' }), { 'Content-Type': 'application/json' })).secret;

async function checked(name) {
  const plan = await api('POST', '/v1/plans', readFileSync(join(process.env.PAGE_PLANS, name)), { 'Content-Type': 'application/zip' });
  const check = await api('POST', `/v1/plans/${plan.id}/checks`, undefined, { Prefer: 'wait=60' });
  assert.equal(check.state, 'done');
  return check.id;
}

async function signedIn(browser, lang, secret, size = {}) {
  const opened = await open(browser, { lang, ...size });
  await opened.page.goto(base + '/');
  await opened.page.fill('#token', secret);
  await opened.page.keyboard.press('Enter');
  await opened.page.waitForSelector('.drop');
  return opened;
}

test('review', async () => {
  for (const lang of ['zh', 'en']) {
    const say = words[lang];
    const [good, bad] = [await checked('01-compliant.zip'), await checked('02-over-five-percent.zip')];
    const browser = await launch();
    const reviewer = await signedIn(browser, lang, await token('reviewer', lang));
    const clerk = await signedIn(browser, lang, await token('submitter', lang), { width: 390, height: 844 });
    const { page } = reviewer;
    try {
      // By keyboard: the first finding, held to be an exception; a comment.
      await page.goto(`${base}/#/checks/${bad}/findings`);
      await page.waitForSelector('.finding-row');
      await page.keyboard.press('j');
      await page.waitForSelector('.review [data-key=hold]');
      await page.keyboard.press('a');
      await page.keyboard.type('已获批准');
      await page.keyboard.press('Tab');
      await page.keyboard.type(say.paper);
      await page.keyboard.press('Enter');
      await says(page, '.review h3', say.accepted);
      await says(page, '.review', say.paper);
      await page.evaluate(() => document.activeElement.blur());
      await page.keyboard.press('c');
      await page.keyboard.type('请附位置图');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await says(page, '.remarks-list', '请附位置图');
      await accessible(page, 'finding, held');
      await shot(page, `${lang}-v1-held`);
      await page.keyboard.press('Escape');
      await says(page, '.rows', say.accepted);
      await shot(page, `${lang}-v2-list`);

      // Decided: returned. The submitter reads it on a small screen.
      await page.click('.decide summary');
      await accessible(page, 'deciding');
      await page.click('.decide input[value=return]');
      await page.fill('.decide textarea >> nth=0', '请按意见修改。');
      await shot(page, `${lang}-v3-deciding`);
      await page.click('.decide button[type=submit]');
      await says(page, '.decided', say.returned);
      await accessible(page, 'decided');
      await shot(page, `${lang}-v4-returned`);
      await clerk.page.goto(`${base}/#/checks/${bad}`);
      await says(clerk.page, '.decided', '请按意见修改。');
      assert.equal(await clerk.page.locator('.decided [data-key=withdraw]').count(), 0, 'a submitter withdraws nothing');
      await accessible(clerk.page, 'decided, 390 px');
      await shot(clerk.page, `${lang}-v5-small`);
      assert.ok(await clerk.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'it fits 390 px');

      // A plan that complies passes, is on paper, and is withdrawn with a reason.
      await page.goto(`${base}/#/checks/${good}`);
      await page.click('.decide summary');
      await page.click('.decide input[value=pass]');
      await page.fill('.decide textarea >> nth=0', '符合要求，同意。');
      await page.click('.decide button[type=submit]');
      await says(page, '.decided', say.passed);
      assert.equal((await api('GET', '/v1/counties/150123/ledger')).projects.length, 1);
      const [file] = await Promise.all([page.waitForEvent('download'), page.click('[data-key=opinion]')]);
      assert.equal(readFileSync(await file.path()).subarray(0, 2).toString(), 'PK');
      await shot(page, `${lang}-v6-passed`);
      page.once('dialog', d => { void d.accept('数据有误'); });
      await page.click('[data-key=withdraw]');
      await says(page, '.decision', say.withdrawn);
      assert.deepEqual((await api('GET', '/v1/counties/150123/ledger')).projects, []);

      // For the next language all is as it was.
      await api('DELETE', `/v1/checks/${bad}/decision?reason=x`);
      const f = (await api('GET', '/v1/findings/150123-2026-02')).items[0];
      await api('PATCH', `/v1/findings/150123-2026-02/${f.finding}`, JSON.stringify({ version: f.version, state: 'open' }), { 'Content-Type': 'application/json' });
    } finally {
      await clerk.done();
      await reviewer.done();
      await browser.close();
    }
  }
});
