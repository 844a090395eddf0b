// The reference in `docs/api`, from the types: `npm run docs --workspace pkg`.

import { entries } from './entries.mjs';

/** Other names of an entry that is described already, and a script that exports nothing. */
const LEFT_OUT = ['./browser', './node', './worker'];

/** @type {Partial<import('typedoc').TypeDocOptions>} */
export default {
  name: 'ao-unit',
  entryPoints: (await entries()).filter(({ name }) => !LEFT_OUT.includes(name)).map(({ source }) => source),
  out: '../docs/api',
  plugin: ['typedoc-plugin-markdown'],
  readme: 'none',
  githubPages: false,
  disableSources: true,
  excludePrivate: true,
  excludeInternal: true,
  treatWarningsAsErrors: true,
  hideBreadcrumbs: true,
  useCodeBlocks: true,
};
