//! The window, and what its ranks know of each other's memory.

use std::ops::Range;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};
use std::time::Instant;

use memory::arena::Grant;
use memory::buffer::{RecvBuffer, SendBuffer};
use memory::window::control::Control;

use super::attach::Piece;
use super::remote::{Helper, Remote};
use crate::comm::CommCore;
use crate::error::{Error, ErrorClass, Result};
use crate::fail;
use crate::group::Group;

/// How a window was made (MPI-5.0 section 12.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flavor {
    Create,
    Allocate,
    Dynamic,
    Shared,
}

impl Flavor {
    /// The function that makes such a window.
    pub const fn function(self) -> &'static str {
        match self {
            Self::Create => "MPI_Win_create",
            Self::Allocate => "MPI_Win_allocate",
            Self::Dynamic => "MPI_Win_create_dynamic",
            Self::Shared => "MPI_Win_allocate_shared",
        }
    }
}

/// The memory of one rank, as this process knows it.
pub(super) struct Target {
    /// Bytes.
    pub size: u64,
    /// Bytes per unit of a displacement.
    pub unit: i64,
    pub reach: Reach,
}

/// How this process reaches the memory of a rank.
pub(super) enum Reach {
    /// It is mapped here. Both buffers are all of it.
    Direct(Direct),
    /// It begins at this address there; 0 in a dynamic window.
    Remote { remote: Remote, base: u64 },
    /// It is this process's own, attached to a dynamic window.
    Attached,
}

/// Mapped memory, for both directions.
#[derive(Clone)]
pub(super) struct Direct {
    pub read: SendBuffer,
    pub write: RecvBuffer,
}

impl Direct {
    pub(super) fn new(write: RecvBuffer) -> Self {
        Self { read: write.as_send(), write }
    }
}

/// What this process lends to a window by addresses.
#[derive(Default)]
pub(super) struct OwnMemory(Mutex<Vec<Piece>>);

impl OwnMemory {
    /// The memory of `MPI_Win_create`.
    pub(super) fn whole(buffer: RecvBuffer, size: u64) -> Self {
        let start = buffer.address(0);
        Self(Mutex::new(vec![Piece { addresses: start..start.saturating_add(size), buffer }]))
    }

    pub(super) fn pieces(&self) -> &Mutex<Vec<Piece>> {
        &self.0
    }
}

/// What a window needs as long as it lives, in the order in which it goes.
#[expect(dead_code, reason = "kept, not read")]
pub(super) struct Resources {
    pub helper: Option<Helper>,
    /// At rank 0: the memory of `MPI_Win_allocate`.
    pub memory: Option<Grant>,
    /// At rank 0.
    pub control: Option<Grant>,
}

/// A window. Whatever changes with the calls of its program is in
/// [`super::epoch::Epochs`].
pub struct Window {
    pub(super) flavor: Flavor,
    pub(super) core: Arc<CommCore>,
    pub(super) made: Instant,
    pub(super) control: Control,
    pub(super) targets: Vec<Target>,
    pub(super) own: Arc<OwnMemory>,
    #[expect(dead_code, reason = "kept, not read")]
    pub(super) resources: Resources,
}

/// What `MPI_Win_shared_query` answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Bytes; 0 when the memory cannot be reached by loads and stores.
    pub size: u64,
    pub unit: i64,
    /// Address in this process, 0 if there is none.
    pub base: u64,
}

impl Window {
    pub fn flavor(&self) -> Flavor {
        self.flavor
    }

    /// The calling process's rank.
    #[inline]
    pub fn rank(&self) -> usize {
        self.core.rank()
    }

    pub fn size(&self) -> usize {
        self.core.size()
    }

    pub fn group(&self) -> &Arc<Group> {
        self.core.group()
    }

    #[inline]
    pub(super) fn control(&self) -> &Control {
        &self.control
    }

    pub(super) fn own(&self) -> &OwnMemory {
        &self.own
    }

    /// The process whose doorbell a change for `rank` rings.
    pub(super) fn process(&self, rank: usize) -> usize {
        self.core.group().process(rank) as usize
    }

    /// Lets others at this process's memory without its doing. Until then they
    /// wait, for a while: programs set their memory up after they have made the
    /// window, and some forget that others must be told when that is done
    /// (MPI-5.0 section 12.7). Where a target has to take part in every access,
    /// they get away with it.
    pub(crate) fn settle(&self) {
        // Release: pairs with the Acquire in `Control::settled_lock`.
        self.control.settled(self.rank()).store(1, Ordering::Release);
    }

    /// `rank` was waited for in vain: nobody is to do that again.
    pub(super) fn give_up_on(&self, rank: usize) {
        // Relaxed: nothing goes with it.
        self.control.settled(rank).store(1, Ordering::Relaxed);
    }

    /// A rank of the window.
    ///
    /// # Errors
    /// `MPI_ERR_RANK` when there is no such rank.
    #[inline]
    pub fn target(&self, rank: i32) -> Result<usize> {
        match usize::try_from(rank) {
            Ok(target) if target < self.targets.len() => Ok(target),
            _ => self.core.peer(rank).map(|_| rank as usize),
        }
    }

    /// The base of this process's memory, 0 if there is none, and its bytes.
    pub fn own_memory(&self) -> Segment {
        self.segment(self.rank())
    }

    fn segment(&self, rank: usize) -> Segment {
        let Target { size, unit, reach } = &self.targets[rank];
        match reach {
            Reach::Direct(direct) => Segment { size: *size, unit: *unit, base: direct.write.address(0) },
            Reach::Remote { .. } | Reach::Attached => Segment { size: 0, unit: *unit, base: 0 },
        }
    }

    /// `MPI_Win_shared_query` of a rank, or of the first that has memory
    /// (`MPI_PROC_NULL`). Memory of no bytes is nowhere.
    ///
    /// # Errors
    /// `MPI_ERR_RMA_FLAVOR` for a dynamic window, `MPI_ERR_RANK` when there is no
    /// such rank.
    pub fn shared_query(&self, rank: Option<i32>) -> Result<Segment> {
        if self.flavor == Flavor::Dynamic {
            fail!(
                ErrorClass::RmaFlavor,
                "a window of MPI_Win_create_dynamic has no memory that could be asked for; \
                 MPI_Win_shared_query is for the other kinds"
            );
        }
        let rank = match rank {
            Some(rank) => self.target(rank)?,
            None => self.targets.iter().position(|target| target.size != 0).unwrap_or(0),
        };
        let segment = self.segment(rank);
        Ok(if segment.size == 0 { Segment { base: 0, ..segment } } else { segment })
    }

    /// The ranks here of the members of `group`.
    ///
    /// # Errors
    /// `MPI_ERR_GROUP` when it has a member that the window has not.
    pub fn ranks_of(&self, group: &Group) -> Result<Vec<usize>> {
        let own = self.group();
        group
            .processes()
            .enumerate()
            .map(|(rank, process)| {
                own.rank_of(process).ok_or_else(|| {
                    let message = format!("rank {rank} of the group is no process of the window");
                    Error::new(ErrorClass::Group, message)
                })
            })
            .collect()
    }

    /// The bytes of the target that an access reaches, counted from its base.
    ///
    /// # Errors
    /// `MPI_ERR_RMA_RANGE` when they are not all of the target's memory.
    pub(super) fn check_range(&self, target: usize, displacement: i64, reach: &Range<isize>) -> Result<i64> {
        let Target { size, unit, .. } = &self.targets[target];
        let base = displacement.checked_mul(*unit);
        let start = base.and_then(|base| base.checked_add(reach.start as i64));
        let end = base.and_then(|base| base.checked_add(reach.end as i64));
        let (Some(base), Some(start), Some(end)) = (base, start, end) else {
            return Err(self.out_of_range(target, displacement, i64::MAX));
        };
        if self.flavor == Flavor::Dynamic {
            let attached = match &self.targets[target].reach {
                Reach::Attached => self.own.find(start as u64, reach.len()).is_some(),
                _ => self.control.is_attached(target, start as u64..end as u64),
            };
            return if attached { Ok(base) } else { Err(not_attached(target, start, end)) };
        }
        if start < 0 || end as u64 > *size {
            return Err(self.out_of_range(target, displacement, if start < 0 { start } else { end }));
        }
        Ok(base)
    }

    #[cold]
    fn out_of_range(&self, target: usize, displacement: i64, at: i64) -> Error {
        let Target { size, unit, .. } = &self.targets[target];
        Error::new(
            ErrorClass::RmaRange,
            format!(
                "an access at displacement {displacement} (in units of {unit} bytes) reaches byte {at} of rank \
                 {target}, whose memory in the window has {size} bytes"
            ),
        )
    }
}

#[cold]
fn not_attached(target: usize, start: i64, end: i64) -> Error {
    Error::new(
        ErrorClass::RmaRange,
        format!(
            "rank {target} has attached no memory that holds the addresses {start:#x} to {end:#x}; in a dynamic \
             window displacements are addresses of the target (MPI_Get_address there)"
        ),
    )
}
