// The cases of the unit's benchmark, each with its bar: see bar.mjs. What runs in the page is a function of its own: it
// sees nothing of this file.

const TRANSFERS = 3000;

export const transfers = {
  title: 'token transfers, each with two notices, durable',
  unit: 'a second',
  bar: { atLeast: 3000 },
  reached: 1500,
  run: (page) => page.evaluate(transfersInPage, { count: TRANSFERS, type: 'arweave' }),
};

export const transfersEd25519 = {
  title: 'the same, signed with Ed25519',
  unit: 'a second',
  bar: { atLeast: 3000 },
  reached: 1500,
  run: (page) => page.evaluate(transfersInPage, { count: TRANSFERS, type: 'ed25519' }),
};

export const opening = {
  title: 'opening a unit with a log of 10,000 messages, and one result',
  unit: 'ms',
  bar: { atMost: 150 },
  async run(page) {
    const made = await page.evaluate(longLogInPage, 10_000);
    await page.reload();
    return page.evaluate(openInPage, made);
  },
};

export const dryrun = {
  title: 'a dry-run on a process of 2 MB, median of 200',
  unit: 'ms',
  bar: { atMost: 3 },
  run: (page) => page.evaluate(dryRunsInPage, 200),
};

export const processes = {
  title: '200 processes in one tab: memory of the whole browser',
  unit: 'MB',
  bar: { atMost: 700 },
  async run(page) {
    const before = await residentMegabytes();
    await page.evaluate(processesInPage, 200);
    return (await residentMegabytes()) - before;
  },
};

async function transfersInPage({ count, type }) {
  const { openUnit } = await import('/pkg/unit.js');
  const { createDataItem } = await import('/pkg/data-item.js');
  const { createDataItemSigner } = await import('/pkg/index.js');
  const { generateWallet } = await import('/pkg/wallet.js');

  const module = 'ISShJH1ij-hPPt9St5UFFr_8Ys3Kj5cyg7zrMGt7H9s';
  const signer = createDataItemSigner(await generateWallet({ type, keep: false }));
  const unit = await openUnit({ storage: `idb://bench-${Math.random()}` });
  const spawn = (data) => unit.spawn({ module, signer, tags: [{ name: 'On-Boot', value: 'Data' }], data });
  const counter = "n = 0\nHandlers.add('Notice', 'Notice', function() n = n + 1 end)";
  const [debited, credited] = [await spawn(counter), await spawn(counter)];
  const token = await spawn(`
    Balances = { [Owner] = 1e9 }
    Handlers.add('Transfer', 'Transfer', function(msg)
      local to, quantity = msg.Tags.Recipient, tonumber(msg.Tags.Quantity)
      if (Balances[msg.From] or 0) >= quantity then
        Balances[msg.From] = Balances[msg.From] - quantity
        Balances[to] = (Balances[to] or 0) + quantity
        ao.send({ Target = '${debited}', Action = 'Notice', Data = 'You sent ' .. quantity })
        ao.send({ Target = to, Action = 'Notice', Data = 'You received ' .. quantity })
      end
    end)`);
  await unit.result({ process: token, message: token });

  const tag = (name, value) => ({ name, value });
  const tags = [tag('Data-Protocol', 'ao'), tag('Variant', 'ao.TN.1'), tag('Type', 'Message')];
  tags.push(tag('Action', 'Transfer'), tag('Recipient', credited), tag('Quantity', '1'));
  const items = [];
  for (let i = 0; i < count; i += 1) {
    items.push((await createDataItem({ data: ' ', tags, target: token }, signer)).raw);
  }

  const start = performance.now();
  await Promise.all(items.map((item) => unit.accept(item)));
  const evaluated = async (id) => (await unit.processes()).find((process) => process.id === id).evaluated;
  for (const process of [token, debited, credited]) {
    while ((await evaluated(process)) <= count) await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const seconds = (performance.now() - start) / 1000;
  await unit.close();
  return count / seconds;
}

async function longLogInPage(count) {
  const { openUnit } = await import('/pkg/unit.js');
  const module = 'ISShJH1ij-hPPt9St5UFFr_8Ys3Kj5cyg7zrMGt7H9s';
  const storage = `idb://bench-${Math.random()}`;
  const unit = await openUnit({ storage });
  const data = "n = 0\nHandlers.add('Add', 'Add', function(m) n = n + 1; m.reply({ Data = tostring(n) }) end)";
  const process = await unit.spawn({ module, tags: [{ name: 'On-Boot', value: 'Data' }], data });
  let message;
  for (let sent = 0; sent < count; sent += 500) {
    const tags = [{ name: 'Action', value: 'Add' }];
    const ids = await Promise.all(Array.from({ length: 500 }, () => unit.message({ process, tags })));
    message = ids[250];
    await unit.result({ process, message: ids[499] });
  }
  await unit.close();
  return { storage, process, message };
}

async function openInPage({ storage, process, message }) {
  const { openUnit } = await import('/pkg/unit.js');
  const start = performance.now();
  const unit = await openUnit({ storage });
  const outcome = await unit.result({ process, message });
  const took = performance.now() - start;
  if (outcome.Error || outcome.Messages.length !== 1) throw new Error(JSON.stringify(outcome));
  return took;
}

async function dryRunsInPage(count) {
  const { openUnit } = await import('/pkg/unit.js');
  const module = 'ISShJH1ij-hPPt9St5UFFr_8Ys3Kj5cyg7zrMGt7H9s';
  const unit = await openUnit({ storage: `idb://bench-${Math.random()}` });
  // A table of 1.2 MB beside the runtime's own.
  const data = `
    Rows = {}
    for i = 1, 6000 do Rows[i] = { id = i, name = ('row %08d of many'):format(i) } end
    Handlers.add('Count', 'Count', function(m) m.reply({ Data = tostring(#Rows) }) end)`;
  const process = await unit.spawn({ module, tags: [{ name: 'On-Boot', value: 'Data' }], data });
  await unit.result({ process, message: process });
  const times = [];
  for (let i = 0; i < count; i += 1) {
    const start = performance.now();
    const outcome = await unit.dryrun({ process, tags: [{ name: 'Action', value: 'Count' }] });
    times.push(performance.now() - start);
    if (outcome.Messages[0]?.Data !== '6000') throw new Error(JSON.stringify(outcome));
  }
  return times.sort((a, b) => a - b)[count >> 1];
}

async function processesInPage(count) {
  const { openUnit } = await import('/pkg/unit.js');
  const module = 'ISShJH1ij-hPPt9St5UFFr_8Ys3Kj5cyg7zrMGt7H9s';
  const unit = await openUnit({ storage: `idb://bench-${Math.random()}` });
  const data = "n = 0\nHandlers.add('Add', 'Add', function(m) n = n + 1; m.reply({ Data = tostring(n) }) end)";
  const spawned = [];
  for (let i = 0; i < count; i += 1) {
    spawned.push(await unit.spawn({ module, tags: [{ name: 'On-Boot', value: 'Data' }], data }));
  }
  for (let round = 1; round <= 2; round += 1) {
    for (const process of spawned) {
      const message = await unit.message({ process, tags: [{ name: 'Action', value: 'Add' }] });
      const { Messages } = await unit.result({ process, message });
      if (Messages[0].Data !== String(round)) throw new Error(JSON.stringify(Messages));
    }
  }
}

/** The memory that all processes of the browser have to themselves, and their parts of what they share. */
async function residentMegabytes() {
  const { readdir, readFile } = await import('node:fs/promises');
  let kilobytes = 0;
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '');
    if (!name.startsWith('chrom')) continue;
    const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
    kilobytes += Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0);
  }
  return kilobytes / 1024;
}
