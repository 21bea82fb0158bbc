//! Duplicates and parts of a communicator (MPI-5.0 section 7.4.2).

use core::ffi::c_int;
use std::sync::Arc;

use engine::attribute::{AttributeSet, Failure};
use engine::comm::create::{self, Split, check_subset};
use engine::comm::split_type::{Criterion, Decision, HARDWARE, Place, RESOURCE_KEY, SplitType, decide};
use engine::comm::{CommCore, hints, intercomm};
use engine::error::{ErrorClass, Result};
use engine::fail;
use engine::handle::{CommId, InfoId};
use engine::info::Info;
use engine::status::UNDEFINED;
use platform::topology::{self, Binding, CpuList, Kind};

use super::{Creation, block_on, derive, finish_callback, store};
use crate::abi::constants::standard as c;
use crate::abi::{Abi, CHandle, Constants};
use crate::attribute::copies_of_comm;
use crate::call;
use crate::runtime::{process, with_objects};

async fn duplicate(creation: Creation) -> Result<CommCore> {
    let Creation { ports, core, contexts, key } = &creation;
    if core.is_inter() {
        intercomm::dup(ports, contexts, *key, core).await
    } else {
        create::dup(ports, contexts, *key, core).await
    }
}

/// Adds a duplicate with its parent's topology. The parent's hints are not
/// passed on (MPI-5.0 section 7.4.4); `hints` are those of the duplicate.
fn add_dup(parent: CommId, core: CommCore, attributes: AttributeSet, hints: Info) -> Result<CommId> {
    with_objects(|objects| {
        let topology = objects.comm(parent)?.topology.clone();
        let id = objects.add_comm(core, Some(parent));
        let new = objects.comm_mut(id)?;
        (new.info, new.topology, new.attributes) = (hints, topology, attributes);
        Ok(id)
    })
}

/// Duplicates a communicator with its topology and attributes.
fn dup(parent: CommId, hints: Info) -> std::result::Result<CommId, Failure> {
    let core = Creation::start(parent).map(duplicate).and_then(block_on)?;
    // Whether or not a copy function refuses here, all members have agreed on
    // the new communicator, and nobody waits.
    let attributes = copies_of_comm(parent)?;
    Ok(add_dup(parent, core, attributes, hints)?)
}

/// # Safety
/// `newcomm` may be written.
unsafe fn store_dup<A: Abi>(
    function: &'static str,
    parent: CommId,
    newcomm: *mut A::Comm,
    made: std::result::Result<CommId, Failure>,
) -> c_int {
    match made {
        // SAFETY: the caller's promise.
        Ok(id) => unsafe { store::<A>(function, parent, newcomm, Ok(Some(id))) },
        Err(failure) => {
            if !newcomm.is_null() {
                // SAFETY: the caller's promise; not null. What is made halfway is not.
                unsafe { *newcomm = A::Comm::encode(CommId::NULL) };
            }
            finish_callback::<A>(function, parent, Err(failure))
        }
    }
}

/// `MPI_Comm_dup`.
///
/// # Safety
/// `newcomm` may be written.
pub unsafe fn comm_dup<A: Abi>(comm: A::Comm, newcomm: *mut A::Comm) -> c_int {
    let id = comm.decode();
    let made = call::out(newcomm, "newcomm").map_err(Failure::Engine).and_then(|()| dup(id, Info::new()));
    // SAFETY: the caller's promise.
    unsafe { store_dup::<A>("MPI_Comm_dup", id, newcomm, made) }
}

/// `MPI_Comm_dup_with_info`.
///
/// # Safety
/// `newcomm` may be written.
pub unsafe fn comm_dup_with_info<A: Abi>(comm: A::Comm, info: A::Info, newcomm: *mut A::Comm) -> c_int {
    let id = comm.decode();
    let made = call::out(newcomm, "newcomm").and_then(|()| hints_of(info.decode()));
    let made = made.map_err(Failure::Engine).and_then(|hints| dup(id, hints));
    // SAFETY: the caller's promise.
    unsafe { store_dup::<A>("MPI_Comm_dup_with_info", id, newcomm, made) }
}

/// Starts a duplicate. The communicator exists at once, with everything but
/// the context, which it has when the request completes.
///
/// # Safety
/// `newcomm` and `request` may be written.
unsafe fn start_dup<A: Abi>(
    function: &'static str,
    parent: CommId,
    hints: Info,
    newcomm: *mut A::Comm,
    request: *mut A::Request,
) -> c_int {
    let started = Creation::start(parent).map_err(Failure::Engine).and_then(|creation| {
        let attributes = copies_of_comm(parent)?;
        let unborn = creation.core.unborn_duplicate();
        let id = add_dup(parent, unborn, attributes, hints)?;
        let started = process().spawn(parent, async move {
            let core = duplicate(creation).await?;
            with_objects(|objects| {
                objects.comm_mut(id)?.core = Arc::new(core);
                Ok(())
            })
        })?;
        // SAFETY: the caller's promise.
        unsafe {
            *newcomm = A::Comm::encode(id);
            *request = A::Request::encode(started);
        }
        Ok(())
    });
    finish_callback::<A>(function, parent, started)
}

/// `MPI_Comm_idup`.
///
/// # Safety
/// `newcomm` and `request` may be written.
pub unsafe fn comm_idup<A: Abi>(comm: A::Comm, newcomm: *mut A::Comm, request: *mut A::Request) -> c_int {
    let id = comm.decode();
    match call::out(newcomm, "newcomm").and_then(|()| call::out(request, "request")) {
        // SAFETY: the caller's promise; neither is null.
        Ok(()) => unsafe { start_dup::<A>("MPI_Comm_idup", id, Info::new(), newcomm, request) },
        Err(error) => finish_callback::<A>("MPI_Comm_idup", id, Err(Failure::Engine(error))),
    }
}

/// `MPI_Comm_idup_with_info`.
///
/// # Safety
/// `newcomm` and `request` may be written.
pub unsafe fn comm_idup_with_info<A: Abi>(
    comm: A::Comm,
    info: A::Info,
    newcomm: *mut A::Comm,
    request: *mut A::Request,
) -> c_int {
    let id = comm.decode();
    let checked = call::out(newcomm, "newcomm").and_then(|()| call::out(request, "request"));
    match checked.and_then(|()| hints_of(info.decode())) {
        // SAFETY: the caller's promise; neither is null.
        Ok(hints) => unsafe { start_dup::<A>("MPI_Comm_idup_with_info", id, hints, newcomm, request) },
        Err(error) => finish_callback::<A>("MPI_Comm_idup_with_info", id, Err(Failure::Engine(error))),
    }
}

/// The hints in an info argument, which may be `MPI_INFO_NULL`.
pub(crate) fn hints_of(info: InfoId) -> Result<Info> {
    if info.is_null() {
        return Ok(Info::new());
    }
    with_objects(|objects| objects.info(info).map(hints::known))
}

/// `MPI_Comm_create`.
///
/// # Safety
/// `newcomm` may be written.
pub unsafe fn comm_create<A: Abi>(comm: A::Comm, group: A::Group, newcomm: *mut A::Comm) -> c_int {
    let make = |creation: Creation| {
        let group = with_objects(|objects| objects.group(group.decode()).cloned())?;
        check_subset(&group, &creation.core)?;
        Ok(async move {
            let Creation { ports, core, contexts, key } = &creation;
            if core.is_inter() {
                intercomm::create_part(ports, contexts, *key, core, &group).await
            } else {
                create::create(ports, contexts, *key, &group).await
            }
        })
    };
    // SAFETY: the caller's promise.
    unsafe { derive::<A, _>("MPI_Comm_create", comm.decode(), newcomm, make) }
}

async fn split(creation: Creation, split: Split) -> Result<Option<CommCore>> {
    let Creation { ports, core, contexts, key } = &creation;
    if core.is_inter() {
        intercomm::split(ports, contexts, *key, core, split).await
    } else {
        create::split(ports, contexts, *key, core, split).await
    }
}

/// `MPI_Comm_split`.
///
/// # Safety
/// `newcomm` may be written.
pub unsafe fn comm_split<A: Abi>(comm: A::Comm, color: c_int, key: c_int, newcomm: *mut A::Comm) -> c_int {
    let make = |creation: Creation| {
        let color = match color {
            UNDEFINED => None,
            color => match u32::try_from(color) {
                Ok(color) => Some(color),
                Err(_) => fail!(
                    ErrorClass::Arg,
                    "the color is {color}; it must not be negative, or MPI_UNDEFINED to get no communicator"
                ),
            },
        };
        Ok(split(creation, Split { color, key }))
    };
    // SAFETY: the caller's promise.
    unsafe { derive::<A, _>("MPI_Comm_split", comm.decode(), newcomm, make) }
}

/// The kinds of [`HARDWARE`], as the machine knows them.
const HARDWARE_KINDS: [Kind; HARDWARE.len()] =
    [Kind::Package, Kind::NumaNode, Kind::L3Cache, Kind::Core, Kind::Processor];

/// The split type, or `None` for `MPI_UNDEFINED`.
fn split_type<A: Abi>(value: c_int) -> Result<Option<SplitType>> {
    let standard = A::constant_in(Constants::SplitType, value);
    Ok(Some(match i64::from(standard) {
        c::MPI_UNDEFINED => return Ok(None),
        c::MPI_COMM_TYPE_SHARED => SplitType::Shared,
        c::MPI_COMM_TYPE_HW_GUIDED => SplitType::HardwareGuided,
        c::MPI_COMM_TYPE_HW_UNGUIDED => SplitType::HardwareUnguided,
        c::MPI_COMM_TYPE_RESOURCE_GUIDED => SplitType::ResourceGuided,
        _ => fail!(ErrorClass::Arg, "{value} is no MPI_COMM_TYPE constant"),
    }))
}

/// Of each kind of hardware its name, and what this process is bound to.
pub(crate) fn bindings() -> [(&'static str, Binding); HARDWARE.len()] {
    let cpus = CpuList::allowed();
    std::array::from_fn(|kind| (HARDWARE[kind], topology::binding(HARDWARE_KINDS[kind], &cpus)))
}

/// Where this process is, as far as it is bound to processors.
fn own_place(core: &CommCore) -> Place {
    let hardware = bindings().map(|(_, binding)| match binding {
        Binding::One(first) => Some(first as u32),
        Binding::Several | Binding::Unknown => None,
    });
    // All processes of a job are on one machine.
    Place { machine: 0, process: core.group().process(core.rank()), hardware }
}

/// Tells the program what the parts stand for, if it gave an info object.
fn tell_resource(info: InfoId, found: Option<&str>) -> Result<()> {
    let Some(found) = found.filter(|_| !info.is_null()) else { return Ok(()) };
    with_objects(|objects| objects.info_mut(info)?.set(RESOURCE_KEY.as_bytes(), found.as_bytes()))
}

/// # Errors
/// Those of the arguments, and what meets the ranks on the way.
fn part_by_type<A: Abi>(parent: CommId, value: c_int, key: c_int, info: InfoId) -> Result<Option<CommId>> {
    let creation = Creation::start(parent)?;
    let wishes = match info {
        none if none.is_null() => Info::new(),
        info => with_objects(|objects| objects.info(info).cloned())?,
    };
    let wanted = split_type::<A>(value)?.map(|wanted| Criterion::new(wanted, &wishes)).transpose()?;
    let place = own_place(&creation.core);
    let made = block_on(async {
        let Decision { split: own, found } = decide(&creation.ports, wanted, key, &place).await?;
        Ok(split(creation, own).await?.map(|core| (core, found)))
    })?;
    let Some((core, found)) = made else { return Ok(None) };
    tell_resource(info, found)?;
    with_objects(|objects| {
        let id = objects.add_comm(core, Some(parent));
        objects.comm_mut(id)?.info = hints::known(&wishes);
        Ok(Some(id))
    })
}

/// `MPI_Comm_split_type`.
///
/// # Safety
/// `newcomm` may be written.
pub unsafe fn comm_split_type<A: Abi>(
    comm: A::Comm,
    split_type: c_int,
    key: c_int,
    info: A::Info,
    newcomm: *mut A::Comm,
) -> c_int {
    let parent = comm.decode();
    let made = call::out(newcomm, "newcomm")
        .and_then(|()| part_by_type::<A>(parent, split_type, key, info.decode()));
    // SAFETY: the caller's promise.
    unsafe { store::<A>("MPI_Comm_split_type", parent, newcomm, made) }
}

/// A communicator's group as an argument.
pub(super) fn group_of<A: Abi>(group: A::Group) -> Result<Arc<engine::group::Group>> {
    with_objects(|objects| objects.group(group.decode()).cloned())
}
