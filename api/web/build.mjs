// Bundles src into dist: index.html and assets whose names hold a hash of
// their content. Browsers a few years old must do: see target.
import { build } from 'esbuild';
import { readdirSync, readFileSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';

const here = new URL('.', import.meta.url).pathname;
const dist = here + 'dist/';
rmSync(dist + 'assets', { recursive: true, force: true });
rmSync(dist + 'index.html', { force: true });
mkdirSync(dist, { recursive: true });

// Browsers before the middle of 2020 know no gap between the items of a flex
// box: main.ts marks them, and these rules give them margins instead.
function gapless(css) {
  const rules = [];
  for (const [, selectors, body] of css.matchAll(/(?:^|[{}])([^{}@]+)\{([^{}]*display:(?:inline-)?flex[^{}]*)\}/g)) {
    const gap = /(?:^|;)gap:([^; ]+)(?: ([^;]+))?/.exec(body);
    if (!gap) continue;
    const items = selectors.split(',').map(s => '.gapless ' + s.trim() + '>*+*').join(',');
    const column = /flex-direction:column/.test(body), wraps = /flex-wrap:wrap/.test(body);
    const between = gap[2] || gap[1];
    if (wraps && !column) rules.push(`${items.replace(/>\*\+\*/g, '>*')}{margin-right:${between};margin-bottom:${gap[1]}}`); // a line begins where it is to
    else rules.push(`${items}{margin-${column ? 'top' : 'left'}:${column ? gap[1] : between}}`);
  }
  return rules.join('');
}

const gaps = { name: 'gaps', setup: b => b.onLoad({ filter: /src\/style\.css$/ }, ({ path }) => {
  const css = readFileSync(path, 'utf8');
  return { contents: css + gapless(css), loader: 'css' };
}) };

const result = await build({
  plugins: [gaps],
  absWorkingDir: here,
  entryPoints: { page: 'src/main.ts', style: 'src/style.css' },
  outdir: 'dist/assets',
  entryNames: '[name]-[hash]',
  bundle: true, minify: true, metafile: true, legalComments: 'none',
  target: ['chrome80', 'firefox78', 'safari14.1', 'edge80'], // from the beginning of 2020
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
