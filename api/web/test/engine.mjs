// What the page makes of names, files and a form, for the program's own tests to
// hold against what the engine makes of them. On standard input: {names, packages,
// manifests}; on standard output the page's answers, in the same order.
import { readFileSync } from 'node:fs';
import { load } from './load.mjs';

const { names, packages, manifests } = JSON.parse(readFileSync(0, 'utf8'));
const { roleOf } = await load('package/names'), { account } = await load('package/account'), { write } = await load('package/manifest'), { unwrapped } = await load('package/files');

const unread = async files => {
  const heads = await account(unwrapped(files.map(f => ({ path: f.path, data: new Blob([Buffer.from(f.data, 'base64')]) }))));
  return {
    unread: heads.filter(h => h.usage === 'unread' || h.usage === 'layer' && !h.role).map(h => h.path),
    lost: heads.filter(h => h.lost).map(h => h.path),
    layers: heads.filter(h => h.usage === 'layer').map(h => ({ path: h.path, role: h.role, columns: h.columns || [] })),
    closed: heads.filter(h => h.usage === 'container' && h.inside === undefined).map(h => h.path),
    files: heads.reduce((n, h) => n + h.files.length, 0),
  };
};
const accounts = [];
for (const files of packages || []) accounts.push(await unread(files));
process.stdout.write(JSON.stringify({ roles: (names || []).map(roleOf), accounts, manifests: (manifests || []).map(write) }));
