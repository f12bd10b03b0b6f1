// What needs no browser: areas against published figures, words in both
// languages, files looked at before they are sent.
import assert from 'node:assert/strict';
import test from 'node:test';
import { build } from 'esbuild';
import proj4 from 'proj4';

globalThis.localStorage = { getItem: () => null, setItem() { /* nothing is kept */ } };

async function load(name) {
  const { outputFiles } = await build({ entryPoints: [new URL(`../src/${name}.ts`, import.meta.url).pathname], bundle: true, write: false, format: 'esm' });
  return import('data:text/javascript;base64,' + Buffer.from(outputFiles[0].contents).toString('base64'));
}

const zone = n => proj4('+proj=longlat +ellps=GRS80 +no_defs', `+proj=tmerc +lat_0=0 +lon_0=${3 * n} +k=1 +x_0=${n}500000 +ellps=GRS80 +units=m +no_defs`);
const square = (x, y, side, up = side) => [[x, y], [x, y + up], [x + side, y + up], [x + side, y]];

test('areas are those of the standard', async () => {
  const { ringArea } = await load('map/area');
  const of = (ring, n) => ringArea(ring, p => zone(n).inverse(p));
  const golden = [ // TD/T 1055; the triangle's figure depends on where its edges are cut, so it has a tolerance of its own
    [square(37540000, 4562900, 100), 37, 9999.605364], [square(37540000, 4562900, 1000), 37, 999959.6426],
    [square(37625600, 4562900, 1000), 37, 999608.8695], [square(37605600, 4552900, 20000), 37, 399868185.207],
    [[[41560000, 4800000], [41561234.5678, 4804000.1234], [41564000.4321, 4801500.5]], 41, 7074213.0, 0.2],
    [square(37540000, 4562900, 100, 0.1), 37, 9.9996]];
  for (const [ring, n, want, own] of golden) {
    const got = of(ring, n), may = own || Math.max(0.01, 5e-9 * want);
    assert.ok(Math.abs(got - want) <= may, `${got}, want ${want} ± ${may}`);
    assert.ok(Math.abs(of([...ring].reverse(), n) - got) < 1e-3 && Math.abs(of([...ring, ring[0]], n) - got) < 1e-3);
  }
  assert.equal(of([[37540000, 4562900], [37540100, 4562900]], 37), 0);
});

test('every word is there in both languages', async () => {
  const { dictionary } = await load('dictionary');
  for (const [name, [zh, en]] of Object.entries(dictionary)) {
    assert.ok(zh.trim() && en.trim(), name);
    assert.ok(!/[\u4e00-\u9fff]/.test(en), `${name}: ${en}`);
    assert.deepEqual((zh.match(/\{\d\}/g) || []).sort(), (en.match(/\{\d\}/g) || []).sort(), name);
  }
});

test('files are looked at before they are sent', async () => {
  const { trouble } = await load('loose');
  const files = (...names) => names.map(name => ({ name, size: 1000 }));
  for (const good of [['a.zip'], ['a.GPKG'], ['A.shp', 'a.SHX', 'a.dbf', 'a.prj', 'plan.yaml'], ['a.geojson', 'b.gpkg']]) assert.equal(trouble(files(...good), 1e6), undefined, good.join());
  for (const [names, word] of [[['a.shp', 'a.dbf'], 'a.shp'], [['a.dbf', 'a.shx'], '.shp'], [['a.zip', 'b.shp'], 'a.zip']]) {
    const p = trouble(files(...names), 1e6);
    assert.ok(p && p.advice && (p.title + p.detail).includes(word), names.join());
  }
  assert.ok(trouble(files('a.zip'), 10).advice);
});

test('addresses lead where they say', async () => {
  const { parse } = await load('route');
  assert.deepEqual(parse('#/checks/1/findings/ab'), { view: 'check', id: '1', tab: 'findings', finding: 'ab' });
  assert.deepEqual(parse('#/checks/1/diff/2'), { view: 'diff', old: '1', new: '2' });
  assert.deepEqual(parse('#/checks/1/diff'), { view: 'diff', old: '', new: '1' });
  assert.deepEqual(parse(''), { view: 'home' });
  assert.deepEqual(parse('#/checks/1/nonsense'), { view: 'nowhere' });
});
