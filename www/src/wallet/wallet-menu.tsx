import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { generateWallet, importWallet, listWallets, removeWallet, renameWallet, type Wallet } from 'ao-unit/wallet';
import { messageOf } from '../app/message-of.ts';
import { lookAtWallets } from '../unit/people.ts';
import { address, identity, sign, signing, signWith, walletName } from '../unit/signing.ts';
import { browserWallets, followSwitches, type BrowserWallet } from './browser-wallets.ts';

const wallets = signal<readonly Wallet[]>([]);
const extensions = signal<readonly BrowserWallet[]>([]);
/** What the last thing that was done here came to, if it failed. */
const trouble = signal('');

/** Who signs, and everyone who could. */
export function WalletMenu() {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => void attempt(signing), []);
  const open = () => {
    extensions.value = browserWallets();
    followSwitches();
    void attempt(look);
    dialog.current?.showModal();
  };
  return (
    <>
      <button type="button" aria-haspopup="dialog" title={address.value} onClick={open}>
        {identity.value ? `Wallet: ${identity.value.name}` : 'Wallet'}
      </button>
      <dialog ref={dialog} aria-labelledby="wallets-title" class="dialog">
        <h2 id="wallets-title">Who signs</h2>
        <p class="quiet">The keys of these wallets are kept in this browser, where no script can read them.</p>
        <ul class="wallets">
          {wallets.value.map((wallet) => (
            <WalletRow key={wallet.address} wallet={wallet} />
          ))}
          {extensions.value.map((extension) => (
            <ExtensionRow key={extension.title} extension={extension} />
          ))}
        </ul>
        {extensions.value.length === 0 && <p class="quiet">This browser has no wallet extension that the page can see.</p>}
        <div class="wallet-actions">
          <button type="button" onClick={() => void attempt(add)}>
            New wallet
          </button>
          <label class="button-like">
            Import a key file
            <input type="file" accept="application/json,.json" class="hidden" onChange={({ currentTarget }) => void attempt(() => take(currentTarget))} />
          </label>
          <button type="button" onClick={() => dialog.current?.close()}>
            Close
          </button>
        </div>
        {trouble.value && (
          <p role="alert" class="bad">
            {trouble.value}
          </p>
        )}
      </dialog>
    </>
  );
}

function WalletRow({ wallet }: { wallet: Wallet }) {
  const name = walletName(wallet);
  const signs = identity.value?.kind === 'page' && wallet.address === address.value;
  const rename = (to: string) => attempt(async () => {
    await renameWallet(wallet, to.trim() || null);
    await look();
  });
  return (
    <li>
      <label class="field">
        <input type="radio" name="signs" checked={signs} onChange={() => sign(wallet)} />
        <span>{name} signs</span>
      </label>
      <code class="quiet address">{wallet.address}</code>
      <label class="field">
        <span>Name of {name}</span>
        <input value={wallet.name ?? ''} onChange={({ currentTarget }) => void rename(currentTarget.value)} />
      </label>
      <button type="button" disabled={signs || wallet.isPageWallet} onClick={() => void attempt(() => remove(wallet))}>
        Remove {name}
      </button>
    </li>
  );
}

function ExtensionRow({ extension }: { extension: BrowserWallet }) {
  const signs = identity.value?.kind === extension.kind;
  return (
    <li>
      <span>{signs ? `${extension.title} signs` : extension.title}</span>
      {signs && <code class="quiet address">{address.value}</code>}
      <button type="button" disabled={signs} onClick={() => void attempt(async () => signWith(await extension.connect()))}>
        Connect {extension.title}
      </button>
    </li>
  );
}

async function add(): Promise<void> {
  sign(await generateWallet());
  await look();
}

async function take(input: HTMLInputElement): Promise<void> {
  const file = input.files?.[0];
  if (!file) return;
  const text = await file.text();
  input.value = '';
  sign(await importWallet(keyIn(text, file.name), { name: file.name.replace(/\.json$/, '') }));
  await look();
}

function keyIn(text: string, name: string): JsonWebKey {
  try {
    return JSON.parse(text) as JsonWebKey;
  } catch (cause) {
    throw new Error(`${name} is no key file: it does not read as JSON`, { cause });
  }
}

async function remove(wallet: Wallet): Promise<void> {
  const name = walletName(wallet);
  if (!confirm(`Remove ${name}? Its key is lost then: nobody can sign as the owner of its processes any more.`)) return;
  await removeWallet(wallet);
  await look();
}

async function look(): Promise<void> {
  wallets.value = await listWallets();
  await lookAtWallets();
}

async function attempt(work: () => Promise<unknown>): Promise<void> {
  trouble.value = '';
  try {
    await work();
  } catch (error) {
    trouble.value = messageOf(error);
  }
}
