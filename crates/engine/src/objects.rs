//! The objects of a process: everything that has a handle and needs no
//! connection. They exist before `MPI_Init`, with the predefined ones in
//! place; the predefined communicators come with `MPI_Init`.

use std::sync::Arc;

use crate::attribute::{AttributeSet, Keyvals};
use crate::comm::{self, Comm, CommCore, Contexts, context};
use crate::datatype::{Datatype, predefined, predefined_datatype};
use crate::errhandler::{self, ErrhandlerFor, Errhandlers};
use crate::error::{Error, ErrorClass, Result};
use crate::group::Group;
use crate::handle::{CommId, DatatypeId, ErrhandlerId, GroupId, Handle, InfoId, OpId, Table};
use crate::handle::{CommKind, DatatypeKind, GroupKind, InfoKind, OpKind};
use crate::info::Info;
use crate::op::{self, Op};

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

/// Every object of the process.
pub struct Objects {
    pub groups: Table<GroupKind, Arc<Group>>,
    pub infos: Table<InfoKind, Info>,
    pub errhandlers: Errhandlers,
    pub keyvals: Keyvals,
    pub datatypes: Table<DatatypeKind, DatatypeEntry>,
    pub ops: Table<OpKind, Op>,
    pub comms: Table<CommKind, Comm>,
    /// Agreements go on outside the lock, with a clone of this.
    pub contexts: Contexts,
    /// For errors that concern no object before `MPI_COMM_SELF` exists and
    /// after (MPI-5.0 section 9.3).
    pub initial_errhandler: ErrhandlerId,
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
        Self {
            groups,
            infos,
            errhandlers: Errhandlers::new(),
            keyvals: Keyvals::new(),
            datatypes,
            ops,
            comms,
            contexts: Contexts::new(),
            initial_errhandler: errhandler::FATAL,
        }
    }

    /// Makes `MPI_COMM_WORLD` of processes `0..size` and `MPI_COMM_SELF`.
    pub fn open_predefined_comms(&mut self, size: u32, own: u32) {
        let errhandler = self.initial_errhandler;
        let world = CommCore::new(context::WORLD, Arc::new(Group::run(0, size, own)));
        let alone = CommCore::new(context::SELF, Arc::new(Group::run(own, 1, own)));
        let predefined = [(comm::WORLD, world, "MPI_COMM_WORLD"), (comm::SELF, alone, "MPI_COMM_SELF")];
        for (id, core, name) in predefined {
            let mut comm = Comm::new(Arc::new(core), self.attached(errhandler));
            comm.name = name.into();
            self.comms.put_predefined(id, comm);
        }
    }

    /// Takes the predefined communicators away again (`MPI_Finalize`). Their
    /// attributes are deleted before, by whoever runs callbacks.
    pub fn close_predefined_comms(&mut self) {
        for id in [comm::WORLD, comm::SELF] {
            if let Some(comm) = self.comms.take_predefined(id) {
                self.dismantle(comm);
            }
        }
    }

    /// A new communicator. It has its parent's error handler.
    pub fn add_comm(&mut self, core: CommCore, parent: Option<CommId>) -> CommId {
        let inherited = parent.and_then(|parent| self.comms.get(parent)).map(|parent| parent.errhandler);
        let errhandler = self.attached(inherited.unwrap_or(self.initial_errhandler));
        self.comms.insert(Comm::new(Arc::new(core), errhandler))
    }

    /// Frees a communicator whose attributes are deleted. What is under way
    /// keeps its core.
    ///
    /// # Errors
    /// `MPI_ERR_COMM` for a handle that names none, or a predefined one.
    pub fn free_comm(&mut self, id: CommId) -> Result<()> {
        self.comm(id)?;
        if self.comms.is_predefined(id) {
            let name = if id == comm::WORLD { "MPI_COMM_WORLD" } else { "MPI_COMM_SELF" };
            return Err(Error::new(ErrorClass::Comm, format!("{name} cannot be freed")));
        }
        if let Some(comm) = self.comms.remove(id) {
            self.dismantle(comm);
        }
        Ok(())
    }

    fn dismantle(&mut self, mut comm: Comm) {
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

    /// # Errors
    /// As [`Self::datatype`].
    pub fn datatype_entry(&mut self, id: DatatypeId) -> Result<&mut DatatypeEntry> {
        self.datatypes.get_mut(id).ok_or_else(|| no_datatype(id))
    }

    /// # Errors
    /// `MPI_ERR_OP` when the handle names no operation.
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
        objects.open_predefined_comms(4, 2);
        let world = objects.comm(comm::WORLD).unwrap();
        assert_eq!((world.core.rank(), world.core.size()), (2, 4));
        let alone = objects.comm(comm::SELF).unwrap();
        assert_eq!((alone.core.rank(), alone.core.size(), alone.core.peer(0)), (0, 1, Ok(2)));
        assert!(objects.free_comm(comm::SELF).is_err());
        objects.close_predefined_comms();
        assert!(objects.comm(comm::SELF).is_err());
        objects.open_predefined_comms(4, 2);
        assert!(objects.comm(comm::WORLD).is_ok());
    }

    #[test]
    fn a_communicator_inherits_its_parents_error_handler() {
        let mut objects = Objects::new();
        objects.open_predefined_comms(1, 0);
        let handler = objects.errhandlers.create(ErrhandlerFor::Comm, Arc::new(()));
        objects.errhandlers.attach(handler, ErrhandlerFor::Comm).unwrap();
        objects.comm_mut(comm::WORLD).unwrap().errhandler = handler;
        let core = CommCore::new(4, Arc::clone(objects.comm(comm::WORLD).unwrap().core.group()));
        let child = objects.add_comm(core, Some(comm::WORLD));
        assert_eq!(objects.comm(child).unwrap().errhandler, handler);
        objects.errhandlers.free(handler).unwrap();
        objects.close_predefined_comms();
        assert!(objects.errhandlers.get(handler).is_ok());
        objects.free_comm(child).unwrap();
        assert!(objects.errhandlers.get(handler).is_err());
        assert_eq!(objects.free_comm(child).unwrap_err().class(), ErrorClass::Comm);
    }

    #[test]
    fn the_environment_cannot_be_changed() {
        let mut objects = Objects::new();
        assert_eq!(objects.info_mut(INFO_ENV).unwrap_err().class(), ErrorClass::Info);
        assert_eq!(objects.info(InfoId::NULL).unwrap_err().message(), "the handle is MPI_INFO_NULL");
    }
}
