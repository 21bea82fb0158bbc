//! `mpi.h`, for both ABIs.

use std::fmt::Write;
use std::path::PathBuf;

use super::Output;
use super::spec::{AbiName, Constant, Function, Spec};

const HANDLES: &[&str] = &[
    "Comm",
    "Datatype",
    "Errhandler",
    "File",
    "Group",
    "Info",
    "Message",
    "Op",
    "Request",
    "Session",
    "Win",
];

pub fn write(spec: &Spec, abi: AbiName) -> Output {
    let mut text = String::from(
        "/* MPI-5.0 in C, written by `cargo xtask codegen` from spec/: do not edit. */\n\
         #ifndef PASSEL_MPI_H\n#define PASSEL_MPI_H\n\n#include <stddef.h>\n#include <stdint.h>\n\n\
         #define PASSEL 1\n\n#ifdef __cplusplus\nextern \"C\" {\n#endif\n\n",
    );
    types(&mut text, abi);
    symbols(&mut text, abi);
    for (category, rows) in &spec.constants {
        writeln!(text, "/* {} */", category.replace('_', " ")).expect("a string takes all");
        for (name, constant) in rows {
            if let Some(line) = define(name, constant, abi) {
                text.push_str(&line);
            }
        }
        text.push('\n');
    }
    if abi == AbiName::Mpich {
        conversions(&mut text);
    }
    for prefix in ["", "P"] {
        for function in spec.functions.iter().filter(|function| function.is_in(abi)) {
            if abi == AbiName::Mpich && is_conversion_macro(function) && prefix.is_empty() {
                continue;
            }
            prototype(&mut text, function, prefix, false);
            if function.has_large_form_in(abi) {
                prototype(&mut text, function, prefix, true);
            }
        }
    }
    text.push_str("\n#ifdef __cplusplus\n}\n#endif\n#endif\n");
    let path = match abi {
        AbiName::Standard => "include/mpi.h",
        AbiName::Mpich => "include/mpich/mpi.h",
    };
    Output { path: PathBuf::from(path), text }
}

fn types(text: &mut String, abi: AbiName) {
    let put = match abi {
        AbiName::Standard => {
            "typedef intptr_t MPI_Aint;\ntypedef int64_t MPI_Offset;\ntypedef MPI_Offset MPI_Count;\n\n\
             typedef struct MPI_Status {\n    int MPI_SOURCE;\n    int MPI_TAG;\n    int MPI_ERROR;\n    \
             int MPI_internal[5];\n} MPI_Status;\n\n"
        }
        AbiName::Mpich => {
            "typedef long MPI_Aint;\ntypedef long long MPI_Offset;\ntypedef long long MPI_Count;\n\
             typedef int MPI_Fint;\n\n\
             typedef struct MPI_Status {\n    int count_lo;\n    int count_hi_and_cancelled;\n    \
             int MPI_SOURCE;\n    int MPI_TAG;\n    int MPI_ERROR;\n} MPI_Status;\n\n\
             typedef struct {\n    MPI_Fint count_lo;\n    MPI_Fint count_hi_and_cancelled;\n    \
             MPI_Fint MPI_SOURCE;\n    MPI_Fint MPI_TAG;\n    MPI_Fint MPI_ERROR;\n} MPI_F08_status;\n\n"
        }
    };
    text.push_str(put);
    for handle in HANDLES {
        let line = match (abi, *handle) {
            (AbiName::Standard, _) => format!("typedef struct MPI_ABI_{handle} *MPI_{handle};\n"),
            (AbiName::Mpich, "File") => "typedef struct ADIOI_FileD *MPI_File;\n".to_owned(),
            (AbiName::Mpich, _) => format!("typedef int MPI_{handle};\n"),
        };
        text.push_str(&line);
    }
    text.push('\n');
    for tool in ["enum", "cvar_handle", "pvar_handle", "pvar_session", "event_registration", "event_instance"]
    {
        writeln!(text, "typedef struct MPI_T_{tool}_s *MPI_T_{tool};").expect("a string takes all");
    }
    text.push_str(
        "typedef enum MPI_T_cb_safety { MPI_T_CB_SAFETY_FIRST_ } MPI_T_cb_safety;\n\
         typedef enum MPI_T_source_order { MPI_T_SOURCE_FIRST_ } MPI_T_source_order;\n\n",
    );
    text.push_str(CALLBACKS);
}

const CALLBACKS: &str = "\
typedef void MPI_User_function(void *invec, void *inoutvec, int *len, MPI_Datatype *datatype);
typedef void MPI_User_function_c(void *invec, void *inoutvec, MPI_Count *len, MPI_Datatype *datatype);
typedef int MPI_Comm_copy_attr_function(MPI_Comm comm, int keyval, void *extra_state, void *value_in,
                                        void *value_out, int *flag);
typedef int MPI_Comm_delete_attr_function(MPI_Comm comm, int keyval, void *value, void *extra_state);
typedef int MPI_Type_copy_attr_function(MPI_Datatype datatype, int keyval, void *extra_state, void *value_in,
                                        void *value_out, int *flag);
typedef int MPI_Type_delete_attr_function(MPI_Datatype datatype, int keyval, void *value, void *extra_state);
typedef int MPI_Win_copy_attr_function(MPI_Win win, int keyval, void *extra_state, void *value_in,
                                       void *value_out, int *flag);
typedef int MPI_Win_delete_attr_function(MPI_Win win, int keyval, void *value, void *extra_state);
typedef MPI_Comm_copy_attr_function MPI_Copy_function;
typedef MPI_Comm_delete_attr_function MPI_Delete_function;
typedef void MPI_Comm_errhandler_function(MPI_Comm *comm, int *error_code, ...);
typedef void MPI_File_errhandler_function(MPI_File *file, int *error_code, ...);
typedef void MPI_Win_errhandler_function(MPI_Win *win, int *error_code, ...);
typedef void MPI_Session_errhandler_function(MPI_Session *session, int *error_code, ...);
typedef MPI_Comm_errhandler_function MPI_Comm_errhandler_fn;
typedef MPI_File_errhandler_function MPI_File_errhandler_fn;
typedef MPI_Win_errhandler_function MPI_Win_errhandler_fn;
typedef MPI_Session_errhandler_function MPI_Session_errhandler_fn;
typedef MPI_Comm_errhandler_function MPI_Handler_function;
typedef int MPI_Grequest_query_function(void *extra_state, MPI_Status *status);
typedef int MPI_Grequest_free_function(void *extra_state);
typedef int MPI_Grequest_cancel_function(void *extra_state, int complete);
typedef int MPI_Datarep_extent_function(MPI_Datatype datatype, MPI_Aint *extent, void *extra_state);
typedef int MPI_Datarep_conversion_function(void *userbuf, MPI_Datatype datatype, int count, void *filebuf,
                                            MPI_Offset position, void *extra_state);
typedef int MPI_Datarep_conversion_function_c(void *userbuf, MPI_Datatype datatype, MPI_Count count,
                                              void *filebuf, MPI_Offset position, void *extra_state);
typedef void MPI_T_event_cb_function(MPI_T_event_instance event, MPI_T_event_registration registration,
                                     MPI_T_cb_safety safety, void *user_data);
typedef void MPI_T_event_free_cb_function(MPI_T_event_registration registration, MPI_T_cb_safety safety,
                                          void *user_data);
typedef void MPI_T_event_dropped_cb_function(MPI_Count count, MPI_T_event_registration registration,
                                             int source_index, MPI_T_cb_safety safety, void *user_data);

";

fn symbols(text: &mut String, abi: AbiName) {
    if abi == AbiName::Mpich {
        text.push_str(
            "extern int *const MPI_UNWEIGHTED;\nextern int *const MPI_WEIGHTS_EMPTY;\n\
             extern struct MPI_T_pvar_handle_s *const MPI_T_PVAR_ALL_HANDLES;\n\
             extern MPI_Fint *MPI_F_STATUS_IGNORE;\nextern MPI_Fint *MPI_F_STATUSES_IGNORE;\n\
             extern MPI_F08_status *MPI_F08_STATUS_IGNORE;\nextern MPI_F08_status *MPI_F08_STATUSES_IGNORE;\n\
             extern MPI_Comm_copy_attr_function MPIR_Dup_fn;\n\n",
        );
    }
}

/// One constant as C source, or nothing where the ABI lacks it.
fn define(name: &str, constant: &Constant, abi: AbiName) -> Option<String> {
    let value = constant.value(abi)?;
    if let Some(symbol) = value.strip_prefix('@') {
        // Data symbols are declared under their own name already.
        return (symbol != name && symbol.starts_with("MPIR_")).then(|| format!("#define {name} {symbol}\n"));
    }
    if constant.c.contains('[') {
        // Format strings are the only arrays.
        return Some(format!("#define {name} \"{value}\"\n"));
    }
    if constant.c == "int" && (name.starts_with("MPI_T_CB_REQUIRE") || name.starts_with("MPI_T_SOURCE_")) {
        let of = if name.starts_with("MPI_T_CB") { "MPI_T_cb_safety" } else { "MPI_T_source_order" };
        return Some(format!("#define {name} (({of}){value})\n"));
    }
    if constant.c == "int" {
        // Plain numbers can stand in `#if` and `case`.
        return Some(format!("#define {name} ({value})\n"));
    }
    Some(format!("#define {name} (({}){value})\n", constant.c))
}

/// Integer handles are their own Fortran handles: macros, as existing
/// binaries expect.
fn conversions(text: &mut String) {
    for handle in HANDLES.iter().filter(|&&handle| handle != "File") {
        let short = if *handle == "Datatype" { "Type" } else { handle };
        writeln!(text, "#define MPI_{short}_c2f(handle) (MPI_Fint)(handle)").expect("a string takes all");
        writeln!(text, "#define MPI_{short}_f2c(handle) (MPI_{handle})(handle)").expect("a string takes all");
    }
    text.push('\n');
}

fn is_conversion_macro(function: &Function) -> bool {
    let name = &function.name;
    (name.ends_with("_c2f") || name.ends_with("_f2c"))
        && !name.starts_with("MPI_File")
        && !name.starts_with("MPI_Status")
}

fn prototype(text: &mut String, function: &Function, prefix: &str, large: bool) {
    let suffix = if large { "_c" } else { "" };
    let params: Vec<String> = function
        .params
        .iter()
        .map(|param| {
            let kind = &param.kind;
            let c = if large { kind.large.as_ref().unwrap_or(&kind.c) } else { &kind.c };
            declare(c, &param.name)
        })
        .collect();
    let params = if params.is_empty() { "void".to_owned() } else { params.join(", ") };
    writeln!(text, "{} {prefix}{}{suffix}({params});", function.returns, function.name)
        .expect("a string takes all");
}

/// `int[]` and `x` to `int x[]`.
fn declare(c: &str, name: &str) -> String {
    if c == "..." {
        return c.to_owned();
    }
    match c.find('[') {
        Some(bracket) => format!("{} {name}{}", c[..bracket].trim_end(), &c[bracket..]),
        None if c.ends_with('*') => format!("{c}{name}"),
        None => format!("{c} {name}"),
    }
}
