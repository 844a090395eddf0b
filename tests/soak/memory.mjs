// What the browser that this process started has in memory, in bytes. Only where there is `/proc`.

import { descendants, memoryOf, read, renderers, unfiledShareOf } from '../demo/system.mjs';

/**
 * `tab`: what the largest renderer has resident, which is the tab's, worker included; `browser`: what the browser's own
 * process has; `all`: what all its processes have together beside files, what they share counted once.
 */
export function browserMemory() {
  const sizes = renderers().map(memoryOf);
  if (sizes.length === 0) throw new Error('no renderer was found in /proc');
  const all = descendants();
  const own = all.filter((id) => read(id, 'cmdline').includes('--user-data-dir=') && !read(id, 'cmdline').includes('--type='));
  return {
    tab: Math.max(...sizes),
    browser: Math.max(0, ...own.map(memoryOf)),
    all: all.map(unfiledShareOf).reduce((sum, share) => sum + share, 0),
  };
}
