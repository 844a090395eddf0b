//! JSON at its edges: sizes beyond what the decoder gathers at once, texts beyond the encoder's first buffer.

mod process;

use process::prints;

#[test]
fn tables_of_every_size_come_back() {
    prints(&[
        (
            "(function() for n = 0, 200 do
               local list, fields = {}, {}
               for i = 1, n do list[i] = i; fields['k' .. i] = i end
               local l, f = json.decode(json.encode(list)), json.decode(json.encode(fields))
               local count = 0
               for k, v in pairs(f) do count = count + 1; assert(k == 'k' .. v) end
               assert(#l == n and count == n, n)
               for i = 1, n do assert(l[i] == i) end
             end return 'all' end)()",
            "all",
        ),
        (
            "(function() local s = '[' for i = 1, 100 do s = s .. '{\"a\":[' .. i .. ']},' end
               local t = json.decode(s .. ']') return #t .. ' ' .. t[1].a[1] .. ' ' .. t[100].a[1] end)()",
            "100 1 100",
        ),
    ]);
}

#[test]
fn the_last_of_several_fields_with_one_name_stays() {
    prints(&[
        (r#"json.decode('{"a":1,"b":2,"a":3}').a"#, "3"),
        (r#"tostring(json.decode('{"a":1,"a":null}').a)"#, "nil"),
        (
            r#"(function() local s = '{"a":0' for i = 1, 40 do s = s .. ',"k' .. i .. '":1' end
               return json.decode(s .. ',"a":2}').a end)()"#,
            "2",
        ),
    ]);
}

#[test]
fn null_in_a_list_is_a_hole() {
    prints(&[
        ("json.decode('[1,null,3]')[3]", "3"),
        ("#json.decode('[null]')", "0"),
        ("#json.decode('[1,2,null]')", "2"),
        (
            "reason(json.encode, json.decode('[1,null,3]'))",
            "invalid table: sparse array",
        ),
    ]);
}

#[test]
fn long_texts_come_back() {
    prints(&[
        (
            r#"(function() for _, n in ipairs({ 0, 1, 1022, 1023, 1024, 1025, 5000, 70000 }) do
               for _, unit in ipairs({ 'x', '"', '\n', '\0', 'é', '\\' }) do
                 local text = unit:rep(n)
                 assert(json.decode(json.encode({ text = text })).text == text, n)
               end
             end return 'all' end)()"#,
            "all",
        ),
        (
            r#"json.decode('"\\ud83d\\ude00\\u00e9\\/\\b"') == "😀é/\b""#,
            "true",
        ),
        (r#"#json.decode('"\\ud800"')"#, "3"),
        (
            r#"reason(json.decode, '"' .. ('\\n'):rep(2000))"#,
            "expected closing quote for string at line 1 col 1",
        ),
        (
            r#"reason(json.decode, '["\\x"]')"#,
            "invalid escape char 'x' in string at line 1 col 3",
        ),
    ]);
}

#[test]
fn nesting_has_a_depth_that_is_read_and_one_that_is_written() {
    prints(&[
        (
            "type(json.decode(('['):rep(512) .. (']'):rep(512)))",
            "table",
        ),
        (
            "reason(json.decode, ('['):rep(513))",
            "nested too deeply at line 1 col 513",
        ),
        (
            "(function() local t = 1 for _ = 1, 256 do t = { t } end return #json.encode(t) end)()",
            "513",
        ),
        (
            "(function() local t = {} return json.encode({ t, t, { t } }) end)()",
            "[[],[],[[]]]",
        ),
    ]);
}

#[test]
fn numbers_that_only_lua_reads_are_read() {
    prints(&[
        ("json.decode('-0x10')", "-16"),
        ("json.decode('1.')", "1.0"),
        ("json.decode('9223372036854775808')", "9.2233720368548e+18"),
        (
            "reason(json.decode, '[1x]')",
            "invalid number '1x' at line 1 col 2",
        ),
        (
            "reason(json.decode, '1\\0')",
            "invalid number '1\0' at line 1 col 1",
        ),
    ]);
}
