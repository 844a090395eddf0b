// Links between the documents.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const LINK = /\]\((?!https?:)([^)\s#]*)(?:#([^)\s]*))?\)/g;

test('every link of a document leads to a file, and to a heading of it', async () => {
  const names = (await readdir(join(ROOT, 'docs'), { recursive: true })).map((name) => join('docs', name));
  const top = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'pkg/README.md'];
  const broken = [];
  for (const name of [...top, ...names.filter((name) => name.endsWith('.md'))]) {
    for (const [link, path, anchor] of (await text(name)).matchAll(LINK)) {
      const target = path === '' ? name : join(dirname(name), path);
      if (!existsSync(join(ROOT, target)) || (anchor && !(await anchors(target)).has(anchor))) broken.push(`${name}: ${link}`);
    }
  }
  assert.deepEqual(broken, []);
});

const text = async (name) => (await readFile(join(ROOT, name), 'utf8')).replace(/```.*?```/gs, '');

/** The anchors of a document, as they are made of its headings; a repeated one is numbered. */
async function anchors(name) {
  const found = new Set();
  const add = (anchor, number = 0) => {
    const numbered = number === 0 ? anchor : `${anchor}-${number}`;
    if (found.has(numbered)) add(anchor, number + 1);
    else found.add(numbered);
  };
  for (const [, heading] of (await text(name)).matchAll(/^#+ (.*)$/gm)) add(slug(heading));
  for (const [, id] of (await text(name)).matchAll(/<a id="(.*?)">/g)) found.add(id);
  return found;
}

const slug = (heading) => heading.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').trim().replaceAll(' ', '-');
