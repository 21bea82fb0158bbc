//! Traces of other MPIs' launchers, so that n processes of one job do not each
//! run as a job of one.

use std::path::{Path, PathBuf};

/// One variable that a launcher sets to the number of processes it started.
struct Trace {
    variable: &'static str,
    launcher: &'static str,
}

/// Checked in this order: the first names the launcher best. Slurm's allocation
/// alone is no trace, only a step (`srun`) starts processes.
const TRACES: &[Trace] = &[
    Trace { variable: "OMPI_COMM_WORLD_SIZE", launcher: "Open MPI's mpirun" },
    Trace { variable: "MV2_COMM_WORLD_SIZE", launcher: "MVAPICH's launcher" },
    Trace { variable: "FLUX_JOB_SIZE", launcher: "flux run" },
    Trace { variable: "JSM_NAMESPACE_SIZE", launcher: "jsrun" },
    Trace { variable: "SLURM_STEP_NUM_TASKS", launcher: "Slurm's srun" },
    Trace { variable: "PMI_SIZE", launcher: "a PMI launcher (mpiexec of MPICH or Intel MPI)" },
    Trace { variable: "MPI_LOCALNRANKS", launcher: "Hydra (mpiexec of MPICH or Intel MPI)" },
];

/// A launcher that started several processes, us among them.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Foreign {
    pub(crate) variable: &'static str,
    pub(crate) launcher: &'static str,
    pub(crate) size: u64,
}

/// Looks for a launcher's traces in an environment.
pub(crate) fn detect(get: impl Fn(&str) -> Option<String>) -> Option<Foreign> {
    let number = |variable| get(variable)?.trim().parse::<u64>().ok();
    let sized = TRACES.iter().find_map(|&Trace { variable, launcher }| {
        let size = number(variable).filter(|&size| size > 1)?;
        Some(Foreign { variable, launcher, size })
    });
    // PMIx tells the size only to its own library. A rank above 0 shows that
    // there are several; when that one refuses, its launcher ends rank 0.
    let pmix = || {
        let rank = number("PMIX_RANK").filter(|&rank| (1..u64::from(u32::MAX) - 16).contains(&rank))?;
        Some(Foreign { variable: "PMIX_RANK", launcher: "a PMIx launcher (prterun, srun)", size: rank + 1 })
    };
    sized.or_else(pmix)
}

/// Our own `mpiexec`, as a path where it can be told from where we were loaded.
pub(crate) fn our_mpiexec() -> String {
    match find_our_mpiexec() {
        Some(path) => path.display().to_string(),
        None => "Passel's mpiexec".to_owned(),
    }
}

/// The `mpiexec` of the installation that we were loaded from, else one in
/// `PATH` that is ours.
pub(crate) fn find_our_mpiexec() -> Option<PathBuf> {
    let here = platform::process::file_of_code(our_mpiexec as fn() -> String as usize);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let in_path = || {
        let folder = std::env::split_paths(&path).find(|folder| folder.join("passel").exists())?;
        Some(folder.join("mpiexec")).filter(|mpiexec| mpiexec.exists())
    };
    here.and_then(|file| beside(&file)).or_else(in_path)
}

/// `bin/mpiexec` of the prefix that `file` is installed in. Another MPI's is
/// told from ours by the `passel` program that we install next to it.
fn beside(file: &Path) -> Option<PathBuf> {
    file.ancestors().skip(1).take(6).find_map(|folder| {
        let programs = folder.join("bin");
        let mpiexec = programs.join("mpiexec");
        (programs.join("passel").exists() && mpiexec.exists()).then_some(mpiexec)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(pairs: &[(&str, &str)]) -> Option<Foreign> {
        let pairs: Vec<(String, String)> =
            pairs.iter().map(|&(key, value)| (key.to_owned(), value.to_owned())).collect();
        detect(move |name| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()))
    }

    #[test]
    fn several_processes_are_noticed_and_the_launcher_named() {
        let open_mpi =
            found(&[("PMIX_RANK", "0"), ("OMPI_COMM_WORLD_SIZE", "4"), ("PMI_SIZE", "4")]).unwrap();
        assert_eq!((open_mpi.launcher, open_mpi.size), ("Open MPI's mpirun", 4));
        assert_eq!(found(&[("PMI_RANK", "3"), ("PMI_SIZE", "16")]).unwrap().variable, "PMI_SIZE");
        assert_eq!(found(&[("SLURM_STEP_NUM_TASKS", "8")]).unwrap().launcher, "Slurm's srun");
        assert_eq!(found(&[("PMIX_RANK", "2")]).unwrap().variable, "PMIX_RANK");
    }

    #[test]
    fn one_process_or_an_allocation_is_no_foreign_job() {
        assert_eq!(found(&[]), None);
        assert_eq!(found(&[("OMPI_COMM_WORLD_SIZE", "1"), ("PMIX_RANK", "0")]), None);
        assert_eq!(found(&[("SLURM_NTASKS", "64"), ("SLURM_PROCID", "0")]), None);
        assert_eq!(found(&[("PMI_SIZE", "many")]), None);
    }

    #[test]
    fn another_mpis_mpiexec_is_not_taken_for_ours() {
        let prefix = std::env::temp_dir().join(format!("passel-prefix-{}", std::process::id()));
        std::fs::create_dir_all(prefix.join("bin")).unwrap();
        std::fs::create_dir_all(prefix.join("lib")).unwrap();
        let library = prefix.join("lib/libmpi.so.12");
        std::fs::write(prefix.join("bin/mpiexec"), "").unwrap();
        let before = beside(&library);
        std::fs::write(prefix.join("bin/passel"), "").unwrap();
        let after = beside(&library);
        std::fs::remove_dir_all(&prefix).unwrap();
        assert_eq!(before, None);
        assert_eq!(after, Some(prefix.join("bin/mpiexec")));
    }
}
