//! Making a window: what the ranks tell one another.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Instant;

use memory::arena::{Arena, Extent, Grant, Region};
use memory::asymmetric::Fences;
use memory::buffer::RecvBuffer;
use memory::window::control::{Control, ControlLayout};
use memory::window::mailbox::Mailbox;

use super::remote::{Helper, Probe, Remote};
use super::window::{Direct, Flavor, OwnMemory, Reach, Resources, Target, Window};
use crate::collective::Ports;
use crate::comm::CommCore;
use crate::comm::words::{all, from_root};
use crate::error::{Error, ErrorClass, Result};
use crate::fail;

/// Segments of at least this many bytes begin [`INTO_PAGE`] bytes into a page, which
/// may be the one where the segment before ends.
const PAGE: u64 = 4096;
/// Bytes into a page at which long memory begins. Programs' own long arrays mostly
/// begin 0 to 64 bytes into one, and to copy to what lies a little further into a
/// page than the source takes a third longer: a load is taken to need a store
/// before it that ends in the same 12 bits of address.
const INTO_PAGE: u64 = 1024;

/// What one rank brings to a window.
pub struct Offer {
    pub flavor: Flavor,
    /// Bytes.
    pub size: u64,
    /// Bytes per unit of a displacement.
    pub unit: i64,
    /// The memory of `MPI_Win_create`.
    pub memory: Option<Lent>,
    /// For memory that is allocated here: bytes.
    pub alignment: usize,
    /// Whether the ranks' memories follow one another without gaps.
    pub contiguous: bool,
}

/// The program's memory.
pub struct Lent {
    pub buffer: RecvBuffer,
    /// Where it lies in shared memory, if it does: a piece, and the bytes before
    /// it there.
    pub shared: Option<(Extent, u64)>,
}

/// What every rank tells all others.
#[derive(Clone, Copy, Debug)]
struct Told {
    /// Which memory file the extents are of.
    job: u64,
    size: u64,
    unit: u64,
    base: u64,
    extent: Extent,
    inner: u64,
    probe: Probe,
    /// Those of rank 0 count, should they differ.
    alignment: u64,
    contiguous: bool,
    fences: Fences,
}

impl Told {
    const WORDS: usize = 12;

    fn words(self) -> [u64; Self::WORDS] {
        let Self { job, size, unit, base, extent, inner, probe, alignment, contiguous, fences } = self;
        let Extent { offset, bytes } = extent;
        let Probe { pid, address } = probe;
        let unequal = u64::from(fences == Fences::Unequal);
        [size, unit, base, offset, bytes, inner, pid, address, alignment, contiguous.into(), job, unequal]
    }

    fn of(words: &[u64]) -> Self {
        Self {
            size: words[0],
            unit: words[1],
            base: words[2],
            extent: Extent { offset: words[3], bytes: words[4] },
            inner: words[5],
            probe: Probe { pid: words[6], address: words[7] },
            alignment: words[8],
            contiguous: words[9] != 0,
            job: words[10],
            fences: Fences::of(words[11] != 0),
        }
    }
}

/// The words of all ranks.
async fn tell<P: Ports>(ports: &P, words: &[u64]) -> Result<Vec<u64>> {
    let halves: Vec<u32> = words.iter().flat_map(|&word| [word as u32, (word >> 32) as u32]).collect();
    Ok(join(&all(ports, &halves).await?))
}

fn join(halves: &[u32]) -> Vec<u64> {
    let (pairs, _) = halves.as_chunks::<2>();
    pairs.iter().map(|&[low, high]| u64::from(low) | u64::from(high) << 32).collect()
}

/// Ends with this rank's outcome when all of them are good, else with an error
/// everywhere. Nobody returns before all have come here.
async fn agree<P: Ports, R>(ports: &P, outcome: Result<R>) -> Result<R> {
    let states = all(ports, &[u32::from(outcome.is_err())]).await?;
    let value = outcome?;
    match states.iter().position(|&state| state != 0) {
        None => Ok(value),
        Some(rank) => Err(Error::new(
            ErrorClass::NoMem,
            format!("rank {rank} could not do its part of making the window; its own error says why"),
        )),
    }
}

fn no_memory(error: &std::io::Error) -> Error {
    Error::new(ErrorClass::NoMem, format!("the window's memory could not be had: {error}"))
}

/// Where the segments of allocated memory lie, and the bytes of all of it.
fn segments(sizes: &[u64], alignment: u64, contiguous: bool) -> Option<(Vec<u64>, u64)> {
    let total = sizes.iter().try_fold(0_u64, |sum, size| sum.checked_add(*size))?;
    let shifted = |bytes: u64| bytes >= PAGE && alignment <= INTO_PAGE;
    let mut end = if contiguous && shifted(total) { INTO_PAGE } else { 0 };
    let mut starts = Vec::with_capacity(sizes.len());
    for &size in sizes {
        let start = match contiguous {
            true => end,
            false if shifted(size) => {
                end.saturating_sub(INTO_PAGE).checked_next_multiple_of(PAGE)?.checked_add(INTO_PAGE)?
            }
            false => end.checked_next_multiple_of(alignment)?,
        };
        starts.push(start);
        end = start.checked_add(size)?;
    }
    Some((starts, end))
}

/// Makes a window of the members of `core`, together with them.
///
/// # Errors
/// At all ranks: `MPI_ERR_NO_MEM` when shared memory cannot be had or mapped at
/// one of them. Those of the ports.
pub async fn create<P: Ports>(
    ports: &P,
    core: Arc<CommCore>,
    arena: &Arc<Arena>,
    offer: Offer,
) -> Result<Window> {
    let (rank, ranks) = (core.rank(), core.size());
    let told = tell(ports, &offer.told(arena).words()).await?;
    let told: Vec<Told> = told.chunks_exact(Told::WORDS).map(Told::of).collect();
    if let Some(other) = told.iter().position(|other| other.job != told[0].job) {
        fail!(
            ErrorClass::RmaShared,
            "rank {other} is of another job than rank 0: they share no memory, and windows need it"
        );
    }
    let sizes: Vec<u64> = told.iter().map(|told| told.size).collect();
    let layout = ControlLayout::new(ranks, offer.flavor == Flavor::Dynamic);

    let ours = matches!(offer.flavor, Flavor::Allocate | Flavor::Shared);
    let Told { alignment, contiguous, .. } = told[0];
    let placed = if ours { segments(&sizes, alignment, contiguous) } else { Some((vec![], 0)) };
    let Some((starts, bytes)) = placed else {
        fail!(ErrorClass::NoMem, "the sizes of all ranks together are more than can be addressed");
    };
    let granted = if rank == 0 { grant(arena, layout, bytes) } else { Ok((None, None)) };
    let extents = share_extents(ports, granted.as_ref().ok()).await?;
    let (control, memory) = granted?;
    if extents[0].bytes == 0 {
        fail!(ErrorClass::NoMem, "rank 0 could not get the window's memory; its own error says why");
    }

    let own = match &offer.memory {
        Some(lent) => OwnMemory::whole(lent.buffer.clone(), offer.size),
        None => OwnMemory::default(),
    };
    let resources = Resources { helper: None, memory, control };
    let fences = Fences::of(told.iter().all(|told| told.fences == Fences::Unequal));
    let made = map(arena, extents).and_then(|(region, memory)| {
        let control = Control::new(region, layout, fences);
        let maker = Maker { rank, told, control, own: Arc::new(own), offer, resources };
        let targets = maker.targets(arena, memory, &starts)?;
        Ok((maker, targets))
    });
    let (mut maker, targets) = agree(ports, made).await?;
    let targets = maker.find_help(ports, arena, targets).await?;
    let Maker { control, own, offer, resources, .. } = maker;
    let made = Instant::now();
    Ok(Window { flavor: offer.flavor, core, made, control, targets, own, resources })
}

impl Offer {
    fn told(&self, arena: &Arena) -> Told {
        let shared = self.memory.as_ref().and_then(|lent| lent.shared);
        let (extent, inner) = shared.unwrap_or((Extent { offset: 0, bytes: 0 }, 0));
        if matches!(self.flavor, Flavor::Create | Flavor::Dynamic) {
            arena.permit_ranks();
        }
        Told {
            // Without an identity it is like no other: an error says so.
            job: arena.job_identity().unwrap_or(u64::from(std::process::id())),
            size: self.size,
            unit: self.unit as u64,
            base: self.memory.as_ref().map_or(0, |lent| lent.buffer.address(0)),
            extent,
            inner,
            probe: Probe::of_self(),
            alignment: self.alignment as u64,
            contiguous: self.contiguous,
            fences: Fences::prepare(),
        }
    }
}

type Grants = (Option<Grant>, Option<Grant>);

/// At rank 0: the control blocks, and the memory if there is any.
fn grant(arena: &Arc<Arena>, layout: ControlLayout, bytes: u64) -> Result<Grants> {
    let control = arena.allocate(layout.bytes()).map_err(|error| no_memory(&error))?;
    let memory = match usize::try_from(bytes) {
        Ok(0) => None,
        Ok(bytes) => Some(arena.allocate(bytes).map_err(|error| no_memory(&error))?),
        Err(_) => return Err(no_memory(&std::io::ErrorKind::OutOfMemory.into())),
    };
    Ok((Some(control), memory))
}

/// Tells what rank 0 has allocated; extents of no bytes are what it has not.
async fn share_extents<P: Ports>(ports: &P, grants: Option<&Grants>) -> Result<[Extent; 2]> {
    const WORDS: usize = 4;
    let (control, memory) =
        grants.map_or((None, None), |(control, memory)| (control.as_ref(), memory.as_ref()));
    let words = [control, memory].map(|grant| grant.map_or(Extent { offset: 0, bytes: 0 }, Grant::extent));
    let words = words.iter().flat_map(|extent| [extent.offset, extent.bytes]);
    let halves: Vec<u32> = words.flat_map(|word| [word as u32, (word >> 32) as u32]).collect();
    let words = join(&from_root(ports, 0, &halves, 2 * WORDS).await?);
    let extent = |at: usize| Extent { offset: words[at], bytes: words[at + 1] };
    Ok([extent(0), extent(2)])
}

/// Maps the control blocks, and the memory if there is any.
fn map(arena: &Arena, [control, memory]: [Extent; 2]) -> Result<(Region, Option<Region>)> {
    let map = |extent| arena.map(extent).map_err(|error| no_memory(&error));
    let memory = if memory.bytes == 0 { None } else { Some(map(memory)?) };
    Ok((map(control)?, memory))
}

/// A window that is not finished.
struct Maker {
    rank: usize,
    told: Vec<Told>,
    control: Control,
    own: Arc<OwnMemory>,
    offer: Offer,
    resources: Resources,
}

impl Maker {
    /// How each rank is reached; `None` where it takes help. Those who must help
    /// are told so in their control blocks.
    fn targets(&self, arena: &Arena, memory: Option<Region>, starts: &[u64]) -> Result<Vec<Option<Reach>>> {
        let reach = |rank: usize| {
            let told = &self.told[rank];
            let bytes = |range: Range<u64>, region: &Region| {
                let buffer =
                    region.recv_buffer().part(range.start as isize, (range.end - range.start) as usize);
                Some(Reach::Direct(Direct::new(buffer)))
            };
            match (self.offer.flavor, &memory) {
                (Flavor::Allocate | Flavor::Shared, Some(region)) => {
                    Ok(bytes(starts[rank]..starts[rank] + told.size, region))
                }
                (Flavor::Allocate | Flavor::Shared, None) => {
                    Ok(Some(Reach::Direct(Direct::new(RecvBuffer::empty()))))
                }
                (Flavor::Dynamic, _) if rank == self.rank => Ok(Some(Reach::Attached)),
                (Flavor::Create, _) if rank == self.rank => {
                    let own = self.offer.memory.as_ref().map(|lent| lent.buffer.clone());
                    Ok(Some(Reach::Direct(Direct::new(own.unwrap_or_else(RecvBuffer::empty)))))
                }
                (Flavor::Create, _) if told.size == 0 => {
                    Ok(Some(Reach::Direct(Direct::new(RecvBuffer::empty()))))
                }
                (Flavor::Create, _) if told.extent.bytes != 0 => {
                    let region = arena.map(told.extent).map_err(|error| no_memory(&error))?;
                    Ok(bytes(told.inner..told.inner + told.size, &region))
                }
                (Flavor::Create | Flavor::Dynamic, _) => Ok(told
                    .probe
                    .reach()
                    .map(|pid| Reach::Remote { remote: Remote::Process(pid), base: told.base })),
            }
        };
        let found: Vec<Option<Reach>> = (0..self.told.len()).map(reach).collect::<Result<_>>()?;
        for (rank, _) in found.iter().enumerate().filter(|(_, reach)| reach.is_none()) {
            // Relaxed: an agreement follows before it is read.
            self.control.wants_help(rank).store(1, Ordering::Relaxed);
        }
        Ok(found)
    }

    /// Starts this rank's helper if others want it, and finds those of others.
    async fn find_help<P: Ports>(
        &mut self,
        ports: &P,
        arena: &Arc<Arena>,
        found: Vec<Option<Reach>>,
    ) -> Result<Vec<Target>> {
        // Relaxed: the agreement before made it visible, and the same everywhere.
        let wanted = |rank: usize| self.control.wants_help(rank).load(Ordering::Relaxed) != 0;
        let help = (0..self.told.len()).any(wanted);
        if help {
            let helper = wanted(self.rank).then(|| Helper::start(arena, self.own.clone())).transpose();
            if let Ok(Some(helper)) = &helper {
                self.control.set_mailbox(self.rank, helper.extent());
            }
            self.resources.helper = agree(ports, helper).await?;
        }
        let open = |(rank, reach): (usize, Option<Reach>)| {
            let Told { size, unit, base, .. } = self.told[rank];
            let reach = match reach {
                Some(reach) => reach,
                None => {
                    let mailbox = Mailbox::open(arena, self.control.mailbox(rank));
                    let mailbox = mailbox.map_err(|error| no_memory(&error))?;
                    Reach::Remote { remote: Remote::Mailbox(mailbox), base }
                }
            };
            Ok(Target { size, unit: unit as i64, reach })
        };
        let targets = found.into_iter().enumerate().map(open).collect::<Result<_>>();
        // Without help there was nothing that could fail.
        if help { agree(ports, targets).await } else { targets }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_are_aligned_unless_they_are_to_be_contiguous() {
        assert_eq!(segments(&[10, 0, 50, 3], 64, false), Some((vec![0, 64, 64, 128], 131)));
        assert_eq!(segments(&[10, 0, 50, 3], 64, true), Some((vec![0, 10, 10, 60], 63)));
        assert_eq!(segments(&[u64::MAX, 1], 64, true), None);
    }

    #[test]
    fn long_segments_begin_within_a_page_unless_more_is_asked_for() {
        assert_eq!(segments(&[5000, 4096, 3], 64, false), Some((vec![1024, 9216, 13312], 13315)));
        assert_eq!(segments(&[100, 5000], 64, false), Some((vec![0, 1024], 6024)));
        assert_eq!(segments(&[5000, 3], 64, true), Some((vec![1024, 6024], 6027)));
        assert_eq!(segments(&[10, 5000], 4096, false), Some((vec![0, 4096], 9096)));
        assert_eq!(segments(&[5000, 3], 4096, true), Some((vec![0, 5000], 5003)));
    }

    #[test]
    fn what_is_told_arrives() {
        let told = Told {
            job: 1 << 50,
            size: 1 << 40,
            unit: 8,
            base: 0x7fff_0000_1234,
            extent: Extent { offset: 1 << 42, bytes: 4096 },
            inner: 17,
            probe: Probe { pid: 77, address: 99 },
            alignment: 128,
            contiguous: true,
            fences: Fences::Unequal,
        };
        let halves: Vec<u32> =
            told.words().iter().flat_map(|&word| [word as u32, (word >> 32) as u32]).collect();
        assert_eq!(format!("{:?}", Told::of(&join(&halves))), format!("{told:?}"));
    }
}
