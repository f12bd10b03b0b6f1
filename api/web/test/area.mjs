// What needs no browser: areas against published figures, words in both
// languages, files looked at before they are sent.
import assert from 'node:assert/strict';
import test from 'node:test';
import proj4 from 'proj4';
import { load } from './load.mjs';

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
  const files = (...paths) => paths.map(path => ({ path, data: new Blob(['x'.repeat(1000)]) }));
  for (const good of [['a.zip'], ['a.GPKG'], ['A.shp', 'a.SHX', 'a.dbf', 'a.prj', 'plan.yaml'], ['a.geojson', 'b.gpkg'], ['x/a.shp', 'x/a.shx', 'x/a.dbf', 'x/.DS_Store', 'x/docs/b.rar']]) {
    assert.equal(trouble(files(...good), 1e6), undefined, good.join());
  }
  for (const [paths, word] of [[['a.shp', 'a.dbf'], 'a.shp'], [['a.dbf', 'a.shx'], '.shp'], [['x/a.shp', 'y/a.shx', 'y/a.dbf'], 'x/a.shp'], [['a.zip', 'b.zip'], '2 个压缩包'],
    [['a.rar'], 'a.rar 是 RAR'], [['a.jpg'], 'a.jpg 不是图层'], [['a.jpg', 'b.7z'], 'b.7z 是 7z'], [['a.pdf', 'b.doc'], '这 2 个文件中没有图层']]) {
    const p = trouble(files(...paths), 1e6);
    assert.ok(p && p.advice && (p.title + p.detail).includes(word), paths.join());
  }
  assert.ok(trouble(files('a.zip'), 10).advice);
});

test('an upload tells its share, its rate and the time left', async () => {
  const { Transfer, transferWords } = await load('transfer');
  const transfer = new Transfer(100 << 20, 0);
  assert.equal(transferWords(transfer.at(0, 0)), '0%');
  assert.equal(transferWords(transfer.at(2000, 20 << 20)), '20%，每秒 10.0 MB，还需 8 秒');
  for (let s = 3; s <= 20; s++) transfer.at(1000 * s, (20 << 20) + (s - 2 << 20)); // it has become slow: 1 MB/s
  assert.equal(transferWords(transfer.at(21000, 39 << 20)), '39%，每秒 1.0 MB，还需 61 秒');
  assert.equal(transferWords(transfer.at(22000, 100 << 20)), '100%');
  assert.equal(transferWords(new Transfer(3601 * 2 ** 20, 0).at(1000, 1 << 20)), '0%，每秒 1.0 MB，还需 60 分钟');
});

test('zips are made and opened again', async () => {
  const { listed, packed, unpacked } = await load('package/zip');
  const files = [['plan.yaml', 'format: 1\n'], ['docs/同意书.pdf', '%PDF'], ['空.txt', ''], ['大.dbf', 'abc'.repeat(1e6)]].map(([path, text]) => ({ path, data: new Blob([text]) }));
  let seen = 0;
  const zip = await packed(files, done => { seen = done; });
  assert.equal(seen, files.reduce((n, f) => n + f.data.size, 0));
  assert.deepEqual(Buffer.from(await zip.arrayBuffer()), Buffer.from(await (await packed(files, () => {})).arrayBuffer()), 'the same files, the same bytes');
  assert.deepEqual(await listed(zip), files.map(f => f.path));
  const back = await unpacked(zip, 1e9);
  assert.deepEqual(back.map(f => f.path), files.map(f => f.path));
  for (const [i, f] of back.entries()) assert.equal(await f.data.text(), await files[i].data.text());
  await assert.rejects(unpacked(zip, 1000));
  await assert.rejects(unpacked(zip.slice(0, zip.size - 100), 1e9), 'cut short');
  assert.equal(await listed(new Blob(['no zip'])), undefined);
  // Sparse files, as the indexes of geodatabases are, and random ones of many sizes.
  let seed = 1;
  const random = () => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) / 0x7fffffff;
  const many = [...Array(60)].map((_, i) => Buffer.from(Array.from({ length: Math.floor(random() ** 3 * 200000) }, () => random() < [0.02, 0.5, 1][i % 3] ? Math.floor(random() * 256) : 0)));
  const all = await unpacked(await packed(many.map((data, i) => ({ path: `${i}.spx`, data: new Blob([data]) })), () => {}), 1e9);
  for (const [i, f] of all.entries()) assert.ok(Buffer.from(await f.data.arrayBuffer()).equals(many[i]), `${i}: ${many[i].length} bytes`);
  // GBK names without the flag, as Windows writes them: 同意书.txt.
  const gbk = Buffer.from('504b03040a000000000000000000000000000000000000000000' + '0a000000' + 'cdacd2e2cae92e747874' +
    '504b01020a000a0000000000000000000000000000000000000000000a00000000000000000000000000000000' + '00' + 'cdacd2e2cae92e747874' +
    '504b0506000000000100010038000000280000000000', 'hex');
  assert.deepEqual(await listed(new Blob([gbk])), ['同意书.txt']);
  assert.deepEqual((await unpacked(new Blob([gbk]), 1e6)).map(f => f.path), ['同意书.txt']);
});

test('shared land is measured by lines', async () => {
  const { shared } = await load('package/outline');
  const box = (x, y, w, h) => [[[x, y], [x + w, y], [x + w, y + h], [x, y + h], [x, y]]];
  const near = (got, want) => assert.ok(Math.abs(got - want) < 2e-3 * want, `${got}, want ${want}`);
  const unit = 111320 ** 2 * Math.cos(41.5 * Math.PI / 180);
  near(shared(box(111, 41, 1, 1), box(111.5, 41, 1, 1)), unit / 2);
  assert.equal(shared(box(111, 41, 1, 1), box(112, 41, 1, 1)), 0, 'a common border');
  near(shared([...box(111, 41, 1, 1), ...box(111.25, 41, 0.5, 1)], box(111, 41, 1, 1)), unit / 2); // a hole
  assert.equal(shared(box(111, 41, 1, 1), box(111, 43, 1, 1)), 0);
});

test('addresses lead where they say', async () => {
  const { parse } = await load('route');
  assert.deepEqual(parse('#/checks/1/findings/ab'), { view: 'check', id: '1', tab: 'findings', finding: 'ab' });
  assert.deepEqual(parse('#/checks/1/diff/2'), { view: 'diff', old: '1', new: '2' });
  assert.deepEqual(parse('#/checks/1/diff'), { view: 'diff', old: '', new: '1' });
  assert.deepEqual(parse(''), { view: 'home' });
  assert.deepEqual(parse('#/new'), { view: 'package' });
  assert.deepEqual(parse('#/checks/1/nonsense'), { view: 'nowhere' });
});
