//! What `mpiexec` starts, and with which surroundings.

mod common;

use std::process::Stdio;

use common::{mpiexec, run, run_script, start};

#[test]
fn every_rank_knows_its_place() {
    let done = run_script(3, "echo $PASSEL_RANK $PASSEL_LOCAL_RANK $PASSEL_SIZE").expect(0);
    assert_eq!(done.sorted(), ["0 0 3", "1 1 3", "2 2 3"]);
    assert_eq!(done.stderr, "");
}

#[test]
fn the_exit_code_is_the_failed_ranks() {
    run_script(3, "exit 0").expect(0);
    run_script(3, "[ $PASSEL_RANK = 1 ] && exit 42; sleep 60").expect(42).expect_quick();
}

#[test]
fn one_rank_without_n_and_no_environment_secrets() {
    let done = run(["sh", "-c", "env | grep ^PASSEL_ | sort"]).expect(0);
    let names: Vec<&str> = done.stdout.lines().map(|line| line.split('=').next().unwrap()).collect();
    assert_eq!(names, ["PASSEL_JOB_FD", "PASSEL_LOCAL_RANK", "PASSEL_RANK", "PASSEL_SIZE", "PASSEL_SLOT"]);
}

#[test]
fn several_programs_are_one_job() {
    let done = run([
        "-n",
        "1",
        "sh",
        "-c",
        "echo a $PASSEL_RANK",
        ":",
        "-n",
        "2",
        "-env",
        "X",
        "y",
        "sh",
        "-c",
        "echo b $PASSEL_RANK $X $PASSEL_SIZE",
    ])
    .expect(0);
    assert_eq!(done.sorted(), ["a 0", "b 1 y 3", "b 2 y 3"]);
}

#[test]
fn variables_are_set_inherited_and_withheld() {
    let script = "echo ${OUTER-none} ${SET-none} ${EXPORTED-none}";
    let done = start(mpiexec().env("OUTER", "o").args([
        "-genv",
        "SET",
        "s",
        "-x",
        "EXPORTED=e",
        "sh",
        "-c",
        script,
    ]))
    .finish()
    .expect(0);
    assert_eq!(done.stdout, "o s e\n");
    let done =
        start(mpiexec().env("OUTER", "o").args(["-genvnone", "-env", "SET=s", "/bin/sh", "-c", script]))
            .finish()
            .expect(0);
    assert_eq!(done.stdout, "none s none\n");
    let done = start(mpiexec().env("OUTER", "o").args(["-envlist", "OUTER,NO", "/bin/sh", "-c", script]))
        .finish()
        .expect(0);
    assert_eq!(done.stdout, "o none none\n");
}

#[test]
fn the_working_directory_is_where_programs_start_and_are_found() {
    assert_eq!(run(["-wdir", "/usr", "pwd"]).expect(0).stdout, "/usr\n");
    assert_eq!(run(["-wd", "/bin", "./sh", "-c", "pwd -P; echo $0"]).expect(0).stdout.lines().count(), 2);
    run(["-wdir", "/no/such/place", "true"]).expect(1).expect_stderr("/no/such/place");
}

#[test]
fn rank_0_reads_our_input_and_the_others_nothing() {
    let mut running =
        start(mpiexec().stdin(Stdio::piped()).args(["-l", "-n", "3", "sh", "-c", "cat; echo end"]));
    running.feed(b"one\ntwo\n");
    let done = running.finish().expect(0);
    assert_eq!(done.sorted(), ["[0] end", "[0] one", "[0] two", "[1] end", "[2] end"]);
}

#[test]
fn a_program_that_cannot_run_is_named() {
    run(["-n", "4", "no-such-program"]).expect(127).expect_stderr("no-such-program in PATH");
    run(["./no/such/program"]).expect(127).expect_stderr("./no/such/program");
    run(["-n", "2", "/etc/passwd"]).expect(126).expect_stderr("/etc/passwd");
    run(["true", ":", "no-such-program"]).expect(127).expect_stderr("no-such-program");
    // What a program says whose library is missing.
    run(["-n", "2", "sh", "-c", "exit 127"]).expect(127).expect_stderr("LD_LIBRARY_PATH");
}

#[test]
fn a_wrong_command_line_is_explained() {
    for ranks in ["0", "-3", "many", "1e3"] {
        run(["-n", ranks, "true"]).expect(2).expect_stderr(ranks).expect_stderr("--help");
    }
    run([]).expect(2).expect_stderr("no program");
    run(["-n", "2"]).expect(2).expect_stderr("no program");
    run(["-nn", "2", "true"]).expect(2).expect_stderr("-nn");
}

#[test]
fn help_and_version() {
    assert!(run(["--help"]).expect(0).stdout.contains("-genv"));
    assert!(run(["-V"]).expect(0).stdout.contains(env!("CARGO_PKG_VERSION")));
}

#[test]
fn more_ranks_than_processors_or_open_files() {
    // 2 pipes per rank do not fit the soft limit, which the ranks still see.
    let script = "ulimit -Sn 100; exec \"$0\" -n 80 sh -c 'ulimit -Sn'";
    let mut shell = std::process::Command::new("sh");
    shell.args(["-c", script, env!("CARGO_BIN_EXE_mpiexec")]).stdin(Stdio::null());
    let done = start(&mut shell).finish().expect(0);
    assert_eq!(done.stdout, "100\n".repeat(80));
}

#[test]
fn an_unresolvable_host_name_and_a_job_within_a_job_do_not_matter() {
    let inner = env!("CARGO_BIN_EXE_mpiexec");
    let script =
        format!("[ $PASSEL_RANK = 1 ] && exec {inner} -n 3 sh -c 'echo $PASSEL_RANK/$PASSEL_SIZE'; exit 0");
    let done = run_script(2, &script).expect(0);
    assert_eq!(done.sorted(), ["0/3", "1/3", "2/3"]);
}

#[test]
fn the_passel_program_describes_the_machine() {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_passel")).arg("info").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success());
    for part in ["libmpi.so.12", "allowed CPUs", "memfd", "process_vm_readv"] {
        assert!(text.contains(part), "{text}");
    }
}
