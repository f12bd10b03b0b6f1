// Before any plan: what is left, candidates on the map and in a list, downloads.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { accessible, base, launch, open, says, shot } from './browser.mjs';

const words = { zh: { left: '还可调出', out: '调出候选 (5)', reason: '零散' }, en: { left: 'Left', out: 'Candidates out (5)', reason: 'scattered' } };

test('room before a plan', async () => {
  const room = await (await fetch(base + '/v1/counties/150123/room')).json();
  for (const lang of ['zh', 'en']) {
    const say = words[lang];
    const browser = await launch();
    const { page, done } = await open(browser, { lang });
    try {
      await page.goto(base + '/');
      await page.click('nav a[href="#/room"]');
      await page.waitForSelector('[data-candidate]');
      await says(page, 'main', say.left);
      await says(page, 'main', say.out);
      await says(page, 'main', say.reason);
      for (const s of room.townships) await says(page, 'table.figures', s.left_mu.toFixed(2));
      await accessible(page, 'room');
      await page.waitForTimeout(600);
      await shot(page, `${lang}-room`);
      const first = room.candidates_in[0].id;
      await page.click(`[data-candidate="${first}"]`);
      await page.waitForSelector(`.map[data-selected="${first}"]`);
      await page.waitForTimeout(600);
      await shot(page, `${lang}-room-picked`);
      const [kept] = await Promise.all([page.waitForEvent('download'), page.click('[data-format="json"]')]);
      assert.equal(JSON.parse(readFileSync(await kept.path(), 'utf8')).schema, 'landcheck-room/1');
      await page.selectOption('#room-township', '150123102');
      await page.waitForFunction(() => location.hash === '#/room/150123/150123102' && document.querySelectorAll('table.figures tbody tr').length === 2);
      const part = room.candidates_in.filter(c => c.township === '150123102').length;
      await says(page, 'main', `(${part})`);
    } finally {
      await done();
      await browser.close();
    }
  }
});
