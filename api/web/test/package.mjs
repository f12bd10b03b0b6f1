// A clerk with layers and papers in a folder, and no plan.yaml: drops it, fills in
// the form, sees which paper is missing, keeps the package, has it checked.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, writeFileSync, cpSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { accessible, base, launch, open, says, shot } from './browser.mjs';

const folder = process.env.PAGE_FOLDER, kept = process.env.PAGE_KEPT, plans = process.env.PAGE_PLANS;
const say = {
  zh: { missing: '嘎查村同意纳入整治区域的文件', good: '符合政策要求', ready: '齐全' },
  en: { missing: 'Village’s consent to being included', good: 'Compliant', ready: 'All there' },
};

for (const [lang, width, height] of [['zh', 1366, 768], ['en', 1366, 768], ['zh', 390, 844], ['en', 390, 844]]) {
  test(`a package from a folder (${lang}, ${width} px)`, async () => {
    const browser = await launch();
    const { page, done } = await open(browser, { lang, width, height });
    const wide = async what => {
      const [content, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      assert.ok(content <= screen, `${what} is ${content} px wide on a screen of ${screen}`);
    };
    try {
      await page.goto(base + '/');
      await page.click('.make a');
      await page.waitForSelector('.package .drop');
      await accessible(page, 'the empty form');
      await page.setInputFiles('#package-files-folder', folder);
      await page.waitForSelector('#upload-package');
      await page.waitForSelector('.ticks input:checked');
      await says(page, '.account', lang === 'zh' ? '4 个图层' : '4 layers');
      assert.equal(await page.locator('.card').count(), 4);
      assert.equal(await page.locator('.ticks input:checked').count(), 4, 'villages that the project area touches');
      await page.fill('#project-name', '示例镇全域土地综合整治（符合要求的方案）');
      await page.fill('#project-code', '150123-2026-01');
      await page.fill('#project-year', '2026');
      await page.selectOption('#project-rulebook', 'nmg-2025');
      await page.click('#quota summary');
      for (const [key, value] of Object.entries({ rural_housing_m2: '8000', rural_development_m2: '9,000', mining_m2: '0', tradable_m2: '15000', destination_county: '150123' })) await page.fill('#quota-' + key, value);
      await page.evaluate(() => document.querySelector('.cards').scrollIntoView({ block: 'center' }));
      await shot(page, `${lang}-p0-layers-${width}`);
      await page.click('#manifest summary');
      await says(page, '.manifest', 'code: "150123-2026-01"');
      await shot(page, `${lang}-p1-form-${width}`);
      await wide('the form');
      await accessible(page, 'the form');

      // All papers are known by their names. One taken out is named as missing.
      await page.waitForSelector('.missing.s-pass');
      assert.ok((await page.innerText('.missing')).includes(say[lang].ready));
      const line = page.locator('[data-line="village-consent:150123101202"]');
      assert.ok((await line.innerText()).includes('同意书-柳林村'));
      await line.locator('button').press('Enter');
      await page.waitForSelector('.missing.s-warn');
      const lacking = await page.innerText('.missing');
      assert.ok(lacking.includes('柳林村') && lacking.toLowerCase().includes(say[lang].missing.toLowerCase().replace('’', '\'')), lacking);
      await line.scrollIntoViewIfNeeded();
      await shot(page, `${lang}-p2-papers-${width}`);
      await page.locator('.missing').scrollIntoViewIfNeeded();
      await shot(page, `${lang}-p3-missing-${width}`);
      await accessible(page, 'a missing paper');

      // Back on its line: by dragging on a wide screen, by its list on a narrow one.
      await line.scrollIntoViewIfNeeded();
      if (width > 900) await page.dragAndDrop('.unfiled li:has-text("docs/同意书-柳林村.txt")', '[data-line="village-consent:150123101202"]');
      else {
        await line.locator('select.picker').focus();
        await line.locator('select.picker').selectOption('docs/同意书-柳林村.txt');
      }
      await page.waitForSelector('.missing.s-pass');

      const [file] = await Promise.all([page.waitForEvent('download'), page.click('#save-package')]);
      assert.equal(file.suggestedFilename(), '示例镇全域土地综合整治（符合要求的方案）.zip');
      cpSync(await file.path(), join(kept, `${lang}-${width}.zip`));
      await page.click('#upload-package');
      await page.waitForSelector('.verdict');
      assert.ok((await page.innerText('.verdict h1')).startsWith(say[lang].good));
    } finally {
      await done().finally(() => browser.close());
    }
  });
}

test('every file has its place, and what is unread is settled', async () => {
  const browser = await launch();
  const { page, done } = await open(browser);
  try {
    const odd = mkdtempSync(join(tmpdir(), 'odd-')) + '/某方案';
    cpSync(folder, odd, { recursive: true });
    for (const end of ['shp', 'shx', 'dbf', 'prj', 'cpg']) cpSync(`${odd}/YJJBNTTC.${end}`, `${odd}/拿出来的地.${end}`);
    for (const end of ['shp', 'shx', 'dbf', 'prj', 'cpg']) cpSync(`${odd}/DLBG.${end}`, `${odd}/旧[1].${end}`);
    writeFileSync(`${odd}/总图.dwg`, 'AC1027');
    writeFileSync(`${odd}/DLBG_1.rar`, 'Rar!');
    writeFileSync(`${odd}/说明.ofdx`, 'x');
    await page.goto(base + '/#/new');
    await page.setInputFiles('#package-files-folder', odd);
    await page.waitForSelector('#upload-package');
    assert.equal(await page.locator('.card').count(), 9);
    const must = () => page.innerText('.missing');
    assert.ok((await must()).includes('DLBG_1.rar') && (await must()).includes('总图.dwg') && (await must()).includes('拿出来的地.shp'));
    await page.selectOption('[aria-label="拿出来的地.shp 的用途"]', 'ignore');
    await page.selectOption('[aria-label="旧[1].shp 的用途"]', 'ignore');
    await page.selectOption('[aria-label="总图.dwg 怎么处理"]', 'ignore');
    await page.selectOption('[aria-label="DLBG_1.rar 怎么处理"]', 'ignore');
    await page.selectOption('[aria-label="说明.ofdx 怎么处理"]', 'paper');
    await page.waitForFunction(() => document.querySelector('.unfiled') && document.querySelector('.unfiled').innerText.includes('说明.ofdx'));
    await page.selectOption('#extra-kind', 'grassland-approval');
    const line = page.locator('[data-line="+grassland-approval"]');
    await line.scrollIntoViewIfNeeded();
    await page.dragAndDrop('.unfiled li:has-text("说明.ofdx")', '[data-line="+grassland-approval"]');
    await line.locator('.filed').waitFor();
    await page.fill('#project-county', '150123');
    await page.waitForSelector('.missing.s-pass');
    await shot(page, 'zh-p4-settled');
    const [file] = await Promise.all([page.waitForEvent('download'), page.click('#save-package')]);
    cpSync(await file.path(), join(kept, 'odd.zip'));

    // A column of another name is said for its field, and a layer of another name for its role.
    await page.selectOption('[aria-label="拿出来的地.shp 的用途"]', 'pbf_out');
    await page.selectOption('[aria-label="YJJBNTTC.shp 的用途"]', 'ignore');
    await page.waitForFunction(() => document.querySelector('.manifest').textContent.includes('pbf_out:\n    - {file: "拿出来的地.shp"}'));
    const [named] = await Promise.all([page.waitForEvent('download'), page.click('#save-package')]);
    cpSync(await named.path(), join(kept, 'named.zip'));
  } finally {
    await done().finally(() => browser.close());
  }
});

test('what cannot be a plan is told by what it is', async () => {
  const browser = await launch();
  const { page, done } = await open(browser);
  try {
    await page.goto(base + '/');
    const give = async (...files) => {
      await page.waitForSelector('.drop');
      await page.setInputFiles('#files', files.map(([name, body]) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.isBuffer(body) ? body : Buffer.from(body) })));
    };
    await give(['方案.rar', 'Rar!\x1a\x07']);
    await says(page, '.problem', '是 RAR 压缩包');
    await give(['现场.jpg', '\xff\xd8']);
    await says(page, '.problem', '现场.jpg 不是图层');
    const good = readFileSync(join(plans, '01-compliant.zip'));
    await give(['一.zip', good], ['二.zip', good]);
    await says(page, '.problem', '这里有 2 个压缩包');
    await page.click('.problem button');
    await page.waitForSelector('#upload-package');
    assert.equal(await page.locator('.card').count(), 8, 'layers of both, each in a folder of its own');

    // A folder with its plan.yaml, dropped on the first screen, is checked at once, papers and all.
    await page.goto(base + '/#/');
    await page.waitForSelector('#files-folder', { state: 'attached' });
    await page.setInputFiles('#files-folder', process.env.PAGE_WHOLE);
    await page.waitForSelector('.verdict');
    assert.ok((await page.innerText('.verdict h1')).startsWith('符合政策要求'));

    // One without comes to the form, and may be checked as it is.
    await page.goto(base + '/#/');
    await page.waitForSelector('#files-folder', { state: 'attached' });
    await page.setInputFiles('#files-folder', folder);
    await page.waitForSelector('#upload-package');
    await page.click('#as-is');
    await page.waitForSelector('.verdict');
    assert.ok((await page.innerText('.verdict h1')).startsWith('不符合政策要求'), 'no papers, no consent');
  } finally {
    await done().finally(() => browser.close());
  }
});

test('a draft survives a reload, until it is handed in or forgotten', async () => {
  const browser = await launch();
  const { page, done } = await open(browser);
  try {
    await page.goto(base + '/#/new');
    await page.setInputFiles('#package-files-folder', folder);
    await page.waitForSelector('.ticks input:checked');
    await page.fill('#project-name', '写到一半的方案');
    await page.fill('#project-code', '150123-2026-77');
    await page.selectOption('#project-stage', 'annual');
    await page.uncheck('#village-150123101204');
    const taken = page.locator('[data-line="village-consent:150123101202"]');
    await taken.locator('button').press('Enter');
    const kept = () => page.evaluate(() => new Promise(resolve => {
      const asked = indexedDB.open('landcheck-drafts');
      asked.onsuccess = () => { const all = asked.result.transaction('drafts').objectStore('drafts').getAll(); all.onsuccess = () => { asked.result.close(); resolve(all.result.map(d => [...d.state.touched].length + d.state.project.code)); }; };
    }));
    for (let n = 0; n < 200 && JSON.stringify(await kept()) !== '["1150123-2026-77"]'; n++) await new Promise(r => setTimeout(r, 100));
    await says(page, '.kept', '草稿已存在这台电脑的浏览器里');
    await page.reload();
    await says(page, '.package .note', '接着填');
    assert.equal(await page.inputValue('#project-name'), '写到一半的方案');
    assert.equal(await page.inputValue('#project-stage'), 'annual');
    assert.equal(await page.locator('.ticks input:checked').count(), 3);
    assert.equal(await page.locator('.card').count(), 4, 'layers');
    assert.ok((await taken.innerText()).includes('缺'), await taken.innerText());
    await shot(page, 'zh-p5-draft');

    // What is dropped on the first screen begins anew, and the draft can be had back.
    await page.goto(base + '/#/');
    await page.waitForSelector('#files-folder', { state: 'attached' });
    await page.setInputFiles('#files-folder', folder);
    await page.waitForSelector('#resume-draft');
    assert.equal(await page.inputValue('#project-name'), '');
    await page.click('#resume-draft');
    await page.waitForFunction(() => document.querySelector('#project-name').value === '写到一半的方案');

    // Handed in it is kept no longer.
    await page.click('#upload-package');
    await page.waitForSelector('.verdict');
    assert.deepEqual(await kept(), []);
    await page.goto(base + '/?empty#/new');
    await page.waitForSelector('.package .drop');
    await page.setInputFiles('#package-files-folder', folder);
    await says(page, '.kept', '草稿已存在这台电脑的浏览器里');
    await page.click('#forget-draft');
    await page.waitForFunction(() => document.querySelector('.step').hidden);
    assert.deepEqual(await kept(), []);
  } finally {
    await done().finally(() => browser.close());
  }
});
