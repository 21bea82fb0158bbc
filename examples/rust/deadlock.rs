//! Two ranks that both send before they receive wait for each other for ever; and three cures.
//!
//!     mpiexec -n 2 target/debug/examples/deadlock none|order|sendrecv|nonblocking
//!
//! A blocking send of a large slice comes back only when the other side receives. (Small messages often come back at
//! once, which hides the mistake until the day when they grow.)

const COUNT: usize = 1_000_000;

fn main() -> passel::Result<()> {
    let cure = std::env::args().nth(1).unwrap_or_else(|| "none".into());
    let world = passel::init()?;
    let rank = world.rank();
    let other = 1 - rank;
    let mine = vec![rank as f64; COUNT];
    let mut theirs = vec![-1.0; COUNT];

    match cure.as_str() {
        "none" => {
            world.send(&mine, other, 0)?;
            world.recv_into(&mut theirs, other, 0)?;
        }
        // One side receives first.
        "order" if rank == 0 => {
            world.send(&mine, other, 0)?;
            world.recv_into(&mut theirs, other, 0)?;
        }
        "order" => {
            world.recv_into(&mut theirs, other, 0)?;
            world.send(&mine, other, 0)?;
        }
        // One call does both.
        "sendrecv" => {
            world.sendrecv(&mine, other, 0, &mut theirs, other, 0)?;
        }
        // The send goes on while we receive; until the scope ends, `mine` cannot be changed.
        "nonblocking" => world.scope(|scope| {
            scope.isend(&mine, other, 0)?;
            world.recv_into(&mut theirs, other, 0)?;
            Ok(())
        })?,
        _ => {
            eprintln!("{cure} is no cure: order, sendrecv and nonblocking are");
            world.abort(1);
        }
    }

    println!("Rank {rank} has the {COUNT} numbers of rank {}", theirs[COUNT - 1]);
    Ok(())
}
