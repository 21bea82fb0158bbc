//! Send and receive by rank: a token goes round and grows by each rank's number.
//!
//!     mpiexec -n 4 target/debug/examples/ring

fn main() -> passel::Result<()> {
    let world = passel::init()?;
    let (rank, size) = (world.rank(), world.size());
    let (next, previous) = ((rank + 1) % size, (rank + size - 1) % size);

    if rank == 0 {
        world.send(&[rank], next, 0)?;
        let (visited, _) = world.recv_vec::<usize>(previous, 0)?;
        let visited: Vec<String> = visited.iter().map(usize::to_string).collect();
        println!("The token came back after visiting {}", visited.join(" "));
    } else {
        // It is as long as the way behind it.
        let (mut visited, status) = world.recv_vec(previous, 0)?;
        println!("Rank {rank} got the token from rank {}", status.source);
        visited.push(rank);
        world.send(&visited, next, 0)?;
    }
    Ok(())
}
