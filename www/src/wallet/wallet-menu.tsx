import { identity, signing } from '../unit/signing.ts';

/** Who signs. */
export function WalletMenu() {
  if (!identity.value) void signing();
  return <span class="quiet" title={identity.value?.address}>{identity.value ? `Signing as ${identity.value.name}` : 'Reading the wallet…'}</span>;
}
