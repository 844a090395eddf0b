import markdown from '../../../docs/lua.md?raw';
import { readReference } from '../lua/reference.ts';

/** What a process can call, from `docs/lua.md`. */
export const reference = readReference(markdown);
