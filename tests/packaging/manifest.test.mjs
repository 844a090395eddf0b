// What the tarball has, and what its manifest promises of it.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { publint } from 'publint';
import { installApp } from './app.mjs';
import { run } from './recipe.mjs';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

let app;
let installed;
let manifest;

before(async () => {
  app = await installApp('types');
  installed = join(app, 'node_modules/ao-unit');
  manifest = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8'));
});

/** Every entry that is a script, as it is imported. */
const entries = () =>
  Object.keys(manifest.exports)
    .filter((name) => manifest.exports[name].types)
    .map((name) => name.replace('.', 'ao-unit'));

/** The text of every script that ships. */
async function scripts() {
  const names = (await readdir(join(installed, 'dist'))).filter((name) => name.endsWith('.js'));
  return Promise.all(names.map(async (name) => [name, await readFile(join(installed, 'dist', name), 'utf8')]));
}

test('publint has nothing to say', async () => {
  const { messages } = await publint({ pkgDir: installed, strict: true, pack: false });
  assert.deepEqual(messages, []);
});

test('types resolve for whoever imports ES modules, by attw', async () => {
  const [tarball] = (await readdir(app)).filter((name) => name.endsWith('.tgz'));
  // What an import of wasm is depends on the bundler, and so do its types.
  const excluded = Object.keys(manifest.exports).filter((name) => name.endsWith('.wasm'));
  await run(`attw ${tarball} --profile esm-only --exclude-entrypoints ${excluded.join(' ')} --no-emoji`, app);
});

test('a strict program compiles against the types, and so do the types themselves', async () => {
  const names = entries();
  await writeFile(join(app, 'all.ts'), names.map((name, index) => `export * as _${index} from '${name}';\n`).join(''));
  for (const resolution of ['--module nodenext', '--module esnext --moduleResolution bundler']) {
    assert.equal(await run(`tsc --project . ${resolution}`, app), '');
  }
});

test('it has the readme, both licences and the sources, and nothing of the tests', async () => {
  for (const name of ['LICENSE-MIT', 'LICENSE-APACHE']) {
    assert.equal(await readFile(join(installed, name), 'utf8'), await readFile(path(`../../${name}`), 'utf8'));
  }
  const names = (await readdir(installed)).sort();
  assert.deepEqual(names, ['LICENSE-APACHE', 'LICENSE-MIT', 'README.md', 'dist', 'package.json', 'src']);
  const wasm = await readdir(join(installed, 'dist/wasm'));
  assert.deepEqual(wasm.filter((name) => !name.endsWith('.wasm')), [], 'the glue is in the scripts');
});

test('every file that the manifest, a script, a source map or a type names is there', async () => {
  const targets = Object.values(manifest.exports);
  const named = targets.flatMap((target) => (typeof target === 'string' ? target : Object.values(target)));
  assert.deepEqual(named.filter((name) => !existsSync(join(installed, name))), []);
  for (const [name, script] of await scripts()) {
    const besides = [...script.matchAll(/new URL\("(.*?)",import\.meta\.url\)/g)].map(([, file]) => file);
    const missing = besides.filter((file) => !existsSync(join(installed, 'dist', file)));
    assert.deepEqual(missing, [], name);
  }
  const maps = (await readdir(join(installed, 'dist'), { recursive: true })).filter((name) => name.endsWith('.map'));
  for (const name of maps) {
    const file = join(installed, 'dist', name);
    const { sources } = JSON.parse(await readFile(file, 'utf8'));
    const missing = sources.filter((source) => !source.includes('wasm/') && !existsSync(join(dirname(file), source)));
    assert.deepEqual(missing, [], name);
  }
});

test('bundlers find the worker and the wasm literally, and no import that they cannot follow', async () => {
  const all = (await scripts()).map(([, script]) => script).join('\n');
  assert.match(all, /new Worker\(new URL\("\.\/worker\.js",import\.meta\.url\),\{type:"module"\}\)/);
  assert.match(all, /new URL\("\.\/wasm\/unit_bg\.wasm",import\.meta\.url\)/);
  assert.match(all, /new URL\("\.\/wasm\/machine\.wasm",import\.meta\.url\)/);
  assert.match(all, /new URL\("\.\/wasm\/secp256k1\.wasm",import\.meta\.url\)/);
  const imports = [...all.matchAll(/\bimport\(([^)]*)\)/g)].map(([, what]) => what);
  assert.deepEqual(imports.filter((what) => !/^"[^"]*"$/.test(what)), []);
});

test('what is imported and not used leaves nothing behind, but for the worker', async () => {
  for (const name of entries()) {
    const { outputFiles } = await build({
      stdin: { contents: `import '${name}';`, resolveDir: app },
      bundle: true,
      format: 'esm',
      write: false,
      external: ['@permaweb/aoconnect'],
      logLevel: 'silent',
    });
    const runs = manifest.sideEffects.includes(manifest.exports[name.replace('ao-unit', '.')].default);
    assert.equal(outputFiles[0].text !== '', runs, name);
  }
});

test('entries import nothing that is not installed, and touch no global', async () => {
  const names = entries().filter((name) => name !== 'ao-unit/worker');
  const program = `
    const before = Reflect.ownKeys(globalThis).length;
    for (const name of ${JSON.stringify(names)}) await import(name);
    const added = Reflect.ownKeys(globalThis).slice(before);
    if (added.length > 0) throw new Error('added to the global object: ' + added.map(String));
  `;
  await writeFile(join(app, 'imports.mjs'), program);
  await run('node imports.mjs', app);
});
