// Bundles src into dist: index.html and assets whose names hold a hash of
// their content. Browsers a few years old must do: see target.
import { build } from 'esbuild';
import { readFileSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';

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
  bundle: true, minify: true, metafile: true, legalComments: 'linked',
  target: ['chrome80', 'firefox78', 'safari14.1', 'edge80'],
  charset: 'utf8',
});

const names = Object.keys(result.metafile.outputs).map(n => n.replace('dist/', '/'));
const named = end => names.find(n => n.endsWith(end));
const page = readFileSync(here + 'src/index.html', 'utf8')
  .replace('STYLE', named('.css')).replace('SCRIPT', named('.js'));
writeFileSync(dist + 'index.html', page);
console.log(names.join('\n'));
