//! How output is carried.

mod common;

use std::collections::HashMap;
use std::io::Read;
use std::process::Stdio;
use std::time::{Duration, Instant};

use common::{mpiexec, run, run_script, start, wait_until};

#[test]
fn lines_of_many_busy_ranks_do_not_mix() {
    // Pieces of a line are written one by one, and some lines are long.
    let script = r#"
        long=$(printf '%08000d' 0)
        i=0
        while [ $i -lt 200 ]; do
            printf '%s' "<$PASSEL_RANK"; printf ' %s' $i; printf ' %s>\n' $long
            echo "(err $PASSEL_RANK $i)" >&2
            i=$((i+1))
        done"#;
    let done = run_script(8, script).expect(0);
    let mut seen: HashMap<&str, u32> = HashMap::new();
    for line in done.stdout.lines() {
        let inner = line.strip_prefix('<').and_then(|line| line.strip_suffix('>')).expect("a whole line");
        let fields: Vec<&str> = inner.split(' ').collect();
        assert_eq!((fields.len(), fields[2].len()), (3, 8000));
        let next = seen.entry(fields[0]).or_default();
        assert_eq!(fields[1], next.to_string(), "lines of one rank stay in order");
        *next += 1;
    }
    assert_eq!((seen.len(), seen.values().sum::<u32>()), (8, 1600));
    assert_eq!(
        done.stderr.lines().filter(|line| line.starts_with("(err ") && line.ends_with(')')).count(),
        1600
    );
}

#[test]
fn both_streams_into_one_pipe_keep_their_lines() {
    let script =
        r#"i=0; while [ $i -lt 300 ]; do echo "o $PASSEL_RANK"; echo "e $PASSEL_RANK" >&2; i=$((i+1)); done"#;
    let mut shell = std::process::Command::new("sh");
    shell.args([
        "-c",
        "exec \"$@\" 2>&1",
        "sh",
        env!("CARGO_BIN_EXE_mpiexec"),
        "-n",
        "3",
        "sh",
        "-c",
        script,
    ]);
    let done = start(shell.stdin(Stdio::null())).finish().expect(0);
    let mut counts: HashMap<&str, u32> = HashMap::new();
    done.stdout.lines().for_each(|line| *counts.entry(line).or_default() += 1);
    assert_eq!(counts.len(), 6, "{counts:?}");
    assert!(counts.values().all(|&count| count == 300), "{counts:?}");
}

#[test]
fn no_byte_changes() {
    let done = run(["-n", "2", "sh", "-c", "[ $PASSEL_RANK = 0 ] || printf 'a\\r\\n\\n\\0\\tb'"]).expect(0);
    assert_eq!(done.stdout, "a\r\n\n\0\tb");
}

#[test]
fn labels_name_the_rank_of_every_line() {
    let done = run(["-l", "-n", "2", "sh", "-c", "echo a; printf b; echo c >&2"]).expect(0);
    assert_eq!(done.sorted(), ["[0] a", "[0] b", "[1] a", "[1] b"]);
    assert_eq!(done.stderr.lines().count(), 2);
    assert!(done.stderr.contains("[1] c\n"));
}

#[test]
fn an_only_rank_shows_its_prompt_at_once() {
    let mut child = mpiexec()
        .args(["sh", "-c", "printf 'name? '; read name; echo hello $name"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut prompt = [0; 6];
    child.stdout.as_mut().unwrap().read_exact(&mut prompt).unwrap();
    assert_eq!(&prompt, b"name? ");
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), b"you\n").unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.stdout, output.status.code()), (b"hello you\n".to_vec(), Some(0)));
}

#[test]
fn the_last_words_of_a_dying_rank_come_before_the_report() {
    let script = "[ $PASSEL_RANK = 1 ] && { printf 'last words' >&2; kill -9 $$; }; sleep 60";
    let done = run_script(2, script).expect(137).expect_quick();
    let words = done.stderr.find("last words").expect("they are there");
    assert!(words < done.stderr.find("SIGKILL").expect("reported"));
}

#[test]
fn a_large_output_arrives_whole() {
    let done = run_script(2, "head -c 5000000 /dev/zero | tr '\\0' x; echo").expect(0);
    assert_eq!(done.stdout.len(), 2 * 5_000_001);
    assert!(done.stdout.lines().all(|line| line.len() == 5_000_000));
}

#[test]
fn a_slow_reader_slows_the_ranks_and_does_not_stop_the_watching() {
    let mut child = mpiexec()
        .args(["-n", "2", "sh", "-c", "[ $PASSEL_RANK = 0 ] && exec yes; sleep 0.3; kill -9 $$"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // Nobody reads. The job must end all the same, but for what is queued.
    let guardian = wait_until("the guardian runs", || {
        let path = format!("/proc/{0}/task/{0}/children", child.id());
        std::fs::read_to_string(path).ok()?.trim().parse::<u32>().ok()
    });
    let children = format!("/proc/{guardian}/task/{guardian}/children");
    let started = Instant::now();
    wait_until("the ranks have ended", || {
        let ended = std::fs::read_to_string(&children).is_ok_and(|list| list.trim().is_empty());
        (ended && started.elapsed() > Duration::from_millis(400)).then_some(())
    });
    assert!(started.elapsed() < Duration::from_secs(4));
    let mut output = Vec::new();
    child.stdout.take().unwrap().read_to_end(&mut output).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(137));
    assert!(output.len() < 4 << 20, "{} bytes were queued", output.len());
    assert!(output.chunks(2).all(|line| line == b"y\n"));
}

#[test]
fn a_reader_that_leaves_ends_the_job_quietly() {
    let mut shell = std::process::Command::new("sh");
    shell.args(["-c", "\"$0\" -n 2 yes | head -n 1", env!("CARGO_BIN_EXE_mpiexec")]).stdin(Stdio::null());
    let done = start(&mut shell).finish().expect(0).expect_quick();
    assert_eq!((done.stdout.as_str(), done.stderr.as_str()), ("y\n", ""));
}

#[test]
fn output_that_cannot_be_written_is_an_error() {
    let mut shell = std::process::Command::new("sh");
    shell
        .args(["-c", "exec \"$0\" -n 2 echo text >/dev/full", env!("CARGO_BIN_EXE_mpiexec")])
        .stdin(Stdio::null());
    start(&mut shell).finish().expect(1).expect_stderr("No space left");
}
