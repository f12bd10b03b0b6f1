// Bundles src into dist: index.html and assets whose names hold a hash of
// their content. Browsers a few years old must do: see target.
import { build } from 'esbuild';
import { readdirSync, readFileSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';

const here = new URL('.', import.meta.url).pathname;
const dist = here + 'dist/';
rmSync(dist + 'assets', { recursive: true, force: true });
rmSync(dist + 'index.html', { force: true });
mkdirSync(dist, { recursive: true });

const result = await build({
  absWorkingDir: here,
  entryPoints: { page: 'src/main.ts', style: 'src/style.css' },
  outdir: 'dist/assets',
  entryNames: '[name]-[hash]',
  bundle: true, minify: true, metafile: true, legalComments: 'none',
  target: ['chrome84', 'firefox78', 'safari14.1', 'edge84'], // from the middle of 2020
  charset: 'utf8',
});

const names = Object.keys(result.metafile.outputs).map(n => n.replace('dist/', '/'));
const named = end => names.find(n => n.endsWith(end));
const page = readFileSync(here + 'src/index.html', 'utf8')
  .replace('STYLE', named('.css')).replace('SCRIPT', named('.js'));
writeFileSync(dist + 'index.html', page);

// What the licences of the bundled packages ask for goes along.
const packages = new Set(Object.keys(result.metafile.inputs).map(n => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(n)?.[1]).filter(Boolean));
const licences = [...packages].sort().map(name => {
  const dir = `${here}node_modules/${name}/`, { version, license } = JSON.parse(readFileSync(dir + 'package.json', 'utf8'));
  const file = readdirSync(dir).find(f => /^licen[cs]e/i.test(f));
  return `${name} ${version} (${license})\n\n${file ? readFileSync(dir + file, 'utf8') : ''}`;
});
writeFileSync(dist + 'assets/licences.txt', licences.join('\n----------\n\n'));
console.log(names.join('\n'));
