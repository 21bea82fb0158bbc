//! A network with a seed.
