// A server that a tool starts, until the test has seen enough.

import { spawn } from 'node:child_process';
import { environment } from './recipe.mjs';

const PATIENCE_MS = 60_000;

/** Starts `command` in `cwd` and waits until it prints its address. Resolves to `{ origin, stop }`. */
export async function startServer(command, cwd) {
  // A group of its own: the tool starts others, and all end together.
  const server = spawn('sh', ['-c', command], { cwd, env: environment(), detached: true, stdio: 'pipe' });
  const stop = () => process.kill(-server.pid, 'SIGTERM');
  let printed = '';
  try {
    const origin = await new Promise((resolve, reject) => {
      const listen = (chunk) => {
        printed += chunk;
        const [, address] = /(http:\/\/localhost:\d+)/.exec(printed) ?? [];
        if (address) resolve(address);
      };
      server.stdout.on('data', listen);
      server.stderr.on('data', listen);
      server.on('exit', (code) => reject(new Error(`\`${command}\` ended with ${code}:\n${printed}`)));
      setTimeout(() => reject(new Error(`\`${command}\` says no address:\n${printed}`)), PATIENCE_MS).unref();
    });
    return { origin, stop };
  } catch (error) {
    if (server.exitCode === null) stop();
    throw error;
  }
}
