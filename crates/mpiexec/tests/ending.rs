//! How jobs end: by a failing rank, by the user, by force.

mod common;

use std::fs::File;
use std::io::{Read, Write};
use std::process::Stdio;
use std::sync::Mutex;
use std::time::Duration;

use common::{
    count_running, expect_gone, mpiexec, run_script, start, unique_sleep, wait_for_running, wait_until,
};
use rustix::process::{Pid, Signal, kill_process, kill_process_group};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

/// A script that starts `sleeper` as a child, a grandchild in a session of its
/// own whose parent has gone, and another one that ignores SIGTERM.
fn family(sleeper: &str) -> String {
    format!(
        "{sleeper} & (setsid {sleeper} &) ; (trap '' TERM INT HUP; setsid sh -c 'trap \"\" TERM; {sleeper}' &); wait"
    )
}

#[test]
fn a_killed_rank_is_reported_and_the_others_end() {
    let sleeper = unique_sleep();
    let script = format!("[ $PASSEL_RANK = 2 ] && kill -SEGV $$; exec {sleeper}");
    let done = run_script(4, &script).expect(139).expect_quick();
    assert!(done.stderr.starts_with("mpiexec: rank 2 (pid "), "{done:?}");
    let host = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap();
    let done = done.expect_stderr(&format!(" on {}) was killed by SIGSEGV (11", host.trim()));
    assert!(done.stderr.lines().all(|line| line.starts_with("mpiexec: ")));
    assert_eq!(count_running(&sleeper), 0);
}

#[test]
fn ranks_get_sigterm_first_and_time_to_clean_up() {
    let script = "[ $PASSEL_RANK = 0 ] && { sleep 0.2; exit 7; }
        trap 'echo cleaned; exit 0' TERM; sleep 60 & wait";
    let done = run_script(3, script).expect(7).expect_quick();
    assert_eq!(done.stdout, "cleaned\ncleaned\n");
}

#[test]
fn whatever_a_failed_job_started_ends_with_it() {
    let sleeper = unique_sleep();
    let script = format!("[ $PASSEL_RANK = 0 ] && {{ sleep 0.5; kill -9 $$; }}; {}", family(&sleeper));
    let done = run_script(2, &script).expect(137);
    assert!(done.took < Duration::from_secs(4), "{done:?}");
    assert_eq!(count_running(&sleeper), 0);
}

#[test]
fn daemons_of_a_successful_job_end_with_it() {
    let sleeper = unique_sleep();
    let done = run_script(2, &format!("(setsid {sleeper} >/dev/null &); (setsid {sleeper} &)")).expect(0);
    assert!(done.took < Duration::from_secs(3), "their open output is not waited for: {done:?}");
    assert_eq!(done.stderr, "");
    assert_eq!(count_running(&sleeper), 0);
}

#[test]
fn nothing_survives_mpiexec() {
    let sleeper = unique_sleep();
    let running = start(mpiexec().args(["-n", "2", "sh", "-c", &family(&sleeper)]));
    wait_for_running(&sleeper, 6);
    running.signal(Signal::KILL);
    expect_gone(&sleeper);
}

#[test]
fn nothing_survives_a_kill_of_mpiexecs_process_group() {
    use std::os::unix::process::CommandExt;
    let sleeper = unique_sleep();
    let running = start(mpiexec().process_group(0).args(["-n", "2", "sh", "-c", &family(&sleeper)]));
    wait_for_running(&sleeper, 6);
    kill_process_group(running.pid(), Signal::KILL).unwrap();
    expect_gone(&sleeper);
}

#[test]
fn nothing_survives_the_guardian() {
    let sleeper = unique_sleep();
    let running = start(mpiexec().args(["-n", "2", "sh", "-c", &family(&sleeper)]));
    wait_for_running(&sleeper, 6);
    let front = running.pid().as_raw_nonzero();
    let guardian = std::fs::read_to_string(format!("/proc/{front}/task/{front}/children")).unwrap();
    kill_process(Pid::from_raw(guardian.trim().parse().unwrap()).unwrap(), Signal::KILL).unwrap();
    running.finish().expect(137).expect_stderr("the guardian process").expect_stderr("All ranks were ended");
    assert_eq!(count_running(&sleeper), 0);
}

#[test]
fn a_sigterm_reaches_the_ranks_and_ends_the_job() {
    let sleeper = unique_sleep();
    let script = format!("trap 'echo got it; exit 3' TERM; {sleeper} & wait");
    let running = start(mpiexec().args(["-n", "3", "sh", "-c", &script]));
    wait_for_running(&sleeper, 3);
    running.signal(Signal::TERM);
    let done = running.finish().expect(143).expect_quick();
    assert_eq!(done.stdout, "got it\n".repeat(3));
    assert_eq!(count_running(&sleeper), 0);
}

#[test]
fn ranks_that_ignore_sigterm_are_killed() {
    let sleeper = unique_sleep();
    let running = start(mpiexec().args(["-n", "2", "sh", "-c", &format!("trap '' TERM; {sleeper}")]));
    wait_for_running(&sleeper, 2);
    running.signal(Signal::HUP);
    let done = running.finish().expect(129);
    assert!(done.took < Duration::from_secs(6), "{done:?}");
    assert_eq!(count_running(&sleeper), 0);
}

#[test]
fn an_interrupt_that_all_ranks_honour_leaves_the_code_to_them() {
    let sleeper = unique_sleep();
    let script = format!("trap 'echo bye; exit 0' INT; {sleeper} & wait");
    let running = start(mpiexec().args(["-n", "2", "sh", "-c", &script]));
    wait_for_running(&sleeper, 2);
    running.signal(Signal::INT);
    let done = running.finish().expect(0).expect_quick();
    assert_eq!(done.stdout, "bye\nbye\n");
    assert_eq!(count_running(&sleeper), 0, "what the shells left behind has ended");
}

#[test]
fn an_ignored_interrupt_is_followed_by_sigterm() {
    let sleeper = unique_sleep();
    let running = start(mpiexec().args(["-n", "2", "sh", "-c", &format!("trap '' INT; {sleeper}")]));
    wait_for_running(&sleeper, 2);
    running.signal(Signal::INT);
    let done = running.finish().expect(130).expect_stderr("2 ranks still run 2 seconds after SIGINT");
    assert!((Duration::from_secs(2)..Duration::from_secs(5)).contains(&done.took), "{done:?}");
}

#[test]
fn a_second_interrupt_does_not_wait() {
    let sleeper = unique_sleep();
    let running = start(mpiexec().args(["-n", "2", "sh", "-c", &format!("trap '' INT; {sleeper}")]));
    wait_for_running(&sleeper, 2);
    running.signal(Signal::INT);
    std::thread::sleep(Duration::from_millis(200));
    running.signal(Signal::INT);
    let done = running.finish().expect(130);
    assert!(done.took < Duration::from_millis(1900), "{done:?}");
}

#[test]
fn user_signals_are_passed_on() {
    let sleeper = unique_sleep();
    let script = format!("trap 'echo usr1; exit 0' USR1; {sleeper} & wait");
    let running = start(mpiexec().args(["-n", "2", "sh", "-c", &script]));
    wait_for_running(&sleeper, 2);
    running.signal(Signal::USR1);
    assert_eq!(running.finish().expect(0).stdout, "usr1\nusr1\n");
}

#[test]
fn nohup_is_respected() {
    let mut shell = std::process::Command::new("sh");
    let script = "trap '' HUP; exec \"$0\" -n 2 sh -c 'kill -HUP $$; echo alive'";
    shell.args(["-c", script, env!("CARGO_BIN_EXE_mpiexec")]).stdin(Stdio::null());
    assert_eq!(start(&mut shell).finish().expect(0).stdout, "alive\nalive\n");
}

/// `mpiexec` on a terminal of its own.
struct Terminal {
    child: std::process::Child,
    master: File,
    seen: Mutex<Vec<u8>>,
}

impl Terminal {
    fn start(arguments: &[&str]) -> Self {
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&master).unwrap();
        unlockpt(&master).unwrap();
        let name = ptsname(&master, Vec::new()).unwrap();
        let open = || File::options().read(true).write(true).open(name.to_str().unwrap()).unwrap();
        let mut session = std::process::Command::new("setsid");
        session.args(["--ctty", "--wait", env!("CARGO_BIN_EXE_mpiexec")]).args(arguments);
        let child = session.stdin(open()).stdout(open()).stderr(open()).spawn().unwrap();
        rustix::io::ioctl_fionbio(&master, true).unwrap();
        Self { child, master: master.into(), seen: Mutex::default() }
    }

    fn type_in(&mut self, text: &[u8]) {
        self.master.write_all(text).unwrap();
    }

    /// Everything shown so far, once `text` is in it.
    fn wait_for(&mut self, text: &str) -> String {
        wait_until(&format!("the terminal shows {text:?}"), || {
            let mut buffer = [0; 4096];
            let seen = self.seen.get_mut().unwrap();
            if let Ok(count) = self.master.read(&mut buffer) {
                seen.extend_from_slice(&buffer[..count]);
            }
            let shown = String::from_utf8_lossy(seen).into_owned();
            shown.contains(text).then_some(shown)
        })
    }

    fn code(mut self) -> Option<i32> {
        wait_until("mpiexec on the terminal ends", || self.child.try_wait().unwrap()).code()
    }
}

#[test]
fn control_c_reaches_every_rank_once_as_sigint() {
    let script = "trap 'n=$((n+1)); echo int$n-$PASSEL_RANK' INT; n=0; echo up$PASSEL_RANK
        i=0; while [ $i -lt 10 ]; do sleep 0.1; i=$((i+1)); done; echo seen$n; exit 5";
    let mut terminal = Terminal::start(&["-n", "2", "sh", "-c", script]);
    terminal.wait_for("up0");
    terminal.wait_for("up1");
    terminal.type_in(b"\x03");
    let shown = terminal.wait_for("int1-0") + &terminal.wait_for("int1-1");
    assert!(!shown.contains("int2"), "{shown}");
    let shown = terminal.wait_for("seen1");
    assert!(!shown.contains("seen2"), "{shown}");
    assert_eq!(terminal.code(), Some(130));
}

#[test]
fn what_is_typed_goes_to_rank_0() {
    let script = "read line && echo \"$PASSEL_RANK got $line\"; cat; echo end$PASSEL_RANK";
    let mut terminal = Terminal::start(&["-n", "2", "sh", "-c", script]);
    terminal.wait_for("end1");
    terminal.type_in(b"hello\n");
    terminal.wait_for("0 got hello");
    terminal.type_in(b"\x04");
    let shown = terminal.wait_for("end0");
    assert!(!shown.contains("1 got"), "{shown}");
    assert_eq!(terminal.code(), Some(0));
}

#[test]
fn control_z_stops_the_job_and_sigcont_goes_on() {
    let script = "echo up; i=0; while [ $i -lt 5 ]; do sleep 0.1; i=$((i+1)); done; echo done; exit 0";
    // A shell with job control in between, for mpiexec's group not to be orphaned.
    let mpiexec = env!("CARGO_BIN_EXE_mpiexec");
    let outer = format!("\"{mpiexec}\" sh -c '{script}' & job=$!; wait $job; echo code$?");
    let mut terminal = Terminal::start(&["-n", "1", "sh", "-c", &outer]);
    terminal.wait_for("up");
    let inner = wait_until("the inner mpiexec runs", || {
        std::fs::read_dir("/proc").unwrap().flatten().find_map(|entry| {
            let command = std::fs::read(entry.path().join("cmdline")).ok()?;
            let is_inner = command.starts_with(format!("{mpiexec}\0sh\0").as_bytes());
            let group = std::fs::read_to_string(entry.path().join("comm")).ok()?;
            (is_inner && group == "mpiexec\n").then(|| entry.file_name().to_str()?.parse().ok())?
        })
    });
    let inner = Pid::from_raw(inner).unwrap();
    kill_process(inner, Signal::TSTP).unwrap();
    wait_until("it has stopped", || {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", inner.as_raw_nonzero())).unwrap();
        stat.contains(") T ").then_some(())
    });
    std::thread::sleep(Duration::from_millis(800));
    kill_process(inner, Signal::CONT).unwrap();
    let shown = terminal.wait_for("code0");
    assert!(shown.contains("done"));
    assert_eq!(terminal.code(), Some(0));
}
