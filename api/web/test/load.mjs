// A module of the page, for tests that need no browser.
import { build } from 'esbuild';

globalThis.localStorage = { getItem: () => null, setItem() { /* nothing is kept */ } };

export async function load(name) {
  const { outputFiles } = await build({ entryPoints: [new URL(`../src/${name}.ts`, import.meta.url).pathname], bundle: true, write: false, format: 'esm' });
  return import('data:text/javascript;base64,' + Buffer.from(outputFiles[0].contents).toString('base64'));
}
