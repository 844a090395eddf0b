import { checkObject, checkText } from '../arguments.js';
import type { Within } from './base.js';
import type { ModuleSummary } from '../types.js';
import type { WaitOptions } from '../waiting.js';

/** What `unit.modules.register()` takes. */
export interface RegisterModuleOptions extends WaitOptions {
  /** What processes name it by. */
  id: string;
  /** What people call it. */
  name?: string | undefined;
}

/** The modules that processes of a unit can name. All of them are run by the Lua machine. */
export class Modules {
  readonly #within: Within;

  /** @internal */
  constructor(within: Within) {
    this.#within = within;
  }

  /**
   * Those that the network knows by their ids, and those that were registered.
   *
   * @throws {@link UnitError} `TIMEOUT`, `ABORTED`.
   */
  async list(wait: WaitOptions = {}): Promise<ModuleSummary[]> {
    return this.#within(wait, async (ask) => JSON.parse(await ask('modules')) as ModuleSummary[]);
  }

  /**
   * Adds a module, which the unit remembers, or gives one that was registered another name. Processes written for aos
   * under an id of their own can be spawned by it then.
   *
   * @throws {@link UnitError} `MODULE_INVALID` for an id that the network has given to another, or that is none;
   *   `STORE_…`; `TIMEOUT`, `ABORTED`.
   *
   * @example
   * ```ts
   * await unit.modules.register({ id: 'my-aos', name: 'aos with my blueprints' });
   * ```
   */
  async register(module: RegisterModuleOptions): Promise<void> {
    checkObject('what register() takes', module);
    const { id, name = '', ...wait } = module;
    checkText('id', id);
    checkText('name', name);
    await this.#within(wait, (ask) => ask('registerModule', id, name));
  }
}
