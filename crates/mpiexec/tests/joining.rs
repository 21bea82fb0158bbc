//! Ranks that join the job, as the library does at `MPI_Init`, and what
//! `mpiexec` makes of how they end.
//!
//! The ranks are this very program: under `mpiexec` it runs the test
//! [`as_rank`], which plays the role that the environment names.

mod common;

use std::process::Command;
use std::time::Duration;

use bootstrap::{Membership, join, variable};
use common::{Finished, Run, expect_gone, mpiexec, start, unique_sleep, wait_for_running};
use rustix::process::{Pid, Signal, kill_process};

const ROLE: &str = "PASSEL_TEST_ROLE";
const PLAY: [&str; 4] = ["--exact", "as_rank", "--nocapture", "--test-threads=1"];

fn this_program() -> String {
    std::env::current_exe().unwrap().to_str().unwrap().to_owned()
}

fn started(ranks: usize, role: &str) -> Run {
    start(mpiexec().env(ROLE, role).args(["-n", &ranks.to_string(), &this_program()]).args(PLAY))
}

fn play(ranks: usize, role: &str) -> Finished {
    started(ranks, role).finish()
}

/// Runs this program in `role` below a shell script, where it is `"$@"`.
fn play_wrapped(ranks: usize, role: &str, script: &str) -> Finished {
    let mut command = mpiexec();
    command.env(ROLE, role).args(["-n", &ranks.to_string(), "sh", "-c", script, "sh", &this_program()]);
    start(command.args(PLAY)).finish()
}

/// Does nothing when run as a test.
#[test]
fn as_rank() {
    let Ok(role) = std::env::var(ROLE) else { return };
    let code = match join() {
        Ok(member) => act(&role, &member),
        Err(error) => {
            eprintln!("error: {error}");
            9
        }
    };
    std::process::exit(code);
}

fn sleep() {
    std::thread::sleep(Duration::from_secs(60));
}

fn this_program_again() -> Command {
    let mut command = Command::new(this_program());
    command.args(PLAY);
    command
}

/// Plays `role`; the exit code.
fn act(role: &str, member: &Membership) -> i32 {
    let is_chosen = member.rank() == 1;
    match role {
        "well" => {
            println!("rank {} of {} appnum {:?}", member.rank(), member.size(), member.appnum());
            member.finalize();
            0
        }
        "alone" => {
            println!("alone: {}", member.size());
            0
        }
        "leave" if is_chosen => 0,
        "fail" if is_chosen => 6,
        "abort" if is_chosen => {
            member.control().abort(42);
            42
        }
        "kill" if is_chosen => {
            // Our number is our own.
            let _ = kill_process(rustix::process::getpid(), Signal::KILL);
            0
        }
        "fail late" => {
            member.finalize();
            if is_chosen {
                return 3;
            }
            std::thread::sleep(Duration::from_millis(700));
            println!("rank {} done", member.rank());
            0
        }
        "fail late, others wait" if is_chosen => {
            member.finalize();
            3
        }
        "helper" => {
            // Like a rank that runs another MPI program with `subprocess`.
            let status = this_program_again().env(ROLE, "alone").status().expect("it starts");
            member.finalize();
            status.code().unwrap_or(8)
        }
        "spin" => loop {
            std::hint::spin_loop();
        },
        _ => {
            println!("rank {} waits", member.rank());
            sleep();
            0
        }
    }
}

#[test]
fn ranks_join_and_finalize() {
    let done = play(3, "well").expect(0);
    for rank in 0..3 {
        assert!(done.stdout.contains(&format!("rank {rank} of 3 appnum Some(0)")), "{done:?}");
    }
    assert_eq!(done.stderr, "");
}

#[test]
fn the_program_block_is_the_appnum() {
    let this = this_program();
    let mut command = mpiexec();
    command.env(ROLE, "well").arg(&this).args(PLAY).args([":", "-n", "2", &this]).args(PLAY);
    let done = start(&mut command).finish().expect(0);
    for line in ["rank 0 of 3 appnum Some(0)", "rank 1 of 3 appnum Some(1)", "rank 2 of 3 appnum Some(1)"] {
        assert!(done.stdout.contains(line), "{done:?}");
    }
}

#[test]
fn leaving_without_finalize_ends_the_job() {
    play(3, "leave")
        .expect(1)
        .expect_quick()
        .expect_stderr("rank 1 (pid ")
        .expect_stderr("without calling MPI_Finalize");
}

#[test]
fn a_failing_member_ends_the_job() {
    play(3, "fail")
        .expect(6)
        .expect_quick()
        .expect_stderr("exited with code 6 before it called MPI_Finalize");
    play(3, "kill")
        .expect(137)
        .expect_quick()
        .expect_stderr("SIGKILL (9, killed) before it called MPI_Finalize");
}

#[test]
fn an_abort_ends_the_job_with_its_code() {
    play(3, "abort")
        .expect(42)
        .expect_quick()
        .expect_stderr("rank 1")
        .expect_stderr("called MPI_Abort with code 42");
}

#[test]
fn a_failure_after_finalize_lets_the_others_come_to_their_end() {
    let done = play(3, "fail late").expect(3).expect_stderr("exited with code 3 after MPI_Finalize");
    assert!(done.stdout.contains("rank 0 done") && done.stdout.contains("rank 2 done"), "{done:?}");
}

#[test]
fn but_not_those_that_wait_for_it() {
    play(3, "fail late, others wait").expect(3).expect_quick().expect_stderr("2 ranks that have not called");
}

#[test]
fn a_rank_that_never_joins_is_noticed() {
    play_wrapped(2, "wait", "[ $PASSEL_RANK = 0 ] && exit 0; exec \"$@\"")
        .expect(1)
        .expect_quick()
        .expect_stderr("rank 0")
        .expect_stderr("without calling MPI_Init, which rank 1 has called");
}

#[test]
fn a_rank_below_a_wrapper_is_watched() {
    play_wrapped(2, "kill", "\"$@\" & sleep 60")
        .expect(1)
        .expect_quick()
        .expect_stderr("rank 1")
        .expect_stderr("and its wrapper (pid ");
    // The wrapper's own end says more, where it comes.
    play_wrapped(2, "kill", "\"$@\"; exit $?").expect(137).expect_quick().expect_stderr("rank 1");
    assert!(play_wrapped(2, "well", "\"$@\"; exit $?").expect(0).stdout.contains("rank 1 of 2"));
}

#[test]
fn a_wrapper_that_closes_descriptors_does_not_matter() {
    // A shell closes one-digit descriptors only, and ours might have two.
    let script = "case $PASSEL_JOB_FD in ?) eval \"exec $PASSEL_JOB_FD>&-\";; esac; \"$@\"; exit $?";
    let done = play_wrapped(2, "well", script).expect(0);
    assert!(done.stdout.contains("rank 0 of 2") && done.stdout.contains("rank 1 of 2"), "{done:?}");
}

#[test]
fn a_helper_of_a_rank_is_a_job_of_one() {
    let done = play(2, "helper").expect(0);
    assert_eq!(done.stdout.matches("alone: 1").count(), 2, "{done:?}");
}

#[test]
fn two_processes_cannot_be_one_rank() {
    let script = "(\"$@\" & sleep 0.3; \"$@\"); exit $?";
    play_wrapped(1, "wait", script).expect(9).expect_stderr("rank 0 is already process");
    play_wrapped(1, "well", "\"$@\"; \"$@\"").expect(9).expect_stderr("which has ended");
}

#[test]
fn without_a_launcher_it_is_a_job_of_one() {
    let output = this_program_again().env(ROLE, "alone").env_remove(variable::JOB_FD).output().unwrap();
    assert!(String::from_utf8_lossy(&output.stdout).contains("alone: 1"), "{output:?}");
}

#[test]
fn another_launchers_job_is_not_taken_for_several_jobs_of_one() {
    let mut command = this_program_again();
    command.env(ROLE, "alone").env_remove(variable::JOB_FD).env("OMPI_COMM_WORLD_SIZE", "4");
    let output = command.output().unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(9));
    assert!(error.contains("Open MPI's mpirun as one of 4"), "{error}");
}

#[test]
fn a_lost_job_table_is_explained() {
    let mut command = this_program_again();
    command.env(ROLE, "alone").env(variable::JOB_FD, "77").env(variable::RANK, "2");
    let error = String::from_utf8_lossy(&command.output().unwrap().stderr).into_owned();
    assert!(error.contains("should be process 2") && error.contains("descriptor 77"), "{error}");
}

#[test]
fn spinning_ranks_do_not_survive_mpiexec_and_guardian_killed_together() {
    let running = started(2, "spin");
    let front = running.pid().as_raw_nonzero();
    let children = |pid: &str| {
        let list = std::fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).unwrap_or_default();
        list.split_whitespace().map(str::to_owned).collect::<Vec<_>>()
    };
    let guardian = common::wait_until("there is a guardian", || children(&front.to_string()).pop());
    let pid = |text: &str| Pid::from_raw(text.parse().unwrap()).unwrap();
    let ranks = common::wait_until("both ranks have joined", || {
        let ranks = children(&guardian);
        let joined = |rank: &String| {
            // A rank that has joined closes the table for those that it starts.
            let descriptors = std::fs::read_dir(format!("/proc/{rank}/fd")).ok()?;
            let table = descriptors.flatten().filter(|entry| {
                std::fs::read_link(entry.path())
                    .is_ok_and(|target| target.starts_with("/memfd:passel-job (deleted)"))
            });
            (table.count() == 2).then_some(())
        };
        (ranks.len() == 2 && ranks.iter().all(|rank| joined(rank).is_some())).then_some(ranks)
    });
    // The request for the signal comes a moment after the second descriptor.
    std::thread::sleep(Duration::from_millis(300));
    kill_process(pid(&guardian), Signal::STOP).unwrap();
    running.signal(Signal::KILL);
    kill_process(pid(&guardian), Signal::KILL).unwrap();
    common::wait_until("the ranks are gone", || {
        let ended = |rank: &String| {
            std::fs::read_to_string(format!("/proc/{rank}/stat")).map_or(true, |stat| stat.contains(") Z "))
        };
        ranks.iter().all(ended).then_some(())
    });
}

#[test]
fn what_a_rank_started_does_not_survive_mpiexec() {
    let sleeper = unique_sleep();
    let mut command = mpiexec();
    let script = format!("(setsid {sleeper} &); exec \"$@\"");
    command.env(ROLE, "spin").args(["-n", "2", "sh", "-c", &script, "sh", &this_program()]);
    let running = start(command.args(PLAY));
    wait_for_running(&sleeper, 2);
    running.signal(Signal::KILL);
    expect_gone(&sleeper);
}
