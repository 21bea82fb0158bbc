//! The process behind the C interface: its engine, and its life from
//! `MPI_Init` to `MPI_Finalize`.

use std::os::unix::ffi::OsStringExt;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::thread::ThreadId;

use engine::error::{Error, ErrorClass, Result};
use engine::fail;
use engine::info::{Environment, Info};
use engine::objects::Objects;
use engine::process::Process;
use memory::job::{Job, RankState};
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

    pub(super) fn name(level: i32) -> &'static str {
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

/// What is known since `MPI_Init`.
struct World {
    job: Arc<Job>,
    rank: usize,
    /// Thread level asked for, and provided.
    required: i32,
    level: i32,
    main_thread: ThreadId,
}

static STAGE: AtomicU8 = AtomicU8::new(Stage::Before as u8);
static WORLD: Mutex<Option<World>> = Mutex::new(None);
/// This library has claimed the process's rank.
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
        maxprocs: rank_and_size().map(|(_, size)| size),
        host: Some(host_name()),
        working_directory: std::env::current_dir().ok().map(|path| path.into_os_string().into_vec()),
        thread_level: world(|world| world.required).map(level::name),
    }
}

/// Rank in and size of `MPI_COMM_WORLD`, once they are known.
pub fn rank_and_size() -> Option<(usize, usize)> {
    world(|world| (world.rank, world.job.ranks()))
}

/// The thread level that was provided; `SINGLE` before `MPI_Init`.
pub fn thread_level() -> i32 {
    world(|world| world.level).unwrap_or(level::SINGLE)
}

/// Whether the caller is the thread that called `MPI_Init`.
pub fn is_main_thread() -> bool {
    world(|world| world.main_thread == std::thread::current().id()).unwrap_or(true)
}

/// `MPI_Init_thread`: joins the job. Returns the level provided.
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
    let membership = bootstrap::join().map_err(|error| Error::new(ErrorClass::Other, error.to_string()))?;
    let provided = match required {
        level::SINGLE | level::FUNNELED | level::SERIALIZED => required,
        _ => level::MULTIPLE,
    };
    let rank = membership.rank();
    let appnum = membership.appnum();
    let job = Arc::new(membership.into_job());
    // SAFETY: `join` lets one process claim the rank, once, and this is the
    // only place that makes its transport.
    let transport = unsafe { ShmTransport::new(job.clone(), rank) };
    {
        let mut state = process().lock();
        state.objects.start_world(rank, job.ranks(), appnum);
    }
    process().connect(transport);
    // SAFETY: the program must not call MPI from other threads while it
    // initialises MPI, and has promised the level it asked for.
    unsafe { process().state_lock().set_threaded(provided == level::MULTIPLE) };
    let main_thread = std::thread::current().id();
    *WORLD.lock().unwrap_or_else(PoisonError::into_inner) =
        Some(World { job, rank, required, level: provided, main_thread });
    set_stage(Stage::Running);
    let environment = Info::of_environment(&environment());
    with_objects(|objects| objects.set_environment(environment));
    Ok(provided)
}

/// The last part of `MPI_Finalize`, after everybody has arrived: leaves the job.
pub fn leave() {
    process().disconnect();
    with_objects(Objects::end_world);
    world(|world| world.job.control(world.rank).set_state(RankState::Finalized));
    set_stage(Stage::Finalized);
}

/// Ends the job with `code`: the launcher sees it and ends the other ranks.
pub fn abort(code: i32) -> ! {
    // Relaxed: only whether we are here a second time, from an exit handler.
    if !ABORTING.swap(true, Ordering::Relaxed) {
        world(|world| world.job.control(world.rank).abort(code));
    }
    // What reaches the parent is the low byte: failure must not look like success.
    std::process::exit(if code & 0xff == 0 { 1 } else { code & 0xff })
}
