// The machine's own Lua, as Debian has it: programs by name, one at a time.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
export const PROGRAMS = path('../../../www/src/bench/programs/');
export const LIBRARY = path('../../../crate/machine/lua/');

export function startNative() {
  const lua = spawn('lua5.4', [path('native.lua'), PROGRAMS, LIBRARY], { stdio: ['pipe', 'pipe', 'inherit'] });
  const failed = once(lua, 'error').then(([reason]) => {
    throw new Error(`lua5.4 does not run (${reason.message}): \`cargo xtask setup\` installs it`);
  });
  const ended = once(lua, 'exit').then(([code]) => {
    throw new Error(`lua5.4 ended with ${code}`);
  });
  // Whoever asks is told; afterwards nobody is.
  failed.catch(() => {});
  ended.catch(() => {});
  const lines = createInterface(lua.stdout);
  return {
    async run(name) {
      const answered = once(lines, 'line');
      // By the clock on the wall, as in the page: a machine that does other things, too, is slower for both.
      const start = performance.now();
      lua.stdin.write(`${name}\n`);
      const [answer] = await Promise.race([answered, failed, ended]);
      return { milliseconds: performance.now() - start, answer };
    },
    stop: () => lua.stdin.end(),
  };
}
