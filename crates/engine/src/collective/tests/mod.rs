//! Every collective and algorithm against a plain reference, on simulated
//! networks: sizes 1 to 9, 16 and 17, several layouts, counts from 0, every
//! root, in place, operations that do not commute, buffered and synchronous
//! sends, seeds.
//!
//! - `model`: typed buffers whose content is known, and an operation
//! - `moving`: broadcast, gather, scatter, allgather, all-to-all, barrier
//! - `reducing`: reductions and scans
//! - `groups`: intercommunicators and neighbourhoods
//! - `boards`: what ranks do on a board, over a real one
//! - `threads`: operations as owned values that move between threads
//! - `complexity`: messages, bytes and rounds of every algorithm

mod boards;
mod complexity;
mod groups;
mod model;
mod moving;
mod reducing;
mod threads;
