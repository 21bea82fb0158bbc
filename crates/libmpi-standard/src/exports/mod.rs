//! Exports, written by `cargo xtask codegen` from `spec/`: do not edit.

mod types;

mod abi;
mod collectives;
mod datatypes;
mod deprecated;
mod environment;
mod external_interfaces;
mod groups_contexts_communicators;
mod info;
mod io;
mod language_bindings;
mod one_sided;
mod p2p;
mod partitioned;
mod process_creation;
mod sessions;
mod tools;
mod topologies;
