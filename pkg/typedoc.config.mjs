// The reference in `docs/api`, from the types: `npm run docs --workspace pkg`.

import { Converter, ReflectionKind } from 'typedoc';
import { entries } from './entries.mjs';

/** Other names of an entry that is described already, and a script that exports nothing. */
const LEFT_OUT = ['./browser', './node', './worker'];

// What several entries export is described with the first of them, and the unit's has the most.
const order = ({ name }) => (name === './unit' ? 0 : 1);
const described = (await entries())
  .filter(({ name }) => !LEFT_OUT.includes(name))
  .sort((one, other) => order(one) - order(other));

/** Modules have the names by which they are imported. */
function nameModules(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const module of project.getReflectionsByKind(ReflectionKind.Module)) {
      const [, of] = /(?:src\/)?(.*?)(?:\/?index)?$/.exec(module.name);
      module.name = of === '' ? 'ao-unit' : `ao-unit/${of}`;
    }
  });
}

/** @type {Partial<import('typedoc').TypeDocOptions>} */
export default {
  name: 'ao-unit',
  entryPoints: described.map(({ source }) => source),
  out: '../docs/api',
  plugin: ['typedoc-plugin-markdown', nameModules],
  outputFileStrategy: 'modules',
  readme: 'none',
  githubPages: false,
  disableSources: true,
  excludePrivate: true,
  excludeInternal: true,
  treatWarningsAsErrors: true,
  groupOrder: ['Functions', 'Variables', 'Classes', 'Interfaces', '*'],
  hideBreadcrumbs: true,
  hidePageHeader: true,
  // Its count of headings that repeat is not that of those who render them.
  useHTMLAnchors: true,
  parametersFormat: 'table',
  interfacePropertiesFormat: 'table',
};
