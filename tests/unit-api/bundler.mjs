// A bundler as far as an archive sees one: it takes items at `/tx`, from pages of other origins too.

import { createServer } from 'node:http';

/** Resolves to `{ url, posted, answers, close }`. `posted` is what arrived; `answers` are given to the next ones. */
export async function startBundler() {
  const bundler = { posted: [], answers: [] };
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method, url: path, headers } = request;
    if (method === 'POST') bundler.posted.push({ path, type: headers['content-type'], body: Buffer.concat(chunks) });
    const { status, body } =
      method === 'OPTIONS' ? { status: 204, body: '' } : (bundler.answers.shift() ?? { status: 200, body: '{}' });
    const allow = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': '*' };
    response.writeHead(status, { ...allow, 'Content-Type': 'text/plain' });
    response.end(body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  bundler.url = `http://localhost:${server.address().port}`;
  bundler.close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return bundler;
}
