//! `cargo xtask demo`: the examples, one after the other, with the commands
//! that a reader can type.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::prefix::{MPI4PY, Prefix, describe};
use crate::test::examples::{EXAMPLES, Example};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Only examples whose file name contains this
    #[arg(default_value = "")]
    matching: String,
    /// Show an installation that is already there
    #[arg(long)]
    prefix: Option<std::path::PathBuf>,
}

pub(crate) fn run(root: &Path, arguments: &Arguments) -> Result<(), String> {
    let prefix = Prefix::new(root, arguments.prefix.as_deref());
    if arguments.prefix.is_none() {
        prefix.make_environment(&prefix.path, &[MPI4PY, crate::prefix::NUMPY])?;
        prefix.install("fast", Duration::from_secs(900))?;
    }
    for example in EXAMPLES.iter().filter(|example| example.file.contains(&arguments.matching)) {
        show(&prefix, example)?;
    }
    Ok(())
}

fn show(prefix: &Prefix, example: &Example) -> Result<(), String> {
    println!("\n# {}", example.about);
    let mut program = None;
    if example.is_c() {
        let source = prefix.root.join("examples").join(example.file);
        let built = prefix.scratch.join("demo");
        std::fs::create_dir_all(&built).map_err(|error| format!("{}: {error}", built.display()))?;
        let built = built.join(source.file_stem().unwrap_or_default());
        let mut compile = Command::new(prefix.bin("mpicc"));
        compile.arg("-O1").arg("-o").arg(&built).arg(&source);
        println!("$ {}", describe(&compile));
        prefix.call(&mut compile, Duration::from_secs(60))?;
        program = Some(built);
    } else if example.is_rust() {
        let (mut compile, built) = example.cargo_build(&prefix.root, "fast");
        println!("$ {}", describe(&compile));
        prefix.call(&mut compile, Duration::from_secs(600))?;
        program = Some(built);
    }
    let mut command = example.command(prefix, program.as_deref());
    println!("$ {}", describe(&command));
    let outcome = prefix.run(&mut command, example.limit())?;
    print!("{}{}", outcome.stdout, outcome.stderr);
    match (outcome.success(), example.expected) {
        (true, Some(_)) | (false, None) => Ok(()),
        _ => Err(format!("{} {}", example.file, outcome.explain())),
    }
}
