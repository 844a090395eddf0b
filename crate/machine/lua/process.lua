-- One message evaluated: from what the host hands over to the outcome that it takes back.

local ao = require(".ao")
local chance = require(".chance")
local clock = require(".clock")
local handlers = require(".handlers")
local message = require(".message")
local trace = require(".trace")
local eval, boot, default = require(".eval"), require(".boot"), require(".default")

local process = { _version = "2.0.4" }

--- Sends a message; warns when it has no target.
function Send(msg)
  if not msg.Target then
    print("WARN: No target specified for message. Data will be stored, but no process will receive it.")
  end
  local sent = ao.send(msg)
  return { output = "Message added to outbox", receive = sent.receive, onReply = sent.onReply }
end

--- Asks for a new process, of this one's module unless told.
function Spawn(...)
  local module, msg
  if select("#", ...) == 1 then
    module, msg = ao._module, ...
  else
    module, msg = ...
  end
  msg = msg or {}
  local spawned = ao.spawn(module, msg)
  return { output = "Spawn process request added to outbox", after = spawned.after, receive = spawned.receive }
end

--- Asks that a message be assigned to processes.
function Assign(assignment)
  ao.assign(assignment)
  print("Assignment added to outbox.")
  return "Assignment added to outbox."
end

--- Suspends the handler until a message matches.
function Receive(pattern)
  return handlers.receive(pattern)
end

-- `ao.send` and `ao.spawn` take data as tables; what they are given is changed, as on aos.
local function accept_tables(name, position)
  local original = ao[name]
  ao[name] = function(...)
    local msg = select(position, ...)
    if type(msg.Data) == "table" then
      msg["Content-Type"] = "application/json"
      msg.Data = require("json").encode(msg.Data)
    end
    return original(...)
  end
end

accept_tables("send", 1)
accept_tables("spawn", 2)

local function sum_of_bytes(text)
  local sum = 0
  for i = 1, #text do
    sum = sum + text:byte(i)
  end
  return sum
end

-- On the first message the random sequence starts, and the process learns its owner and name.
local function initialize(msg, env)
  if not Seeded then
    chance.seed(tonumber(msg["Block-Height"] .. sum_of_bytes(msg.Owner .. msg.Module .. msg.Id)))
    Seeded = true
  end
  Errors = Errors or {}
  Inbox = Inbox or {}
  if env.Process.Id == msg.Id and not Owner then
    Owner = env.Process.Tags["From-Process"] or msg.From
  end
  Name = Name or env.Process.Tags.Name or "aos"
end

local function printed()
  return { data = table.concat(HANDLER_PRINT_LOGS, "\n"), prompt = Prompt(), print = true }
end

local function rejected()
  local result = ao.result({})
  result.Output = printed()
  return result
end

-- Whether the message may be handled; if not, the outcome that says so.
local function admitted(msg)
  if msg.From ~= msg.Owner and not ao.isTrusted(msg) then
    print("Message is not trusted! From: " .. msg.From .. " - Owner: " .. msg.Owner)
    return false
  end
  if ao.isAssignment(msg) and not ao.isAssignable(msg) then
    if msg.From ~= ao.id then
      ao.send({ Target = msg.From, Data = "Assignment is not trusted by this process!" })
    end
    print("Assignment is not trusted! From: " .. msg.From .. " - Owner: " .. msg.Owner)
    return false
  end
  return true
end

local function is_owners_eval(msg)
  return msg.Action == "Eval" and Owner == msg.From
end

local function is_process_itself(msg)
  return msg.Id == ao.id and msg.Tags.Type == "Process" and Owner == msg.From
end

local function is_any()
  return true
end

-- The runtime's own handlers are there at every message, whatever the process removed.
local function add_own_handlers(msg)
  Handlers.add("_eval", is_owners_eval, eval)
  if is_process_itself(msg) then
    Handlers.once("_boot", is_process_itself, boot)
  end
  Handlers.append("_default", is_any, default)
end

local function prune_finished()
  local routines = Handlers.coroutines
  for i = #routines, 1, -1 do
    if coroutine.status(routines[i]) == "dead" then
      table.remove(routines, i)
    end
  end
end

local function evaluate(msg, env)
  return xpcall(Handlers.evaluate, trace.keep, msg, env)
end

-- Runs the handlers in a coroutine of their own, so that any of them may wait for another message.
-- Answers whether they succeeded or wait, and otherwise the reason.
local function run_handlers(msg, env)
  local routine = coroutine.create(evaluate)
  table.insert(Handlers.coroutines, routine)
  local _, ok, reason = coroutine.resume(routine, msg, env)
  local waits = coroutine.status(routine) == "suspended"
  prune_finished()
  return waits or ok, reason
end

-- What was printed before the error is kept in its text.
local function failed(msg, result)
  if msg.Action ~= "Eval" then
    local action = msg.Action and "with Action = " .. msg.Action or ""
    print(Colors.red .. "Error" .. Colors.gray .. " handling message " .. action .. Colors.reset)
    print(Colors.green .. result .. Colors.reset)
    print("\n" .. Colors.gray .. trace.text() .. Colors.reset)
  end
  table.insert(Errors, result)
  local logs = table.concat(HANDLER_PRINT_LOGS, "\n")
  return { Error = logs .. "\n\n" .. Colors.red .. "error:\n" .. Colors.reset .. result }
end

local function succeeded(msg)
  ao.Nonce = msg.Nonce
  local output = printed()
  if msg.Action == "Eval" then
    output = { data = output.data, prompt = output.prompt, test = Dump(HANDLER_PRINT_LOGS) }
  end
  return ao.result({ Output = output })
end

--- Evaluates one message in its environment and answers the outcome.
function process.handle(msg, env)
  env = env.Process and env or env.env
  trace.forget()
  local outbox = ao.outbox
  ao.init(env)
  if ao.outbox == outbox then
    -- The process has an `init` of its own.
    ao.clearOutbox()
  end

  msg = message.prepare(msg)
  ao.id = env.Process.Id
  HANDLER_PRINT_LOGS = {}
  clock.set(msg.Timestamp)
  message.map_tags(ao.env.Process)
  initialize(msg, env)

  if msg.Tags["Content-Type"] == "application/json" then
    msg.Data = require("json").decode(msg.Data or "{}")
  end
  if not admitted(msg) then
    return rejected()
  end

  add_own_handlers(msg)
  message.attach(msg)
  local ok, reason = run_handlers(msg, env)
  if not ok then
    return failed(msg, reason)
  end
  return succeeded(msg)
end

_G.handle = process.handle

return process
