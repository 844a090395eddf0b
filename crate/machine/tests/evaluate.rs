//! Messages evaluated natively.

use ao_machine::{Answer, Machine};
use serde_json::{Value, json};

#[test]
fn smoke() {
    let machine = Machine::new().unwrap();
    let env = json!({"Process":{"Id":"AOS","Owner":"FOOBAR","Tags":[{"name":"Module","value":"MOD"}]},"Module":{"Id":"MOD","Owner":"X","Tags":[]}}).to_string();
    let m = json!({"Id":"AOS","Target":"AOS","From":"FOOBAR","Owner":"FOOBAR","Module":"M","Block-Height":999,"Timestamp":1700,"Tags":[{"name":"Type","value":"Process"}],"Data":""}).to_string();
    println!("{:?}", machine.evaluate(m.as_bytes(), env.as_bytes(), 1_000_000_000).text());
    let m = json!({"Id":"E1","Target":"AOS","From":"FOOBAR","Owner":"FOOBAR","Block-Height":999,"Timestamp":1700,"Tags":[{"name":"Action","value":"Eval"}],"Data":"return {a=1, math.random(10)}"}).to_string();
    println!("{:?}", machine.evaluate(m.as_bytes(), env.as_bytes(), 1_000_000_000).text());
}
