//! Point-to-point communication (MPI-5.0 chapter 3).
//!
//! - [`buffer`]: memory for buffered sends
//! - [`completion`]: waiting, testing, freeing and cancelling requests
//! - [`general`]: generalised requests
//! - [`get_status`]: looking at requests without completing them
//! - [`partitioned`]: messages that leave and arrive in parts
//! - [`persistent`]: persistent requests
//! - [`probe`]: probing and matched receives
//! - [`receive`]: blocking and nonblocking receives
//! - [`send`]: sends of all modes
//! - [`sendrecv`]: sends and receives in one

pub mod buffer;
pub mod completion;
pub mod general;
pub mod get_status;
pub mod partitioned;
pub mod persistent;
pub mod probe;
pub mod receive;
pub mod send;
pub mod sendrecv;

use engine::error::{Error, Result};
use engine::handle::RequestId;
use engine::status::Status;

use crate::runtime::process;

/// Waits for a request of our own and takes its outcome.
fn wait_for(request: RequestId) -> Result<(Status, Option<Error>)> {
    process().wait_for(request)
}
