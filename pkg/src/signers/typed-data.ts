import { encodeHex } from '../bytes.js';

/** What an Ethereum wallet shows and signs for type 7: the names are those that the network verifies (EIP-712). */
export function typedData(account: string, hash: Uint8Array) {
  return {
    domain: { name: 'Bundlr', version: '1' },
    types: {
      EIP712Domain: [
        { name: 'name', type: 'string' },
        { name: 'version', type: 'string' },
      ],
      Bundlr: [
        { name: 'Transaction hash', type: 'bytes' },
        { name: 'address', type: 'address' },
      ],
    },
    primaryType: 'Bundlr',
    message: { 'Transaction hash': encodeHex(hash), address: account },
  };
}
