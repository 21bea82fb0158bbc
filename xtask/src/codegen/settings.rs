//! The settings: a table for the engine, and a page for people.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::{GENERATED, Output};

/// A row of `spec/settings.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Setting {
    category: String,
    default: u64,
    least: u64,
    most: u64,
    when: String,
    scope: String,
    about: String,
}

/// Rust's variant for the text of a field.
fn variant(name: &str, field: &str, known: &[(&str, &'static str)]) -> Result<&'static str, String> {
    let found = known.iter().find(|(text, _)| *text == field).map(|(_, variant)| *variant);
    found.ok_or_else(|| format!("spec/settings.toml: {name}: what is \"{field}\"?"))
}

/// The table in Rust and the page.
pub fn write(root: &Path) -> Result<Vec<Output>, String> {
    let path = root.join("spec/settings.toml");
    let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let rows: toml::Table = toml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut settings = Vec::new();
    for (name, row) in rows {
        let row: Setting = row.try_into().map_err(|error| format!("{}: {name}: {error}", path.display()))?;
        if !(row.least..=row.most).contains(&row.default) {
            return Err(format!("spec/settings.toml: {name}: the default is out of range"));
        }
        settings.push((name, row));
    }
    Ok(vec![table(&settings)?, page(&settings)])
}

/// A doc comment of lines that are not too long.
fn comment(about: &str) -> String {
    let mut text = String::from("    ///");
    let mut column = 0;
    for word in about.split_whitespace() {
        if column + word.len() > 90 {
            text.push_str("\n    ///");
            column = 0;
        }
        column += word.len() + 1;
        text.push(' ');
        text.push_str(word);
    }
    text.push('\n');
    text
}

fn table(settings: &[(String, Setting)]) -> Result<Output, String> {
    let mut text = format!(
        "{GENERATED}\n//! The settings.\n\nuse super::settings::{{Scope, Setting, When}};\n\n\
         /// The value of every setting.\n#[derive(Clone, Debug, PartialEq, Eq)]\npub struct Settings {{\n"
    );
    for (name, setting) in settings {
        writeln!(text, "{}    pub {name}: u64,", comment(&setting.about)).expect("a string takes all");
    }
    text.push_str("}\n\nimpl Settings {\n    /// What they are unless somebody sets them.\n");
    text.push_str("    pub const DEFAULT: Self = Self {");
    for (name, setting) in settings {
        write!(text, "{name}: {}, ", setting.default).expect("a string takes all");
    }
    text.push_str("};\n\n    /// The highest values.\n    pub const MOST: Self = Self {");
    for (name, setting) in settings {
        write!(text, "{name}: {}, ", setting.most).expect("a string takes all");
    }
    text.push_str(
        "};\n}\n\nimpl Default for Settings {\n    fn default() -> Self {\n        Self::DEFAULT\n    }\n}\n\n\
         /// Every setting, in the order of `spec/settings.toml`.\npub const SETTINGS: &[Setting] = &[\n",
    );
    for (name, setting) in settings {
        let when = variant(name, &setting.when, &[("always", "Always"), ("apart", "Apart")])?;
        let scope = variant(name, &setting.scope, &[("local", "Local"), ("all", "All")])?;
        let Setting { category, default, least, most, about, .. } = setting;
        writeln!(
            text,
            "    Setting {{ name: \"{name}\", variable: \"PASSEL_{}\", category: \"{category}\", \
             default: {default}, least: {least}, most: {most}, when: When::{when}, scope: Scope::{scope}, \
             about: {about:?}, get: |settings| settings.{name}, \
             set: |settings, value| settings.{name} = value }},",
            name.to_uppercase()
        )
        .expect("a string takes all");
    }
    text.push_str("];\n");
    Ok(Output { path: PathBuf::from("crates/engine/src/tool/table.rs"), text })
}

fn page(settings: &[(String, Setting)]) -> Output {
    let mut text = String::from(
        "# Settings\n\nWritten by `cargo xtask codegen` from `spec/settings.toml`: do not edit.\n\n\
         Each setting is an environment variable, read when MPI starts, and a control variable of MPI's tool \
         interface\n(`MPI_T_cvar_*`), by its name in lower case without `PASSEL_`. A value is a whole number; one that \
         is none, or is\nout of range, is an error of `MPI_Init` that says so.\n\n\
         | variable | default | range | may change | ranks | what it does |\n|---|---:|---|---|---|---|\n",
    );
    for (name, setting) in settings {
        let when = if setting.when == "always" { "at any time" } else { "before MPI starts" };
        let scope = if setting.scope == "local" { "each its own" } else { "all the same" };
        writeln!(
            text,
            "| `PASSEL_{}` | {} | {} to {} | {when} | {scope} | {} |",
            name.to_uppercase(),
            setting.default,
            setting.least,
            setting.most,
            setting.about
        )
        .expect("a string takes all");
    }
    Output { path: PathBuf::from("docs/settings.md"), text }
}
