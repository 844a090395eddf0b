// What the renderer of the browser that this process started has in memory, in bytes.

import { memoryOf, renderers } from '../demo/system.mjs';

/**
 * The resident memory of the largest renderer: that is the tab's, worker included. Only where there is `/proc`.
 */
export function rendererMemory() {
  const sizes = renderers().map(memoryOf);
  if (sizes.length === 0) throw new Error('no renderer was found in /proc');
  return Math.max(...sizes);
}
