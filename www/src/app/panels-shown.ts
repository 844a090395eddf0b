import { kept } from './kept.ts';

/** The id of the panel that is shown. */
export const shownPanel = kept('panel', 'example');
