//! Messages between processes, and processes that spawn others.

mod native;

use ao_data_item::Id;
use ao_unit::store::StoreError;
use native::{Bench, MODULE, TOKEN, Wallet, text};
use serde_json::json;

const LISTENER: &str = "
heard = {}
Handlers.add('all', function() return true end, function(m)
  if m.Action ~= 'Eval' then table.insert(heard, m) end
end)
";

#[test]
fn a_message_to_a_local_process_is_delivered() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let token = bench.spawn(&owner, TOKEN);
    let listener = bench.spawn(&owner, "Handlers.prepend('notice', { From = '_' }, function(m)\n\
        if m.Action == 'Eval' then return end\n\
        last = m.From .. ' ' .. m.Data\nend)\n\
        Handlers.list[1].pattern = function(m) return m.Action ~= 'Eval' and m.Data == 'Tokens received' end");
    let recipient = listener.to_string();
    let tags = [
        ("Action", "Transfer"),
        ("Recipient", recipient.as_str()),
        ("Quantity", "5"),
    ];
    bench.send(&owner, token, &tags, "");
    bench.settle();
    assert_eq!(bench.length(listener), 2);
    assert_eq!(
        bench.read(&owner, listener, "last"),
        format!("{token} Tokens received")
    );
}

#[test]
fn a_delivered_message_has_the_tags_of_the_networks_messenger() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let listener = bench.spawn(&owner, LISTENER);
    let sender = bench.spawn(&owner, "");
    let lua = format!("ao.send({{ Target = '{listener}', Action = 'Hello', Assignments = 'x' }})");
    bench.eval(&owner, sender, &lua);
    bench.settle();
    let show = "local t = {} for _, tag in ipairs(heard[1].TagArray) do t[#t + 1] = tag.name end \
        return table.concat(t, ' ') .. '|' .. heard[1]['Reference'] .. '|' .. heard[1].Data .. '|'";
    // The listener's own handler came too late for its boot; its first message is the delivered one.
    let shown = bench.read(&owner, listener, show);
    let expected =
        "Variant Reference Action Data-Protocol Type From-Process From-Module Pushed-For|1| |";
    assert_eq!(shown, expected);
    let tags = "return heard[1].Tags['From-Process'] .. ' ' .. heard[1].Owner";
    assert_eq!(
        bench.read(&owner, listener, tags),
        format!("{sender} {}", bench.unit.address())
    );
}

#[test]
fn a_target_that_is_not_here_stays_in_the_outcome() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let sender = bench.spawn(&owner, "");
    let outcome = bench.eval(
        &owner,
        sender,
        "ao.send({ Target = 'somewhere-else', Data = 'x' })",
    );
    assert_eq!(outcome["Messages"][0]["Target"], "somewhere-else");
}

#[test]
fn two_processes_talk_until_they_are_done() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let pong = "Handlers.add('Ping', function(m)\n\
        n = (n or 0) + 1\n\
        if n < 20 then m.reply({ Action = 'Ping' }) end\nend)";
    let (left, right) = (bench.spawn(&owner, pong), bench.spawn(&owner, pong));
    bench.eval(
        &owner,
        left,
        &format!("ao.send({{ Target = '{right}', Action = 'Ping' }})"),
    );
    bench.settle();
    assert_eq!(bench.read(&owner, right, "n"), "20");
    assert_eq!(bench.read(&owner, left, "n"), "19");
}

#[test]
fn a_process_can_wait_for_a_reply() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let oracle = bench.spawn(
        &owner,
        "Handlers.add('Ask', function(m) m.reply({ Data = '42' }) end)",
    );
    let asker = bench.spawn(&owner, "");
    let lua = format!(
        "local reply = ao.send({{ Target = '{oracle}', Action = 'Ask' }}).receive() answer = reply.Data"
    );
    bench.eval(&owner, asker, &lua);
    bench.settle();
    assert_eq!(bench.read(&owner, asker, "answer"), "42");
}

#[test]
fn a_process_spawns_another_and_learns_its_id() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let parent = bench.spawn(
        &owner,
        "Handlers.add('Spawned', function(m) child = m.Tags.Process end)",
    );
    let lua = format!(
        "ao.spawn('{MODULE}', {{ Data = 'born = true', Tags = {{ ['On-Boot'] = 'Data' }} }})"
    );
    bench.eval(&owner, parent, &lua);
    bench.settle();
    let child = bench.read(&owner, parent, "child").parse().unwrap();
    assert_eq!(bench.length(child), 1);
    bench.eval(
        &owner,
        parent,
        &format!("ao.send({{ Target = '{child}', Action = 'Eval', Data = 'return born' }})"),
    );
    bench.settle();
    assert_eq!(bench.length(child), 2);
}

#[test]
fn a_process_that_spawns_what_is_not_known_goes_on() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let parent = bench.spawn(&owner, "");
    let outcome = bench.eval(&owner, parent, "ao.spawn('unknown', {})");
    assert_eq!(text(&outcome["Error"]), "");
    assert_eq!(outcome["Spawns"].as_array().unwrap().len(), 1);
    assert_eq!(bench.read(&owner, parent, "1 + 1"), "2");
}

#[test]
fn an_outcome_and_its_deliveries_are_stored_together_or_not_at_all() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let listener = bench.spawn(&owner, LISTENER);
    let sender = bench.spawn(&owner, "");
    bench.settle();
    let lua = format!(
        "ao.send({{ Target = '{listener}', Action = 'Hello' }}) \
         ao.spawn('{MODULE}', {{ Data = 'x' }})"
    );
    let item = owner.item(Some(sender), &[("Action", "Eval")], &lua);
    let accepted = bench.accept(item).unwrap();
    // The assignment is durable; the transaction with its outcome fails.
    bench
        .store
        .fail_next_commit(StoreError::Failed("aborted".to_owned()));
    bench.settle();

    let mut again = Bench::reopen(bench.store.clone());
    let outcome = again.result(sender, accepted.id);
    assert_eq!(outcome["Messages"].as_array().unwrap().len(), 1);
    again.settle();
    assert_eq!(again.length(listener), 2, "delivered once");
    assert_eq!(again.length(sender), 3, "told once of what was spawned");
    let unit = again.unit.clone();
    assert_eq!(
        again.run(unit.processes()).unwrap().len(),
        3,
        "spawned once"
    );
}

#[test]
fn a_process_cannot_choose_its_own_cause_or_another_sender() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let listener = bench.spawn(&owner, LISTENER);
    let sender = bench.spawn(&owner, "");
    let lua = format!(
        "ao.send({{ Target = '{listener}', Tags = {{ \
         ['pushed_for'] = 'mine', ['from-process'] = 'other', ['From-Process'] = 'other' }} }})"
    );
    let item = owner.item(Some(sender), &[("Action", "Eval")], &lua);
    let accepted = bench.accept(item).unwrap();
    bench.settle();
    let show = "return heard[1].Tags['Pushed-For'] .. ' ' .. heard[1].Tags['From-Process']";
    let expected = format!("{} {sender}", accepted.id);
    assert_eq!(bench.read(&owner, listener, show), expected);
}

#[test]
fn numbers_in_tags_are_delivered_as_lua_writes_them() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let listener = bench.spawn(&owner, LISTENER);
    let sender = bench.spawn(&owner, "");
    let lua = format!("ao.send({{ Target = '{listener}', Large = 1e18, Small = 5, Flag = true }})");
    bench.eval(&owner, sender, &lua);
    bench.settle();
    let show = "return heard[1].Large .. ' ' .. heard[1].Small .. ' ' .. heard[1].Flag";
    assert_eq!(bench.read(&owner, listener, show), "1e+18 5 true");
}

#[test]
fn what_is_sent_to_many_reaches_each_once() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let hub = "got = '' Handlers.add('Echo', function(m) got = got .. m.Data end)";
    let hub = bench.spawn(&owner, hub);
    let echo = format!(
        "Handlers.add('Go', function(m) ao.send({{ Target = '{hub}', Action = 'Echo', Data = m.Data }}) end)"
    );
    let many: Vec<Id> = (0..20).map(|_| bench.spawn(&owner, &echo)).collect();
    let from = bench.spawn(&owner, "");
    let go = |(number, id): (usize, &Id)| {
        format!("ao.send({{ Target = '{id}', Action = 'Go', Data = '{number};' }})")
    };
    let lua: Vec<String> = many.iter().enumerate().map(go).collect();
    bench.eval(&owner, from, &lua.join(" "));
    bench.settle();
    let got = bench.read(&owner, hub, "got");
    let mut got: Vec<u32> = got
        .split_terminator(';')
        .map(|n| n.parse().unwrap())
        .collect();
    got.sort_unstable();
    assert_eq!(got, (0..20).collect::<Vec<u32>>());
    assert!(many.iter().all(|process| bench.length(*process) == 2));
}

#[test]
fn what_one_sends_to_another_arrives_in_its_order() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let to = "got = '' Handlers.add('Hi', function(m) got = got .. m.Data end)";
    let (to, from) = (bench.spawn(&owner, to), bench.spawn(&owner, ""));
    let lua = format!(
        "for i = 0, 19 do ao.send({{ Target = '{to}', Action = 'Hi', Data = i .. ';' }}) end"
    );
    bench.eval(&owner, from, &lua);
    let got = bench.read(&owner, to, "got");
    let got: Vec<u32> = got
        .split_terminator(';')
        .map(|n| n.parse().unwrap())
        .collect();
    assert_eq!(got, (0..20).collect::<Vec<u32>>());
}

#[test]
fn the_same_requests_give_the_same_ids_and_outcomes() {
    let run = || {
        let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
        let lua = format!(
            "Handlers.add('Spawned', function(m) ao.send({{ Target = m.Tags.Process, Action = 'Hi' }}) end) \
             for i = 1, 3 do ao.spawn('{MODULE}', {{ X = tostring(i) }}) end \
             ao.send({{ Target = ao.id, Action = 'Self' }}) ao.send({{ Target = 'away' }})"
        );
        let parent = bench.spawn(&owner, &lua);
        bench.settle();
        let processes = bench
            .ask(|unit| async move { unit.processes().await })
            .unwrap();
        let mut all = vec![bench.outbound(parent)];
        for process in processes {
            all.push(bench.log(process.id, json!({})));
            all.push(bench.results(process.id, json!({})));
        }
        all
    };
    let first = run();
    assert_eq!(first.len(), 9);
    assert_eq!(first, run());
}
