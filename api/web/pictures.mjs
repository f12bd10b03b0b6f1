// Takes the manual's pictures: of the page, and of a report's map. scripts/pictures.sh
// runs it. WebP, since a picture in a manual is small and a program that embeds
// twenty of them too.
//
//   node pictures.mjs ADDRESS PLAN REPORTS TO    REPORTS has zh.html and en.html
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const [address, plan, reports, to] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--disable-background-networking'] });

/** What lies in a box of a page, as WebP. */
async function picture(page, name, clip) {
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 70, captureBeyondViewport: true, clip: { scale: 1, ...clip } });
  writeFileSync(join(to, `${name}.webp`), Buffer.from(data, 'base64'));
}

for (const lang of ['zh', 'en']) {
  const size = { width: 1080, height: 660 }, whole = { x: 0, y: 0, ...size };
  const context = await browser.newContext({ viewport: size, locale: lang === 'en' ? 'en-GB' : 'zh-CN' });
  await context.addInitScript(l => localStorage.setItem('landcheck.lang', l), lang);
  const page = await context.newPage();
  await page.goto(address);
  await page.waitForSelector('.drop');
  await picture(page, `${lang}-home`, whole);
  await page.setInputFiles('#files', plan);
  await page.waitForSelector('.finding-row');
  await page.click('.finding-row >> nth=0');
  const id = await page.getAttribute('.finding', 'data-finding');
  await page.waitForSelector(`.map[aria-busy="false"][data-selected="${id}"]`);
  await picture(page, `${lang}-finding`, whole);

  await page.goto(pathToFileURL(join(reports, `${lang}.html`)).href);
  const box = await page.locator('#map').locator('xpath=..').boundingBox();
  await picture(page, `${lang}-map`, box);
  await context.close();
}
await browser.close();
