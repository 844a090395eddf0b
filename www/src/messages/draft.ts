import { signal } from '@preact/signals';
import { listWallets } from 'ao-unit/wallet';
import type { LogItem, Outcome } from 'ao-unit/unit';
import { kept } from '../app/kept.ts';
import { refresh, selected } from '../unit/processes.ts';
import { open } from '../unit/session.ts';
import { identityOf, signing, walletName, type Identity } from '../unit/signing.ts';
import { choose } from './chosen.ts';

interface DraftTag {
  readonly name: string;
  readonly value: string;
}

/** The message that is being written. */
export interface Draft {
  /** `null`: the selected process. */
  readonly target: string | null;
  readonly action: string;
  readonly tags: readonly DraftTag[];
  readonly data: string;
  /** The address of the wallet that signs; `null`: whoever is chosen for the whole page. */
  readonly as: string | null;
}

const EMPTY: Draft = { target: null, action: '', tags: [], data: '', as: null };

/** A reload has it again. */
export const draft = kept<Draft>('draft', EMPTY);

/** Bytes that are sent in the place of what is written. */
export interface Attachment {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A reload forgets it. */
export const attached = signal<Attachment | undefined>(undefined);

/** Sends the bytes of a file, until it is taken away. */
export async function attach(file: File): Promise<void> {
  attached.value = { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
}

/** How it stands with what was sent last. */
export type SendState =
  | { readonly state: 'idle' }
  | { readonly state: 'sending' }
  | { readonly state: 'sent'; readonly id: string }
  | { readonly state: 'done'; readonly process: string; readonly outcome: Outcome; readonly isTrial: boolean }
  | { readonly state: 'failed'; readonly error: unknown };

export const sending = signal<SendState>({ state: 'idle' });

export function edit(change: Partial<Draft>): void {
  draft.value = { ...draft.value, ...change };
}

/** Writes down a message that was sent before, to be sent again: its bytes, if they are not what the text says. */
export function copyToDraft(process: string, { tags, data }: LogItem, bytes?: Uint8Array): void {
  const own = tags.filter(({ name }) => !GIVEN.has(name) && name !== 'Action');
  const action = tags.find(({ name }) => name === 'Action')?.value ?? '';
  edit({ target: process === selected.value ? null : process, action, tags: own, data: data === ' ' || bytes ? '' : (data ?? '') });
  attached.value = bytes && { name: 'the data that was copied', bytes: new Uint8Array(bytes) };
}

/** Tags that clients and units add by themselves. */
const GIVEN: ReadonlySet<string> = new Set(
  'Data-Protocol Variant Type SDK Content-Type From-Process From-Module Pushed-For Reference'.split(' '),
);

/** Sends the draft, shows the message in the inspector, and waits for what it comes to. */
export function send(): Promise<void> {
  return attempt(async (process) => {
    const [unit, { signer }] = await Promise.all([open(), signerOf(draft.value.as)]);
    const data = attached.value?.bytes ?? draft.value.data;
    const id = await unit.message({ process, signer, tags: tagsOf(draft.value), data });
    sending.value = { state: 'sent', id };
    await choose(unit, process, id);
    void refresh(unit).catch(() => undefined);
    sending.value = { state: 'done', process, outcome: await unit.result({ process, message: id }), isTrial: false };
  });
}

/** Evaluates the draft on a copy of the process: nothing is sent, and nothing changes. */
export function tryOut(): Promise<void> {
  return attempt(async (process) => {
    const [unit, { address }] = await Promise.all([open(), signerOf(draft.value.as)]);
    const data = attached.value?.bytes ?? (draft.value.data || ' ');
    const outcome = await unit.dryrun({ process, Owner: address, tags: tagsOf(draft.value), data });
    sending.value = { state: 'done', process, outcome, isTrial: true };
  });
}

async function attempt(task: (process: string) => Promise<void>): Promise<void> {
  sending.value = { state: 'sending' };
  try {
    const process = (draft.value.target ?? selected.value ?? '').trim();
    if (process === '') throw new Error('there is no process yet: press Run, or name one in To');
    await task(process);
  } catch (error) {
    sending.value = { state: 'failed', error };
  }
}

function tagsOf({ action, tags }: Draft): DraftTag[] {
  const named = tags.filter(({ name }) => name.trim() !== '').map(({ name, value }) => ({ name: name.trim(), value }));
  return action.trim() === '' ? named : [{ name: 'Action', value: action.trim() }, ...named];
}

/** The wallets that this page can sign with. */
export const wallets = signal<readonly { readonly address: string; readonly name: string }[]>([]);

/** Looks at the wallets again: others make them, too. */
export async function lookAtSigners(): Promise<void> {
  const listed = await listWallets();
  wallets.value = listed.map((wallet) => ({ address: wallet.address, name: walletName(wallet) }));
}

async function signerOf(address: string | null): Promise<Identity> {
  const wallet = address === null ? undefined : (await listWallets()).find((one) => one.address === address);
  if (address !== null && !wallet) throw new Error(`there is no wallet ${address} in this page any more: choose another in As`);
  return wallet ? identityOf(wallet) : signing();
}
