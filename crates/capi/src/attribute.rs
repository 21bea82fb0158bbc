//! (until the objects branch lands)
pub fn delete_all_of_self<A: crate::abi::Abi>() -> engine::error::Result<()> {
    Ok(())
}
