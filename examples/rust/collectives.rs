//! What all ranks do together: broadcast, scatter, gather, all-to-all, reduction.
//!
//!     mpiexec -n 4 target/debug/examples/collectives

use passel::Op;

fn main() -> passel::Result<()> {
    let world = passel::init()?;
    let (rank, size) = (world.rank() as i32, world.size() as i32);
    let say = |what: &str, values: &[i32]| {
        let values: Vec<String> = values.iter().map(i32::to_string).collect();
        println!("rank {rank}: {what} {}", values.join(" "));
    };

    // Rank 0 has it, and then everyone has it.
    let mut number = if rank == 0 { [42] } else { [0] };
    world.bcast(&mut number, 0)?;
    say("broadcast", &number);

    // Rank 0 deals out, one piece each.
    let all: Vec<i32> = (0..size).map(|r| 10 * r).collect();
    let mut piece = [0];
    world.scatter((rank == 0).then_some(&all[..]), &mut piece, 0)?;
    say("scatter", &piece);

    // Rank 0 collects.
    if let Some(squares) = world.gather(&[rank * rank], 0)? {
        say("gather", &squares);
    }

    // Everyone has one piece for everyone.
    let outgoing: Vec<i32> = (0..size).map(|r| 10 * rank + r).collect();
    say("all-to-all", &world.alltoall(&outgoing)?);

    // One result for everyone, made of what each has.
    say("sum", &world.allreduce(&[rank + 1], Op::Sum)?);
    Ok(())
}
