//! The Rust examples print what the ones in C and Python do.

mod common;

use std::fs;
use std::path::Path;
use std::time::Duration;

use common::{LIMIT, finish, programs, start};

fn sorted(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort_unstable();
    lines
}

fn check(name: &str, ranks: usize, arguments: &[&str]) {
    let program = programs().join("examples").join(name);
    let output = finish(start(ranks, &program, arguments), LIMIT).expect("the example ends");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/expected").join(name);
    let expected = fs::read_to_string(file.with_extension("txt")).expect("the expected output can be read");
    assert!(output.status.success(), "{output:?}");
    assert_eq!(sorted(&String::from_utf8_lossy(&output.stdout)), sorted(&expected));
}

#[test]
fn hello() {
    check("hello", 4, &[]);
}

#[test]
fn ring() {
    check("ring", 4, &[]);
}

#[test]
fn ahead() {
    check("ahead", 2, &[]);
}

#[test]
fn collectives() {
    check("collectives", 4, &[]);
}

#[test]
fn every_cure_cures_the_deadlock() {
    for cure in ["order", "sendrecv", "nonblocking"] {
        check("deadlock", 2, &[cure]);
    }
}

#[test]
fn without_a_cure_there_is_a_deadlock() {
    let program = programs().join("examples/deadlock");
    let output = finish(start(2, &program, &["none"]), Duration::from_secs(2));
    assert!(output.is_none(), "two sends that wait for each other came to an end: {output:?}");
}
