// Wallets as pages meet them, with their quirks. Each really signs, by arbundles outside of the page.

const PERMISSIONS = ['ACCESS_ADDRESS', 'ACCESS_PUBLIC_KEY', 'SIGN_TRANSACTION', 'SIGNATURE', 'DISPATCH'];
const ADDRESS = /^[\w-]{43}$/;

const toBase64Url = (bytes) => btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
const fromBase64Url = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
const bytesOf = (data) => (typeof data === 'string' ? new TextEncoder().encode(data) : data);

/** The bytes of the item, signed. */
async function signed({ data, tags, target, anchor }) {
  return fromBase64Url(await window.signItem({ data: toBase64Url(bytesOf(data)), tags, target, anchor }));
}

function check(holds, message) {
  if (!holds) throw new Error(message);
}

/**
 * Each makes a wallet whose user agrees, or, with `refuse: 'permission'` or `'signature'`, does not. `log` gathers what
 * the wallet was asked.
 */
export const wallets = {
  /** Checks all it is given, and writes the quantity of a transfer anew. */
  wander({ refuse, log = [] } = {}) {
    const granted = new Set();
    return {
      walletName: 'Wander',
      async connect(permissions, appInfo = {}) {
        log.push('connect');
        check(Array.isArray(permissions) && permissions.length > 0, 'Array is empty.');
        check(permissions.every((permission) => PERMISSIONS.includes(permission)), 'Invalid permission requested');
        check(Object.keys(appInfo).every((key) => ['name', 'logo'].includes(key)), 'Unknown key in AppInfo');
        if (permissions.every((permission) => granted.has(permission))) return;
        log.push('prompt');
        check(refuse !== 'permission', 'User cancelled the AuthRequest');
        for (const permission of permissions) granted.add(permission);
      },
      async signDataItem(item) {
        log.push('signDataItem');
        check(granted.has('SIGN_TRANSACTION'), 'Missing permission(s): SIGN_TRANSACTION');
        check(Object.keys(item).join() === 'data,tags,target,anchor', `the keys are ${Object.keys(item)}`);
        check(typeof item.data === 'string' || ArrayBuffer.isView(item.data), 'Input is not an ArrayBuffer.');
        const texts = item.tags.every(({ name, value }) => typeof name === 'string' && typeof value === 'string');
        check(texts, 'please ensure that "name" and "value" exist on all tags');
        check(!item.target || ADDRESS.test(item.target), 'Invalid target');
        check(refuse !== 'signature', 'User rejected the signature request');
        const isTransfer = item.tags.some(({ name, value }) => name === 'Action' && value === 'Transfer');
        const tags = item.tags.map((tag) => (isTransfer && tag.name === 'Quantity' ? { ...tag, value: quantity(tag.value) } : tag));
        return (await signed({ ...item, tags })).buffer;
      },
    };
  },

  /** The same interface in its earlier days: plain numbers. */
  arconnect({ refuse } = {}) {
    return {
      walletName: 'ArConnect',
      async connect() {
        if (refuse === 'permission') throw 'User cancelled the login.';
      },
      async signDataItem(item) {
        if (refuse === 'signature') throw 'User canceled signing';
        return Array.from(await signed(item));
      },
    };
  },

  /** Arweave.app's own object: no promises where others have them, and texts that are thrown. */
  arweaveApp({ refuse } = {}) {
    return {
      address: undefined,
      connect() {
        if (refuse === 'permission') throw 'connection refused';
        return (this.address ||= 'an address, and no promise of one');
      },
      getActiveAddress() {
        return this.address;
      },
      getAllAddresses() {
        throw 'not implemented';
      },
      getPermissions: () => PERMISSIONS,
      async signDataItem(item) {
        if (!this.address) throw 'not connected';
        if (refuse === 'signature') throw 'User rejected';
        return (await signed(item)).buffer;
      },
    };
  },

  /** Has all permissions by itself, and knows nothing of the list. */
  othent({ refuse } = {}) {
    return {
      async connect() {
        if (refuse === 'permission') throw new Error('Login popup was cancelled');
        return { walletAddress: 'x', email: 'y' };
      },
      async signDataItem(item) {
        if (refuse === 'signature') throw Object.assign(new Error('Popup closed'), { code: 4001 });
        return Array.from(await signed(item));
      },
    };
  },

  /** A telephone: everything needs a connection, and a refusal comes as an answer. */
  beacon({ refuse } = {}) {
    let connected = false;
    return {
      walletName: 'AOSync',
      async connect() {
        if (refuse === 'permission') throw new Error('Connection canceled by user');
        connected = true;
      },
      async signDataItem(item) {
        check(connected, 'Wallet is not connected. Please call connect() first.');
        if (refuse === 'signature') return fromBase64Url('declined');
        return signed(item);
      },
    };
  },

  /** A key in the page: asks nobody, and adds tags to those that it is given. */
  quickWallet() {
    return {
      connect: async () => 'a public key',
      async signDataItem(item) {
        item.tags.push({ name: 'App-Name', value: 'QuickWallet' });
        return Array.from(await signed(item));
      },
    };
  },

  /** MetaMask, or any other wallet of EIP-1193. With `fromZero`, as some hardware: the last byte is 0 or 1. */
  ethereum({ refuse, fromZero = false, log = [] } = {}) {
    let connected = false;
    return {
      async request({ method, params }) {
        log.push(method);
        const declined = { code: 4001, message: `User rejected the request ${method}.` };
        if (method === 'eth_requestAccounts') {
          if (refuse === 'permission') throw declined;
          connected = true;
          return [await window.ethereumAccount()];
        }
        if (!connected) throw { code: 4100, message: 'The requested account has not been authorized' };
        if (refuse === 'signature') throw declined;
        const signature = await window.signEthereum({ method, params });
        return fromZero ? signature.replace(/1[bc]$/, (last) => (last === '1b' ? '00' : '01')) : signature;
      },
    };
  },
};

function quantity(text) {
  const number = Math.floor(Number(text));
  check(number > 0, 'Quantity must be a valid positive non-zero number.');
  return String(number);
}

/** Functions that sign, of both generations of aoconnect. */
export const signers = {
  async first({ data, tags, target, anchor }) {
    const raw = await signed({ data, tags, target, anchor });
    return { id: 'not looked at', raw };
  },

  /** A key of the page's, by WebCrypto. */
  async second() {
    const algorithm = { name: 'RSA-PSS', hash: 'SHA-256', modulusLength: 4096, publicExponent: new Uint8Array([1, 0, 1]) };
    const { privateKey, publicKey } = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify']);
    const { n } = await crypto.subtle.exportKey('jwk', publicKey);
    return async (create, kind) => {
      check(kind === 'ans104', `the kind is ${kind}`);
      const hash = await create({ publicKey: n, type: 1, alg: 'rsa-v1_5-sha256' });
      const signature = await crypto.subtle.sign({ name: 'RSA-PSS', saltLength: 478 }, privateKey, hash);
      return { signature: new Uint8Array(signature), address: 'not looked at' };
    };
  },
};
