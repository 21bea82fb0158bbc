//! The objects of a process: everything that has a handle and needs no
//! connection. They exist before `MPI_Init`, with the predefined ones in
//! place; the predefined communicators come with `MPI_Init`.

use std::ops::Range;
use std::sync::Arc;

use crate::attribute::{AttributeSet, Keyvals};
use crate::comm::{self, Comm, CommCore, Contexts, context};
use rustc_hash::FxHashMap;

use crate::datatype::{Datatype, F90, predefined, predefined_datatype};
use crate::errhandler::{self, ErrhandlerFor, Errhandlers};
use crate::error::{Error, ErrorClass, Result};
use crate::fail;
use crate::file::FileEntry;
use crate::group::Group;
use crate::handle::{
    CommId, CommKind, DatatypeId, DatatypeKind, ErrhandlerId, FileId, FileKind, GroupId, GroupKind, Handle,
    InfoId, InfoKind, OpId, OpKind, SessionId, SessionKind, Table, WinId, WinKind,
};
use crate::info::Info;
use crate::op::{self, Op};
use crate::rma::epoch::Epochs;
use crate::rma::synchronise::Steps;
use crate::rma::window::Window;
use crate::tool::Recorder;
use crate::tool::event::EventKind;

/// `MPI_GROUP_EMPTY`.
pub const GROUP_EMPTY: GroupId = GroupId::from_raw(1);
/// `MPI_INFO_ENV`.
pub const INFO_ENV: InfoId = InfoId::from_raw(1);

/// A datatype behind a handle.
pub struct DatatypeEntry {
    pub datatype: Arc<Datatype>,
    /// As `MPI_Type_set_name` gave it.
    pub name: Vec<u8>,
    pub attributes: AttributeSet,
}

impl DatatypeEntry {
    pub fn new(datatype: Arc<Datatype>) -> Self {
        Self { datatype, name: Vec::new(), attributes: AttributeSet::new() }
    }
}

/// What a window has besides memory.
pub struct WinEntry {
    pub name: Vec<u8>,
    pub errhandler: ErrhandlerId,
    pub attributes: AttributeSet,
    /// Of the predefined attributes. C programs get addresses of its fields,
    /// which last as long as the window.
    pub facts: Arc<WinFacts>,
    /// Hints in use.
    pub info: Info,
    pub window: Arc<Window>,
    /// Those that this process has open.
    pub epochs: Epochs,
    pub steps: Steps,
}

/// The predefined attributes of a window (MPI-5.0 section 12.2.7), as C reads
/// them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WinFacts {
    /// Address of the window's memory in this process.
    pub base: usize,
    /// Bytes.
    pub size: i64,
    pub disp_unit: i32,
    /// A constant of the C interface in use; so is `model`.
    pub flavor: i32,
    pub model: i32,
}

/// A session (MPI-5.0 section 11.3).
pub struct SessionEntry {
    pub errhandler: ErrhandlerId,
    pub info: Info,
    /// The thread level that was provided.
    pub thread_level: i32,
}

/// Every object of the process.
pub struct Objects {
    pub groups: Table<GroupKind, Arc<Group>>,
    pub infos: Table<InfoKind, Info>,
    pub errhandlers: Errhandlers,
    pub keyvals: Keyvals,
    pub datatypes: Table<DatatypeKind, DatatypeEntry>,
    pub ops: Table<OpKind, Op>,
    pub comms: Table<CommKind, Comm>,
    pub wins: Table<WinKind, WinEntry>,
    /// Windows that were made since this process last called MPI: see
    /// [`Window::settle`].
    fresh_wins: Vec<Arc<Window>>,
    pub files: Table<FileKind, FileEntry>,
    pub sessions: Table<SessionKind, SessionEntry>,
    /// Agreements go on outside the lock, with a clone of this.
    pub contexts: Contexts,
    /// For errors that concern no object before `MPI_COMM_SELF` exists and
    /// after (MPI-5.0 section 9.3).
    pub initial_errhandler: ErrhandlerId,
    /// Of files that are opened from now on (that of `MPI_FILE_NULL`).
    pub file_errhandler: ErrhandlerId,
    /// `MPI_APPNUM`, if a launcher gave one.
    pub appnum: Option<u32>,
    /// Of what tools listen to.
    pub recorder: Recorder,
    /// The intercommunicator with the processes that asked for this one; stale
    /// once it has been freed.
    pub parent: CommId,
    /// The processes of `MPI_COMM_WORLD`.
    world: Range<u32>,
    /// Is told of each communicator that comes (1) or goes (-1) and has
    /// processes outside of the world.
    pub on_tie: Option<Box<dyn Fn(i32) + Send>>,
    f90_datatypes: FxHashMap<F90, DatatypeId>,
}

impl Default for Objects {
    fn default() -> Self {
        Self::new()
    }
}

impl Objects {
    /// The objects of a process before `MPI_Init`.
    pub fn new() -> Self {
        let mut groups = Table::new();
        groups.insert_predefined(Arc::new(Group::empty()));
        let mut infos = Table::new();
        infos.insert_predefined(Info::new());
        let mut datatypes = Table::new();
        for index in 1..=predefined::TABLE.len() as u32 {
            let (datatype, entry) = (predefined_datatype(index), predefined::get(index));
            let (datatype, entry) = datatype.zip(entry).expect("the index is in the table");
            let named = DatatypeEntry::new(Arc::clone(datatype));
            datatypes.insert_predefined(DatatypeEntry { name: entry.name.into(), ..named });
        }
        let mut ops = Table::new();
        for predefined in &op::PREDEFINED {
            ops.insert_predefined(Op::Predefined(predefined));
        }
        let mut comms = Table::new();
        comms.reserve_predefined(2);
        let mut errhandlers = Errhandlers::new();
        let mut default = |id, object| errhandlers.attach(id, object).expect("the handler is predefined");
        let initial_errhandler = default(errhandler::FATAL, ErrhandlerFor::Comm);
        let file_errhandler = default(errhandler::RETURN, ErrhandlerFor::File);
        Self {
            groups,
            infos,
            errhandlers,
            keyvals: Keyvals::new(),
            datatypes,
            ops,
            comms,
            wins: Table::new(),
            fresh_wins: Vec::new(),
            files: Table::new(),
            sessions: Table::new(),
            contexts: Contexts::new(),
            initial_errhandler,
            file_errhandler,
            appnum: None,
            recorder: Recorder::default(),
            parent: CommId::NULL,
            world: 0..0,
            on_tie: None,
            f90_datatypes: FxHashMap::default(),
        }
    }

    /// Makes `MPI_COMM_WORLD` of `world` and `MPI_COMM_SELF` of process `own`.
    pub fn start_world(&mut self, own: u32, world: Range<u32>, appnum: Option<u32>) {
        self.appnum = appnum;
        self.world = world.clone();
        let errhandler = self.initial_errhandler;
        let world = Group::run(world.start, world.len() as u32, own);
        let world = CommCore::new(context::WORLD, Arc::new(world));
        let alone = CommCore::new(context::SELF, Arc::new(Group::run(own, 1, own)));
        let predefined = [(comm::WORLD, world, "MPI_COMM_WORLD"), (comm::SELF, alone, "MPI_COMM_SELF")];
        for (id, core, name) in predefined {
            let mut comm = Comm::new(Arc::new(core), self.attached(errhandler));
            comm.name = name.into();
            self.comms.put_predefined(id, comm);
        }
    }

    /// Takes the predefined communicators away again (`MPI_Finalize`), and those
    /// that the program left, but for sessions' own. Attributes are deleted
    /// before, by whoever runs callbacks.
    pub fn end_world(&mut self) {
        let left: Vec<CommId> = self
            .comms
            .iter()
            .filter(|(id, comm)| comm.session.is_none() && !self.comms.is_predefined(*id))
            .map(|(id, _)| id)
            .collect();
        for id in left {
            if let Some(comm) = self.comms.remove(id) {
                self.dismantle(comm);
            }
        }
        for id in [comm::WORLD, comm::SELF] {
            if let Some(comm) = self.comms.take_predefined(id) {
                self.dismantle(comm);
            }
        }
    }

    /// Sets what `MPI_INFO_ENV` says.
    pub fn set_environment(&mut self, environment: Info) {
        if let Some(info) = self.infos.get_mut(INFO_ENV) {
            *info = environment;
        }
    }

    /// A new communicator. It has its parent's error handler and session.
    pub fn add_comm(&mut self, core: CommCore, parent: Option<CommId>) -> CommId {
        let parent = parent.and_then(|parent| self.comms.get(parent));
        let (inherited, session) = (parent.map(|parent| parent.errhandler), parent.and_then(|it| it.session));
        let errhandler = self.attached(inherited.unwrap_or(self.initial_errhandler));
        self.tell_of_tie(&core, 1);
        if self.recorder.watches(EventKind::CommunicatorCreated) {
            let remote = core.remote().map_or(0, |remote| remote.size());
            let elements = [core.context().into(), core.rank() as i64, core.size() as i64, remote as i64];
            self.recorder.record(EventKind::CommunicatorCreated, core.point_to_point(), elements);
        }
        let mut comm = Comm::new(Arc::new(core), errhandler);
        comm.session = session.or(comm.session);
        self.comms.insert(comm)
    }

    /// Frees a communicator whose attributes are deleted. What is under way
    /// keeps its core.
    ///
    /// # Errors
    /// `MPI_ERR_COMM` for a handle that names none, or a predefined one.
    pub fn free_comm(&mut self, id: CommId) -> Result<()> {
        self.check_comm_freeable(id)?;
        if let Some(comm) = self.comms.remove(id) {
            self.dismantle(comm);
        }
        Ok(())
    }

    /// # Errors
    /// As [`Self::free_comm`].
    pub fn check_comm_freeable(&self, id: CommId) -> Result<()> {
        self.comm(id)?;
        if self.comms.is_predefined(id) {
            let name = if id == comm::WORLD { "MPI_COMM_WORLD" } else { "MPI_COMM_SELF" };
            fail!(ErrorClass::Comm, "{name} cannot be freed; it goes with MPI_Finalize");
        }
        Ok(())
    }

    fn tell_of_tie(&self, core: &CommCore, change: i32) {
        let reaches_out = !core.group().is_within(&self.world) || !core.peers().is_within(&self.world);
        if let Some(on_tie) = self.on_tie.as_ref().filter(|_| reaches_out) {
            on_tie(change);
        }
    }

    fn dismantle(&mut self, mut comm: Comm) {
        self.tell_of_tie(&comm.core, -1);
        comm.attributes.clear(&mut self.keyvals);
        self.errhandlers.detach(comm.errhandler);
    }

    fn attached(&mut self, errhandler: ErrhandlerId) -> ErrhandlerId {
        self.errhandlers.attach(errhandler, ErrhandlerFor::Comm).unwrap_or(errhandler::FATAL)
    }

    /// # Errors
    /// `MPI_ERR_COMM` when the handle names no communicator.
    #[inline]
    pub fn comm(&self, id: CommId) -> Result<&Comm> {
        self.comms.get(id).ok_or_else(|| no_comm(id))
    }

    /// # Errors
    /// As [`Self::comm`].
    #[inline]
    pub fn comm_mut(&mut self, id: CommId) -> Result<&mut Comm> {
        self.comms.get_mut(id).ok_or_else(|| no_comm(id))
    }

    /// The attributes of a communicator, and the keyvals.
    ///
    /// # Errors
    /// As [`Self::comm`].
    pub fn comm_attributes(&mut self, id: CommId) -> Result<(&mut AttributeSet, &mut Keyvals)> {
        match self.comms.get_mut(id) {
            Some(comm) => Ok((&mut comm.attributes, &mut self.keyvals)),
            None => Err(no_comm(id)),
        }
    }

    /// The attributes of a datatype, and the keyvals.
    ///
    /// # Errors
    /// As [`Self::datatype`].
    pub fn datatype_attributes(&mut self, id: DatatypeId) -> Result<(&mut AttributeSet, &mut Keyvals)> {
        match self.datatypes.get_mut(id) {
            Some(entry) => Ok((&mut entry.attributes, &mut self.keyvals)),
            None => Err(no_datatype(id)),
        }
    }

    /// The attributes of a window, and the keyvals.
    ///
    /// # Errors
    /// As [`Self::win`].
    pub fn win_attributes(&mut self, id: WinId) -> Result<(&mut AttributeSet, &mut Keyvals)> {
        match self.wins.get_mut(id) {
            Some(win) => Ok((&mut win.attributes, &mut self.keyvals)),
            None => Err(no_win(id)),
        }
    }

    /// # Errors
    /// `MPI_ERR_GROUP` when the handle names no group.
    pub fn group(&self, id: GroupId) -> Result<&Arc<Group>> {
        self.groups.get(id).ok_or_else(|| stale(ErrorClass::Group, id, "MPI_GROUP_NULL", "group"))
    }

    /// # Errors
    /// `MPI_ERR_INFO` when the handle names no info object.
    pub fn info(&self, id: InfoId) -> Result<&Info> {
        self.infos.get(id).ok_or_else(|| no_info(id))
    }

    /// # Errors
    /// As [`Self::info`], and for `MPI_INFO_ENV`.
    pub fn info_mut(&mut self, id: InfoId) -> Result<&mut Info> {
        if self.infos.is_predefined(id) {
            return Err(Error::new(ErrorClass::Info, "MPI_INFO_ENV can only be read; change a duplicate"));
        }
        self.infos.get_mut(id).ok_or_else(|| no_info(id))
    }

    /// # Errors
    /// `MPI_ERR_TYPE` when the handle names no datatype.
    #[inline]
    pub fn datatype(&self, id: DatatypeId) -> Result<&Arc<Datatype>> {
        match self.datatypes.get(id) {
            Some(entry) => Ok(&entry.datatype),
            None => Err(no_datatype(id)),
        }
    }

    /// The bytes of `count` elements of the datatype behind a handle, if it is dense.
    #[inline(always)]
    pub fn dense_bytes(&self, id: DatatypeId, count: i64) -> Option<usize> {
        let count = usize::try_from(count).ok()?;
        match predefined::dense_size(id.raw()) {
            Some(size) => size.checked_mul(count),
            None => self.derived_dense_bytes(id, count),
        }
    }

    #[inline(never)]
    fn derived_dense_bytes(&self, id: DatatypeId, count: usize) -> Option<usize> {
        self.datatypes.get(id)?.datatype.dense_bytes(count)
    }

    /// # Errors
    /// As [`Self::datatype`].
    pub fn datatype_entry(&mut self, id: DatatypeId) -> Result<&mut DatatypeEntry> {
        self.datatypes.get_mut(id).ok_or_else(|| no_datatype(id))
    }

    /// Frees the handle of a datatype whose attributes are deleted. Whatever
    /// uses the datatype keeps it.
    ///
    /// # Errors
    /// `MPI_ERR_TYPE` for a handle that names none, or a predefined one.
    pub fn free_datatype(&mut self, id: DatatypeId) -> Result<()> {
        self.check_datatype_freeable(id)?;
        if let Some(mut entry) = self.datatypes.remove(id) {
            entry.attributes.clear(&mut self.keyvals);
        }
        Ok(())
    }

    /// # Errors
    /// As [`Self::free_datatype`].
    pub fn check_datatype_freeable(&self, id: DatatypeId) -> Result<()> {
        let entry = self.datatypes.get(id).ok_or_else(|| no_datatype(id))?;
        if self.datatypes.is_predefined(id) {
            let name = String::from_utf8_lossy(&entry.name);
            fail!(ErrorClass::Type, "{name} is predefined and cannot be freed");
        }
        if self.f90_datatypes.values().any(|&known| known == id) {
            fail!(ErrorClass::Type, "datatypes of MPI_Type_create_f90_* are predefined and cannot be freed");
        }
        Ok(())
    }

    /// The datatype of `MPI_Type_create_f90_integer` and its siblings: always
    /// the same for the same parameters.
    ///
    /// # Errors
    /// `MPI_ERR_ARG` when no kind has the parameters.
    pub fn f90_datatype(&mut self, parameters: F90) -> Result<DatatypeId> {
        if let Some(&known) = self.f90_datatypes.get(&parameters) {
            return Ok(known);
        }
        let id = self.datatypes.insert(DatatypeEntry::new(parameters.create()?));
        self.f90_datatypes.insert(parameters, id);
        Ok(id)
    }

    /// # Errors
    /// `MPI_ERR_WIN` when the handle names no window.
    #[inline]
    pub fn win(&self, id: WinId) -> Result<&WinEntry> {
        self.wins.get(id).ok_or_else(|| no_win(id))
    }

    /// # Errors
    /// As [`Self::win`].
    #[inline]
    pub fn win_mut(&mut self, id: WinId) -> Result<&mut WinEntry> {
        self.wins.get_mut(id).ok_or_else(|| no_win(id))
    }

    /// The handle of a window that has just been made.
    pub fn add_win(&mut self, entry: WinEntry) -> WinId {
        self.fresh_wins.push(Arc::clone(&entry.window));
        self.wins.insert(entry)
    }

    /// Whether [`Self::settle_wins`] would do anything.
    #[inline]
    pub fn has_fresh_wins(&self) -> bool {
        !self.fresh_wins.is_empty()
    }

    /// This process has called MPI again.
    #[inline]
    pub fn settle_wins(&mut self) {
        if self.has_fresh_wins() {
            self.settle_fresh_wins();
        }
    }

    #[cold]
    fn settle_fresh_wins(&mut self) {
        self.fresh_wins.drain(..).for_each(|window| window.settle());
    }

    /// Takes a window away whose attributes are deleted.
    pub fn remove_win(&mut self, id: WinId) {
        if let Some(mut win) = self.wins.remove(id) {
            win.attributes.clear(&mut self.keyvals);
            self.errhandlers.detach(win.errhandler);
        }
    }

    /// # Errors
    /// `MPI_ERR_FILE` when the handle names no file.
    pub fn file_mut(&mut self, id: FileId) -> Result<&mut FileEntry> {
        self.files.get_mut(id).ok_or_else(|| stale(ErrorClass::File, id, "MPI_FILE_NULL", "file"))
    }

    /// # Errors
    /// `MPI_ERR_SESSION` when the handle names no session.
    pub fn session_mut(&mut self, id: SessionId) -> Result<&mut SessionEntry> {
        self.sessions.get_mut(id).ok_or_else(|| stale(ErrorClass::Session, id, "MPI_SESSION_NULL", "session"))
    }

    /// # Errors
    /// `MPI_ERR_OP` when the handle names no operation.
    #[inline]
    pub fn op(&self, id: OpId) -> Result<&Op> {
        self.ops.get(id).ok_or_else(|| stale(ErrorClass::Op, id, "MPI_OP_NULL", "reduction operation"))
    }
}

#[cold]
fn no_comm(id: CommId) -> Error {
    if id == comm::WORLD || id == comm::SELF {
        return Error::new(
            ErrorClass::Comm,
            "MPI_COMM_WORLD and MPI_COMM_SELF exist between MPI_Init and MPI_Finalize only",
        );
    }
    stale(ErrorClass::Comm, id, "MPI_COMM_NULL", "communicator")
}

#[cold]
fn no_info(id: InfoId) -> Error {
    stale(ErrorClass::Info, id, "MPI_INFO_NULL", "info object")
}

#[cold]
fn no_win(id: WinId) -> Error {
    stale(ErrorClass::Win, id, "MPI_WIN_NULL", "window")
}

#[cold]
fn no_datatype(id: DatatypeId) -> Error {
    stale(ErrorClass::Type, id, "MPI_DATATYPE_NULL", "datatype")
}

#[cold]
fn stale<K>(class: ErrorClass, id: Handle<K>, null: &str, what: &str) -> Error {
    if id.is_null() {
        return Error::new(class, format!("the handle is {null}"));
    }
    Error::new(class, format!("the handle names no {what}: was it freed, or never set?"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::datatype::predefined::index;

    #[test]
    fn predefined_objects_are_where_their_handles_say() {
        let objects = Objects::new();
        assert_eq!(objects.group(GROUP_EMPTY).unwrap().size(), 0);
        assert!(objects.info(INFO_ENV).unwrap().is_empty());
        let double = objects.datatype(DatatypeId::from_raw(index::DOUBLE)).unwrap();
        assert_eq!(double.as_basic().unwrap().name, "MPI_DOUBLE");
        let replace = objects.op(OpId::from_raw(op::index_of("MPI_REPLACE").unwrap())).unwrap();
        assert_eq!(format!("{replace:?}"), "MPI_REPLACE");
    }

    #[test]
    fn predefined_communicators_come_and_go() {
        let mut objects = Objects::new();
        assert!(objects.comm(comm::WORLD).is_err());
        objects.start_world(2, 0..4, None);
        let world = objects.comm(comm::WORLD).unwrap();
        assert_eq!((world.core.rank(), world.core.size()), (2, 4));
        let alone = objects.comm(comm::SELF).unwrap();
        assert_eq!((alone.core.rank(), alone.core.size(), alone.core.peer(0)), (0, 1, Ok(2)));
        assert!(objects.free_comm(comm::SELF).is_err());
        objects.end_world();
        assert!(objects.comm(comm::SELF).is_err());
        objects.start_world(2, 0..4, None);
        assert!(objects.comm(comm::WORLD).is_ok());
    }

    #[test]
    fn a_communicator_inherits_its_parents_error_handler() {
        let mut objects = Objects::new();
        objects.start_world(0, 0..1, None);
        let handler = objects.errhandlers.create(ErrhandlerFor::Comm, Arc::new(()));
        objects.errhandlers.attach(handler, ErrhandlerFor::Comm).unwrap();
        objects.comm_mut(comm::WORLD).unwrap().errhandler = handler;
        let core = CommCore::new(4, Arc::clone(objects.comm(comm::WORLD).unwrap().core.group()));
        let child = objects.add_comm(core, Some(comm::WORLD));
        assert_eq!(objects.comm(child).unwrap().errhandler, handler);
        objects.errhandlers.free(handler).unwrap();
        assert!(objects.errhandlers.get(handler).is_ok());
        // What the program has left goes with the world.
        objects.end_world();
        assert!(objects.errhandlers.get(handler).is_err());
        assert_eq!(objects.free_comm(child).unwrap_err().class(), ErrorClass::Comm);
    }

    #[test]
    fn communicators_that_reach_beyond_the_world_are_told_of() {
        use std::sync::atomic::{AtomicI32, Ordering::Relaxed};
        let ties = Arc::new(AtomicI32::new(0));
        let mut objects = Objects::new();
        let told = ties.clone();
        objects.on_tie = Some(Box::new(move |change| {
            told.fetch_add(change, Relaxed);
        }));
        objects.start_world(2, 1..4, None);
        let group = |members: &[u32]| Arc::new(Group::new(members.to_vec(), 2));
        let inside = objects.add_comm(CommCore::new(4, group(&[3, 1, 2])), None);
        assert_eq!(ties.load(Relaxed), 0);
        let merged = objects.add_comm(CommCore::new(5, group(&[2, 0])), None);
        let inter = objects.add_comm(CommCore::between(6, group(&[2]), group(&[4, 5])), None);
        assert_eq!(ties.load(Relaxed), 2);
        for comm in [inside, inter, merged] {
            objects.free_comm(comm).unwrap();
        }
        objects.end_world();
        assert_eq!(ties.load(Relaxed), 0);
    }

    #[test]
    fn a_fortran_datatype_is_made_once_and_stays() {
        let mut objects = Objects::new();
        let parameters = F90::Real { precision: Some(10), range: None };
        let id = objects.f90_datatype(parameters).unwrap();
        assert_eq!(objects.f90_datatype(parameters), Ok(id));
        assert_ne!(objects.f90_datatype(F90::Integer { range: 9 }), Ok(id));
        for id in [id, DatatypeId::from_raw(index::INT), DatatypeId::NULL] {
            assert_eq!(objects.free_datatype(id).unwrap_err().class(), ErrorClass::Type);
        }
        let dup = Datatype::dup(objects.datatype(id).unwrap()).unwrap();
        let dup = objects.datatypes.insert(DatatypeEntry::new(dup));
        assert_eq!(objects.free_datatype(dup), Ok(()));
        assert!(objects.datatype(dup).is_err());
    }

    #[test]
    fn the_environment_cannot_be_changed() {
        let mut objects = Objects::new();
        assert_eq!(objects.info_mut(INFO_ENV).unwrap_err().class(), ErrorClass::Info);
        assert_eq!(objects.info(InfoId::NULL).unwrap_err().message(), "the handle is MPI_INFO_NULL");
    }
}
