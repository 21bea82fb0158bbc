//! Which MPI functions the tests call.
//!
//! A library generated from `spec/` stands before MPI (`LD_PRELOAD`) in every
//! job of a recording step and marks the functions that are called; it shows
//! at the same time that a tool can do so. The last step compares the marks
//! with the coverage page: a function that is said to work must have been
//! called, in each ABI that has it, and in its large-count form too.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::programs::ABIS;
use super::{Context, Report};
use crate::codegen::{self, AbiName};
use crate::prefix::Prefix;

/// The steps whose jobs are recorded; the comparison needs them all.
pub(super) const RECORDING: &[&str] = &["programs", "launcher", "mpi4py", "built"];

/// What was called since this run of the tests began.
#[derive(Default)]
pub(super) struct Calls {
    recorders: [OnceCell<Recorder>; ABIS.len()],
}

/// The library for one ABI, and its marks.
struct Recorder {
    library: PathBuf,
    marks: PathBuf,
    names: Vec<String>,
}

impl Calls {
    /// What a job's environment needs so that its processes mark their calls.
    pub(super) fn variables(&self, prefix: &Prefix, abi: &str) -> Result<[(&'static str, &Path); 2], String> {
        let recorder = self.recorder(prefix, abi)?;
        Ok([("LD_PRELOAD", &recorder.library), (codegen::MARKS_VARIABLE, &recorder.marks)])
    }

    fn recorder(&self, prefix: &Prefix, abi: &str) -> Result<&Recorder, String> {
        let place = ABIS.iter().position(|known| *known == abi);
        let cell = &self.recorders[place.ok_or_else(|| format!("there is no ABI {abi}"))?];
        if let Some(recorder) = cell.get() {
            return Ok(recorder);
        }
        let made = Recorder::make(prefix, abi)?;
        Ok(cell.get_or_init(|| made))
    }
}

impl Recorder {
    fn make(prefix: &Prefix, abi: &str) -> Result<Self, String> {
        let folder = prefix.scratch.join("calls").join(abi);
        fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        let generated = codegen::interposer(&prefix.root, abi_name(abi))?;
        let [source, library, marks] = ["record.c", "librecord.so", "marks"].map(|name| folder.join(name));
        write(&source, generated.source.as_bytes())?;
        write(&marks, &vec![0; generated.names.len()])?;
        let mut command = Command::new(prefix.bin("mpicc"));
        command.arg(format!("--abi={abi}")).args(["-O1", "-fPIC", "-shared", "-Wall", "-o"]);
        prefix.call(command.arg(&library).arg(&source), Duration::from_secs(60))?;
        Ok(Self { library, marks, names: generated.names })
    }

    fn called(&self) -> Result<BTreeSet<&str>, String> {
        let marks = fs::read(&self.marks).map_err(|error| format!("{}: {error}", self.marks.display()))?;
        let marked = self.names.iter().zip(marks).filter(|(_, mark)| *mark != 0);
        Ok(marked.map(|(name, _)| name.as_str()).collect())
    }
}

fn abi_name(abi: &str) -> AbiName {
    if abi == AbiName::Standard.key() { AbiName::Standard } else { AbiName::Mpich }
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    fs::write(path, bytes).map_err(|error| format!("{}: {error}", path.display()))
}

/// A check per function that the coverage page calls working. In a run of
/// some steps only, nothing can be said of functions that no step called.
pub(super) fn run(context: &Context, report: &mut Report) -> Result<(), String> {
    let left_out: Vec<&str> = RECORDING.iter().copied().filter(|step| !context.has_run(step)).collect();
    let whole = left_out.is_empty() && context.matching.is_empty();
    let working = codegen::working(context.root())?;
    for abi in ABIS {
        let recorder = context.calls.recorder(&context.prefix, abi)?;
        let called = recorder.called()?;
        let works = |name: &&String| {
            working.iter().any(|plain| plain == *name || name.strip_suffix("_c") == Some(plain.as_str()))
        };
        let works: Vec<&String> = recorder.names.iter().filter(works).collect();
        if !whole {
            let count = works.iter().filter(|name| called.contains(name.as_str())).count();
            println!("  {abi} ABI: {count} of {} working functions were called", works.len());
            continue;
        }
        for name in works {
            let result = match called.contains(name.as_str()) {
                true => Ok(()),
                false => Err("docs/coverage.md says that it works, but no test calls it".to_owned()),
            };
            report.check(&format!("{name} ({abi})"), result);
        }
    }
    if !whole {
        let why = match left_out.is_empty() {
            true => "--matching left out tests".to_owned(),
            false => format!("these steps did not run: {}", left_out.join(", ")),
        };
        println!("  not compared with the coverage page: {why}");
    }
    Ok(())
}
