//! Every blocking collective at a few sizes, on 2 and on 8 ranks.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

use super::libraries::{Benchmark, Library};
use super::{distance, median};
use crate::prefix::Prefix;

const RANKS: [usize; 2] = [2, 8];
/// As one that a library does not end with says nothing about the others, it is left out.
const LIMIT: Duration = Duration::from_secs(600);

/// What the program measures. Each in a run of its own: the machine has faster
/// and slower minutes, in which all libraries must have their turns.
const OPERATIONS: [&str; 17] = [
    "barrier",
    "bcast",
    "gather",
    "gatherv",
    "scatter",
    "scatterv",
    "allgather",
    "allgatherv",
    "alltoall",
    "alltoallv",
    "alltoallw",
    "reduce",
    "allreduce",
    "reduce_scatter",
    "reduce_scatter_block",
    "scan",
    "exscan",
];

/// A line of the table: how many ranks, the operation's place in
/// [`OPERATIONS`], and its bytes.
type Row = (usize, usize, u64);

/// What each library took in each round.
type Rounds = Vec<BTreeMap<&'static str, f64>>;

/// Turns of all libraries at one operation until in one they have met the same
/// machine. If they have in none, each library's fastest times count.
const TRIES: usize = 4;

/// Measures in turns, and returns the table as text.
pub(super) fn run(prefix: &Prefix, libraries: &[Library], rounds: usize, largest: u64) -> String {
    let mut samples: BTreeMap<Row, Rounds> = BTreeMap::new();
    let mut order: Vec<&Library> = libraries.iter().collect();
    let mut uneven = 0;
    for round in 0..rounds {
        for (ranks, place) in
            RANKS.into_iter().flat_map(|ranks| (0..OPERATIONS.len()).map(move |place| (ranks, place)))
        {
            let take = || {
                // Who comes first meets a machine that has rested.
                order.rotate_left(1);
                take_turns(prefix, &order, ranks, OPERATIONS[place], largest)
            };
            let (values, is_even) = even_or_fastest(std::iter::repeat_with(take).take(TRIES));
            uneven += usize::from(!is_even);
            for ((library, bytes), value) in values {
                let row = samples.entry((ranks, place, bytes)).or_default();
                row.resize(rounds, BTreeMap::new());
                row[round].insert(library, value);
            }
        }
    }
    let mut text = table(libraries, &samples);
    if uneven > 0 {
        let all = rounds * RANKS.len() * OPERATIONS.len();
        let _ = writeln!(
            text,
            "In {uneven} of {all} turns they did not meet the same machine: of {TRIES}, the fastest times count."
        );
    }
    text
}

/// Microseconds that each library took, by bytes.
type Values = BTreeMap<(&'static str, u64), f64>;

/// What the libraries took one after the other.
struct Turn {
    values: Values,
    /// Whether the processors were as far apart for all of them.
    is_even: bool,
}

/// The first turn in which all met the same machine, and that it was one, or the
/// fastest time of each library.
fn even_or_fastest(turns: impl Iterator<Item = Turn>) -> (Values, bool) {
    let mut fastest = Values::new();
    for turn in turns {
        if turn.is_even {
            return (turn.values, true);
        }
        for (key, value) in turn.values {
            let known = fastest.entry(key).or_insert(value);
            *known = known.min(value);
        }
    }
    (fastest, false)
}

fn take_turns(prefix: &Prefix, libraries: &[&Library], ranks: usize, operation: &str, largest: u64) -> Turn {
    let (mut values, mut distances) = (Values::new(), vec![distance::measure()]);
    for library in libraries {
        let largest = largest.to_string();
        let words = [largest.as_str(), operation];
        let mut command = library.benchmark(prefix, Benchmark::Collectives, ranks, &words);
        match prefix.call(&mut command, LIMIT) {
            Ok(outcome) => {
                let lines = outcome.stdout.lines().filter_map(sample);
                values.extend(lines.map(|(bytes, value)| ((library.name, bytes), value)));
            }
            Err(why) => eprintln!("{}: {why}", library.name),
        }
        distances.push(distance::measure());
    }
    Turn { values, is_even: distance::are_alike(&distances) }
}

/// A line `OPERATION BYTES MICROSECONDS`.
fn sample(line: &str) -> Option<(u64, f64)> {
    let mut words = line.split_whitespace().skip(1);
    Some((words.next()?.parse().ok()?, words.next()?.parse().ok()?))
}

/// In a round, our time to that of the best of the others.
fn ratio(round: &BTreeMap<&'static str, f64>) -> Option<f64> {
    let others = round.iter().filter(|(name, _)| **name != "passel").map(|(_, value)| *value);
    Some(round.get("passel")? / others.reduce(f64::min)?)
}

fn table(libraries: &[Library], samples: &BTreeMap<Row, Rounds>) -> String {
    let names: Vec<&str> = libraries.iter().map(|library| library.name).collect();
    let mut text = format!(
        "\n## Collectives (us)\n\n\
         Times are medians of the rounds. So are ratios, which in each round are our time to that of the best\n\
         of the others.\n\n\
         | ranks | operation | bytes | {} | ratio |\n|---|---|---|{}---|\n",
        names.join(" | "),
        "---|".repeat(names.len())
    );
    let mut ratios = Vec::new();
    for ((ranks, place, bytes), rounds) in samples {
        let _ = write!(text, "| {ranks} | {} | {bytes} |", OPERATIONS[*place]);
        for name in &names {
            let values: Vec<f64> = rounds.iter().filter_map(|round| round.get(name).copied()).collect();
            let _ = match values.is_empty() {
                true => write!(text, " |"),
                false => write!(text, " {:.2} |", median(&values)),
            };
        }
        let of_rounds: Vec<f64> = rounds.iter().filter_map(ratio).collect();
        if of_rounds.is_empty() {
            text.push_str(" |\n");
        } else {
            ratios.push(median(&of_rounds));
            let _ = writeln!(text, " {:.2} |", median(&of_rounds));
        }
    }
    if !ratios.is_empty() {
        let mean = (ratios.iter().map(|ratio| ratio.ln()).sum::<f64>() / ratios.len() as f64).exp();
        let worst = ratios.iter().copied().fold(0.0, f64::max);
        let above = ratios.iter().filter(|ratio| **ratio > 1.5).count();
        let _ = writeln!(
            text,
            "\nGeometric mean of {} ratios: {mean:.2}; worst: {worst:.2}; above 1.5: {above}.",
            ratios.len()
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Turn, Values, even_or_fastest};

    #[test]
    fn an_even_turn_counts_alone_and_else_each_ones_fastest() {
        let values = |ours: f64, theirs: f64| Values::from([(("passel", 8), ours), (("other", 8), theirs)]);
        let turn = |ours, theirs, is_even| Turn { values: values(ours, theirs), is_even };
        let uneven = [turn(3.0, 1.0, false), turn(1.5, 4.0, false)];
        assert_eq!(even_or_fastest(uneven.into_iter()), (values(1.5, 1.0), false));
        let second = [turn(1.0, 9.0, false), turn(2.0, 2.5, true), turn(0.1, 0.1, true)];
        assert_eq!(even_or_fastest(second.into_iter()), (values(2.0, 2.5), true));
    }
}
