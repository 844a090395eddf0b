import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const path = (relative) => fileURLToPath(new URL(`../${relative}`, import.meta.url));

/** What lies beside the pages, each a file by itself: `<ao-playground>`, and the worker that keeps all for offline. */
export function besidePages() {
  return {
    name: 'beside-pages',
    apply: 'build',
    async closeBundle() {
      await script('src/embed/element.ts', 'ao-playground.js');
      await script('src/offline/service-worker.ts', 'service-worker.js', {
        PRECACHED: JSON.stringify(await filesOf(path('dist'))),
      });
    },
  };
}

function script(entry, fileName, define = {}) {
  return build({
    configFile: false,
    root: path('.'),
    publicDir: false,
    logLevel: 'warn',
    define: { 'process.env.NODE_ENV': '"production"', ...define },
    build: { target: 'es2022', emptyOutDir: false, lib: { entry: path(entry), formats: ['es'], fileName: () => fileName } },
  });
}

/** Every file of the build by its address and revision; those that have a hash in their names need none. */
async function filesOf(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name !== 'service-worker.js');
  return Promise.all(
    files.map(async ({ parentPath, name }) => {
      const file = `${parentPath}/${name}`;
      const url = file.slice(folder.length + 1);
      const revision = createHash('sha256').update(await readFile(file)).digest('hex').slice(0, 16);
      return { url, revision: url.startsWith('assets/') ? null : revision };
    }),
  );
}
