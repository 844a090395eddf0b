import type { Unit } from 'ao-unit/unit';
import { process } from '../unit/processes.ts';
import { unit } from '../unit/session.ts';

/** What a process has now: its globals and the fields of its tables, by what they are; and its handlers. */
export interface LiveNames {
  readonly globals: Readonly<Record<string, string>>;
  readonly fields: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly handlers: readonly string[];
}

const NONE: LiveNames = { globals: {}, fields: {}, handlers: [] };

/** More than this of one kind help nobody to choose. */
const MOST = 500;

/** Names of what is asked for; those of the runtime's own handlers begin with `_`. */
const LUA = `(function()
  local function identifiers(of)
    local found, count = {}, 0
    for key, value in next, of do
      if type(key) == "string" and key:match("^[%a_][%w_]*$") then
        found[key] = type(value)
        count = count + 1
        if count == ${MOST} then break end
      end
    end
    return found
  end
  local fields = {}
  for key, value in next, _G do
    if type(key) == "string" and type(value) == "table" and key ~= "_G" then fields[key] = identifiers(value) end
  end
  fields["Handlers.utils"] = Handlers and Handlers.utils and identifiers(Handlers.utils) or nil
  local handlers = {}
  for _, handler in ipairs(Handlers and Handlers.list or {}) do
    if #handlers == ${MOST} then break end
    if type(handler.name) == "string" and handler.name:sub(1, 1) ~= "_" then handlers[#handlers + 1] = handler.name end
  end
  return { globals = identifiers(_G), fields = fields, handlers = handlers }
end)()`;

/** A process that evaluates without pause is asked so often at most, in milliseconds. */
const PACE_MS = 1000;

let known: { readonly key: string; readonly names: LiveNames } | undefined;
let asking: string | undefined;
let askedAt = -Infinity;

/**
 * What is known of the selected process, at once: nobody who types waits for it. What has been evaluated since is asked
 * for beside that, and known next time.
 */
export function liveNames(): LiveNames {
  const selected = process.peek();
  const opened = unit.peek();
  if (!selected || !opened) return NONE;
  const key = `${selected.id} ${selected.evaluated}`;
  if (known?.key !== key) void ask(opened, selected.id, key);
  return known?.key.startsWith(`${selected.id} `) ? known.names : NONE;
}

async function ask(opened: Unit, id: string, key: string): Promise<void> {
  if (asking !== undefined || (known?.key.startsWith(`${id} `) && performance.now() - askedAt < PACE_MS)) return;
  asking = key;
  askedAt = performance.now();
  try {
    const { globals, fields, handlers } = await opened.inspect<LiveNames>(id, LUA);
    known = { key, names: { globals: record(globals), fields: record(fields), handlers } };
  } catch {
    // A process that cannot be looked at, such as one that has not begun, has no names to offer.
    known = { key, names: NONE };
  } finally {
    asking = undefined;
  }
}

/** An empty table is a list in JSON. */
function record<T>(value: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Array.isArray(value) ? {} : value;
}
