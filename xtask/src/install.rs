//! Builds everything and puts it where programs look for it.
//!
//! Each library is a Rust static library linked into a shared object with the
//! generated version script: exactly the names of `spec/` are exported, `MPI_`
//! weak and `PMPI_` strong, under the soname that existing binaries ask for.
//! What was linked is checked before it is put in place.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;

use crate::codegen::AbiName;
use crate::symbols;

/// A shared library: cargo package, file name, name at link time.
struct Library {
    abi: AbiName,
    package: &'static str,
    soname: &'static str,
    link_name: &'static str,
}

const LIBRARIES: &[Library] = &[
    Library { abi: AbiName::Mpich, package: "libmpi-mpich", soname: "libmpi.so.12", link_name: "libmpi.so" },
    Library {
        abi: AbiName::Standard,
        package: "libmpi-standard",
        soname: "libmpi_abi.so.1",
        link_name: "libmpi_abi.so",
    },
];

const PROGRAMS: &[(&str, &[&str])] =
    &[("mpiexec", &["mpirun"]), ("passel", &[]), ("mpicc", &["mpicxx", "mpic++", "mpiCC"])];

/// Installs below `prefix`, built with cargo's `profile`.
pub fn run(root: &Path, prefix: &Path, profile: &str) -> Result<(), String> {
    let packages = ["libmpi-mpich", "libmpi-standard", "passel-mpiexec", "passel-mpicc"];
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root).args(["build", "--profile", profile]);
    for package in packages {
        cargo.args(["--package", package]);
    }
    call(&mut cargo)?;
    let folder = if profile == "dev" { "debug" } else { profile };
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), Into::into);
    let built = root.join(target).join(folder);
    for part in ["bin", "lib/pkgconfig", "include/mpich"] {
        let path = prefix.join(part);
        fs::create_dir_all(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    for library in LIBRARIES {
        link(root, library, &built, &prefix.join("lib"))?;
        pkg_config(library, prefix)?;
    }
    for (program, others) in PROGRAMS {
        let to = prefix.join("bin").join(program);
        copy(&built.join(program), &to)?;
        let mode = fs::Permissions::from_mode(0o755);
        fs::set_permissions(&to, mode).map_err(|error| format!("{}: {error}", to.display()))?;
        for other in *others {
            link_to(program, &prefix.join("bin").join(other))?;
        }
    }
    copy(&root.join("include/mpi.h"), &prefix.join("include/mpi.h"))?;
    copy(&root.join("include/mpich/mpi.h"), &prefix.join("include/mpich/mpi.h"))
}

fn link(root: &Path, library: &Library, built: &Path, to: &Path) -> Result<(), String> {
    let archive = built.join(format!("lib{}.a", library.package.replace('-', "_")));
    let script = root.join("crates").join(library.package).join("exports.map");
    let out = to.join(library.soname);
    // Replaced as a whole: a running program keeps the file that it has mapped.
    let fresh = to.join(format!(".{}.new", library.soname));
    let mut cc = Command::new(std::env::var_os("CC").unwrap_or_else(|| "cc".into()));
    cc.arg("-shared")
        .arg("-o")
        .arg(&fresh)
        .arg(format!("-Wl,-soname,{}", library.soname))
        .arg(format!("-Wl,--version-script={}", script.display()))
        .args(["-Wl,--whole-archive"])
        .arg(&archive)
        .args(["-Wl,--no-whole-archive", "-Wl,--gc-sections", "-Wl,-z,relro,-z,now,-z,defs"])
        .args(["-lpthread", "-ldl", "-lm", "-lgcc_s", "-lc"]);
    call(&mut cc)?;
    symbols::check(root, library.abi, &fresh)?;
    fs::rename(&fresh, &out).map_err(|error| format!("{}: {error}", out.display()))?;
    link_to(library.soname, &to.join(library.link_name))
}

/// Lets build systems that ask pkg-config find `passel` and `passel-mpich`.
fn pkg_config(library: &Library, prefix: &Path) -> Result<(), String> {
    let (name, include) = match library.abi {
        AbiName::Standard => ("passel", "include"),
        AbiName::Mpich => ("passel-mpich", "include/mpich"),
    };
    let text = format!(
        "prefix=${{pcfiledir}}/../..\n\nName: {name}\nDescription: Passel, an MPI ({})\nVersion: {}\n\
         Cflags: -I${{prefix}}/{include}\nLibs: -L${{prefix}}/lib -Wl,-rpath,${{prefix}}/lib -l{}\n",
        library.soname,
        env!("CARGO_PKG_VERSION"),
        library.link_name.trim_start_matches("lib").trim_end_matches(".so"),
    );
    let path = prefix.join(format!("lib/pkgconfig/{name}.pc"));
    fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))
}

fn copy(from: &Path, to: &Path) -> Result<(), String> {
    let fresh = to.with_extension("new");
    fs::copy(from, &fresh)
        .and_then(|_| fs::rename(&fresh, to))
        .map_err(|error| format!("{} to {}: {error}", from.display(), to.display()))
}

fn link_to(target: &str, at: &Path) -> Result<(), String> {
    let _ = fs::remove_file(at);
    symlink(target, at).map_err(|error| format!("{}: {error}", at.display()))
}

fn call(command: &mut Command) -> Result<(), String> {
    let status = command.status().map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => format!(
            "{} is not installed (Debian package: build-essential)",
            command.get_program().to_string_lossy()
        ),
        _ => format!("{}: {error}", command.get_program().to_string_lossy()),
    })?;
    if status.success() { Ok(()) } else { Err(format!("{} failed", command.get_program().to_string_lossy())) }
}
