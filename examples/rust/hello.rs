//! Every rank says who it is.
//!
//!     mpiexec -n 4 target/debug/examples/hello

fn main() -> passel::Result<()> {
    let world = passel::init()?;
    println!("Hello from rank {} of {}", world.rank(), world.size());
    Ok(())
}
