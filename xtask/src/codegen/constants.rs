//! The constants of both ABIs, for `capi`.

use std::fmt::Write;
use std::path::PathBuf;

use super::spec::{AbiName, Constant, Spec};
use super::{GENERATED, Output};

/// Categories of `int` constants that differ between the ABIs and that `capi`
/// translates; the name of the table is the category's.
const TRANSLATED: &[(&str, &str)] = &[
    ("communicator_group_comp_results", "COMPARISONS"),
    ("communicator_split_type", "SPLIT_TYPES"),
    ("datatype_decoding_constants", "COMBINERS"),
    ("error_classes", "ERROR_CLASSES"),
    ("f90_datatype_matching_constants", "TYPE_CLASSES"),
    ("file_operations_constants", "DISTRIBUTIONS"),
    ("file_pos_constants", "SEEKS"),
    ("mode_constants", "MODES"),
    ("threads_constants", "THREAD_LEVELS"),
    ("tool_info_iface_cb_safety_req_levels", "TOOL_SAFETIES"),
    ("tool_info_iface_pvar_classes", "TOOL_CLASSES"),
    ("tool_info_iface_source_orderings", "TOOL_ORDERINGS"),
    ("tool_info_iface_var_associations", "TOOL_BINDINGS"),
    ("tool_info_iface_var_scopes", "TOOL_SCOPES"),
    ("tool_info_iface_verbosity_levels", "TOOL_VERBOSITIES"),
    ("topologies", "TOPOLOGIES"),
    ("window_create_flavors", "WIN_FLAVORS"),
    ("window_lock_type_constants", "LOCK_TYPES"),
    ("window_models", "WIN_MODELS"),
    ("env_inq_and_attr_keys", "KEYVALS"),
];

fn number(constant: &Constant, abi: AbiName) -> Option<i64> {
    let text = constant.value(abi)?;
    match text.strip_prefix("0x") {
        Some(hex) => u64::from_str_radix(hex, 16).ok().map(|value| value as i64),
        None => text.parse().ok(),
    }
}

pub fn write(spec: &Spec) -> Output {
    let mut text = format!("{GENERATED}\n//! The constants of both ABIs.\n");
    for abi in [AbiName::Standard, AbiName::Mpich] {
        write!(text, "\n/// Values in the {} ABI.\npub mod {} {{\n", abi.rust_type(), abi.key())
            .expect("a string takes all");
        for (_, rows) in &spec.constants {
            for (name, constant) in rows {
                let Some(value) = number(constant, abi) else { continue };
                writeln!(text, "    pub const {name}: i64 = {value};").expect("a string takes all");
            }
        }
        text.push_str("\n    /// Handle and name of every predefined datatype.\n");
        text.push_str("    pub const DATATYPES: &[(i64, &str)] = &[\n");
        for (_, rows) in &spec.constants {
            for (name, constant) in rows {
                if constant.c == "MPI_Datatype"
                    && name != "MPI_DATATYPE_NULL"
                    && let Some(value) = number(constant, abi)
                {
                    writeln!(text, "        ({value}, \"{name}\"),").expect("a string takes all");
                }
            }
        }
        text.push_str("    ];\n}\n");
    }
    for (category, table) in TRANSLATED {
        let rows = spec.constants.iter().find(|(name, _)| name == category).map(|(_, rows)| rows);
        let rows = rows.unwrap_or_else(|| panic!("spec/constants.toml has no category {category}"));
        write!(text, "\n/// Pairs of (standard, MPICH) values.\npub const {table}: &[(i32, i32)] = &[\n")
            .expect("a string takes all");
        // No key is not a key.
        for (_, constant) in rows.iter().filter(|(name, _)| name != "MPI_KEYVAL_INVALID") {
            if let (Some(standard), Some(mpich)) =
                (number(constant, AbiName::Standard), number(constant, AbiName::Mpich))
            {
                writeln!(text, "    ({standard}, {mpich}),").expect("a string takes all");
            }
        }
        text.push_str("];\n");
    }
    Output { path: PathBuf::from("crates/capi/src/abi/constants.rs"), text }
}
