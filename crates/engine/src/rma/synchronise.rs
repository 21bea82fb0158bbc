//! Fences, post and start, locks: the synchronisation of windows (MPI-5.0
//! section 12.5). Whoever waits takes in messages meanwhile, and sleeps on its
//! doorbell; whoever ends the wait rings it.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use memory::atomic::fence;
use memory::window::ticket::{LockKind, Next, Ticket};
use transport::Transport;

use super::epoch::Hold;
use super::window::Window;
use crate::error::Result;
use crate::group::Group;
use crate::handle::WinId;
use crate::process::{Process, State};

/// How long after a window was made locks wait for targets that have not called
/// MPI since, and how often they look.
const SETTLING: Duration = Duration::from_millis(50);
const SETTLING_LOOK: Duration = Duration::from_micros(50);

/// How long the first sleep of a wait for a lock may take.
const NAP: Duration = Duration::from_millis(1);

/// How often a process has passed the steps of a window that are counted in
/// shared memory.
pub struct Steps {
    barriers: u32,
    /// By target.
    starts: Vec<u32>,
    /// By origin.
    waits: Vec<u32>,
}

impl Steps {
    /// Of a window of `ranks` ranks.
    pub fn new(ranks: usize) -> Self {
        Self { barriers: 0, starts: vec![0; ranks], waits: vec![0; ranks] }
    }
}

/// What became of a lock or an unlock that was tried at once, in a process without
/// threads: few registers, no error, nobody to wait for.
#[must_use = "what is left to do has to be done"]
pub enum AtOnce {
    Done,
    /// Nothing was done.
    No,
    /// The lock is others', and this the turn to wait for.
    Turn(Ticket),
    /// The lock was given back, and this is who has to hear of it.
    Next(Next),
}

/// An origin, and how often it had completed before.
type Awaited = (usize, u32);

impl<T: Transport> State<T> {
    fn ring_rank(&self, window: &Window, rank: usize) {
        self.ring(window.process(rank));
    }

    /// Gives the lock of `target` back.
    fn give_back(&self, window: &Window, target: usize, kind: LockKind) {
        if let Some(next) = window.control().lock(target).release(kind) {
            self.ring(next as usize);
        }
    }
}

impl<T: Transport> Process<T> {
    /// `MPI_Win_fence`. With `last` no epoch follows.
    ///
    /// # Errors
    /// `MPI_ERR_WIN`, `MPI_ERR_RMA_SYNC`; as [`Process::wait_until`].
    pub fn win_fence(&self, win: WinId, last: bool) -> Result<()> {
        let (window, count) = {
            let mut state = self.lock();
            let entry = state.objects.win_mut(win)?;
            entry.epochs.fence(last)?;
            entry.steps.barriers = entry.steps.barriers.wrapping_add(1);
            (Arc::clone(&entry.window), entry.steps.barriers)
        };
        self.window_barrier(&window, count)
    }

    /// Returns when every rank has come to its barrier number `count`. After
    /// round `k` a rank has heard, directly or not, of the `2^(k+1) - 1` ranks
    /// below it.
    fn window_barrier(&self, window: &Window, count: u32) -> Result<()> {
        let (rank, size) = (window.rank(), window.size());
        for round in 0.. {
            let distance = 1 << round;
            if distance >= size {
                break;
            }
            let to = (rank + distance) % size;
            // Release: pairs with the Acquire below; what was done before the barrier
            // is visible after it, through all rounds.
            window.control().arrived(to, round).store(count, Ordering::Release);
            self.lock().ring_rank(window, to);
            let arrived = window.control().arrived(rank, round);
            // The rank below may have come to the next barrier already.
            self.wait_until(|_| {
                let ahead = arrived.load(Ordering::Acquire).wrapping_sub(count);
                (ahead as i32 >= 0).then_some(())
            })?;
        }
        Ok(())
    }

    /// `MPI_Win_free`: takes the window away when every rank has let go of it.
    ///
    /// # Errors
    /// `MPI_ERR_WIN`, `MPI_ERR_RMA_SYNC`; as [`Process::wait_until`].
    pub fn win_free(&self, win: WinId) -> Result<()> {
        let (window, count) = {
            let mut state = self.lock();
            let entry = state.objects.win_mut(win)?;
            entry.epochs.check_free()?;
            entry.steps.barriers = entry.steps.barriers.wrapping_add(1);
            (Arc::clone(&entry.window), entry.steps.barriers)
        };
        self.window_barrier(&window, count)?;
        // Others may still read their own control blocks, which go with rank 0.
        let departed = window.control().departed();
        if window.rank() == 0 {
            let others = window.size() as u32 - 1;
            // Acquire: pairs with the Release below.
            self.wait_until(|_| (departed.load(Ordering::Acquire) == others).then_some(()))?;
        } else {
            let root = window.process(0);
            // Release: pairs with the Acquire above. Nothing is touched afterwards.
            departed.fetch_add(1, Ordering::Release);
            self.lock().ring(root);
        }
        self.lock().objects.remove_win(win);
        Ok(())
    }

    /// As [`Self::win_lock`] of an exclusive lock: what most programs ask for, most
    /// of the time, where nothing is out of the ordinary.
    #[inline(always)]
    pub fn win_lock_at_once(&self, win: WinId, target: i32) -> AtOnce {
        let Some(mut state) = self.lock_unthreaded() else { return AtOnce::No };
        if state.objects.has_fresh_wins() {
            return AtOnce::No;
        }
        let Some(entry) = state.objects.wins.get_mut(win) else { return AtOnce::No };
        let Ok(target) = usize::try_from(target) else { return AtOnce::No };
        let Some(lock) = entry.window.control().settled_lock(target) else { return AtOnce::No };
        if !entry.epochs.try_lock(target, Hold::Locked(LockKind::Exclusive)) {
            return AtOnce::No;
        }
        match lock.take_alone() {
            Ok(()) => AtOnce::Done,
            Err(ticket) => AtOnce::Turn(ticket),
        }
    }

    /// Goes on where [`Self::win_lock_at_once`] has got a ticket.
    ///
    /// # Errors
    /// As [`Process::wait_until`].
    pub fn win_lock_in_turn(&self, win: WinId, target: i32, ticket: Ticket) -> Result<()> {
        let (window, target) = {
            let state = self.lock();
            let window = &state.objects.win(win)?.window;
            (Arc::clone(window), window.target(target)?)
        };
        self.wait_for_turn(&window, target, ticket)
    }

    /// `MPI_Win_lock` of `target`; with `unchecked` the program promises that
    /// nobody else wants it.
    ///
    /// # Errors
    /// `MPI_ERR_WIN`, `MPI_ERR_RANK`, `MPI_ERR_RMA_SYNC`; as [`Process::wait_until`].
    pub fn win_lock(&self, win: WinId, target: i32, kind: LockKind, unchecked: bool) -> Result<()> {
        let hold = if unchecked { Hold::Promised } else { Hold::Locked(kind) };
        let (window, target) = {
            let mut state = self.lock();
            state.objects.settle_wins();
            let entry = state.objects.win_mut(win)?;
            let target = entry.window.target(target)?;
            entry.epochs.lock(target, hold)?;
            (Arc::clone(&entry.window), target)
        };
        self.take(&window, target, hold)
    }

    /// Takes the lock of `target`.
    fn take(&self, window: &Window, target: usize, hold: Hold) -> Result<()> {
        if window.control().settled_lock(target).is_none() {
            self.wait_until_settled(window, target)?;
        }
        let Hold::Locked(kind) = hold else { return Ok(()) };
        match window.control().lock(target).take(kind) {
            Ok(next) => {
                self.ring_next(next);
                Ok(())
            }
            Err(ticket) => self.wait_for_turn(window, target, ticket),
        }
    }

    fn ring_next(&self, next: Option<u32>) {
        if let Some(next) = next {
            self.lock().ring(next as usize);
        }
    }

    /// Waits until the turn of a ticket for the lock of `target` has come.
    #[cold]
    fn wait_for_turn(&self, window: &Window, target: usize, ticket: Ticket) -> Result<()> {
        let (lock, own) = (window.control().lock(target), window.process(window.rank()) as u32);
        lock.announce(ticket, own);
        // Who leaves a lock does only a light fence, and a heavy one takes longer than
        // most waits: it comes before the first sleep that nothing but a ring ends.
        let (fences, mut has_slept, mut has_fenced) = (window.control().fences(), false, false);
        let next = self.wait_napping(
            || {
                has_fenced |= has_slept && fences.heavy();
                has_slept = true;
                if has_fenced { None } else { Some(NAP) }
            },
            |_| lock.enter(ticket).ok(),
        )?;
        self.ring_next(next);
        Ok(())
    }

    /// Gives `target` some time to set its memory up: see [`Window::settle`].
    #[cold]
    fn wait_until_settled(&self, window: &Window, target: usize) -> Result<()> {
        while window.made.elapsed() < SETTLING {
            self.progress()?;
            if window.control().settled_lock(target).is_some() {
                return Ok(());
            }
            std::thread::sleep(SETTLING_LOOK);
        }
        window.give_up_on(target);
        Ok(())
    }

    /// `MPI_Win_lock_all`, as [`Self::win_lock`] of every rank.
    ///
    /// # Errors
    /// As [`Self::win_lock`].
    pub fn win_lock_all(&self, win: WinId, unchecked: bool) -> Result<()> {
        let hold = if unchecked { Hold::Promised } else { Hold::Locked(LockKind::Shared) };
        let window = {
            let mut state = self.lock();
            state.objects.settle_wins();
            let entry = state.objects.win_mut(win)?;
            entry.epochs.lock_all(hold)?;
            Arc::clone(&entry.window)
        };
        (0..window.size()).try_for_each(|target| self.take(&window, target, hold))
    }

    /// As [`Self::win_unlock`] of what [`Self::win_lock_at_once`] has locked, if
    /// nobody waits for it.
    #[inline(always)]
    pub fn win_unlock_at_once(&self, win: WinId, target: i32) -> AtOnce {
        let Some(mut state) = self.lock_unthreaded() else { return AtOnce::No };
        let Some(entry) = state.objects.wins.get_mut(win) else { return AtOnce::No };
        let Ok(target) = usize::try_from(target) else { return AtOnce::No };
        if entry.epochs.hold(target) != Some(Hold::Locked(LockKind::Exclusive)) {
            return AtOnce::No;
        }
        entry.epochs.let_go(target);
        let control = entry.window.control();
        match control.lock_words(target).leave_alone(control.fences()) {
            None => AtOnce::Done,
            Some(next) => AtOnce::Next(next),
        }
    }

    /// Goes on where [`Self::win_unlock_at_once`] has found that somebody waits.
    ///
    /// # Errors
    /// `MPI_ERR_WIN`, `MPI_ERR_RANK`.
    pub fn win_hand_over(&self, win: WinId, target: i32, next: Next) -> Result<()> {
        let state = self.lock();
        let window = &state.objects.win(win)?.window;
        let holder = window.control().lock(window.target(target)?).holder(next);
        if let Some(holder) = holder {
            state.ring(holder as usize);
        }
        Ok(())
    }

    /// `MPI_Win_unlock`.
    ///
    /// # Errors
    /// `MPI_ERR_WIN`, `MPI_ERR_RANK`, `MPI_ERR_RMA_SYNC`.
    pub fn win_unlock(&self, win: WinId, target: i32) -> Result<()> {
        let mut state = self.lock();
        let entry = state.objects.win_mut(win)?;
        let target = entry.window.target(target)?;
        if let Hold::Locked(kind) = entry.epochs.unlock(target)? {
            let window = Arc::clone(&entry.window);
            state.give_back(&window, target, kind);
        }
        Ok(())
    }

    /// `MPI_Win_unlock_all`.
    ///
    /// # Errors
    /// `MPI_ERR_WIN`, `MPI_ERR_RMA_SYNC`.
    pub fn win_unlock_all(&self, win: WinId) -> Result<()> {
        let mut state = self.lock();
        let entry = state.objects.win_mut(win)?;
        if let Hold::Locked(kind) = entry.epochs.unlock_all()? {
            let window = Arc::clone(&entry.window);
            (0..window.size()).for_each(|target| state.give_back(&window, target, kind));
        }
        Ok(())
    }

    /// As [`Self::win_flush`] of one rank, in a process without threads and if nothing
    /// is wrong: whether it was done.
    #[inline(always)]
    pub fn win_flush_at_once(&self, win: WinId, target: i32) -> bool {
        let is_locked = {
            let state = self.lock();
            let entry = state.objects.wins.get(win);
            usize::try_from(target)
                .is_ok_and(|target| entry.is_some_and(|entry| entry.epochs.is_locked(target)))
        };
        if is_locked {
            // SeqCst: as in `win_flush`.
            fence(Ordering::SeqCst);
        }
        is_locked
    }

    /// `MPI_Win_flush` and its like, of one rank or all. Accesses are complete
    /// when they return: what is left is to order them.
    ///
    /// # Errors
    /// `MPI_ERR_WIN`, `MPI_ERR_RANK`, `MPI_ERR_RMA_SYNC`.
    pub fn win_flush(&self, win: WinId, target: Option<i32>) -> Result<()> {
        {
            let state = self.lock();
            let entry = state.objects.win(win)?;
            match target {
                Some(target) => entry.epochs.passive(entry.window.target(target)?)?,
                None => entry.epochs.any_passive()?,
            }
        }
        // SeqCst: pairs with the fences of other ranks' flushes and MPI_Win_sync.
        fence(Ordering::SeqCst);
        Ok(())
    }

    /// `MPI_Win_sync`.
    ///
    /// # Errors
    /// `MPI_ERR_WIN`.
    pub fn win_sync(&self, win: WinId) -> Result<()> {
        self.lock().objects.win(win)?;
        // SeqCst: as in `win_flush`.
        fence(Ordering::SeqCst);
        Ok(())
    }

    /// `MPI_Win_post` to the members of `group`.
    ///
    /// # Errors
    /// `MPI_ERR_WIN`, `MPI_ERR_GROUP`, `MPI_ERR_RMA_SYNC`.
    pub fn win_post(&self, win: WinId, group: &Group) -> Result<()> {
        let mut state = self.lock();
        let entry = state.objects.win_mut(win)?;
        let origins = entry.window.ranks_of(group)?;
        entry.epochs.post(origins)?;
        let entry = state.objects.win(win)?;
        let window = &entry.window;
        for &origin in entry.epochs.posted()? {
            // Release: pairs with the Acquire in `win_start`.
            window.control().posted(origin, window.rank()).fetch_add(1, Ordering::Release);
            state.ring_rank(window, origin);
        }
        Ok(())
    }

    /// `MPI_Win_start`: waits until every member of `group` has posted.
    ///
    /// # Errors
    /// `MPI_ERR_WIN`, `MPI_ERR_GROUP`, `MPI_ERR_RMA_SYNC`; as [`Process::wait_until`].
    pub fn win_start(&self, win: WinId, group: &Group) -> Result<()> {
        let (window, targets) = {
            let mut state = self.lock();
            let entry = state.objects.win_mut(win)?;
            let targets = entry.window.ranks_of(group)?;
            entry.epochs.start(targets.clone())?;
            (Arc::clone(&entry.window), targets)
        };
        for target in targets {
            let posted = window.control().posted(window.rank(), target);
            let seen = self.lock().objects.win(win)?.steps.starts[target];
            // Acquire: pairs with the Release in `win_post`.
            self.wait_until(|_| (posted.load(Ordering::Acquire) != seen).then_some(()))?;
            let mut state = self.lock();
            let steps = &mut state.objects.win_mut(win)?.steps;
            steps.starts[target] = seen.wrapping_add(1);
        }
        Ok(())
    }

    /// `MPI_Win_complete`.
    ///
    /// # Errors
    /// `MPI_ERR_WIN`, `MPI_ERR_RMA_SYNC`.
    pub fn win_complete(&self, win: WinId) -> Result<()> {
        let mut state = self.lock();
        let entry = state.objects.win_mut(win)?;
        let targets = entry.epochs.complete()?;
        let window = Arc::clone(&entry.window);
        for target in targets {
            // Release: pairs with the Acquire in `completed`.
            window.control().completed(target, window.rank()).fetch_add(1, Ordering::Release);
            state.ring_rank(&window, target);
        }
        Ok(())
    }

    /// `MPI_Win_wait`.
    ///
    /// # Errors
    /// `MPI_ERR_WIN`, `MPI_ERR_RMA_SYNC`; as [`Process::wait_until`].
    pub fn win_wait(&self, win: WinId) -> Result<()> {
        let (window, awaited) = self.awaited(win)?;
        self.wait_until(|_| has_all(&window, &awaited).then_some(()))?;
        self.end_exposure(win, &awaited)
    }

    /// `MPI_Win_test`: whether the epoch of `MPI_Win_post` has ended.
    ///
    /// # Errors
    /// As [`Self::win_wait`].
    pub fn win_test(&self, win: WinId) -> Result<bool> {
        let (window, awaited) = self.awaited(win)?;
        if !has_all(&window, &awaited) {
            self.progress()?;
            if !has_all(&window, &awaited) {
                return Ok(false);
            }
        }
        self.end_exposure(win, &awaited)?;
        Ok(true)
    }

    /// The origins of the exposure epoch, with what each had completed before.
    fn awaited(&self, win: WinId) -> Result<(Arc<Window>, Vec<Awaited>)> {
        let state = self.lock();
        let entry = state.objects.win(win)?;
        let awaited =
            entry.epochs.posted()?.iter().map(|&origin| (origin, entry.steps.waits[origin])).collect();
        Ok((Arc::clone(&entry.window), awaited))
    }

    fn end_exposure(&self, win: WinId, awaited: &[Awaited]) -> Result<()> {
        let mut state = self.lock();
        let entry = state.objects.win_mut(win)?;
        entry.epochs.end_post();
        for &(origin, seen) in awaited {
            entry.steps.waits[origin] = seen.wrapping_add(1);
        }
        Ok(())
    }
}

fn has_all(window: &Window, awaited: &[Awaited]) -> bool {
    // Acquire: pairs with the Release in `win_complete`.
    awaited.iter().all(|&(origin, seen)| {
        window.control().completed(window.rank(), origin).load(Ordering::Acquire) != seen
    })
}
