//! Handles and statuses as numbers (MPI-5.0 sections 19.3.4 and 20.3).
//!
//! In both interfaces a handle is its own number, so all of this can be called
//! at any time.

use core::ffi::c_int;

use crate::abi::{Abi, CHandle};

/// `MPI_Comm_toint`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn comm_toint<A: Abi>(comm: A::Comm) -> c_int {
    comm.to_number()
}

/// `MPI_Comm_fromint`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn comm_fromint<A: Abi>(number: c_int) -> A::Comm {
    A::Comm::from_number(number)
}

/// `MPI_Comm_c2f`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn comm_c2f<A: Abi>(comm: A::Comm) -> c_int {
    comm.to_number()
}

/// `MPI_Comm_f2c`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn comm_f2c<A: Abi>(number: c_int) -> A::Comm {
    A::Comm::from_number(number)
}

/// `MPI_Errhandler_toint`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn errhandler_toint<A: Abi>(errhandler: A::Errhandler) -> c_int {
    errhandler.to_number()
}

/// `MPI_Errhandler_fromint`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn errhandler_fromint<A: Abi>(number: c_int) -> A::Errhandler {
    A::Errhandler::from_number(number)
}

/// `MPI_Errhandler_c2f`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn errhandler_c2f<A: Abi>(errhandler: A::Errhandler) -> c_int {
    errhandler.to_number()
}

/// `MPI_Errhandler_f2c`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn errhandler_f2c<A: Abi>(number: c_int) -> A::Errhandler {
    A::Errhandler::from_number(number)
}

/// `MPI_File_toint`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn file_toint<A: Abi>(file: A::File) -> c_int {
    file.to_number()
}

/// `MPI_File_fromint`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn file_fromint<A: Abi>(number: c_int) -> A::File {
    A::File::from_number(number)
}

/// `MPI_File_c2f`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn file_c2f<A: Abi>(file: A::File) -> c_int {
    file.to_number()
}

/// `MPI_File_f2c`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn file_f2c<A: Abi>(number: c_int) -> A::File {
    A::File::from_number(number)
}

/// `MPI_Group_toint`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn group_toint<A: Abi>(group: A::Group) -> c_int {
    group.to_number()
}

/// `MPI_Group_fromint`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn group_fromint<A: Abi>(number: c_int) -> A::Group {
    A::Group::from_number(number)
}

/// `MPI_Group_c2f`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn group_c2f<A: Abi>(group: A::Group) -> c_int {
    group.to_number()
}

/// `MPI_Group_f2c`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn group_f2c<A: Abi>(number: c_int) -> A::Group {
    A::Group::from_number(number)
}

/// `MPI_Info_toint`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn info_toint<A: Abi>(info: A::Info) -> c_int {
    info.to_number()
}

/// `MPI_Info_fromint`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn info_fromint<A: Abi>(number: c_int) -> A::Info {
    A::Info::from_number(number)
}

/// `MPI_Info_c2f`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn info_c2f<A: Abi>(info: A::Info) -> c_int {
    info.to_number()
}

/// `MPI_Info_f2c`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn info_f2c<A: Abi>(number: c_int) -> A::Info {
    A::Info::from_number(number)
}

/// `MPI_Message_toint`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn message_toint<A: Abi>(message: A::Message) -> c_int {
    message.to_number()
}

/// `MPI_Message_fromint`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn message_fromint<A: Abi>(number: c_int) -> A::Message {
    A::Message::from_number(number)
}

/// `MPI_Message_c2f`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn message_c2f<A: Abi>(message: A::Message) -> c_int {
    message.to_number()
}

/// `MPI_Message_f2c`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn message_f2c<A: Abi>(number: c_int) -> A::Message {
    A::Message::from_number(number)
}

/// `MPI_Op_toint`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn op_toint<A: Abi>(op: A::Op) -> c_int {
    op.to_number()
}

/// `MPI_Op_fromint`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn op_fromint<A: Abi>(number: c_int) -> A::Op {
    A::Op::from_number(number)
}

/// `MPI_Op_c2f`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn op_c2f<A: Abi>(op: A::Op) -> c_int {
    op.to_number()
}

/// `MPI_Op_f2c`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn op_f2c<A: Abi>(number: c_int) -> A::Op {
    A::Op::from_number(number)
}

/// `MPI_Request_toint`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn request_toint<A: Abi>(request: A::Request) -> c_int {
    request.to_number()
}

/// `MPI_Request_fromint`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn request_fromint<A: Abi>(number: c_int) -> A::Request {
    A::Request::from_number(number)
}

/// `MPI_Request_c2f`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn request_c2f<A: Abi>(request: A::Request) -> c_int {
    request.to_number()
}

/// `MPI_Request_f2c`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn request_f2c<A: Abi>(number: c_int) -> A::Request {
    A::Request::from_number(number)
}

/// `MPI_Session_toint`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn session_toint<A: Abi>(session: A::Session) -> c_int {
    session.to_number()
}

/// `MPI_Session_fromint`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn session_fromint<A: Abi>(number: c_int) -> A::Session {
    A::Session::from_number(number)
}

/// `MPI_Session_c2f`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn session_c2f<A: Abi>(session: A::Session) -> c_int {
    session.to_number()
}

/// `MPI_Session_f2c`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn session_f2c<A: Abi>(number: c_int) -> A::Session {
    A::Session::from_number(number)
}

/// `MPI_Type_toint`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn type_toint<A: Abi>(datatype: A::Datatype) -> c_int {
    datatype.to_number()
}

/// `MPI_Type_fromint`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn type_fromint<A: Abi>(number: c_int) -> A::Datatype {
    A::Datatype::from_number(number)
}

/// `MPI_Type_c2f`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn type_c2f<A: Abi>(datatype: A::Datatype) -> c_int {
    datatype.to_number()
}

/// `MPI_Type_f2c`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn type_f2c<A: Abi>(number: c_int) -> A::Datatype {
    A::Datatype::from_number(number)
}

/// `MPI_Win_toint`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn win_toint<A: Abi>(win: A::Win) -> c_int {
    win.to_number()
}

/// `MPI_Win_fromint`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn win_fromint<A: Abi>(number: c_int) -> A::Win {
    A::Win::from_number(number)
}

/// `MPI_Win_c2f`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn win_c2f<A: Abi>(win: A::Win) -> c_int {
    win.to_number()
}

/// `MPI_Win_f2c`.
///
/// # Safety
/// None beyond MPI's.
pub unsafe fn win_f2c<A: Abi>(number: c_int) -> A::Win {
    A::Win::from_number(number)
}

/// `MPI_Status_c2f`: a Fortran status is the C status as integers.
///
/// # Safety
/// `from` may be read and `to` written, as a status.
pub unsafe fn status_c2f<A: Abi>(from: *const A::Status, to: *mut c_int) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { core::ptr::copy_nonoverlapping(from.cast::<A::Status>(), to.cast::<A::Status>(), 1) };
    crate::call::SUCCESS
}

/// `MPI_Status_f2c`: a Fortran status is the C status as integers.
///
/// # Safety
/// `from` may be read and `to` written, as a status.
pub unsafe fn status_f2c<A: Abi>(from: *const c_int, to: *mut A::Status) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { core::ptr::copy_nonoverlapping(from.cast::<A::Status>(), to.cast::<A::Status>(), 1) };
    crate::call::SUCCESS
}

/// `MPI_Status_c2f08`: a Fortran status is the C status as integers.
///
/// # Safety
/// `from` may be read and `to` written, as a status.
pub unsafe fn status_c2f08<A: Abi>(from: *const A::Status, to: *mut c_int) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { core::ptr::copy_nonoverlapping(from.cast::<A::Status>(), to.cast::<A::Status>(), 1) };
    crate::call::SUCCESS
}

/// `MPI_Status_f082c`: a Fortran status is the C status as integers.
///
/// # Safety
/// `from` may be read and `to` written, as a status.
pub unsafe fn status_f082c<A: Abi>(from: *const c_int, to: *mut A::Status) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { core::ptr::copy_nonoverlapping(from.cast::<A::Status>(), to.cast::<A::Status>(), 1) };
    crate::call::SUCCESS
}

/// `MPI_Status_f2f08`: a Fortran status is the C status as integers.
///
/// # Safety
/// `from` may be read and `to` written, as a status.
pub unsafe fn status_f2f08<A: Abi>(from: *const c_int, to: *mut c_int) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { core::ptr::copy_nonoverlapping(from.cast::<A::Status>(), to.cast::<A::Status>(), 1) };
    crate::call::SUCCESS
}

/// `MPI_Status_f082f`: a Fortran status is the C status as integers.
///
/// # Safety
/// `from` may be read and `to` written, as a status.
pub unsafe fn status_f082f<A: Abi>(from: *const c_int, to: *mut c_int) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { core::ptr::copy_nonoverlapping(from.cast::<A::Status>(), to.cast::<A::Status>(), 1) };
    crate::call::SUCCESS
}
