// Builds the scripts, from `src`. The types are tsc's.
//
// `dist` is what ships: the entries, what they share in chunks, and in one script each what runs elsewhere: the unit's
// worker, and classic service workers. `build` is for the tests: each module by itself, so that they can import what no
// entry exports.

import { readdir, rm, symlink } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { entries } from './entries.mjs';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

const COMMON = { format: 'esm', target: 'es2022', platform: 'neutral', sourcemap: true, logLevel: 'warning' };

await Promise.all([clear(path('dist'), 'wasm'), rm(path('build'), { recursive: true, force: true })]);
// A script that is exported under two names is built once.
const { worker, ...scripts } = Object.fromEntries((await entries()).map(({ script, source }) => [withoutEnd(script), source]));
await Promise.all([
  build({
    ...COMMON,
    entryPoints: scripts,
    outdir: path('dist'),
    // Flat: what is loaded beside the scripts is found from each of them.
    chunkNames: '[name]-[hash]',
    bundle: true,
    // Whoever imports `ao-unit/remote` has it, or is told to.
    external: ['@permaweb/aoconnect'],
    splitting: true,
    minify: true,
    plugins: [generated()],
  }),
  build({
    ...COMMON,
    // Who opens a unit waits for its worker, and what that shares with the page is little: chunks would be loaded in rounds.
    entryPoints: { worker },
    outdir: path('dist'),
    bundle: true,
    minify: true,
    // Nothing else in it says that it is a module.
    footer: { js: 'export{};' },
    plugins: [generated()],
  }),
  build({
    ...COMMON,
    entryPoints: [path('src/service-worker.ts')],
    outfile: path('dist/service-worker.classic.js'),
    format: 'iife',
    globalName: 'aoUnit',
    bundle: true,
    minify: true,
    // A classic script does not know its own address, but an error that it makes does.
    define: { 'import.meta.url': 'aoUnitScript' },
    banner: { js: `var aoUnitScript=(/(https?:\\/\\/\\S+?):\\d+(:\\d+)?\\)?\\s*$/m.exec(Error().stack)||[,location.href])[1];` },
    plugins: [generated()],
  }),
  build({ ...COMMON, entryPoints: [path('src/**/*.ts')], outdir: path('build') }),
]);
await symlink(path('dist/wasm'), path('build/wasm'), 'junction');

/** The unit's glue, which wasm-bindgen writes into `dist/wasm`: seen from `src`, it is a neighbour. */
function generated() {
  return {
    name: 'generated',
    setup({ onResolve }) {
      onResolve({ filter: /\/wasm\/unit\.js$/ }, () => ({ path: path('dist/wasm/unit.js') }));
    },
  };
}

/** Empties a folder but for `kept`: a chunk of the build before must not ship. */
async function clear(folder, kept) {
  const names = await readdir(folder).catch(() => []);
  await Promise.all(
    names.filter((name) => name !== kept).map((name) => rm(`${folder}/${name}`, { recursive: true, force: true })),
  );
}

function withoutEnd(script) {
  return script.replace(/\.js$/, '');
}
