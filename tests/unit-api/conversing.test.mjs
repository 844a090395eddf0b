// The calls that do the whole of what one mostly wants: deploy, send, evaluate, read.

import assert from 'node:assert/strict';
import { inBrowser } from './page.mjs';

inBrowser('talking to a process', async (part, { page, complaints }) => {
  await page.evaluate(async () => {
    const unit = await kit.openUnit({ storage: 'memory://conversing' });
    const counter = await unit.deploy({
      name: 'counter',
      tags: { Purpose: 'counting', Version: 2 },
      source: `
        Count = 0
        Handlers.add('Add', { Action = 'Add' }, function(msg)
          Count = Count + tonumber(msg.Amount)
          msg.reply({ Action = 'Added', Data = require('json').encode({ count = Count }), Twice = 'first' })
        end)
        Handlers.add('Silent', { Action = 'Silent' }, function() Count = Count + 1 end)
        Handlers.add('Fail', { Action = 'Fail' }, function() error('this is why') end)`,
    });
    globalThis.shared = { unit, counter };
    /** What an error says of itself. */
    globalThis.failure = (call) =>
      call.then(
        (value) => ({ value }),
        ({ name, code, message, process, messageId, outcome, cause }) => ({ name, code, message, process, messageId, outcome, cause: String(cause) }),
      );
  });

  await part('a process is deployed with its name and its tags, and is there when the call is over', async () => {
    const seen = await page.evaluate(async () => {
      const { unit, counter } = shared;
      const [{ id, name, evaluated, owner }] = await unit.processes();
      const { edges } = await unit.log({ process: counter, limit: 1 });
      const tags = edges[0].node.message.tags.map(({ name, value }) => `${name}=${value}`);
      return { counter, id, name, evaluated, owner, page: await kit.address(), tags };
    });
    assert.deepEqual([seen.id, seen.name, seen.evaluated, seen.owner], [seen.counter, 'counter', 1, seen.page]);
    for (const tag of ['On-Boot=Data', 'Name=counter', 'Purpose=counting', 'Version=2']) assert.ok(seen.tags.includes(tag), tag);
  });

  await part('source that fails is an error in Lua’s own words, and the process exists', async () => {
    const { compile, run, processes } = await page.evaluate(async () => {
      const { unit } = shared;
      const compile = await failure(unit.deploy({ source: 'Value = 1\nValue = = 2' }));
      const run = await failure(unit.deploy({ source: 'Value = 1\n\nerror("not today")' }));
      return { compile, run, processes: (await unit.processes()).map(({ id }) => id) };
    });
    assert.deepEqual([compile.name, compile.code, run.code], ['UnitError', 'DEPLOY_FAILED', 'DEPLOY_FAILED']);
    assert.match(compile.message, /:2: unexpected symbol near '='/);
    assert.match(run.message, /:3: not today/);
    assert.doesNotMatch(compile.message + run.message, /\u001b/);
    assert.match(run.process, /^[\w-]{43}$/);
    assert.equal(run.messageId, run.process);
    assert.equal(typeof run.outcome.Error, 'string');
    assert.ok(processes.includes(compile.process) && processes.includes(run.process));
  });

  await part('a message is answered by its reply', async () => {
    const seen = await page.evaluate(async () => {
      const { unit, counter } = shared;
      const reply = await unit.send(counter, { Action: 'Add', Amount: 2 });
      const { from, Data, Tags, Action, message } = reply;
      return { counter, from, Data, Tags, Action, target: message.Target, json: reply.json(), page: await kit.address() };
    });
    assert.deepEqual([seen.from, seen.Data, seen.Action, seen.json], [seen.counter, '{"count":2}', 'Added', { count: 2 }]);
    assert.deepEqual([seen.Tags.Action, seen.Tags.Twice, seen.target], ['Added', 'first', seen.page]);
  });

  await part('the reply is that of whoever signed', async () => {
    const replies = await page.evaluate(async () => {
      const { unit, counter } = shared;
      const signers = [await kit.signer(), await kit.signer({ type: 'arweave' })];
      const sent = signers.map((signer) => unit.send(counter, { Action: 'Add', Amount: 1 }, { signer }));
      return (await Promise.all(sent)).map(({ message }) => message.Target);
    });
    assert.equal(new Set(replies).size, 2);
  });

  await part('nobody replies, and that is told as soon as nothing more can come', async () => {
    const { reply, took } = await page.evaluate(async () => {
      const started = performance.now();
      const reply = await shared.unit.send(shared.counter, { Action: 'Silent' });
      return { reply, took: performance.now() - started };
    });
    assert.equal(reply, null);
    assert.ok(took < 5000, `${took} ms`);
  });

  await part('a process that has to ask others first replies later, and so may they', async () => {
    const seen = await page.evaluate(async () => {
      const { unit, counter } = shared;
      const asking = await unit.deploy({
        source: `
          Handlers.add('Ask', { Action = 'Ask' }, function(msg)
            local answer = Send({ Target = msg.Tags.Whom, Action = 'Add', Amount = '1' }).receive()
            msg.reply({ Data = 'they say ' .. answer.Data })
          end)
          Handlers.add('Pass', { Action = 'Pass' }, function(msg) msg.forward(msg.Tags.Whom) end)`,
      });
      const answering = await unit.deploy({
        source: `Handlers.add('Pass', { Action = 'Pass' }, function(msg) msg.reply({ Data = 'from behind' }) end)
          Handlers.add('Drop', { Action = 'Drop' }, function() end)`,
      });
      const asked = await unit.send(asking, { Action: 'Ask', Whom: counter });
      const passed = await unit.send(asking, { Action: 'Pass', Whom: answering });
      return { asking, answering, asked: [asked.from, asked.Data], passed: passed && [passed.from, passed.Data] };
    });
    assert.equal(seen.asked[0], seen.asking);
    assert.match(seen.asked[1], /^they say \{"count":\d+\}$/);
    assert.deepEqual(seen.passed, [seen.answering, 'from behind']);
  });

  await part('what others are told without anybody replying ends, too', async () => {
    const { reply, took } = await page.evaluate(async () => {
      const { unit, counter } = shared;
      const telling = await unit.deploy({
        source: `Handlers.add('Tell', { Action = 'Tell' }, function(msg) Send({ Target = msg.Tags.Whom, Action = 'Silent' }) end)`,
      });
      const started = performance.now();
      return { reply: await unit.send(telling, { Action: 'Tell', Whom: counter }), took: performance.now() - started };
    });
    assert.equal(reply, null);
    assert.ok(took < 5000, `${took} ms`);
  });

  await part('a message that fails rejects in the words of the process', async () => {
    const seen = await page.evaluate(() => failure(shared.unit.send(shared.counter, { Action: 'Fail' })));
    assert.deepEqual([seen.name, seen.code], ['UnitError', 'EVALUATION_FAILED']);
    assert.match(seen.message, /this is why/);
    assert.match(seen.messageId, /^[\w-]{43}$/);
  });

  await part('the owner evaluates Lua: what it changes stays, and what it says is text', async () => {
    const seen = await page.evaluate(async () => {
      const { unit, counter } = shared;
      const said = [
        await unit.evaluate(counter, 'Count = 100'),
        await unit.evaluate(counter, 'print("a line") return Count + 1'),
        await unit.evaluate(counter, 'return { one = 1 }'),
      ];
      const failed = await failure(unit.evaluate(counter, 'Count = 7\nerror("no")'));
      const stranger = await failure(unit.evaluate(counter, 'Count = 7', { signer: await kit.signer() }));
      const { length, evaluated } = (await unit.processes()).find(({ id }) => id === counter);
      return { said, failed, stranger, count: await unit.read(counter, 'Count'), all: length === evaluated };
    });
    assert.equal(seen.said[0], '');
    assert.match(seen.said[1], /a line[\s\S]*101/);
    assert.match(seen.said[2], /one = 1/);
    assert.doesNotMatch(seen.said.join(), /\u001b/);
    assert.deepEqual([seen.failed.code, seen.stranger.code], ['EVALUATION_FAILED', 'EVALUATION_FAILED']);
    assert.match(seen.failed.message, /:2: no/);
    assert.match(seen.stranger.message, /for its owner alone/);
    assert.equal(seen.count, 100);
  });

  await part('a value is read, and nothing is changed', async () => {
    const seen = await page.evaluate(async () => {
      const { unit, counter } = shared;
      const before = (await unit.processes()).find(({ id }) => id === counter).length;
      const values = [await unit.read(counter, 'Count'), await unit.read(counter, '{ Count, "x" }'), await unit.read(counter, 'Nothing')];
      const failed = await failure(unit.read(counter, 'Nothing.here'));
      const after = (await unit.processes()).find(({ id }) => id === counter).length;
      return { values, failed, same: before === after };
    });
    assert.deepEqual(seen.values, [100, [100, 'x'], null]);
    assert.equal(seen.failed.code, 'INSPECTION_FAILED');
    assert.ok(seen.same);
  });

  await part('a call is given up after a time, or when it is aborted', async () => {
    const seen = await page.evaluate(async () => {
      const { unit, counter } = shared;
      const waiting = await unit.deploy({ source: `Handlers.add('Wait', { Action = 'Wait' }, function(msg) Receive({ Action = 'Never' }) end)` });
      const never = () => new Promise(() => {});
      const controller = new AbortController();
      const aborted = failure(unit.send(counter, { Action: 'Add', Amount: 1 }, { signer: never, signal: controller.signal }));
      controller.abort(new Error('the page went'));
      return {
        aborted: await aborted,
        late: await failure(unit.deploy({ source: '', signer: never, timeout: 20 })),
        evaluate: await failure(unit.evaluate(counter, 'return 1', { signer: never, timeout: 20 })),
        read: await failure(unit.read(counter, '1', { signal: AbortSignal.abort('before') })),
        inspect: await failure(unit.inspect(counter, '1', { signal: AbortSignal.abort('before') })),
        before: await failure((await unit.stateAt(counter, 0)).inspect('1', { signal: AbortSignal.abort('before') })),
        outcome: await failure(unit.outcomeAt(counter, 0, { signal: AbortSignal.abort('before') })),
        assign: await failure(unit.assign({ process: counter, message: counter, signal: AbortSignal.abort('before') })),
        wrong: await failure(unit.read(counter, '1', { timeout: 'soon' })),
        // It waits for a message that never comes, but its evaluation is over, and nothing follows from it.
        waiting: await unit.send(waiting, { Action: 'Wait' }, { timeout: 5000 }),
      };
    });
    assert.deepEqual([seen.aborted.code, seen.aborted.cause], ['ABORTED', 'Error: the page went']);
    assert.deepEqual([seen.late.code, seen.evaluate.code, seen.read.code], ['TIMEOUT', 'TIMEOUT', 'ABORTED']);
    for (const { code } of [seen.inspect, seen.before, seen.outcome, seen.assign]) assert.equal(code, 'ABORTED');
    assert.deepEqual([seen.wrong.code, seen.waiting], ['ARGUMENT_INVALID', null]);
  });

  await part('what tags cannot hold is refused by name', async () => {
    const seen = await page.evaluate(async () => {
      const { unit, counter } = shared;
      const sent = [{ Who: { name: 'x' } }, { Tags: 5 }, { Tags: [{ value: 'x' }] }, { Action: null }, { Data: 5 }];
      const { Tags } = await unit.send(counter, { Action: 'Add', Amount: 1, Left: undefined, Tags: [{ name: 'A', value: '1' }] });
      return { Tags, refused: await Promise.all(sent.map((fields) => failure(unit.send(counter, fields)))) };
    });
    assert.deepEqual(seen.refused.map(({ code }) => code), [...Array(4).fill('ARGUMENT_INVALID'), 'DATA_INVALID']);
    assert.match(seen.refused[0].message, /the tag Who is an Object/);
    assert.equal(seen.Tags.Action, 'Added');
  });

  assert.deepEqual(complaints, []);
});
