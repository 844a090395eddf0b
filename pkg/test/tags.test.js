import { test } from 'node:test';
import assert from 'node:assert/strict';
import { dryRunTags, itemData, messageTags, spawnTags } from '../build/tags.js';

/** Tags written as on one line: `Action=Eval, Data-Protocol=ao`. */
const parse = (line) => line.split(', ').filter(Boolean).map((tag) => {
  const [name, value] = tag.split('=');
  return { name, value };
});
const format = (tags) => tags.map(({ name, value }) => `${name}=${value}`).join(', ');

function check(given, data, expected) {
  assert.equal(format(messageTags(parse(given), data)), expected);
}

// The expectations were observed on @permaweb/aoconnect 0.0.98.

test('a message gets its tags after those of the user', () => {
  check('Action=Eval', 'hi', 'Action=Eval, SDK=aoconnect, Data-Protocol=ao, Variant=ao.TN.1, Type=Message');
});

test('a message without data says that it is text', () => {
  check('', undefined, 'Content-Type=text/plain, SDK=aoconnect, Data-Protocol=ao, Variant=ao.TN.1, Type=Message');
});

test('tags of another protocol stay with it', () => {
  check(
    'Type=Foo, Variant=ao.N.1, Data-Protocol=zone, Content-Type=text/html, SDK=mine',
    '',
    'Type=Foo, Variant=ao.N.1, Content-Type=text/plain, SDK=aoconnect, Data-Protocol=zone, Content-Type=text/html, ' +
      'SDK=mine, Data-Protocol=ao, Variant=ao.N.1, Type=Message',
  );
});

test('a variant is found in whatever case it is written', () => {
  check(
    'variant=ao.X.1, type=q',
    'hi',
    'variant=ao.X.1, type=q, SDK=aoconnect, Data-Protocol=ao, Variant=ao.X.1, Type=Message',
  );
});

test("the user's own ao section is completed where it stands", () => {
  check(
    'A=1, Data-Protocol=ao, Type=Foo, B=2, Data-Protocol=other, Type=OtherT, Variant=o1',
    'hi',
    'A=1, SDK=aoconnect, Data-Protocol=ao, B=2, Variant=o1, Type=Message, Data-Protocol=other, Type=OtherT, Variant=o1',
  );
});

test('an ao section that held nothing else moves to the end', () => {
  check(
    'A=1, Data-Protocol=ao, Type=Foo, Data-Protocol=x, B=2',
    'hi',
    'A=1, SDK=aoconnect, Data-Protocol=x, B=2, Data-Protocol=ao, Variant=ao.TN.1, Type=Message',
  );
});

test('an ao section names its protocol once', () => {
  check(
    'A=1, Data-Protocol=ao, Data-Protocol=ao, B=2',
    'hi',
    'A=1, SDK=aoconnect, Data-Protocol=ao, B=2, Variant=ao.TN.1, Type=Message',
  );
});

test('a spawn names module, scheduler and time', () => {
  const tags = spawnTags(parse('Name=p'), undefined, { module: 'M', scheduler: 'S', timestamp: 1700000000456 });
  assert.equal(
    format(tags),
    'Name=p, Content-Type=text/plain, SDK=aoconnect, Data-Protocol=ao, Variant=ao.TN.1, Type=Process, Module=M, ' +
      'Scheduler=S, Timestamp=1700000000456',
  );
});

test('a dry-run gets the tags of the protocol even if it has them', () => {
  assert.equal(
    format(dryRunTags(parse('Type=Message'))),
    'Type=Message, Data-Protocol=ao, Type=Message, Variant=ao.TN.1',
  );
});

test('the tags of the caller are left as they were', () => {
  const given = parse('Data-Protocol=ao, Type=Foo');
  const before = structuredClone(given);
  messageTags(given, 'hi');
  assert.deepEqual(given, before);
});

test('extra keys of a tag are not signed', () => {
  const [tag] = messageTags([{ name: 'A', value: '1', extra: true }], 'hi');
  assert.deepEqual(tag, { name: 'A', value: '1' });
});

test('data is never empty', () => {
  assert.equal(itemData(undefined), ' ');
  assert.equal(itemData(''), ' ');
  assert.equal(itemData('hi'), 'hi');
});
