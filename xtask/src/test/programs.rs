//! The C programs of `tests/c`, each built for both ABIs and run at the job
//! sizes that its first comment names.
//!
//! A program says what it needs in lines `// ranks: 2 5`, `// limit: 30`
//! (seconds) and `// args: ...`; it ends with exit code 0 if all is well. On 0
//! ranks it runs without mpiexec.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::{Context, Report};

pub(super) const ABIS: [&str; 2] = ["standard", "mpich"];

/// What a program's first comment asks for.
struct Needs {
    ranks: Vec<usize>,
    limit: Duration,
    args: Vec<String>,
}

impl Needs {
    fn read(source: &Path) -> Result<Self, String> {
        let text = fs::read_to_string(source).map_err(|error| format!("{}: {error}", source.display()))?;
        let field = |name: &str| {
            let lines = text.lines().map_while(|line| line.strip_prefix("//"));
            lines.filter_map(|line| line.trim().strip_prefix(name)).next().map(str::trim)
        };
        let numbers = field("ranks:").unwrap_or("2");
        let ranks: Result<Vec<usize>, _> = numbers.split_whitespace().map(str::parse).collect();
        let limit = field("limit:").map_or(Ok(20), str::parse);
        let args = field("args:").unwrap_or_default().split_whitespace().map(str::to_string).collect();
        match (ranks, limit) {
            (Ok(ranks), Ok(seconds)) => Ok(Self { ranks, limit: Duration::from_secs(seconds), args }),
            _ => Err(format!("{}: the first comment is not understood", source.display())),
        }
    }
}

pub(super) fn run(context: &Context, report: &mut Report) -> Result<(), String> {
    for source in sources(&context.root().join("tests/c"), &context.matching)? {
        let needs = Needs::read(&source)?;
        let name = stem(&source);
        for abi in ABIS {
            let program = match build(context, &source, abi) {
                Ok(program) => program,
                Err(why) => {
                    report.check(&format!("{name} ({abi}) builds"), Err(why));
                    continue;
                }
            };
            for &ranks in &needs.ranks {
                let mut command = match ranks {
                    0 => Command::new(&program),
                    _ => context.prefix.mpiexec(ranks),
                };
                command.args((ranks > 0).then_some(&program)).args(&needs.args);
                let outcome = context.run_recorded(&mut command, needs.limit, abi)?;
                let result = if outcome.success() { Ok(()) } else { Err(outcome.explain()) };
                for line in outcome.stdout.lines().filter(|_| result.is_ok()) {
                    println!("          {line}");
                }
                let on = match ranks {
                    0 => "without mpiexec".to_owned(),
                    _ => format!("on {ranks} ranks"),
                };
                report.check(&format!("{name} ({abi}) {on}"), result);
            }
        }
    }
    Ok(())
}

/// The C files of a folder in the order of their names.
pub(super) fn sources(folder: &Path, matching: &str) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "c"))
        .filter(|path| stem(path).contains(matching))
        .collect();
    paths.sort();
    Ok(paths)
}

pub(super) fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// Builds a C program with the installed compiler wrapper.
pub(super) fn build(context: &Context, source: &Path, abi: &str) -> Result<PathBuf, String> {
    let folder = context.prefix.scratch.join("programs").join(abi);
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let program = folder.join(stem(source));
    let mut command = Command::new(context.prefix.bin("mpicc"));
    command.arg(format!("--abi={abi}")).args(["-O1", "-Wall", "-Wextra", "-Werror", "-pthread", "-o"]);
    context.call(command.arg(&program).arg(source).arg("-lm"))?;
    Ok(program)
}
