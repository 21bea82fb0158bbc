//! The process behind the C interface: its engine, and its life from
//! `MPI_Init` to `MPI_Finalize`.

use std::os::unix::ffi::OsStringExt;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};
use std::thread::ThreadId;

use engine::error::{Error, ErrorClass, Result};
use engine::fail;
use engine::info::{Environment, Info};
use engine::objects::Objects;
use engine::process::Process;
use engine::tool::Settings;
use memory::job::{Job, RankState, World as Ranks};
use memory::lock::THREADS;
use transport::shm::ShmTransport;

/// The engine as this library runs it.
pub type Engine = Process<ShmTransport>;

static PROCESS: LazyLock<Engine> = LazyLock::new(Engine::new);

/// This process.
#[inline]
pub fn process() -> &'static Engine {
    &PROCESS
}

/// Runs `f` on the objects that need no other process.
pub fn with_objects<R>(f: impl FnOnce(&mut Objects) -> R) -> R {
    f(&mut process().lock().objects)
}

/// Thread levels, as the engine numbers them (MPI-5.0 section 11.6).
pub mod level {
    pub const SINGLE: i32 = 0;
    pub const FUNNELED: i32 = 1024;
    pub const SERIALIZED: i32 = 2048;
    pub const MULTIPLE: i32 = 4096;

    const ALL: [i32; 4] = [SINGLE, FUNNELED, SERIALIZED, MULTIPLE];

    /// The level of this name.
    pub fn of_name(wanted: &str) -> Option<i32> {
        ALL.into_iter().find(|&level| name(level) == wanted)
    }

    pub fn name(level: i32) -> &'static str {
        match level {
            SINGLE => "MPI_THREAD_SINGLE",
            FUNNELED => "MPI_THREAD_FUNNELED",
            SERIALIZED => "MPI_THREAD_SERIALIZED",
            _ => "MPI_THREAD_MULTIPLE",
        }
    }
}

/// How far the world model has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Stage {
    Before = 0,
    Running = 1,
    Finalized = 2,
}

/// This process's place in its job, once it has joined.
struct Link {
    job: Arc<Job>,
    slot: usize,
    /// The world and every session that use it.
    users: usize,
    /// Highest thread level in use.
    level: i32,
    /// Until it is used for the first time; rings are made once in the life of
    /// the job.
    transport: Option<ShmTransport>,
}

/// What is known since `MPI_Init`.
struct World {
    /// Thread level provided.
    level: i32,
    main_thread: ThreadId,
}

static STAGE: AtomicU8 = AtomicU8::new(Stage::Before as u8);
static LINK: Mutex<Option<Link>> = Mutex::new(None);
static WORLD: Mutex<Option<World>> = Mutex::new(None);
/// `abort` has begun.
static ABORTING: AtomicBool = AtomicBool::new(false);

pub fn stage() -> Stage {
    // Acquire: pairs with the Release in `set_stage`.
    match STAGE.load(Ordering::Acquire) {
        1 => Stage::Running,
        2 => Stage::Finalized,
        _ => Stage::Before,
    }
}

fn set_stage(stage: Stage) {
    // Release: pairs with the Acquire in `stage`.
    STAGE.store(stage as u8, Ordering::Release);
}

fn world<R>(f: impl FnOnce(&World) -> R) -> Option<R> {
    WORLD.lock().unwrap_or_else(PoisonError::into_inner).as_ref().map(f)
}

fn link<R>(f: impl FnOnce(&mut Option<Link>) -> R) -> R {
    f(&mut LINK.lock().unwrap_or_else(PoisonError::into_inner))
}

/// Seconds on the clock that `MPI_Wtime` shows: the machine's monotonic clock,
/// which all ranks of the machine share.
pub fn seconds() -> f64 {
    platform::clock::monotonic().as_secs_f64()
}

/// The name of this machine.
pub fn host_name() -> String {
    platform::host::host_name()
}

/// What is known of how this process was started.
pub fn environment() -> Environment {
    let mut arguments = std::env::args_os().map(OsStringExt::into_vec);
    Environment {
        command: arguments.next(),
        arguments: arguments.collect(),
        maxprocs: Some(rank_and_size().map_or_else(bootstrap::announced_size, |(_, size)| size)),
        host: Some(host_name()),
        working_directory: std::env::current_dir().ok().map(|path| path.into_os_string().into_vec()),
    }
}

/// Rank in and size of `MPI_COMM_WORLD`, once they are known.
pub fn rank_and_size() -> Option<(usize, usize)> {
    link(|link| {
        let Link { job, slot, .. } = link.as_ref()?;
        let Ranks { first, size } = job.control(*slot).world();
        Some((slot - first, size))
    })
}

/// The job, and this process's place in it.
///
/// # Errors
/// `MPI_ERR_OTHER` before it has joined.
pub fn place() -> Result<(Arc<Job>, usize)> {
    let place = link(|link| link.as_ref().map(|link| (link.job.clone(), link.slot)));
    place.ok_or_else(|| {
        Error::new(ErrorClass::Other, "this process has not joined its job: call MPI_Init first")
    })
}

/// Processes for which there is use (MPI-5.0 section 11.10.1): as many as there
/// are processors, and since none is too many, one more than were there when
/// this process came, so that programs that ask before they spawn do so.
pub fn universe_size() -> Option<usize> {
    link(|link| {
        let Link { job, slot, .. } = link.as_ref()?;
        let Ranks { first, size } = job.control(*slot).world();
        Some(job.cpus().max(first + size + 1))
    })
}

/// The thread level that was provided; `SINGLE` before `MPI_Init`.
pub fn thread_level() -> i32 {
    world(|world| world.level).unwrap_or(level::SINGLE)
}

/// Whether the caller is the thread that called `MPI_Init`.
pub fn is_main_thread() -> bool {
    world(|world| world.main_thread == std::thread::current().id()).unwrap_or(true)
}

/// Whether tools may call from threads of their own.
static TOOL_THREADS: AtomicBool = AtomicBool::new(false);

/// Takes the settings from the environment, once.
///
/// # Errors
/// `MPI_ERR_ARG`, each time, when a variable makes no sense.
pub fn read_settings() -> Result<()> {
    static OUTCOME: OnceLock<Result<()>> = OnceLock::new();
    let read = || {
        let settings = Settings::from_variables(|name| {
            std::env::var_os(name).map(|value| value.to_string_lossy().into_owned())
        })?;
        process().lock().set_settings(settings);
        Ok(())
    };
    OUTCOME.get_or_init(read).clone()
}

/// The thread level at which tools may call that ask for `required`: their own
/// before the process joins its job, and not above that of MPI afterwards.
pub fn tool_level(required: i32) -> i32 {
    link(|slot| {
        if let Some(link) = slot.as_ref().filter(|link| link.users != 0) {
            // Relaxed: written under the same lock.
            let threads = link.level == level::MULTIPLE || TOOL_THREADS.load(Ordering::Relaxed);
            return if threads { required } else { required.min(level::SERIALIZED) };
        }
        if required == level::MULTIPLE {
            // Relaxed: as above.
            TOOL_THREADS.store(true, Ordering::Relaxed);
            // SAFETY: the program must not call MPI from other threads while it
            // initialises the tool interface.
            unsafe { THREADS.set(true) };
        }
        required
    })
}

/// One more user of the job: joins it for the first.
///
/// # Errors
/// `MPI_ERR_OTHER` when the job cannot be joined.
pub fn join(required: i32) -> Result<()> {
    read_settings()?;
    join_job(required)?;
    let environment = Info::of_environment(&environment());
    with_objects(|objects| objects.set_environment(environment));
    Ok(())
}

fn join_job(required: i32) -> Result<()> {
    link(|slot| {
        if slot.is_none() {
            *slot = Some(first_link()?);
        }
        let Some(link) = slot.as_mut() else { return Ok(()) };
        if link.users == 0 {
            link.level = level::SINGLE;
            match link.transport.take() {
                Some(transport) => process().connect(transport),
                None => process().resume(),
            }
            link.job.control(link.slot).set_state(RankState::Initialized);
        }
        link.users += 1;
        link.level = link.level.max(required);
        // Relaxed: written under the lock of `link`.
        let threaded = link.level == level::MULTIPLE || TOOL_THREADS.load(Ordering::Relaxed);
        // SAFETY: the program must not call MPI from other threads while it
        // initialises MPI, and has promised the level it asked for.
        unsafe { THREADS.set(threaded) };
        Ok(())
    })
}

fn first_link() -> Result<Link> {
    let membership = bootstrap::join().map_err(|error| Error::new(ErrorClass::Other, error.to_string()))?;
    let slot = membership.slot();
    let appnum = membership.appnum();
    let job = Arc::new(membership.into_job());
    // SAFETY: `join` lets one process claim the rank, once, and this is the
    // only place that makes its transport.
    let transport = unsafe { ShmTransport::new(job.clone(), slot) };
    let table = job.clone();
    with_objects(|objects| {
        objects.appnum = appnum;
        objects.on_tie = Some(Box::new(move |change| table.control(slot).tie(change)));
    });
    Ok(Link { job, slot, users: 0, level: level::SINGLE, transport: Some(transport) })
}

/// One user less, in a session: what it still has to send leaves before it
/// does.
///
/// # Errors
/// When the process is not connected.
pub fn part_session() -> Result<()> {
    if link(|slot| slot.as_ref().is_some_and(|link| link.users == 1)) {
        process().wait_until(|endpoint| endpoint.is_drained().then_some(()))?;
    }
    part();
    Ok(())
}

/// One user less: leaves the job with the last.
pub fn part() {
    link(|slot| {
        let Some(link) = slot.as_mut() else { return };
        link.users -= 1;
        if link.users == 0 {
            process().rest();
            link.job.control(link.slot).set_state(RankState::Finalized);
        }
    });
}

/// `MPI_Init_thread`: joins the job and opens the world. Returns the level
/// provided.
///
/// # Errors
/// `MPI_ERR_OTHER` when called a second time, or when the job cannot be joined.
pub fn init(required: i32) -> Result<i32> {
    if stage() != Stage::Before {
        fail!(
            ErrorClass::Other,
            "MPI is initialised once in the life of a process, and this was done already"
        );
    }
    let provided = match required {
        level::SINGLE | level::FUNNELED | level::SERIALIZED => required,
        _ => level::MULTIPLE,
    };
    join(provided)?;
    let (job, slot) = place()?;
    let Ranks { first, size } = job.control(slot).world();
    let world = first as u32..(first + size) as u32;
    with_objects(|objects| objects.start_world(slot as u32, world, objects.appnum));
    let main_thread = std::thread::current().id();
    let world = World { level: provided, main_thread };
    *WORLD.lock().unwrap_or_else(PoisonError::into_inner) = Some(world);
    set_stage(Stage::Running);
    Ok(provided)
}

/// Waits until the others can spare this process.
///
/// # Errors
/// When the process is not connected.
pub fn farewell() -> Result<()> {
    let in_session = link(|link| link.as_ref().is_some_and(|link| link.users > 1));
    process().farewell(in_session)
}

/// The last part of `MPI_Finalize`, after everybody has arrived: closes the
/// world.
pub fn close_world() {
    with_objects(Objects::end_world);
    part();
    set_stage(Stage::Finalized);
}

/// Ends the job with `code`: the launcher sees it and ends the other ranks.
pub fn abort(code: i32) -> ! {
    // Relaxed: only whether we are here a second time, from an exit handler.
    if !ABORTING.swap(true, Ordering::Relaxed) {
        link(|link| {
            if let Some(link) = link {
                link.job.control(link.slot).abort(code);
            }
        });
    }
    // What reaches the parent is the low byte: failure must not look like success.
    std::process::exit(if code & 0xff == 0 { 1 } else { code & 0xff })
}
