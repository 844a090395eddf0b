// What must hold of a unit, whatever was done to it: of `evidence.js` and of what was acknowledged, the faults.

import { createHash } from 'node:crypto';

/**
 * What is wrong, as `{ kind, what, … }`: `lost` and `doubled` are messages, processes, deliveries and evaluations;
 * `gap` and `chain` are of a log, `fork` of what a fork has of its ancestor; `replay` is an outcome, or memory, that is
 * other than when the same log is evaluated elsewhere.
 */
export function faultsOf({ processes, paused }, acknowledged) {
  const known = new Map(processes.map((process) => [process.id, process]));
  return [
    ...messages(processes, known, acknowledged),
    ...processes.flatMap((process) => [...gaps(process), ...brokenChain(process), ...otherAncestry(process, known)]),
    ...deliveries(processes, known),
    ...births(processes, known),
    ...processes.flatMap((process) => [...otherState(process), ...otherTicks(process)]),
    ...processes.flatMap(({ id, replayed }) => otherReplay(id, replayed)),
    ...(paused ? [{ kind: 'lost', what: 'what follows from a paused cause', paused }] : []),
  ];
}

/** What evaluating the log of a process anew came to, if it was. */
export function otherReplay(process, replayed) {
  if (!replayed || (replayed.different === 0 && replayed.memoryIsEqual)) return [];
  return [{ kind: 'replay', what: 'outcome', process, ...replayed }];
}

/** What was acknowledged is there once: a message in a log, a process among them. */
function messages(processes, known, acknowledged) {
  const places = counted(processes.flatMap((process) => own(process).map(({ id }) => id)));
  const forks = acknowledged.filter(({ kind }) => kind === 'fork');
  const lost = forks.filter(({ id }) => !known.has(id)).map(({ id }) => ({ kind: 'lost', what: 'process', id }));
  const expected = acknowledged.filter(({ kind }) => kind !== 'fork').map(({ id }) => id);
  // What was not acknowledged may be there or not, but no more than once.
  const all = [...new Set([...expected, ...places.keys()])];
  return [...lost, ...all.flatMap((id) => compared('message', id, 1, places.get(id) ?? 0))];
}

function gaps({ id, log, nextNonce }) {
  const at = log.findIndex(({ nonce }, i) => nonce !== i);
  if (at >= 0) return [{ kind: 'gap', process: id, nonce: log[at].nonce, expected: at }];
  return nextNonce === log.length ? [] : [{ kind: 'gap', process: id, nonce: nextNonce, expected: log.length }];
}

/** The hash chain by the rule of the network's schedulers. */
function brokenChain({ id, log }) {
  const bytes = (id) => Buffer.from(id, 'base64url');
  const hash = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest();
  let link = hash(bytes(log[0].process));
  for (const { nonce, chain, assignment } of log) {
    if (chain !== link.toString('base64url')) return [{ kind: 'chain', process: id, nonce }];
    link = hash(bytes(assignment), link);
  }
  return [];
}

/** A fork begins with what its ancestor has. */
function otherAncestry({ id, log, forkedFrom }, known) {
  const ancestor = known.get(forkedFrom);
  if (!ancestor) return [];
  const inherited = log.filter(({ process }) => process !== id);
  const isOther = ({ assignment }, i) => ancestor.log[i]?.assignment !== assignment;
  return inherited.filter(isOther).map(({ nonce }) => ({ kind: 'fork', process: id, nonce }));
}

/** Whatever a process sent to another is in the log of that one, once, and nothing else that says it is from here. */
function deliveries(processes, known) {
  const sent = processes.flatMap((process) =>
    sentByItself(process).flatMap(({ messages }) =>
      messages
        .filter(({ target }) => known.has(target))
        .map(({ target, anchor }) => `${process.id} to ${target}: ${anchor}`),
    ),
  );
  const come = processes.flatMap((process) =>
    own(process)
      .filter(({ nonce, from, action }) => nonce > 0 && action !== 'Spawned' && known.has(from))
      .map(({ from, anchor }) => `${from} to ${process.id}: ${anchor}`),
  );
  return balanced('delivery', sent, come);
}

/** Whatever a process spawned is there once, and it was told of it once. */
function births(processes, known) {
  const ordered = processes.flatMap((process) =>
    sentByItself(process).flatMap(({ spawns }) => spawns.map((key) => `${process.id}: ${key}`)),
  );
  const firsts = processes.flatMap((process) => own(process).slice(0, 1));
  const isBorn = ({ nonce, from }) => nonce === 0 && known.has(from);
  const born = firsts.filter(isBorn).map(({ from, key }) => `${from}: ${key}`);
  const told = processes.flatMap((process) =>
    own(process)
      .filter(({ action, from, born }) => action === 'Spawned' && from === process.id && known.has(born))
      .map(({ key }) => `${process.id}: ${key}`),
  );
  return [...balanced('spawn', ordered, born), ...balanced('notice of a spawn', ordered, told)];
}

/** The state is what the log says: whatever failed or was only tried has left nothing. */
function otherState({ id, log, state }) {
  return Object.entries({ Passed: 'Pass', Got: 'Give' }).flatMap(([table, action]) => {
    // What was spawned by a process has no tables, and no such messages.
    const entries = counted(log.filter((entry) => entry.action === action).map(({ key }) => key));
    const held = state[table] ?? {};
    const keys = new Set([...entries.keys(), ...Object.keys(held)]);
    const evaluation = (key) => compared('evaluation', `${id}: ${table}.${key}`, entries.get(key) ?? 0, held[key] ?? 0);
    return [...keys].flatMap(evaluation);
  });
}

/**
 * A cron of one second ticks in every second, once at a time, however long nothing ran; and the state has each tick.
 * That none of them comes when it does not is seen where the log is taken in elsewhere: see `undisturbed.mjs`.
 */
function otherTicks({ id, sent, state }) {
  const ticks = sent.filter(({ isTick }) => isTick).map(({ timestamp }) => timestamp);
  const second = (time) => Math.floor(time / 1000);
  const lost = ticks.filter((time, i) => i > 0 && second(time) - second(ticks[i - 1]) > 1);
  const doubled = [...counted(ticks)].flatMap(([time, times]) => compared('tick', `${id} at ${time}`, 1, times));
  return [
    ...lost.map((before) => ({ kind: 'lost', what: 'tick', process: id, before })),
    ...doubled,
    ...compared('evaluation', `${id}: Ticks`, ticks.length, state.Ticks ?? 0),
  ];
}

/** What came to a process under its own id, not to the one that it was forked from. */
function own({ id, log }) {
  return log.filter(({ process }) => process === id);
}

/** The outcomes of that. A fork's ticks are nobody's to deliver: its cron is not monitored. */
function sentByItself(process) {
  const first = own(process)[0]?.nonce ?? Infinity;
  return process.sent.filter(({ nonce, isTick }) => nonce >= first && !(isTick && process.forkedFrom));
}

function balanced(what, sent, come) {
  const [expected, found] = [counted(sent), counted(come)];
  const keys = new Set([...expected.keys(), ...found.keys()]);
  return [...keys].flatMap((key) => compared(what, key, expected.get(key) ?? 0, found.get(key) ?? 0));
}

function compared(what, id, expected, found) {
  if (found < expected) return [{ kind: 'lost', what, id, expected, found }];
  return found > expected ? [{ kind: 'doubled', what, id, expected, found }] : [];
}

function counted(keys) {
  const counts = new Map();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
