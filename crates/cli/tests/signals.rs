//! Ctrl-C and closed pipes.
#![cfg(unix)]

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Stdio};

fn start(args: &[&str]) -> Child {
    Command::new(assert_cmd::cargo::cargo_bin("khaldun"))
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

const LINE: &str =
    "{\"id\":\"a\",\"published\":\"2024-05-15\",\"text\":\"زار وزير الخارجية المصري أنقرة أمس الثلاثاء\"}\n";

#[test]
fn lines_come_at_once_and_an_interrupt_leaves_them_whole() {
    let mut child = start(&["code"]);
    let mut stdin = child.stdin.take().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    stdin.write_all(LINE.as_bytes()).unwrap();
    // The input stays open: what has been read is coded without waiting for more.
    let mut first = String::new();
    out.read_line(&mut first).unwrap();
    assert!(first.starts_with('{') && first.ends_with("}\n"));
    let kill = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(kill.success());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    let (mut rest, mut err) = (String::new(), String::new());
    out.read_to_string(&mut rest).unwrap();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    assert_eq!(rest, "");
    assert!(err.contains("interrupted: 1 document done"), "{err}");
}

#[test]
fn a_closed_pipe_is_no_error() {
    let mut child = start(&["code", "-"]);
    let mut stdin = child.stdin.take().unwrap();
    drop(child.stdout.take());
    for _ in 0..20_000 {
        if stdin.write_all(LINE.as_bytes()).is_err() {
            break;
        }
    }
    drop(stdin);
    let mut err = String::new();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    assert_eq!((child.wait().unwrap().code(), err.as_str()), (Some(0), ""));
}
