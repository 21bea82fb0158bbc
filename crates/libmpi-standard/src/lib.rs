//! Exports of the standard C interface: generated, nothing else.

mod exports;
