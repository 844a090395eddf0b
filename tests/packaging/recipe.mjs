// The recipes of docs/bundlers.md, taken at their word.

import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const DOCUMENT = new URL('../../docs/bundlers.md', import.meta.url);
const TOOLS = fileURLToPath(new URL('../../node_modules/.bin', import.meta.url));
const LONGEST = 10;

/**
 * What the section `title` has in its code blocks: `files`, each block whose first line is a comment with its name,
 * and `commands`, the lines of its shell blocks.
 */
export async function recipe(title) {
  const [, section] = `\n${await readFile(DOCUMENT, 'utf8')}`.split(`\n## ${title}\n`);
  if (section === undefined) throw new Error(`docs/bundlers.md has no section “${title}”`);
  const blocks = [...section.split('\n## ')[0].matchAll(/```(\w+)\n(.*?)```/gs)];
  const files = {};
  const commands = [];
  for (const [, language, code] of blocks) {
    const lines = code.trimEnd().split('\n');
    const name = /^(?:\/\/|<!--) (\S+)/.exec(lines[0])?.[1];
    if (language === 'sh') commands.push(...lines);
    else if (name === undefined) throw new Error(`a code block of “${title}” does not begin with a file's name`);
    else files[name] = code;
  }
  const length = blocks.reduce((sum, [, , code]) => sum + code.trimEnd().split('\n').length, 0);
  if (length > LONGEST) throw new Error(`the recipe “${title}” has ${length} lines, and may have ${LONGEST}`);
  return { files, commands };
}

/** Writes the recipe's files into `folder` and runs its commands there. Answers what they print. */
export async function follow({ files, commands }, folder) {
  await Promise.all(Object.entries(files).map(([name, code]) => writeFile(join(folder, name), code)));
  let printed = '';
  for (const command of commands) printed += await run(command, folder);
  return printed;
}

/** Runs a line of a shell as whoever has the tools installed does. */
export async function run(command, cwd) {
  const env = environment();
  try {
    const { stdout, stderr } = await promisify(execFile)('sh', ['-c', command], { cwd, env, maxBuffer: 1 << 24 });
    return stdout + stderr;
  } catch (error) {
    throw new Error(`\`${command}\` failed:\n${error.stdout}${error.stderr}`, { cause: error });
  }
}

/** Without what this run of npm and of the tests says of itself. */
export function environment() {
  const own = /^(npm_|NODE_TEST_CONTEXT|NODE_OPTIONS)/;
  const inherited = Object.entries(process.env).filter(([name]) => !own.test(name));
  const { PATH, ...env } = Object.fromEntries(inherited);
  return { ...env, PATH: `${TOOLS}${delimiter}${PATH}`, NEXT_TELEMETRY_DISABLED: '1', NO_COLOR: '1' };
}
