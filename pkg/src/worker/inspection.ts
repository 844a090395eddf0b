import { UnitError } from '../error.js';
import { randomAnchor } from '../sign.js';
import { dryRunTags } from '../tags.js';
import type { DryRunMessage, Outcome } from '../types.js';

/** Tells the answer from what the expression prints. It is another in every worker, so that no process can know it. */
const MARK = `ao-unit-${randomAnchor()}`;

/** The message that evaluates a Lua expression and says its value. It must come from the owner of the process. */
export function inspection(process: string, expression: string, owner: string): DryRunMessage {
  return {
    Id: '1234',
    Target: process,
    Owner: owner,
    Anchor: '0',
    Data: program(expression),
    Tags: dryRunTags([{ name: 'Action', value: 'Eval' }]),
  };
}

/**
 * The value as JSON; text, where JSON cannot hold it.
 *
 * @throws {@link UnitError} `INSPECTION_FAILED`, in Lua's own words.
 */
export function inspected(outcome: Outcome): string {
  const output = outcome.Error === undefined ? (outcome.Output.data ?? '') : '';
  const at = output.lastIndexOf(MARK);
  const [kind, said] = [output[at + MARK.length], output.slice(at + MARK.length + 1)];
  if (at >= 0 && kind === 'J') return said;
  if (at >= 0 && kind === 'T') return JSON.stringify(said);
  throw new UnitError('INSPECTION_FAILED', at >= 0 ? said : (outcome.Error ?? NOT_EVALUATED));
}

const NOT_EVALUATED =
  'the process did not evaluate the expression: it does so for its owner alone, who can be named as { owner }, ' +
  'and only if no handler of its own takes every message before';

/** Lua that answers the mark, what follows it, and that. */
function program(expression: string): string {
  return `local source = ${quoted(expression)}
local chunk, problem = load("return " .. source, "=expression", "t", _G)
chunk = chunk or load(source, "=expression", "t", _G)
if not chunk then return "${MARK}E" .. problem end
local succeeded, value = pcall(chunk)
if not succeeded then return "${MARK}E" .. tostring(value) end
local encoded, text = pcall(require("json").encode, value)
if encoded then return "${MARK}J" .. text end
local write = type(value) == "table" and require(".stringify").format or tostring
local written, text = pcall(write, value)
return "${MARK}T" .. (written and text or tostring(value))`;
}

/** A Lua string of any text. */
function quoted(text: string): string {
  const escaped = (character: string) => `\\${String(character.charCodeAt(0)).padStart(3, '0')}`;
  return `"${text.replace(/["\\\u0000-\u001f\u007f]/g, escaped)}"`;
}
