import { UnitError } from '../error.js';
import { AddressBook, type Addresses, type Destination, type Service } from './addresses.js';
import { computeUnit } from './compute.js';
import { gateway } from './gateway.js';
import { Holdings } from './holdings.js';
import { messenger } from './messenger.js';
import { refusalOf } from './refusal.js';
import { jsonText } from './response.js';
import { scheduler } from './scheduler.js';
import type { CallTarget } from '../calls.js';
import type { NetworkRequest, Routes } from './routes.js';

/** Codes of errors after which a unit answers nothing more. */
const BEYOND = ['CLOSED', 'CRASHED'];

/** The units of a network, at their addresses: all of them are the local one. */
export class Network {
  readonly #addresses: AddressBook;
  readonly #open: () => Promise<CallTarget>;
  #units: Promise<Record<Service, Routes>> | undefined;

  /**
   * @param open - is asked for the unit at the first request, and again if that failed.
   * @throws {@link UnitError} `ARGUMENT_INVALID` for an address that is none.
   */
  constructor(open: () => Promise<CallTarget>, addresses: Addresses) {
    this.#addresses = new AddressBook(addresses);
    this.#open = open;
  }

  /** Whose an address is; `undefined` if it is nobody's here. */
  find(url: URL): Destination | undefined {
    return this.#addresses.find(url);
  }

  /** Answers a request to one of the units. A refusal is an answer. */
  async answer({ service, path }: Destination, request: Request): Promise<Response> {
    const query = new URL(request.url).searchParams;
    let body: Promise<ArrayBuffer> | undefined;
    const bytes = async () => new Uint8Array(await (body ??= request.arrayBuffer()));
    const asked = { method: request.method, path, query, bytes };
    const opened = this.#units;
    try {
      return await this.#ask(service, asked);
    } catch (error) {
      try {
        // A unit that was closed since the last request is opened anew, and did nothing of this one.
        if (opened && error instanceof UnitError && error.code === 'CLOSED') return await this.#ask(service, asked);
        throw error;
      } catch (error) {
        const { status, body } = refusalOf(error);
        return jsonText(body, status);
      }
    }
  }

  async #ask(service: Service, asked: NetworkRequest): Promise<Response> {
    const units = await this.#opened();
    try {
      return await units[service].answer(asked);
    } catch (error) {
      // A unit that is beyond answering is opened anew by the next request.
      if (error instanceof UnitError && BEYOND.includes(error.code)) this.#units = undefined;
      throw error;
    }
  }

  #opened(): Promise<Record<Service, Routes>> {
    this.#units ??= this.#start();
    return this.#units.catch((error: unknown) => {
      this.#units = undefined;
      throw error;
    });
  }

  async #start(): Promise<Record<Service, Routes>> {
    const unit = await this.#open();
    return {
      GATEWAY_URL: gateway(new Holdings(unit, this.#addresses.schedulerUrl)),
      MU_URL: messenger(unit),
      SU_URL: scheduler(unit),
      CU_URL: computeUnit(unit),
    };
  }
}
