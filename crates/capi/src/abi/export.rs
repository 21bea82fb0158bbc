//! The macro behind every exported function.

/// Defines exported functions: the strong `PMPI_X`, and `MPI_X` as a weak
/// second name of the same address, so that a tool can put its own `MPI_X` in
/// front and call `PMPI_X` (MPI-5.0 section 15.2).
///
/// Both names must come from one object file: the crates that use this are
/// compiled as one unit (`codegen-units = 1` in the workspace's profiles).
#[macro_export]
macro_rules! export {
    ($($mpi:ident = $pmpi:ident($($parameter:ident: $type:ty),* $(,)?) -> $result:ty { $call:expr })*) => {$(
        #[unsafe(no_mangle)]
        #[allow(non_snake_case, clippy::too_many_arguments)]
        unsafe extern "C" fn $pmpi($($parameter: $type),*) -> $result {
            // SAFETY: the caller keeps the promises that the MPI standard asks
            // of it for this function, which are those that capi asks for.
            #[allow(unused_unsafe)]
            unsafe { $call }
        }
        ::core::arch::global_asm!(
            concat!(".weak ", stringify!($mpi)),
            concat!(".set ", stringify!($mpi), ", ", stringify!($pmpi)),
        );
    )*};
}
