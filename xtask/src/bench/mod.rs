//! `cargo xtask bench`: programs, built against every library, run in
//! turns (A B A B), so that all see the same machine. What is shown is the
//! median over the rounds and the ratio to the best of the others.
//!
//! - [`libraries`]: Passel and the MPI libraries that PyPI has
//! - [`chart`]: the curves as SVG
//! - [`collectives`]: every blocking collective
//! - [`distance`]: whether the machine is still the same

mod chart;
mod collectives;
mod distance;
mod libraries;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::prefix::{MPI4PY, Prefix};
use crate::test::python::intel_benchmark;
use libraries::{Benchmark, Library};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Few sizes and rounds: a minute instead of a quarter of an hour
    #[arg(long)]
    quick: bool,
    /// Rounds; medians are taken over them
    #[arg(long)]
    rounds: Option<usize>,
    /// Only these libraries (passel, mpich, openmpi, intel)
    #[arg(long, value_delimiter = ',')]
    libraries: Vec<String>,
    /// Only these parts (latency, bandwidth, rate, barrier, allreduce, collectives, idle, start, imb, rma or
    /// rma-put and so on)
    #[arg(long, value_delimiter = ',')]
    parts: Vec<String>,
    /// The same, without an option's name
    #[arg(value_name = "PART")]
    more_parts: Vec<String>,
    /// Measure an installation that is already there
    #[arg(long)]
    prefix: Option<PathBuf>,
    /// Where tables and charts go
    #[arg(long, default_value = "target/bench")]
    out: PathBuf,
}

/// What is measured: the arguments of `benches/passel-bench.c`.
struct Part {
    name: &'static str,
    ranks: usize,
    unit: &'static str,
    /// Largest message, in bytes: everywhere, and with `--quick`.
    largest: [u64; 2],
    higher_is_better: bool,
}

const PARTS: &[Part] = &[
    Part { name: "latency", ranks: 2, unit: "us", largest: [1 << 26, 1 << 20], higher_is_better: false },
    Part { name: "bandwidth", ranks: 2, unit: "MB/s", largest: [1 << 26, 1 << 20], higher_is_better: true },
    Part { name: "rate", ranks: 2, unit: "M/s", largest: [1 << 10, 64], higher_is_better: true },
    Part { name: "barrier", ranks: 2, unit: "us", largest: [0, 0], higher_is_better: false },
    Part { name: "barrier", ranks: 8, unit: "us", largest: [0, 0], higher_is_better: false },
    Part { name: "allreduce", ranks: 2, unit: "us", largest: [1 << 22, 1 << 16], higher_is_better: false },
    Part { name: "allreduce", ranks: 8, unit: "us", largest: [1 << 16, 1 << 10], higher_is_better: false },
    Part { name: "idle", ranks: 2, unit: "% CPU", largest: [0, 0], higher_is_better: false },
    one_sided("rma-put"),
    one_sided("rma-get"),
    one_sided("rma-accumulate"),
    one_sided("rma-fetch_and_op"),
    one_sided("rma-compare_and_swap"),
    one_sided("rma-lock"),
    one_sided("rma-fence"),
];

/// One-sided communication: of 8 bytes, 1 KiB and 64 KiB.
const fn one_sided(name: &'static str) -> Part {
    Part { name, ranks: 2, unit: "us", largest: [1 << 16, 1 << 16], higher_is_better: false }
}

/// One curve per library: bytes to the values of the rounds.
type Samples = BTreeMap<u64, Vec<f64>>;
/// Rows of a table: library name to its curve.
type Curves = BTreeMap<&'static str, Samples>;

pub(crate) fn run(root: &Path, arguments: &Arguments) -> Result<(), String> {
    let prefix = Prefix::new(root, arguments.prefix.as_deref());
    if arguments.prefix.is_none() {
        prefix.make_environment(&prefix.path, &[MPI4PY, crate::prefix::NUMPY])?;
        prefix.install("release", Duration::from_secs(1800))?;
    }
    let libraries = libraries::prepare(&prefix, &arguments.libraries)?;
    let out = root.join(&arguments.out);
    fs::create_dir_all(&out).map_err(|error| format!("{}: {error}", out.display()))?;
    let rounds = arguments.rounds.unwrap_or(if arguments.quick { 3 } else { 5 });
    let parts: Vec<&String> = arguments.parts.iter().chain(&arguments.more_parts).collect();
    let names = |part: &str, name: &str| {
        name.strip_prefix(part).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    };
    let wanted = |name: &str| parts.is_empty() || parts.iter().any(|part| names(part, name));
    let mut text = String::from("# Measurements\n\nMedians; the ratio is to the best of the others.\n");
    for part in PARTS.iter().filter(|part| wanted(part.name)) {
        let largest = part.largest[usize::from(arguments.quick)].to_string();
        let words = [part.name, &largest];
        let curves = measure(&prefix, &libraries, rounds, |library| {
            Some(library.benchmark(&prefix, Benchmark::General, part.ranks, &words))
        });
        publish(&out, part, &format!("{} on {} ranks", part.name, part.ranks), &curves, &mut text)?;
    }
    if wanted("collectives") {
        let largest = if arguments.quick { 1 << 16 } else { 1 << 20 };
        let table = collectives::run(&prefix, &libraries, rounds, largest);
        println!("{table}");
        text.push_str(&table);
    }
    if wanted("imb") {
        let program = intel_benchmark(&prefix, "IMB-MPI1")?;
        let part = &PARTS[0];
        let top = if arguments.quick { "0:16" } else { "0:22" };
        let words = ["PingPong", "-msglog", top, "-time", "2"];
        let curves =
            measure(&prefix, &libraries, rounds, |library| library.foreign(part.ranks, &program, &words));
        publish(&out, part, "IMB-MPI1 PingPong", &curves, &mut text)?;
    }
    if wanted("start") {
        for ranks in if arguments.quick { vec![2] } else { vec![2, 32] } {
            let part = &Part { name: "start", ranks, unit: "ms", largest: [0, 0], higher_is_better: false };
            let curves = start_up(&prefix, &libraries, rounds, ranks);
            publish(&out, part, &format!("hello on {ranks} ranks, start to exit"), &curves, &mut text)?;
        }
    }
    let report = out.join("results.md");
    fs::write(&report, text).map_err(|error| format!("{}: {error}", report.display()))?;
    println!("\ntables and charts: {}", arguments.out.display());
    Ok(())
}

/// Runs a command for every library that has one in turn, and collects `BYTES VALUE` lines.
fn measure(
    prefix: &Prefix,
    libraries: &[Library],
    rounds: usize,
    command: impl Fn(&Library) -> Option<std::process::Command>,
) -> Curves {
    let mut curves = Curves::new();
    for _ in 0..rounds {
        for library in libraries {
            let Some(mut command) = command(library) else { continue };
            match prefix.call(&mut command, Duration::from_secs(300)) {
                Ok(outcome) => {
                    for (bytes, value) in outcome.stdout.lines().filter_map(sample) {
                        curves.entry(library.name).or_default().entry(bytes).or_default().push(value);
                    }
                }
                Err(why) => eprintln!("{}: {why}", library.name),
            }
        }
    }
    curves
}

/// A line `BYTES VALUE` of ours, or `BYTES REPETITIONS MICROSECONDS ...` of IMB.
fn sample(line: &str) -> Option<(u64, f64)> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let value = match words.len() {
        2 => words[1],
        4 => words[2],
        _ => return None,
    };
    Some((words[0].parse().ok()?, value.parse().ok()?))
}

fn start_up(prefix: &Prefix, libraries: &[Library], rounds: usize, ranks: usize) -> Curves {
    let mut curves = Curves::new();
    for _ in 0..rounds {
        for library in libraries {
            let begun = Instant::now();
            let mut command = library.benchmark(prefix, Benchmark::General, ranks, &["hello"]);
            match prefix.call(&mut command, Duration::from_secs(60)) {
                Ok(_) => {
                    let milliseconds = begun.elapsed().as_secs_f64() * 1e3;
                    curves.entry(library.name).or_default().entry(0).or_default().push(milliseconds);
                }
                Err(why) => eprintln!("{}: {why}", library.name),
            }
        }
    }
    curves
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}

/// Prints the table, adds it to the report and draws the chart.
fn publish(out: &Path, part: &Part, title: &str, curves: &Curves, text: &mut String) -> Result<(), String> {
    let medians: BTreeMap<&str, BTreeMap<u64, f64>> = curves
        .iter()
        .map(|(name, samples)| (*name, samples.iter().map(|(bytes, v)| (*bytes, median(v))).collect()))
        .collect();
    let mut table = format!("\n## {title} ({})\n\n| bytes |", part.unit);
    for name in medians.keys() {
        let _ = write!(table, " {name} |");
    }
    let _ = write!(table, " ratio |\n|---|{}---|\n", "---|".repeat(medians.len()));
    let sizes: std::collections::BTreeSet<u64> =
        medians.values().flat_map(|curve| curve.keys().copied()).collect();
    for bytes in sizes {
        let _ = write!(table, "| {bytes} |");
        for curve in medians.values() {
            let _ = match curve.get(&bytes) {
                Some(value) => write!(table, " {value:.3} |"),
                None => write!(table, " |"),
            };
        }
        let others = medians.iter().filter(|(name, _)| **name != "passel");
        let others = others.filter_map(|(_, curve)| curve.get(&bytes).copied());
        let best = if part.higher_is_better { others.reduce(f64::max) } else { others.reduce(f64::min) };
        let own = medians.get("passel").and_then(|curve| curve.get(&bytes));
        let _ = match (own, best) {
            (Some(own), Some(best)) if part.higher_is_better => writeln!(table, " {:.2} |", own / best),
            (Some(own), Some(best)) => writeln!(table, " {:.2} |", best / own),
            _ => writeln!(table, " |"),
        };
    }
    println!("{table}");
    text.push_str(&table);
    let file = out.join(format!("{}.svg", title.to_lowercase().replace([' ', ','], "-")));
    fs::write(&file, chart::draw(title, part.unit, &medians))
        .map_err(|error| format!("{}: {error}", file.display()))
}
