// The main job, as a reviewer does it: upload → verdict → finding → the map
// moves → next finding → other version → difference → download → print.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { accessible, base, launch, open, shot, view } from './browser.mjs';

const plans = process.env.PAGE_PLANS, loose = process.env.PAGE_LOOSE;
const say = {
  zh: { bad: '不符合政策要求', good: '符合政策要求', rules: '逐条核查', charts: '图表', form: '审查汇总表', sources: '资料与版本', compare: '与另一版比较', fix: '怎么改', lacks: '缺少同名的', what: '怎么办', owned: '集体土地所有权', computed: '椭球面积', notIn: '不在其中', plan: '方案在这里' },
  en: { bad: 'Violations found', good: 'Compliant', rules: 'Rule by rule', charts: 'Charts', form: 'Review form', sources: 'Sources', compare: 'Compare', fix: 'How to fix', lacks: 'has no', what: 'What to do', owned: 'collective ownership', computed: 'ellipsoidal area', notIn: 'Not in', plan: 'The plan here' },
};

async function drop(page, path) {
  const data = await page.evaluateHandle(([name, bytes]) => {
    const all = new DataTransfer();
    all.items.add(new File([Uint8Array.from(atob(bytes), c => c.charCodeAt(0))], name));
    return all;
  }, [path.split('/').pop(), readFileSync(path).toString('base64')]);
  await page.dispatchEvent('.drop', 'dragover', { dataTransfer: data });
  await page.dispatchEvent('.drop', 'drop', { dataTransfer: data });
}

/** Waits until the next click is not the second half of a double one: the map
 * takes two within 250 ms for that. Timers fire in the order of their times, so
 * after this one the map's own has fired, however late both are. */
async function noDoubleClick(page) {
  await page.evaluate(() => new Promise(done => { setTimeout(done, 300); }));
}

for (const lang of ['zh', 'en']) {
  test(`a reviewer's day (${lang})`, async () => {
    const browser = await launch();
    const { page, done } = await open(browser, { lang });
    try {
      const words = say[lang];
      await page.goto(base + '/');
      await page.waitForSelector('.drop');
      assert.equal(await page.getAttribute('html', 'lang'), lang === 'en' ? 'en' : 'zh-CN');

      // Half a Shapefile is told before anything is sent.
      await page.setInputFiles('#files', readdirSync(loose).filter(f => f === 'ZZQY.shp').map(f => join(loose, f)));
      await page.waitForSelector('.problem');
      const problem = await page.innerText('.problem');
      assert.ok(problem.includes(words.lacks) && problem.includes(words.what), problem);
      // So is what the service cannot read: its words, and what to do.
      await page.setInputFiles('#files', { name: 'x.zip', mimeType: 'application/zip', buffer: Buffer.from('not a zip') });
      await page.waitForFunction(old => document.querySelector('.problem') && document.querySelector('.problem').innerText !== old, problem);
      assert.ok((await page.innerText('.problem')).includes(words.what));
      await accessible(page, 'home');
      await shot(page, `${lang}-1-home`);

      // Loose files in English, a dropped package in Chinese.
      if (lang === 'en') await page.setInputFiles('#files', readdirSync(loose).map(f => join(loose, f)).filter(f => statSync(f).isFile()));
      else await drop(page, join(plans, '05-red-line-occupied.zip'));
      await page.waitForSelector('.verdict');
      assert.ok((await page.innerText('.verdict h1')).startsWith(words.bad));
      const first = page.url().split('/checks/')[1].split('/')[0];
      await page.waitForSelector('.finding-row');
      const before = await view(page);
      await accessible(page, 'report');
      await shot(page, `${lang}-2-report`);

      // A finding: zoomed to, highlighted, explained.
      const count = await page.locator('.finding-row').count();
      assert.ok(count >= 2, `${count} findings`);
      await page.click('.finding-row >> nth=0');
      await page.waitForSelector('.finding h2');
      const id = await page.getAttribute('.finding', 'data-finding');
      assert.ok(page.url().endsWith(`/findings/${id}`));
      assert.equal(await page.getAttribute('.map', 'data-selected'), id);
      const near = await view(page, id);
      assert.ok(near[2] < before[2] / 2, `the map did not zoom in: ${before} → ${near}`);
      const text = await page.innerText('.finding');
      assert.ok(text.includes(words.fix) && /m²|平方米|公顷|hm²/.test(text), text);
      for (const part of ['.remedy', '.finding .m', '.refs .ref', '.finding blockquote', '.finding table.small tbody tr']) assert.ok(await page.locator(part).count() > 0, part);
      // What the finding names leads to its land; a click says what lies there.
      const named = await page.getAttribute('[data-ref] >> nth=0', 'data-ref');
      await page.click('[data-ref] >> nth=0');
      await page.waitForSelector(`.map[data-shown~="${named.split(' ')[1]}"]`);
      await view(page, id);
      const ground = await page.locator('.map').boundingBox();
      await page.mouse.click(ground.x + ground.width / 2 + 40, ground.y + ground.height / 2 + 40);
      await page.waitForSelector('.spot[aria-busy=false] [data-role=land_use]');
      const here = await page.innerText('.spot');
      for (const part of [/1501\d{14,}/, /\d{4} \S+/, words.owned, words.computed, words.notIn, words.plan]) assert.match(here, part instanceof RegExp ? part : new RegExp(part));
      await accessible(page, 'spot');
      await shot(page, `${lang}-3a-spot`);
      await page.keyboard.press('Escape');
      assert.ok(await page.locator('.spot').isHidden());
      await page.keyboard.press('Enter'); // the map has the focus: its middle
      await page.waitForSelector('.spot[aria-busy=false] [data-role=land_use]');
      await page.keyboard.press('Escape');
      assert.match(await page.innerText('.scale'), /^1 : [\d ]+$/);
      await page.click('[data-key=before]');
      assert.equal(await page.getAttribute('.map', 'data-side'), 'before');
      await page.click('[data-key=after]');
      await accessible(page, 'finding');
      await shot(page, `${lang}-3-finding`);

      // Next and previous by key; the permanent link opens the same finding.
      await page.waitForFunction(() => !document.querySelector('[data-key=next]').disabled);
      await page.keyboard.press('j');
      await page.waitForFunction(old => document.querySelector('.finding') && document.querySelector('.finding').dataset.finding !== old, id);
      const second = await page.getAttribute('.finding', 'data-finding');
      const moved = await view(page, second);
      if (lang === 'zh') assert.notDeepEqual(moved, near); // in English the second finding is of papers and has no place
      await page.reload();
      await page.waitForSelector(`.finding[data-finding="${second}"]`);
      await page.waitForFunction(() => !document.querySelector('[data-key=previous]').disabled);
      await page.keyboard.press('k');
      await page.waitForSelector(`.finding[data-finding="${id}"]`);
      await page.keyboard.press('Escape');
      await page.waitForSelector('.finding-row');

      // Back in the list its row has the focus. Keys alone lead to a finding.
      await page.waitForFunction(end => document.activeElement.href && document.activeElement.href.endsWith(end), id);
      await page.goto(`${base}/?keys#/checks/${first}/findings`);
      await page.waitForSelector('.finding-row');
      await page.keyboard.press('Tab');
      for (let i = 0; i < 45 && !await page.evaluate(() => document.activeElement.classList.contains('finding-row')); i++) await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.waitForSelector('.finding h2');
      await page.keyboard.press('?');
      await page.waitForSelector('[role=dialog]');
      await accessible(page, 'help');
      await shot(page, `${lang}-4-help`);
      await page.keyboard.press('Escape');
      assert.equal(await page.locator('[role=dialog]').count(), 0);

      // Filters.
      await page.goto(`${base}/#/checks/${first}/findings`);
      await page.waitForSelector('.finding-row');
      await page.selectOption('.filters select >> nth=1', 'advisory');
      await page.waitForFunction(n => document.querySelectorAll('.finding-row').length < n, count);
      assert.ok(await page.locator('.finding-row').count() > 0);

      // The other tabs.
      for (const [n, tab] of ['rules', 'charts', 'form', 'sources'].entries()) {
        await page.click(`.tabs a:has-text("${words[tab]}")`);
        await page.waitForSelector(`.tabs a[aria-current]:has-text("${words[tab]}")`); // shown by then: no room waits for anything
        await accessible(page, tab);
        await shot(page, `${lang}-${5 + n}-${tab}`);
      }
      await page.goto(`${base}/#/checks/${first}/rules`);
      await page.waitForSelector('table.rules tbody tr');
      const rows = await page.locator('table.rules tbody tr').count();
      assert.ok(rows > 40 && await page.locator('table.rules svg.bar').count() > 10 && await page.locator('table.rules blockquote').count() === rows);
      await page.selectOption('.room .filters select >> nth=0', 'fail');
      assert.ok(await page.locator('table.rules tbody tr').count() < rows);

      // The corrected version, and what became of the findings.
      await page.goto(base + '/#/');
      await page.waitForSelector('.drop');
      await page.setInputFiles('#files', join(plans, '01-compliant.zip'));
      await page.waitForSelector('.verdict');
      assert.ok((await page.innerText('.verdict h1')).startsWith(words.good));
      await page.click(`.actions a:has-text("${words.compare}")`);
      await page.waitForSelector(`tbody a[href*="${first}"]`);
      await shot(page, `${lang}-9a-choose`);
      await page.click(`a[href*="${first}"]`);
      await page.waitForSelector('.thirds');
      assert.ok(await page.locator('.d-fixed li').count() >= 1 && await page.locator('.d-added li').count() === 0);
      await view(page);
      await accessible(page, 'diff');
      await shot(page, `${lang}-9b-diff`);
      await page.click('.d-fixed li a');
      await page.waitForSelector('.finding h2');
      assert.ok(page.url().includes(first), 'a fixed finding is shown in the old report');

      // Every format is kept as a file of its kind.
      const magic = { '.html': '<!DOCTYPE html', '.pdf': '%PDF-', '.docx': 'PK', '.xlsx': 'PK', '.gpkg': 'SQLite format 3', '.geojson': '{', '.csv': '', '.json': '{', '.md': '#', '.txt': '', '.sarif': '{', '.junit.xml': '<?xml', '.zip': 'PK', 'pbf-after': '<svg' };
      for (const [format, begins] of Object.entries(magic)) {
        if (!await page.evaluate(() => document.querySelector('.menu').open)) await page.click('.menu summary');
        if (format === '.html') { await accessible(page, 'downloads'); await shot(page, `${lang}-9c-downloads`); }
        const [file] = await Promise.all([page.waitForEvent('download'), page.click(`[data-format="${format}"]`)]);
        const data = readFileSync(await file.path());
        assert.ok((file.suggestedFilename().endsWith(format) || file.suggestedFilename().endsWith(format + '.svg')) && data.length > 100 && data.subarray(0, 20).toString().replace('\ufeff', '').startsWith(begins), `${format}: ${data.subarray(0, 40)}`);
        await page.waitForFunction(() => !document.querySelector('.menu').open);
      }

      // What a system receives of a plan that is not compliant is a draft, and says so.
      await page.click('.menu summary');
      const [draft] = await Promise.all([page.waitForEvent('download'), page.click('[data-format="linkage"]')]);
      assert.ok(draft.suggestedFilename().endsWith('-linkage-草案.zip') && readFileSync(await draft.path()).subarray(0, 2).toString() === 'PK', draft.suggestedFilename());
      await page.waitForFunction(() => !document.querySelector('.menu').open);

      // Measuring: the plane says what the ellipsoid says, to a thousandth.
      await view(page);
      const box = await page.locator('.map').boundingBox();
      await page.click('.tools button >> nth=0');
      const corners = [[150, 150], [350, 150], [350, 300], [150, 300]].map(([x, y]) => [box.x + x, box.y + y]);
      for (const [x, y] of corners.slice(0, 3)) {
        const place = await page.innerText('.where');
        await page.mouse.move(x, y);
        await page.waitForFunction(old => document.querySelector('.where').innerText !== old, place);
        await page.mouse.click(x, y);
        await noDoubleClick(page);
      }
      await page.mouse.dblclick(...corners[3]);
      await page.waitForSelector('.measured button'); // there when the polygon is closed
      const [, , resolution] = await view(page);
      const m2 = Number(await page.getAttribute('.measured', 'data-m2')), plane = 200 * 150 * resolution ** 2;
      assert.ok(Math.abs(m2 / plane - 1) < 2e-3, `${m2} m² on the ellipsoid, ${plane} m² on the plane`);
      await page.mouse.move(box.x + 200, box.y + 200);
      assert.match(await page.innerText('.where'), /X 4\d{6}\.\d\d\s+Y 37\d{6}\.\d\d\s+\(EPSG:4525\)\s+111\.\d{6}°E\s+41\.\d{6}°N/);
      await shot(page, `${lang}-9d-measure`);
      const layers = await page.locator('.legend input').count();
      assert.ok(layers >= 8, `${layers} layers in the legend`);
      assert.ok(await page.locator('.map-warning').isHidden(), 'some tiles failed');

      // On paper: all of the report, none of the page.
      await page.evaluate(() => { window.print = () => { window.printed = document.getElementById('paper').innerText; }; });
      await page.click('.actions button >> nth=-1');
      await page.waitForFunction(() => window.printed);
      const paper = await page.evaluate(() => window.printed);
      for (const part of [words.bad, words.rules, words.sources]) assert.ok(paper.includes(part), part);
      await page.emulateMedia({ media: 'print' });
      assert.ok(await page.locator('.top').isHidden() && await page.locator('main').isHidden());
      await shot(page, `${lang}-9e-print`);
      const pdf = await page.pdf({ format: 'A4', path: `${process.env.PAGE_SHOTS}/${lang}-print.pdf` });
      assert.ok(pdf.length > 20000);
      await page.emulateMedia({ media: 'screen' });
      await page.waitForFunction(() => !document.getElementById('paper')); // the page is back as it was
      await page.evaluate(() => { window.dispatchEvent(new Event('beforeprint')); }); // the browser's own command
      assert.ok((await page.evaluate(() => document.getElementById('paper').textContent)).includes(words.bad));
      await page.evaluate(() => { window.dispatchEvent(new Event('afterprint')); });
      assert.equal(await page.locator('#paper').count(), 0);
    } finally {
      await done().finally(() => browser.close());
    }
  });
}

test('one switch changes the language, and it is remembered', async t => {
  const browser = await launch();
  t.after(() => browser.close());
  const { page, done } = await open(browser);
  await page.goto(base + '/');
  await page.click('.lang');
  await page.waitForSelector('html[lang=en]');
  await page.reload();
  await page.waitForSelector('html[lang=en] .drop');
  assert.ok(!/[\u4e00-\u9fff]/.test((await page.innerText('.drop')) + (await page.innerText('.top nav'))));
  await done();
});
