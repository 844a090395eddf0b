import { UnitError } from '../error.js';
import { segmentsOf } from './routes.js';

/** Where one of the network's units is: one address, or several at which it is the same one. */
export type Address = string | URL | readonly (string | URL)[];

/** Where the units of a network are, each by the name that clients configure it under. */
export interface Addresses {
  GATEWAY_URL: Address;
  MU_URL: Address;
  SU_URL: Address;
  CU_URL: Address;
}

/** Where local networks have their units. */
export const LOCALNET = {
  GATEWAY_URL: 'http://localhost:4000',
  MU_URL: 'http://localhost:4002',
  SU_URL: 'http://localhost:4003',
  CU_URL: 'http://localhost:4004',
} as const satisfies Addresses;

/** Where the network has its own, and where its clients look unless they are told otherwise. */
export const LEGACYNET = {
  GATEWAY_URL: ['https://arweave.net', 'https://arweave-search.goldsky.com'],
  MU_URL: 'https://mu.ao-testnet.xyz',
  SU_URL: 'https://su-router.ao-testnet.xyz',
  CU_URL: 'https://cu.ao-testnet.xyz',
} as const satisfies Addresses;

export type Service = keyof Addresses;

/** Which unit an address is of, and the rest of its path. */
export interface Destination {
  service: Service;
  path: string[];
}

/** An address that one of the units has. */
interface Base {
  service: Service;
  origin: string;
  segments: string[];
}

/** The addresses of a network, to find out whose a request is. */
export class AddressBook {
  /** Those with longer paths first: they may lie below another. */
  readonly #bases: Base[];
  /** The first address of the scheduler, without a slash at its end. */
  readonly schedulerUrl: string;

  /** @throws {@link UnitError} `ARGUMENT_INVALID`, which names the address that is none. */
  constructor(addresses: Addresses) {
    const bases = (['GATEWAY_URL', 'MU_URL', 'SU_URL', 'CU_URL'] as const).flatMap((service) =>
      [addresses[service]].flat().map((address) => baseOf(service, address as string | URL)),
    );
    const scheduler = bases.find(({ service }) => service === 'SU_URL');
    this.schedulerUrl = scheduler ? [scheduler.origin, ...scheduler.segments].join('/') : '';
    this.#bases = bases.sort((one, other) => other.segments.length - one.segments.length);
  }

  /** Whose an address is; `undefined` if it is nobody's here. */
  find({ origin, pathname }: URL): Destination | undefined {
    const path = segmentsOf(pathname);
    const isBase = (base: Base) => base.origin === origin && base.segments.every((part, i) => part === path[i]);
    const base = this.#bases.find(isBase);
    return base && { service: base.service, path: path.slice(base.segments.length).map(decoded) };
  }
}

function baseOf(service: Service, address: string | URL): Base {
  try {
    const { origin, pathname } = new URL(address);
    return { service, origin, segments: segmentsOf(pathname) };
  } catch (cause) {
    throw new UnitError('ARGUMENT_INVALID', `${service} ${JSON.stringify(address)} is no address`, { cause });
  }
}

/** What cannot be decoded stands for itself: no route and no id is so. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
