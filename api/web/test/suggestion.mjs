// What would make a failing plan pass: in words, on the map, as a package.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { accessible, base, launch, open, says, shot } from './browser.mjs';

const words = { zh: { suggest: '修改建议', together: '全部一并修改', then: '改后：符合政策要求' }, en: { suggest: 'Suggestions', together: 'All together', then: 'Then: compliant' } };

test('suggestions beside the plan', async () => {
  let id = '', set;
  for (const lang of ['zh', 'en']) {
    const say = words[lang];
    const browser = await launch();
    const { page, done } = await open(browser, { lang });
    try {
      if (!id) {
        await page.goto(base + '/');
        await page.setInputFiles('#files', process.env.PAGE_PLAN);
        await page.waitForSelector('.verdict');
        id = /checks\/([0-9a-f-]+)/.exec(page.url())[1];
        set = await (await fetch(`${base}/v1/checks/${id}/suggestion`)).json();
      } else await page.goto(`${base}/#/checks/${id}`);
      const link = `.actions a[href="#/checks/${id}/suggestion"]`;
      await says(page, link, say.suggest);
      await page.focus(link);
      await page.keyboard.press('Enter');
      await says(page, 'main h2', say.together);
      await says(page, 'main', say.then);
      for (const c of [...set.together.changes, ...set.together.or.changes]) await says(page, `[data-change="${c.id}"]`, c.text[lang]);
      for (const s of set.rules) await says(page, 'main h2', s.for[0].id);
      await page.waitForSelector(`.map[data-drawn="${set.together.changes.length}"][aria-busy="false"]`);
      await accessible(page, 'suggestion');
      await shot(page, `${lang}-suggestion`);

      // A line shows its land, with the other way the map has that one's.
      const added = set.together.or.changes[0].id;
      await page.focus(`[data-change="${added}"] >> nth=0`);
      await page.keyboard.press('Enter');
      await page.waitForSelector(`.map[data-selected="${added}"][data-drawn="${set.together.or.changes.length}"]`);
      await page.waitForTimeout(600);
      await shot(page, `${lang}-suggestion-added`);
      for (const [format, begins] of Object.entries({ '.zip': 'PK', '-add.zip': 'PK', '.gpkg': 'SQLite format 3', '.json': '{' })) {
        const [kept] = await Promise.all([page.waitForEvent('download'), page.click(`[data-format="${format}"]`)]);
        assert.ok(kept.suggestedFilename().endsWith(format) && readFileSync(await kept.path(), 'latin1').startsWith(begins), format);
      }
    } finally {
      await done();
      await browser.close();
    }
  }
});
