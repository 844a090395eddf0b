import { checkObject, checkText } from '../arguments.js';
import type { Ask } from '../protocol.js';
import type { ModuleSummary } from '../types.js';

/** The modules that processes of a unit can name. All of them are run by the Lua machine. */
export class Modules {
  readonly #ask: Ask;

  /** @internal */
  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** Those that the network knows by their ids, and those that were registered. */
  async list(): Promise<ModuleSummary[]> {
    return JSON.parse(await this.#ask('modules')) as ModuleSummary[];
  }

  /**
   * Adds a module, which the unit remembers, or gives one that was registered another name. Processes written for aos
   * under an id of their own can be spawned by it then.
   *
   * @throws {@link UnitError} `MODULE_INVALID` for an id that the network has given to another, or that is none;
   *   `STORE_…`.
   *
   * @example
   * ```ts
   * await unit.modules.register({ id: 'my-aos', name: 'aos with my blueprints' });
   * ```
   */
  async register(module: { id: string; name?: string | undefined }): Promise<void> {
    checkObject('what register() takes', module);
    const { id, name = '' } = module;
    checkText('id', id);
    checkText('name', name);
    await this.#ask('registerModule', id, name);
  }
}
