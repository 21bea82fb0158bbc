//! Programs of several ranks. Started by cargo, this runs each case below as
//! ranks of itself under `mpiexec`; started by `mpiexec`, it is a rank.

mod cases;
mod common;

use std::process::ExitCode;

use cases::{Case, Ending};
use common::{LIMIT, finish, start};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let ([mode, name], true) = (&arguments[..], std::env::var_os("PASSEL_RANK").is_some())
        && mode == "--rank"
    {
        return be_rank(name);
    }
    let wanted = arguments.iter().find(|argument| !argument.starts_with('-'));
    let wanted = |case: &&Case| wanted.is_none_or(|part| case.name.contains(part.as_str()));
    let mut failed = 0;
    for case in cases::CASES.iter().filter(wanted) {
        for &ranks in case.ranks {
            let outcome = run(case, ranks);
            println!(
                "test {}, {ranks} ranks ... {}",
                case.name,
                if outcome.is_ok() { "ok" } else { "FAILED" }
            );
            if let Err(why) = outcome {
                println!("{why}");
                failed += 1;
            }
        }
    }
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn be_rank(name: &str) -> ExitCode {
    let case = cases::CASES.iter().find(|case| case.name == name).expect("the case is in the table");
    match (case.program)() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("Error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(case: &Case, ranks: usize) -> Result<(), String> {
    let own = std::env::current_exe().map_err(|error| error.to_string())?;
    let child = start(ranks, &own, &["--rank", case.name]);
    let Some(output) = finish(child, LIMIT) else { return Err("it did not end".into()) };
    let stderr = String::from_utf8_lossy(&output.stderr);
    let as_expected = match case.ending {
        Ending::Success => output.status.success() && stderr.is_empty(),
        Ending::Failure(code, words) => output.status.code() == Some(code) && stderr.contains(words),
    };
    if as_expected { Ok(()) } else { Err(format!("{}\n{stderr}", output.status)) }
}
