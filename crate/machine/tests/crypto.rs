//! `.crypto`: what the standards say, and what the network's own module answered.

use std::fs;

use ao_machine::{Answer, Machine};
use serde_json::{Value, json};

const GAS: u64 = 10_000_000_000;

fn evaluate(machine: &Machine, lua: &str, gas: u64) -> Answer {
    let message = json!({
        "Target": "AOS", "From": "FOOBAR", "Owner": "FOOBAR", "Id": "AOS", "Module": "WOOPAWOOPA",
        "Block-Height": "999", "Timestamp": 1000, "Data": lua, "Tags": [{"name": "Action", "value": "Eval"}],
    });
    let environment = json!({
        "Process": {"Id": "AOS", "Owner": "FOOBAR", "Tags": [{"name": "Authority", "value": "FOOBAR"}]},
        "Module": {"Id": "WOOPAWOOPA", "Owner": "x", "Tags": []},
    });
    machine.evaluate(
        message.to_string().as_bytes(),
        environment.to_string().as_bytes(),
        gas,
    )
}

fn eval(machine: &Machine, lua: &str) -> String {
    let answer = evaluate(machine, lua, GAS);
    assert!(
        matches!(answer, Answer::Outcome(_)),
        "{lua}: {}",
        answer.text()
    );
    let outcome: Value = serde_json::from_str(answer.text()).expect("an outcome is JSON");
    let data = outcome["Output"]["data"].as_str();
    data.unwrap_or_else(|| panic!("{lua}: {outcome}"))
        .to_owned()
}

/// The value of an expression over `c` (`.crypto`), `text` and `array` (a stream and an array of a
/// string's bytes) and `bytes` (the string of hexadecimal digits).
fn value(expression: &str) -> String {
    let lua = format!(
        r#"
        local c = require(".crypto")
        local text, array, bytes = c.utils.stream.fromString, c.utils.array.fromString, c.utils.hex.hexToString
        return tostring({expression})
        "#
    );
    eval(&Machine::new().expect("a machine starts"), &lua)
}

#[test]
fn digests_are_those_of_the_standards() {
    for (expression, digest) in [
        (
            "c.digest.md2(text('abc'))",
            "da853b0d3f88d99b30283a69e6ded6bb",
        ),
        (
            "c.digest.md4(text('message digest'))",
            "d9130a8164549fe818874806e1c7014b",
        ),
        (
            "c.digest.md5(text('message digest'))",
            "f96b697d7cb7938d525a2f31aaf161d0",
        ),
        (
            "c.digest.sha1(text('abc'))",
            "a9993e364706816aba3e25717850c26c9cd0d89d",
        ),
        (
            "c.digest.sha1(text('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq'))",
            "84983e441c3bd26ebaae4aa1f95129e5e54670f1",
        ),
        (
            "c.digest.sha2_256(text('abc'))",
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        ),
        (
            "c.digest.sha2_512('abc')",
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a\
             2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        ),
        (
            "c.digest.sha3_256('')",
            "a7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a",
        ),
        (
            "c.digest.sha3_512('abc')",
            "b751850b1a57168a5693cd924b6b096e08f621827444f70d884f5d0240d2712e\
             10e116e9192af3c91a7ec57647e3934057340b4cf408d5a56592f8274eec53f0",
        ),
        (
            "c.digest.keccak256('')",
            "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470",
        ),
        (
            "c.digest.keccak512('')",
            "0eab42de4c3ceb9235fc91acffe746b29c29a8c366b7c60e4e67c466f36a4304\
             c00fa9caf9d87976ba469bcbe06713b435f091ef2769fb160cdab33d3670680e",
        ),
        (
            "c.digest.blake2b('abc')",
            "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1\
             7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923",
        ),
    ] {
        assert_eq!(
            value(&format!("{expression}.asHex()")),
            digest,
            "{expression}"
        );
    }
}

#[test]
fn aes_answers_the_vectors_of_sp_800_38a() {
    const KEY: &str = "2b7e151628aed2a6abf7158809cf4f3c";
    const LONG_KEY: &str = "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4";
    const PLAIN: &str = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51";
    const IV: &str = "000102030405060708090a0b0c0d0e0f";
    const COUNTER: &str = "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff";
    for (mode, bits, key, iv, crypted) in [
        (
            "ECB",
            128,
            KEY,
            "",
            "3ad77bb40d7a3660a89ecaf32466ef97f5d3d58503b9699de785895a96fdbaaf",
        ),
        (
            "CBC",
            128,
            KEY,
            IV,
            "7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2",
        ),
        (
            "CFB",
            128,
            KEY,
            IV,
            "3b3fd92eb72dad20333449f8e83cfb4ac8a64537a0b3a93fcde3cdad9f1ce58b",
        ),
        (
            "OFB",
            128,
            KEY,
            IV,
            "3b3fd92eb72dad20333449f8e83cfb4a7789508d16918f03f53c52dac54ed825",
        ),
        (
            "CTR",
            128,
            KEY,
            COUNTER,
            "874d6191b620e3261bef6864990db6ce9806f66b7970fdff8617187bb9fffdff",
        ),
        (
            "ECB",
            256,
            LONG_KEY,
            "",
            "f3eed1bdb5d2a03c064b5a7e3db181f8591ccb10d410ed26dc5ba74a31362870",
        ),
        (
            "CBC",
            256,
            LONG_KEY,
            IV,
            "f58c4c04d6e5f1ba779eabfb5f7bfbd69cfc4e967edb808d679f777bc6702c7d",
        ),
    ] {
        let arguments = format!("bytes('{key}'), bytes('{iv}'), '{mode}', {bits}");
        let encrypted =
            format!("c.cipher.aes.encrypt(bytes('{PLAIN}'), {arguments}).asHex():lower()");
        assert_eq!(value(&encrypted), crypted, "{mode} {bits}");
        let decrypted = format!("c.cipher.aes.decrypt('{crypted}', {arguments}).asHex():lower()");
        assert_eq!(value(&decrypted), PLAIN, "{mode} {bits}");
    }
}

#[test]
fn keys_from_passwords_are_those_of_rfc_6070() {
    for (n_iterations, size, key) in [
        (1, 20, "0C60C80F961F0E71F3A9B524AF6012062FE037A6"),
        (4096, 20, "4B007901B765489ABEAD49D926F721D065A429C1"),
    ] {
        let expression = format!(
            "c.kdf.pbkdf2(array('password'), array('salt'), {n_iterations}, {size}, 'sha1').asHex()"
        );
        assert_eq!(value(&expression), key);
    }
}

#[test]
fn an_authenticator_with_blocks_of_64_bytes_answers_the_vectors_of_rfc_2202() {
    let expression = "require('.crypto.mac.hmac').HMAC()\
        .setDigest(require('.crypto.digest.sha1').SHA1).setKey(array('Jefe'))\
        .init().update(text('what do ya want for nothing?')).finish().asHex()";
    assert_eq!(
        value(expression),
        "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"
    );
}

#[test]
fn isaac_draws_the_numbers_of_its_author() {
    // Those that he published begin with the second generation.
    let lua = r#"
        local issac = require(".crypto").cipher.issac
        issac.seedIsaac("", true)
        for _ = 1, 256 do issac.getRandom() end
        return ("%08x %08x %08x"):format(issac.getRandom(), issac.getRandom(), issac.getRandom())
    "#;
    assert_eq!(
        eval(&Machine::new().unwrap(), lua),
        "f650e4c8 e448e96d 98db2fb4"
    );
}

#[test]
fn morus_answers_the_vectors_of_wycheproof() {
    for (key, iv, data, plain, crypted) in [
        (
            "00000000000000000000000000000000",
            "0fc98e67449eaa8620362c24fec93081",
            "",
            "",
            "91850ff5529ecece6599c7bfd376e898",
        ),
        (
            "6bdc5abb60e5f4a6051d2c68dbda8f25",
            "7aa5e823a4849e2d2553588cdaa3c0a6",
            "",
            "983705f32cc2f33b66c0b1d5d73521aa5d9fce7ce2b8adad1933e0f440817228\
             e18b1cf89178ffafb06869f2273591842e375b0004ff169cb51939ebd9cd299a",
            "05c5b1f91bb9ab2ca50712a71239606630814a0378284552d22b24fd8ba5b766\
             6f45d73b676f51b9c03d6cca1eaeffb679a9e4825d4c2ddfeb7140c92c40456d\
             737701f34ff39d2a5d57a8a118a2adcb",
        ),
        (
            "4f0127b6e1c33a850ceebcf4abfda557",
            "5ecbb61e2562e40c2d25e918aac6d5d8",
            "6d94448669008f934d5b153ca88f065ae601a87eca10dc73f4949fc15a6185",
            "7c5dd3eead9f391a6d924261a75837dbb0b22b9f0bb8bd7a24a0d6b711796c",
            "789052ae0ff72eef63090858b556bd726e42cf27047cdb9218e9a43390ba62b5\
             70d3889b4f05a7518587170942ed4e",
        ),
    ] {
        let arguments = format!("bytes('{key}'), bytes('{iv}')");
        let encrypted = format!(
            "c.cipher.morus.encrypt({arguments}, bytes('{plain}'), bytes('{data}')).asHex()"
        );
        assert_eq!(value(&encrypted), format!("{data}{crypted}"));
        let n_bytes = data.len() / 2;
        let decrypted =
            format!("c.cipher.morus.decrypt({arguments}, bytes('{data}{crypted}'), {n_bytes})");
        assert_eq!(
            value(&format!("c.utils.hex.stringToHex({decrypted})")),
            plain
        );
    }
}

#[test]
fn norx_answers_the_network_for_the_example_of_its_specification() {
    let expression = r"(function()
        local function count(first, last)
            local list = {}
            for byte = first, last do list[#list + 1] = string.char(byte) end
            return table.concat(list)
        end
        local text = count(0, 127)
        return c.cipher.norx.encrypt(count(0, 31), count(32, 63), text, text, text).asHex()
    end)()";
    assert_eq!(
        value(expression),
        "c0816e508ae4a0500b93387bbbabc241ac42387ef5e8bf0ec3826cede166a1d5\
         caa3e8d62cd641b3faf2aa2adde3e5ed0a13bd8b96d5f0fb7fe39ca780953175\
         e245bc3e534b800e9646771f13ea4085cb3e267f106f5f17a064ff234a027c64\
         4be78665db1c46a4b01a4fbf5276dfbd30ebbfb88466f8dc897a7816d0d070d8\
         d1f2fa3305a32376e23a61d1c989303fbfbd935aa55b17e4e7254733c473408e"
    );
}

#[test]
fn random_numbers_are_those_of_the_network() {
    assert_eq!(value("c.random()"), "532713800.0");
    // One number of `math.random` is drawn for a seed that is not used.
    assert_eq!(
        value("c.random() .. ' ' .. math.random(1, 1000000)"),
        "532713800.0 511708"
    );
    assert_eq!(value("c.random(0, 100, '42')"), "96");
}

#[test]
fn modules_have_the_names_of_the_network() {
    for (expression, answer) in [
        ("require('.crypto') == require('.crypto.init')", "false"),
        (
            "require('.crypto').digest == require('.crypto.init').digest",
            "true",
        ),
        ("require('.crypto.digest.md5') == c.digest.md5", "true"),
        (
            "require('.crypto.digest.sha3').keccak256 == c.digest.keccak256",
            "true",
        ),
        ("require('.crypto.cipher.issac').random == c.random", "true"),
        ("require('.crypto.util.bit') == bit32", "true"),
        ("c._version", "0.0.1"),
    ] {
        assert_eq!(value(expression), answer, "{expression}");
    }
}

#[test]
fn every_recorded_script_answers_as_on_the_network() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/crypto");
    let prelude = fs::read_to_string(format!("{folder}/prelude.lua")).unwrap();
    for line in fs::read_to_string(format!("{folder}/recorded.jsonl"))
        .unwrap()
        .lines()
    {
        let recorded: Value = serde_json::from_str(line).unwrap();
        let machine = Machine::new().unwrap();
        eval(&machine, &format!("{prelude}\nreturn ''"));
        let ours = eval(&machine, recorded["lua"].as_str().unwrap());
        let theirs = recorded["answer"].as_str().unwrap();
        let title = recorded["title"].as_str().unwrap();
        assert_eq!(
            ours.lines().count(),
            theirs.lines().count(),
            "{title}\n{ours}"
        );
        for (ours, theirs) in ours.lines().zip(theirs.lines()) {
            assert_eq!(without_position(ours), without_position(theirs), "{title}");
        }
    }
}

/// A note without the place in the runtime that raised it.
fn without_position(note: &str) -> String {
    let Some((before, place)) = note.split_once("[string \\\".") else {
        return note.to_owned();
    };
    let after = place.split_once("]:").map_or(place, |(_, after)| after);
    format!(
        "{before}{}",
        after.trim_start_matches(|c: char| c.is_ascii_digit())
    )
}

#[test]
fn bad_input_ends_in_an_error_that_is_a_string() {
    const CALLS: &[&str] = &[
        "c.digest.sha1('abc')",
        "c.digest.md5(function() return 300 end)",
        "c.digest.md5(function() return -1 end)",
        "c.digest.md4(function() return 1.5 end)",
        "c.digest.sha2_256(function() return {} end)",
        "c.digest.sha2_512()",
        "c.digest.sha3_256({})",
        "c.digest.keccak512(12)",
        "c.digest.blake2b('abc', 7.5)",
        "c.digest.blake2b('abc', 0/0)",
        "c.digest.blake2b('abc', {})",
        "c.digest.blake2b(nil)",
        "c.cipher.aes.encrypt('text', 'short')",
        "c.cipher.aes.encrypt('text', ('k'):rep(16), nil, 'CBC', 256)",
        "c.cipher.aes.encrypt({}, ('k'):rep(16))",
        "c.cipher.aes.encrypt('text', ('k'):rep(16), 5)",
        "c.cipher.aes.decrypt(nil, ('k'):rep(16))",
        "c.cipher.aes.decrypt('00', {})",
        "c.cipher.issac.encrypt('text')",
        "c.cipher.issac.encrypt(nil, 'key')",
        "c.cipher.issac.decrypt({}, 'key')",
        "c.cipher.issac.seedIsaac(5)",
        "c.random(0, 10, 42)",
        "c.random(0, -1)",
        "c.random({}, 1)",
        "c.cipher.issac.getRandomChar()",
        "c.cipher.morus.encrypt('k', ('i'):rep(16), 'm')",
        "c.cipher.morus.encrypt(('k'):rep(16), 'i', 'm')",
        "c.cipher.morus.encrypt(('k'):rep(16), ('i'):rep(16))",
        "c.cipher.morus.decrypt(('k'):rep(16), ('i'):rep(16), 'abc', 0)",
        "c.cipher.morus.decrypt(('k'):rep(16), ('i'):rep(16), ('a'):rep(40), 100)",
        "c.cipher.morus.decrypt(('k'):rep(16), ('i'):rep(16), ('a'):rep(40), 0.5)",
        "c.cipher.morus.decrypt(('k'):rep(16), ('i'):rep(16), ('a'):rep(40), {})",
        "c.cipher.morus.state_update({}, 0, 0, 0, 0)",
        "c.cipher.morus.state_update(nil)",
        "c.cipher.norx.encrypt('k', ('n'):rep(32), 'p')",
        "c.cipher.norx.encrypt(('k'):rep(32), 'n', 'p')",
        "c.cipher.norx.encrypt(('k'):rep(32), ('n'):rep(32))",
        "c.cipher.norx.decrypt(('k'):rep(32), ('n'):rep(32), 'short')",
        "c.mac.createHmac(text(''), array('key'), 'md5')",
        "c.mac.createHmac(text(''), nil)",
        "c.mac.createHmac(text(''), { 300 })",
        "c.mac.createHmac(text(''), {}, {})",
        "require('.crypto.mac.hmac').HMAC().init()",
        "require('.crypto.mac.hmac').HMAC().setBlockSize({}).setKey({})",
        "c.kdf.pbkdf2({}, {}, 1, 2 ^ 60, 'sha1')",
        "c.kdf.pbkdf2({}, {}, 1, math.huge, 'sha1')",
        "c.kdf.pbkdf2({}, {}, 2 ^ 40, 20, 'sha1')",
        "c.kdf.pbkdf2({}, {}, math.huge, 20, 'sha1')",
        "c.kdf.pbkdf2({}, {}, {}, 20, 'sha1')",
        "c.kdf.pbkdf2({}, {}, 1)",
        "c.kdf.pbkdf2({ 256 }, {}, 1, 20)",
        "c.kdf.pbkdf2(nil, {}, 1, 20)",
        "c.utils.array.toString({ 256 })",
        "c.utils.array.concat({})",
        "c.utils.array.readFromQueue(c.utils.queue())",
        "c.utils.hex.hexToString('616')",
        "c.utils.hex.stringToHex('aa', 0)",
        "c.utils.stream.toString('abc')",
    ];
    for call in CALLS {
        let expression = format!(
            "(function() local ok, e = pcall(function() return {call} end) return type(ok or e) end)()"
        );
        let answer = value(&format!(
            "{expression} .. tostring((pcall(function() return {call} end)))"
        ));
        assert_eq!(answer, "stringfalse", "{call}");
    }
}

#[test]
fn what_is_refused_without_an_error_answers_nil_and_a_reason() {
    for (call, reason) in [
        ("c.digest.blake2b('abc', 65)", "illegal parameters"),
        ("c.digest.blake2b('abc', 0)", "illegal parameters"),
        ("c.digest.blake2b('abc', -1)", "illegal parameters"),
        (
            "c.cipher.morus.decrypt(('k'):rep(16), ('i'):rep(16), ('a'):rep(40), 5)",
            "decrypt error",
        ),
        (
            "c.cipher.morus.decrypt(('k'):rep(16), ('i'):rep(16), ('a'):rep(40), -1)",
            "decrypt error",
        ),
        (
            "c.cipher.norx.decrypt(('k'):rep(32), ('n'):rep(32), ('a'):rep(40))",
            "auth failure",
        ),
    ] {
        assert_eq!(
            value(&format!("select('#', {call}) .. select(2, {call})")),
            format!("2{reason}")
        );
    }
}

#[test]
fn a_stream_may_yield() {
    let expression = r#"(function()
        local rest = { 97, 98, 99 }
        local work = coroutine.create(function()
            return c.digest.sha1(function() coroutine.yield() return table.remove(rest, 1) end).asHex()
        end)
        local answer
        repeat answer = select(2, coroutine.resume(work)) until coroutine.status(work) == "dead"
        return answer
    end)()"#;
    assert_eq!(
        value(expression),
        "a9993e364706816aba3e25717850c26c9cd0d89d"
    );
}

#[test]
fn a_stream_without_end_runs_out_of_gas() {
    let lua = "require('.crypto').digest.sha1(function() return 0 end)";
    assert_eq!(
        evaluate(&Machine::new().unwrap(), lua, 10_000_000),
        Answer::OutOfGas
    );
}
