//! Exports of the mpich C interface: generated, nothing else.

mod exports;
