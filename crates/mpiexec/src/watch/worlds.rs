//! Worlds that have parted from the others: processes that `MPI_Comm_spawn` has
//! started and that share no communicator with those who asked for them any
//! more. When one of them fails, its world ends, and nobody else.

use std::time::{Duration, Instant};

use memory::job::World;
use platform::process::{Pid, Signal};

use super::Watch;
use crate::ending::{self, FAILURE_GRACE};
use crate::failure::Failure;

/// For a world to part from the others while one of its processes has done so
/// and failed.
const PARTING_GRACE: Duration = Duration::from_millis(150);

/// Worlds that are ended, or have ended, after a failure of their own.
#[derive(Default)]
pub(super) struct EndedWorlds {
    /// What the first failure says about our exit code.
    pub(super) code: Option<i32>,
    worlds: Vec<Ending>,
    undecided: Vec<Undecided>,
}

/// A failure in a world that is about to part from the others, perhaps.
struct Undecided {
    rank: usize,
    failure: Failure,
    until: Instant,
}

struct Ending {
    world: World,
    /// When those are killed that have not obeyed; none once that is done.
    kill_at: Option<Instant>,
}

impl EndedWorlds {
    pub(super) fn deadline(&self) -> Option<Instant> {
        let undecided = self.undecided.iter().map(|undecided| undecided.until);
        self.worlds.iter().filter_map(|ending| ending.kill_at).chain(undecided).min()
    }
}

impl Watch {
    /// Deals with the failure of a rank whose world has parted from the others,
    /// or is being ended already; false if it concerns everybody.
    pub(super) fn world_failed(&mut self, rank: usize, failure: &Failure) -> bool {
        if self.end_parted_world(rank, failure) {
            return true;
        }
        let control = self.control(rank);
        if control.parent().is_none() || control.is_tied() {
            return false;
        }
        // It had parted; the others of its world may be in the middle of that.
        let until = Instant::now() + PARTING_GRACE;
        self.ended_worlds.undecided.push(Undecided { rank, failure: failure.clone(), until });
        true
    }

    /// Decides what had to wait.
    pub(super) fn decide_worlds(&mut self, now: Instant) {
        let is_due = |undecided: &mut Undecided| now >= undecided.until;
        let due: Vec<Undecided> = self.ended_worlds.undecided.extract_if(.., is_due).collect();
        for Undecided { rank, failure, .. } in due {
            if !self.end_parted_world(rank, &failure) {
                self.job_failed(rank, &failure);
            }
        }
    }

    fn end_parted_world(&mut self, rank: usize, failure: &Failure) -> bool {
        let control = self.control(rank);
        let world = control.world();
        if self.ended_worlds.worlds.iter().any(|ending| ending.world == world) {
            return true;
        }
        let mut slots = world.first..world.first + world.size;
        if control.parent().is_none() || slots.any(|slot| self.job.control(slot).is_tied()) {
            return false;
        }
        self.ended_worlds.code.get_or_insert(failure.exit_code());
        let others = self.leaders_of(world);
        let ended = match others.len() {
            0 => "",
            1 => "The other rank of its world still running was ended.\n",
            count => &format!("The other {count} ranks of its world still running were ended.\n"),
        };
        self.tell(
            rank,
            failure,
            &format!("{ended}The rest of the job, from which its world has parted, goes on."),
        );
        ending::signal_groups(&others, Signal::TERM);
        let kill_at = Some(Instant::now() + FAILURE_GRACE);
        self.ended_worlds.worlds.push(Ending { world, kill_at });
        true
    }

    pub(super) fn kill_ended_worlds(&mut self, now: Instant) {
        for index in 0..self.ended_worlds.worlds.len() {
            let Ending { world, kill_at } = &mut self.ended_worlds.worlds[index];
            if kill_at.is_some_and(|kill_at| now >= kill_at) {
                *kill_at = None;
                let world = *world;
                ending::signal_groups(&self.leaders_of(world), Signal::KILL);
            }
        }
    }

    /// The processes of a world that have not ended.
    fn leaders_of(&self, world: World) -> Vec<Pid> {
        let slots = world.first..world.first + world.size;
        let is_of_world = |rank: &&super::Rank| rank.ended.is_none() && slots.contains(&rank.slot);
        self.ranks.iter().filter(is_of_world).map(|rank| rank.pid).collect()
    }
}
