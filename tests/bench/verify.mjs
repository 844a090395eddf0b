// How many data items a second `verifyDataItem` verifies in Chromium: distinct items, of one key and of several.
//
//   cargo xtask bench verify [--json]
//
// The bar is 1,000 items of Arweave a second on two cores. It fails below three quarters of that: a machine that does
// other things, too, is not what is judged. With --json, the last line is one line of JSON: items a second by case.

import { withBrowser } from '../demo/browser.mjs';

/** Items a second, of Arweave: its signatures are what WebCrypto is there for. */
const BAR = 1000;
/** How far below the bar a figure may be before it fails, as part of the bar. */
const MARGIN = 0.25;

const ITEMS = 1000;
const CASES = [
  { type: 'arweave', keys: 1, atOnce: 1 },
  { type: 'arweave', keys: 1, atOnce: 16 },
  { type: 'arweave', keys: 8, atOnce: 1 },
  { type: 'arweave', keys: 8, atOnce: 16 },
  { type: 'ed25519', keys: 8, atOnce: 16 },
];

const missed = [];
const figures = await withBrowser(async ({ page, origin, version }) => {
  await page.goto(`${origin}/wallet/`);
  console.log(`  Chromium ${version}, ${ITEMS} items with 5 tags and 100 bytes of data each`);
  const figures = {};
  for (const { type, keys, atOnce } of CASES) {
    const rate = await page.evaluate(measure, { type, keys, atOnce, count: ITEMS });
    const name = `${type}, ${keys === 1 ? 'one key' : `${keys} keys`}, ${atOnce === 1 ? 'one at a time' : `${atOnce} at once`}`;
    const bar = type === 'arweave' ? ` (bar: ${BAR.toLocaleString('en')})` : '';
    console.log(`  ${name.padEnd(44)}${Math.round(rate).toLocaleString('en')} items a second${bar}`);
    if (bar && rate < BAR * (1 - MARGIN)) missed.push(name);
    figures[name] = Math.round(rate);
  }
  return figures;
});
if (process.argv.includes('--json')) console.log(JSON.stringify({ ...figures, bar: BAR }));
if (missed.length > 0) {
  console.error(`more than ${MARGIN * 100} % below the bar of ${BAR} items a second: ${missed.join('; ')}`);
  process.exitCode = 1;
}

/** Runs in the page. */
async function measure({ type, keys, atOnce, count }) {
  const { createDataItem, verifyDataItem } = await import('/pkg/data-item.js');
  const { createDataItemSigner } = await import('/pkg/index.js');
  const { generateWallet } = await import('/pkg/wallet.js');

  const wallets = await Promise.all(Array.from({ length: keys }, () => generateWallet({ type, keep: false })));
  const tags = ['Data-Protocol', 'Variant', 'Type', 'Action', 'Recipient'].map((name) => ({ name, value: 'x'.repeat(20) }));
  const items = [];
  for (let i = 0; i < count; i += 1) {
    const fields = { data: String(i).padEnd(100), tags, target: `${'x'.repeat(42)}w` };
    items.push((await createDataItem(fields, createDataItemSigner(wallets[i % keys]))).raw);
  }

  let next = 0;
  const verifyRest = async () => {
    while (next < items.length) {
      next += 1;
      if (!(await verifyDataItem(items[next - 1]))) throw new Error(`item ${next - 1} does not verify`);
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: atOnce }, verifyRest));
  return (count / (performance.now() - start)) * 1000;
}
