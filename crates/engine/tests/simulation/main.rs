//! The protocol engine on a simulated network: thousands of random programs,
//! each drawn from a seed, checked step by step against [`reference`].
//!
//! `PASSEL_SEED=n cargo test -p passel-engine --test simulation` runs one seed
//! again; `PASSEL_SEEDS=n` runs that many instead of the usual number.
//!
//! - [`program`]: one run: ranks, what they do, what is checked at every step
//! - [`ending`]: how a run ends, and what must be so then
//! - [`reference`]: which message meets which receive, in the simplest way
//! - [`spy`]: a transport that notes envelopes and checks credit

mod ending;
mod program;
mod reference;
mod spy;

use program::{Kind, Program};

/// Runs of each kind, when nobody asks for another number.
const SEEDS: u64 = 800;

fn variable(name: &str) -> Option<u64> {
    let value = std::env::var(name).ok()?;
    Some(value.parse().unwrap_or_else(|_| panic!("{name} must be a number, not {value:?}")))
}

/// Says how to repeat the run that was under way when a check failed.
struct Seed(u64);

impl Drop for Seed {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let seed = self.0;
            eprintln!("seed {seed} failed; PASSEL_SEED={seed} runs it again");
        }
    }
}

fn run(kind: Kind) {
    let seeds = match variable("PASSEL_SEED") {
        Some(seed) => seed..seed + 1,
        None => 0..variable("PASSEL_SEEDS").unwrap_or(SEEDS),
    };
    for number in seeds {
        let seed = Seed(number);
        Program::new(kind, number).run();
        drop(seed);
    }
}

/// Every sort of operation, on networks from fair to rough.
#[test]
fn random_programs() {
    run(Kind::Mixed);
}

/// Ranks of a job so large that each sender has little credit.
#[test]
fn random_programs_short_of_credit() {
    run(Kind::ShortOfCredit);
}

/// Many small messages and wildcards between few ranks: the order of matching.
#[test]
fn random_programs_of_small_messages() {
    run(Kind::Small);
}

/// A rank dies in the middle: what concerns only the others still completes.
#[test]
fn random_programs_with_a_death() {
    run(Kind::Death);
}
