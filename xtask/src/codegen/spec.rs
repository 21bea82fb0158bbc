//! The tables of `spec/`, read.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;

/// One of the two C interfaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AbiName {
    Standard,
    Mpich,
}

impl AbiName {
    /// As it is called in `spec/` and in file names.
    pub fn key(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Mpich => "mpich",
        }
    }

    /// The type in `capi::abi`.
    pub fn rust_type(self) -> &'static str {
        match self {
            Self::Standard => "Standard",
            Self::Mpich => "Mpich",
        }
    }
}

/// What a parameter is.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    pub c: String,
    pub rust: Option<String>,
    pub large: Option<String>,
    pub rust_large: Option<String>,
    pub pass: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FunctionRow {
    returns: Option<String>,
    params: Vec<String>,
    #[serde(default)]
    large: bool,
    large_only: Option<String>,
    only: Option<String>,
    #[serde(default)]
    deprecated: bool,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Constant {
    pub c: String,
    pub standard: Option<toml::Value>,
    pub mpich: Option<toml::Value>,
}

impl Constant {
    /// The value in an ABI, as C source, or `@symbol`.
    pub fn value(&self, abi: AbiName) -> Option<String> {
        let value = match abi {
            AbiName::Standard => &self.standard,
            AbiName::Mpich => &self.mpich,
        };
        value.as_ref().map(|value| match value {
            toml::Value::String(text) => text.clone(),
            other => other.to_string(),
        })
    }
}

pub struct Param {
    pub name: String,
    pub kind: Kind,
}

pub struct Function {
    /// With `MPI_`.
    pub name: String,
    pub chapter: String,
    /// C return type.
    pub returns: String,
    pub params: Vec<Param>,
    /// Has a large-count form.
    pub large: bool,
    large_only: Option<String>,
    only: Option<String>,
    pub deprecated: bool,
}

impl Function {
    /// What `capi` calls it.
    pub fn capi_name(&self) -> String {
        self.name.trim_start_matches("MPI_").to_lowercase()
    }

    pub fn is_in(&self, abi: AbiName) -> bool {
        self.only.as_ref().is_none_or(|only| only == abi.key())
    }

    pub fn has_large_form_in(&self, abi: AbiName) -> bool {
        self.large && self.large_only.as_ref().is_none_or(|only| only == abi.key())
    }
}

/// Size, alignment and fields of a C type, in bytes.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Placement {
    size: usize,
    align: usize,
    #[serde(default)]
    offsets: BTreeMap<String, usize>,
}

/// How a C type lies in memory.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    #[serde(skip)]
    pub name: String,
    standard: Option<Placement>,
    mpich: Option<Placement>,
}

impl Layout {
    fn placement(&self, abi: AbiName) -> Option<&Placement> {
        match abi {
            AbiName::Standard => self.standard.as_ref(),
            AbiName::Mpich => self.mpich.as_ref(),
        }
    }

    pub fn size_and_align(&self, abi: AbiName) -> Option<(usize, usize)> {
        self.placement(abi).map(|placement| (placement.size, placement.align))
    }

    /// Fields of the Rust struct and where they are.
    pub fn offsets(&self, abi: AbiName) -> impl Iterator<Item = (&str, usize)> {
        let placement = self.placement(abi).into_iter();
        placement.flat_map(|it| it.offsets.iter().map(|(field, offset)| (field.as_str(), *offset)))
    }
}

pub struct Spec {
    pub functions: Vec<Function>,
    pub layouts: Vec<Layout>,
    /// By category, in the order of the file.
    pub constants: Vec<(String, Vec<(String, Constant)>)>,
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

impl Spec {
    pub fn read(folder: &Path) -> Result<Self, String> {
        let wrong = |path: &Path, error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
        let kinds_path = folder.join("kinds.toml");
        let kinds: BTreeMap<String, Kind> =
            toml::from_str(&read(&kinds_path)?).map_err(|error| wrong(&kinds_path, &error))?;
        let mut paths: Vec<_> = fs::read_dir(folder.join("functions"))
            .map_err(|error| wrong(folder, &error))?
            .filter_map(|entry| entry.ok().map(|entry| entry.path()))
            .collect();
        paths.sort();
        let mut functions = Vec::new();
        for path in paths {
            let rows: BTreeMap<String, FunctionRow> =
                toml::from_str(&read(&path)?).map_err(|error| wrong(&path, &error))?;
            let chapter = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            for (name, row) in rows {
                functions.push(function(&kinds, name, row, &chapter).map_err(|error| wrong(&path, &error))?);
            }
        }
        let constants_path = folder.join("constants.toml");
        let table: toml::Table =
            toml::from_str(&read(&constants_path)?).map_err(|error| wrong(&constants_path, &error))?;
        let mut constants = Vec::new();
        for (category, rows) in table {
            let rows = rows.as_table().cloned().unwrap_or_default();
            let mut list = Vec::new();
            for (name, row) in rows {
                let row = row.try_into().map_err(|error| wrong(&constants_path, &error))?;
                list.push((name, row));
            }
            constants.push((category, list));
        }
        let layouts_path = folder.join("layouts.toml");
        let rows: BTreeMap<String, Layout> =
            toml::from_str(&read(&layouts_path)?).map_err(|error| wrong(&layouts_path, &error))?;
        let layouts = rows.into_iter().map(|(name, layout)| Layout { name, ..layout }).collect();
        Ok(Self { functions, layouts, constants })
    }
}

fn function(
    kinds: &BTreeMap<String, Kind>,
    name: String,
    row: FunctionRow,
    chapter: &str,
) -> Result<Function, String> {
    let mut params = Vec::new();
    for param in row.params {
        let (param_name, kind) =
            param.split_once(": ").ok_or_else(|| format!("{name}: parameter `{param}` has no kind"))?;
        let kind = kinds.get(kind).ok_or_else(|| format!("{name}: no kind `{kind}` in kinds.toml"))?;
        params.push(Param { name: param_name.to_owned(), kind: kind.clone() });
    }
    Ok(Function {
        name,
        chapter: chapter.to_owned(),
        returns: row.returns.unwrap_or_else(|| "int".to_owned()),
        params,
        large: row.large,
        large_only: row.large_only,
        only: row.only,
        deprecated: row.deprecated,
    })
}
