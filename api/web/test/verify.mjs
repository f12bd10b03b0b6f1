// A report is held against its passport and against the code on a printed one.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { accessible, base, launch, open, says, shot } from './browser.mjs';

const words = {
  zh: { yes: '相符：报告、通行证', no: '报告不是所签署的那一份', paper: '打印件', unknown: '认不出这个文件', passport: '.passport.json' },
  en: { yes: 'they belong together: report, passport', no: 'the report is not the one that was signed', paper: 'printed report', unknown: 'This file is not known', passport: '.passport.json' },
};

const file = (name, text) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(text) });

test('a report is verified', async () => {
  const plan = await (await fetch(base + '/v1/plans', { method: 'POST', body: readFileSync(process.env.PAGE_PLAN), headers: { 'Content-Type': 'application/zip' } })).json();
  const check = await (await fetch(`${base}/v1/plans/${plan.id}/checks`, { method: 'POST', headers: { Prefer: 'wait=60' } })).json();
  assert.equal(check.state, 'done');
  const report = await (await fetch(`${base}/v1/checks/${check.id}/report`)).text();
  const passport = await (await fetch(`${base}/v1/checks/${check.id}/passport`)).text();
  const { code } = JSON.parse(passport);
  for (const lang of ['zh', 'en']) {
    const say = words[lang];
    const browser = await launch();
    const { page, done } = await open(browser, { lang });
    try {
      await page.goto(base + '/#/verify');
      await page.waitForSelector('.drop');
      await accessible(page, 'verify');
      await page.setInputFiles('#verified', [file('report.json', report), file('report.passport.json', passport)]);
      await says(page, '.answer.s-pass', say.yes);
      assert.ok((await page.innerText('.answer')).includes(code));
      await shot(page, `${lang}-v1-verified`);
      await page.setInputFiles('#verified', [file('edited.json', report.replace('"violations"', '"compliant"'))]);
      await says(page, '.answer.s-fail', say.no);
      await accessible(page, 'verify, answered');
      await shot(page, `${lang}-v2-edited`);
      await page.setInputFiles('#verified', [file('photo.jpg', 'x')]);
      await says(page, '.problem', say.unknown);

      await page.goto(base + '/');
      await page.goto(base + '/#/verify'); // without the passport
      await page.setInputFiles('#verified', [file('report.json', report)]);
      await says(page, '.held', 'report.json');
      await page.fill('#code', code.toLowerCase());
      await page.keyboard.press('Enter');
      await says(page, '.answer.s-pass', say.paper);
      await page.fill('#code', 'x');
      await page.keyboard.press('Enter');
      await page.waitForSelector('.problem');

      await page.goto(`${base}/#/checks/${check.id}`);
      await page.click('.menu summary');
      const [kept] = await Promise.all([page.waitForEvent('download'), page.click(`[data-format="${say.passport}"]`)]);
      assert.deepEqual(JSON.parse(readFileSync(await kept.path(), 'utf8')), JSON.parse(passport));
    } finally {
      await done();
      await browser.close();
    }
  }
});
