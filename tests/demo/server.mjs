// Static files over HTTP, as the plainest of hosts serves them: no cross-origin isolation, no special headers.

import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';

const TYPES = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.lua': 'text/plain',
  '.map': 'application/json',
  '.mjs': 'text/javascript',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

/**
 * Serves folders by the path that they appear under, `{ '/pkg/': '…/pkg/dist/' }`, and by `routes` what no file is:
 * a path and what answers it, `{ '/old': (request, response) => … }`. With `keeps`, browsers may keep what they load;
 * `headersOf` says what is sent with a path beside it.
 * Resolves to `{ origin, close }`.
 */
export async function serve(folders, routes = {}, { keeps = false, headersOf = () => ({}) } = {}) {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    if (Object.hasOwn(routes, path)) return routes[path](request, response);
    const prefix = Object.keys(folders).find((prefix) => path.startsWith(prefix));
    try {
      const body = await readFile(fileOf(folders[prefix], path.slice(prefix.length)));
      const type = TYPES[extname(path) || '.html'] ?? 'application/octet-stream';
      response.writeHead(200, { 'Content-Type': type, ...(keeps && { 'Cache-Control': 'max-age=3600' }), ...headersOf(path) });
      response.end(body);
    } catch {
      response.writeHead(404, { 'Content-Type': 'text/plain' });
      response.end(`there is no ${path}\n`);
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://localhost:${server.address().port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function fileOf(folder, path) {
  const file = normalize(join(folder, path === '' ? 'index.html' : path));
  if (!file.startsWith(normalize(folder))) throw new Error(`${path} is outside`);
  return file;
}
