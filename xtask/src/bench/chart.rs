//! Curves over message sizes, both axes logarithmic, as an SVG file.

use std::collections::BTreeMap;
use std::fmt::Write as _;

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 420.0;
const MARGIN: f64 = 60.0;
const COLOURS: [&str; 4] = ["#1f77b4", "#2ca02c", "#9467bd", "#d62728"];

pub(super) fn draw(title: &str, unit: &str, curves: &BTreeMap<&str, BTreeMap<u64, f64>>) -> String {
    let points = || curves.values().flatten().filter(|(_, value)| **value > 0.0);
    let low = points().map(|(_, v)| *v).fold(f64::INFINITY, f64::min).log10().floor();
    let high = points().map(|(_, v)| *v).fold(0.0, f64::max).log10().ceil().max(low + 1.0);
    let last = points().map(|(bytes, _)| step(*bytes)).fold(1.0, f64::max);
    let x = |bytes: u64| MARGIN + step(bytes) / last * (WIDTH - 2.0 * MARGIN);
    let y = |value: f64| HEIGHT - MARGIN - (value.log10() - low) / (high - low) * (HEIGHT - 2.0 * MARGIN);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" \
         font-family=\"sans-serif\" font-size=\"12\">\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n\
         <text x=\"{MARGIN}\" y=\"24\" font-size=\"15\">{title} ({unit})</text>\n"
    );
    let mut decade = low;
    while low.is_finite() && decade <= high {
        let at = y(10f64.powf(decade));
        let _ = writeln!(
            svg,
            "<path d=\"M{MARGIN} {at:.1}H{:.1}\" stroke=\"#ddd\"/><text x=\"{:.1}\" y=\"{at:.1}\" \
             text-anchor=\"end\">{}</text>",
            WIDTH - MARGIN,
            MARGIN - 6.0,
            10f64.powf(decade)
        );
        decade += 1.0;
    }
    for (index, (name, curve)) in curves.iter().enumerate() {
        let colour = COLOURS[index % COLOURS.len()];
        let line: Vec<String> = curve
            .iter()
            .filter(|(_, value)| **value > 0.0)
            .map(|(bytes, value)| format!("{:.1},{:.1}", x(*bytes), y(*value)))
            .collect();
        let _ = writeln!(
            svg,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>\
             <text x=\"{:.1}\" y=\"{:.1}\" fill=\"{colour}\">{name}</text>",
            line.join(" "),
            MARGIN + 12.0,
            48.0 + 16.0 * index as f64
        );
    }
    for power in (0..=26).step_by(4).filter(|power| f64::from(*power) < last) {
        let _ = writeln!(
            svg,
            "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{} B</text>",
            x(1 << power),
            HEIGHT - MARGIN + 18.0,
            1u64 << power
        );
    }
    svg + "</svg>\n"
}

/// The place of a size on the axis: zero bytes, then a step per power of two.
fn step(bytes: u64) -> f64 {
    if bytes == 0 { 0.0 } else { (bytes as f64).log2() + 1.0 }
}
