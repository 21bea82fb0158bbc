//! Finding the job table and claiming one's rank in it.

use std::fs::OpenOptions;
use std::os::fd::{OwnedFd, RawFd};
use std::path::PathBuf;
use std::process::id;

use memory::job::{Job, RankState, World};
use platform::process::{self, Pid};
use platform::{process_tree, topology};

use crate::error::BootstrapError;
use crate::{Membership, foreign, variable};

/// What `/proc` calls the memory file of a job.
const JOB_FILE: &str = "/memfd:passel-job";

/// What the environment says about our place.
#[derive(Debug, PartialEq, Eq)]
struct Place {
    fd: RawFd,
    slot: usize,
}

/// How this process came by the job table.
enum Table {
    Inherited(Job),
    /// Closed on the way to us, but our launcher still has it.
    Reopened(Job),
}

/// Takes this process's place in its job, at `MPI_Init`.
///
/// # Errors
/// When this process should be part of a job that it cannot join; see
/// [`BootstrapError`]. Each says what to do.
pub fn join() -> Result<Membership, BootstrapError> {
    let get = |name: &str| std::env::var_os(name).map(|value| value.to_string_lossy().into_owned());
    match read_place(get)? {
        Some(place) => join_at(&place),
        None => match foreign::detect(get) {
            Some(found) => Err(BootstrapError::ForeignLauncher {
                launcher: found.launcher,
                variable: found.variable,
                size: found.size,
                mpiexec: foreign::our_mpiexec(),
            }),
            None => singleton(),
        },
    }
}

/// Keeps the table of the job that this process itself runs in, if any, from
/// the programs that it starts: for a launcher inside a job.
pub fn keep_from_children() {
    let get = |name: &str| std::env::var(name).ok();
    if let Ok(Some(Place { fd, .. })) = read_place(get)
        && std::fs::read_link(format!("/proc/self/fd/{fd}")).is_ok_and(|target| is_job_file(&target))
    {
        // Should this fail, an inner rank merely holds a descriptor that it
        // is not told about.
        let _ = process::close_inherited_on_exec(fd);
    }
}

fn read_place(get: impl Fn(&str) -> Option<String>) -> Result<Option<Place>, BootstrapError> {
    let Some(fd) = get(variable::JOB_FD).filter(|fd| !fd.is_empty()) else { return Ok(None) };
    let wrong = |variable, value, expected: &str| BootstrapError::Environment {
        variable,
        value,
        expected: expected.to_owned(),
        mpiexec: foreign::our_mpiexec(),
    };
    let slot = get(variable::SLOT).unwrap_or_default();
    let Some(fd) = fd.parse::<RawFd>().ok().filter(|&fd| fd > 2) else {
        return Err(wrong(variable::JOB_FD, fd, "it should be the number of an open descriptor"));
    };
    match slot.parse() {
        Ok(slot) => Ok(Some(Place { fd, slot })),
        Err(_) => Err(wrong(variable::SLOT, slot, "it should be a number")),
    }
}

fn join_at(place: &Place) -> Result<Membership, BootstrapError> {
    let &Place { fd, slot } = place;
    let table = match inherited(place)? {
        Some(job) => Table::Inherited(job),
        None => match reopen(place)? {
            Some(job) => Table::Reopened(job),
            None => return Err(BootstrapError::TableClosed { slot, fd }),
        },
    };
    let (Table::Inherited(job) | Table::Reopened(job)) = &table;
    let world = if slot < job.used() { job.control(slot).world() } else { World { first: 0, size: 0 } };
    if world.size == 0 {
        return Err(BootstrapError::Environment {
            variable: variable::SLOT,
            value: slot.to_string(),
            expected: format!("the job has processes 0 to {}", job.used() - 1),
            mpiexec: foreign::our_mpiexec(),
        });
    }
    let rank = slot - world.first;
    let pid = id();
    match (job.control(slot).claim(pid), table) {
        (Ok(()), Table::Inherited(job)) => {
            // Programs that the rank starts are not the rank. Should this fail
            // they are told so by `RankTaken`.
            let _ = process::close_inherited_on_exec(fd);
            joined(job, slot)
        }
        (Ok(()), Table::Reopened(job)) => joined(job, slot),
        (Err(holder), _) if holder == pid => Err(BootstrapError::AlreadyJoined { rank, pid }),
        // We are a helper that the rank started.
        (Err(holder), Table::Reopened(_)) if is_below(holder) => singleton(),
        (Err(holder), _) if Pid::from_raw(holder as i32).is_some_and(process::is_alive) => {
            Err(BootstrapError::RankTaken { rank, holder, pid })
        }
        (Err(holder), _) => Err(BootstrapError::RankUsed { rank, holder, pid }),
    }
}

/// The table at the descriptor that the environment names, none when something
/// else or nothing is open there.
fn inherited(place: &Place) -> Result<Option<Job>, BootstrapError> {
    let Ok(copy) = process::duplicate_inherited(place.fd) else { return Ok(None) };
    // The number may have been reused for another file, which we would rather
    // not map and read. Without /proc the table's own marks have to do.
    match std::fs::read_link(format!("/proc/self/fd/{}", place.fd)) {
        Ok(target) if !is_job_file(&target) => return Ok(None),
        _ => {}
    }
    attach(place, copy).map(Some)
}

fn attach(place: &Place, file: OwnedFd) -> Result<Job, BootstrapError> {
    Job::attach(file).map_err(|source| BootstrapError::Table { fd: place.fd, source })
}

fn is_job_file(target: &std::path::Path) -> bool {
    target.to_str().is_some_and(|target| target.starts_with(JOB_FILE))
}

/// Opens the table where our launcher, one of our ancestors, holds it.
fn reopen(place: &Place) -> Result<Option<Job>, BootstrapError> {
    let Some(me) = Pid::from_raw(id() as i32) else { return Ok(None) };
    for ancestor in process_tree::ancestors_of(me) {
        let path = PathBuf::from(format!("/proc/{}/fd/{}", ancestor.as_raw_nonzero(), place.fd));
        if !std::fs::read_link(&path).is_ok_and(|target| is_job_file(&target)) {
            continue;
        }
        let Ok(file) = OpenOptions::new().read(true).write(true).open(&path) else { continue };
        let job = attach(place, file.into())?;
        if job.launcher_pid() == ancestor.as_raw_nonzero().get() as u32 {
            return Ok(Some(job));
        }
    }
    Ok(None)
}

fn is_below(ancestor: u32) -> bool {
    let me = Pid::from_raw(id() as i32);
    me.is_some_and(|me| {
        process_tree::ancestors_of(me).any(|pid| pid.as_raw_nonzero().get() as u32 == ancestor)
    })
}

/// Completes a claim.
fn joined(job: Job, slot: usize) -> Result<Membership, BootstrapError> {
    let rank = slot - job.control(slot).world().first;
    let launcher = job.launcher_pid();
    // A wrapper's child is ended by the launcher's guardian instead: its own
    // parent may end first and mean no harm.
    if std::os::unix::process::parent_id() == launcher {
        let bound = Pid::from_raw(launcher as i32).map(process::end_with_parent);
        // A kernel that refuses leaves the work to the guardian as well.
        if let Some(Ok(false)) = bound {
            return Err(BootstrapError::LauncherGone { rank, launcher });
        }
    }
    job.note_descriptor(slot);
    job.control(slot).set_state(RankState::Initialized);
    Ok(Membership { job, slot, launched: true })
}

/// A job of one process.
fn singleton() -> Result<Membership, BootstrapError> {
    let job = Job::create(1, topology::usable_cpus()).map_err(BootstrapError::Singleton)?;
    let claimed = job.control(0).claim(id());
    debug_assert_eq!(claimed, Ok(()), "nobody else knows this table");
    job.note_descriptor(0);
    job.control(0).set_state(RankState::Initialized);
    Ok(Membership { job, slot: 0, launched: false })
}

#[cfg(test)]
mod tests {
    use std::os::fd::AsRawFd;

    use super::*;

    fn place(pairs: &[(&str, &str)]) -> Result<Option<Place>, BootstrapError> {
        read_place(|name| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn the_environment_is_checked() {
        assert!(place(&[]).unwrap().is_none());
        assert!(place(&[("PASSEL_SLOT", "3")]).unwrap().is_none());
        let here = place(&[("PASSEL_SLOT", "3"), ("PASSEL_JOB_FD", "7")]).unwrap();
        assert_eq!(here, Some(Place { fd: 7, slot: 3 }));
        for pairs in [
            &[("PASSEL_JOB_FD", "7")][..],
            &[("PASSEL_JOB_FD", "7"), ("PASSEL_SLOT", "-1")],
            &[("PASSEL_JOB_FD", "x"), ("PASSEL_SLOT", "0")],
            &[("PASSEL_JOB_FD", "1"), ("PASSEL_SLOT", "0")],
        ] {
            assert!(matches!(place(pairs), Err(BootstrapError::Environment { .. })), "{pairs:?}");
        }
    }

    #[test]
    fn a_rank_is_claimed_once_per_process() {
        let job = Job::create(2, 1).unwrap();
        let place = Place { fd: job.fd().as_raw_fd(), slot: 1 };
        let member = join_at(&place).expect("the rank is free");
        assert_eq!((member.rank(), member.size(), member.launched()), (1, 2, true));
        assert_eq!(member.appnum(), Some(0));
        assert_eq!(job.control(1).state(), RankState::Initialized);
        assert_eq!(job.control(1).pid(), id());
        assert!(matches!(join_at(&place), Err(BootstrapError::AlreadyJoined { rank: 1, .. })));
        member.finalize();
        assert_eq!(job.control(1).state(), RankState::Finalized);
    }

    #[test]
    fn a_taken_rank_is_refused_with_its_holder() {
        let job = Job::create(2, 1).unwrap();
        let fd = job.fd().as_raw_fd();
        job.control(0).claim(1).unwrap();
        assert!(matches!(join_at(&Place { fd, slot: 0 }), Err(BootstrapError::RankTaken { holder: 1, .. })));
        // No process has a number beyond the kernel's limit of 2^22.
        let ended = (1 << 22) + 1;
        job.control(1).claim(ended).unwrap();
        let used = join_at(&Place { fd, slot: 1 }).err().expect("the rank was used");
        assert!(matches!(used, BootstrapError::RankUsed { rank: 1, .. }));
        assert!(used.to_string().contains("4194305"));
    }

    #[test]
    fn a_rank_beyond_the_job_is_refused() {
        let job = Job::create(2, 1).unwrap();
        let error = join_at(&Place { fd: job.fd().as_raw_fd(), slot: 2 }).err().expect("no such rank");
        assert!(error.to_string().contains("processes 0 to 1"), "{error}");
    }

    #[test]
    fn a_descriptor_of_something_else_is_not_read_as_a_table() {
        let file = std::fs::File::open("/proc/self/maps").unwrap();
        let error = join_at(&Place { fd: file.as_raw_fd(), slot: 0 }).err().expect("no table there");
        assert!(matches!(error, BootstrapError::TableClosed { .. }), "{error}");
    }

    #[test]
    fn alone_is_a_job_of_one() {
        let member = singleton().unwrap();
        assert_eq!((member.rank(), member.size(), member.appnum()), (0, 1, None));
        assert!(!member.launched());
    }
}
