//! What tools see of the engine (MPI-5.0 chapter 15): settings, variables that
//! say what it does, and events.
//!
//! # Invariants
//! - Counting costs a plain addition under the state lock, where that is held
//!   anyway; whatever takes longer is done when somebody asks.
//! - Nothing is called back from here: events wait in a queue until `capi`
//!   takes them out, without the lock.
//!
//! - [`settings`]: what can be set
//! - `table`: the settings, generated from `spec/settings.toml`
//! - [`counters`]: what is counted
//! - [`variable`]: what can be read
//! - [`session`]: starting, stopping and reading by independent tools
//! - [`event`]: what tools can be told of
//! - [`category`]: what belongs together

pub mod category;
pub mod counters;
pub mod event;
pub mod session;
pub mod settings;
mod table;
pub mod variable;

pub use counters::Counters;
pub use event::Recorder;
pub use session::Sessions;
pub use settings::{SETTINGS, Settings};
pub use variable::VARIABLES;
