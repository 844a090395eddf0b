// The halves of the demo: before the reload, and after. Each is called once, in a fresh page.

/** How many transfers the time per message is the median of. */
const MEASURED = 50;

/** From a page without anything to a token with two transfers and a refusal. */
export async function before(source) {
  // The import counts: a page that wants a unit pays for it.
  const start = performance.now();
  const { STORAGE, openUnit } = await import('./token.js');
  const unit = await openUnit({ storage: STORAGE });
  const coldStart = performance.now() - start;

  const { generateWallet, pageWallet, readBalances, spawnToken, transfer } = await import('./token.js');
  // The owner names no wallet: the page has one.
  const owner = undefined;
  const stranger = await generateWallet({ keep: false });
  const { process, boot } = await spawnToken(unit, source, owner);
  const { address } = await pageWallet();
  const sent = [{ id: process, outcome: boot }];
  sent.push(await transfer(unit, process, owner, 'recipient-a', 100));
  sent.push(await transfer(unit, process, owner, 'recipient-b', 250));
  sent.push(await transfer(unit, process, stranger, 'recipient-a', 5));
  const balances = await readBalances(unit, process, address);
  // The unit is left open: a reload closes nothing in good order either.
  return { coldStart, process, owner: address, stranger: stranger.address, sent, balances };
}

/** Everything again, from what was stored. */
export async function after({ process, owner, sent }) {
  const { STORAGE, openUnit, pageWallet, readBalances } = await import('./token.js');
  const start = performance.now();
  const unit = await openUnit({ storage: STORAGE });
  const reopen = performance.now() - start;
  const read = [];
  for (const { id } of sent) read.push({ id, outcome: await unit.result({ process, message: id }) });
  const balances = await readBalances(unit, process, owner);
  const processes = await unit.processes();
  await unit.close();
  const { address } = await pageWallet();
  return { reopen, sent: read, balances, processes, owner: address };
}

/**
 * Milliseconds from message() to result(), for each of a row of transfers to a token of their own. Making the signature
 * is the wallet's time, and is subtracted.
 */
export async function measure(source) {
  const { STORAGE, generateWallet, openUnit, spawnToken, transfer } = await import('./token.js');
  const unit = await openUnit({ storage: STORAGE });
  const wallet = await generateWallet({ type: 'arweave', keep: false });
  let signing = 0;
  const timed = {
    ...wallet,
    async sign(bytes) {
      const start = performance.now();
      const signature = await wallet.sign(bytes);
      signing += performance.now() - start;
      return signature;
    },
  };
  const { process } = await spawnToken(unit, source, wallet);
  const samples = [];
  const signatures = [];
  for (let i = 0; i < MEASURED; i += 1) {
    signing = 0;
    const start = performance.now();
    const { outcome } = await transfer(unit, process, timed, `recipient-${i}`, 1);
    samples.push(performance.now() - start - signing);
    signatures.push(signing);
    if (outcome.Error) throw new Error(`a transfer failed: ${outcome.Error}`);
  }
  const evaluated = (await unit.processes()).reduce((sum, { evaluated }) => sum + evaluated, 0);
  await unit.close();
  return { samples, signatures, evaluated };
}
