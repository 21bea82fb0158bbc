//! Collective operations, and communicators.

use passel::{Communicator, Complex, ErrorClass, Op, Result};

fn values(rank: usize, length: usize) -> Vec<i64> {
    (0..length).map(|index| (rank * 1000 + index) as i64).collect()
}

fn moving(comm: &Communicator, length: usize, root: usize) -> Result<()> {
    let (rank, size) = (comm.rank(), comm.size());
    let own = values(rank, length);
    let all: Vec<i64> = (0..size).flat_map(|rank| values(rank, length)).collect();

    let mut data = own.clone();
    comm.bcast(&mut data, root)?;
    assert_eq!(data, values(root, length));

    assert_eq!(comm.gather(&own, root)?, (rank == root).then(|| all.clone()));
    assert_eq!(comm.allgather(&own)?, all);

    let mut block = vec![-1; length];
    comm.scatter((rank == root).then_some(&all[..]), &mut block, root)?;
    assert_eq!(block, own);

    // To rank `i` goes what belongs to it, marked with the sender.
    let outgoing: Vec<i64> = all.iter().map(|value| value * 10 + rank as i64).collect();
    let expected: Vec<i64> =
        (0..size as i64).flat_map(|from| own.iter().map(move |value| value * 10 + from)).collect();
    assert_eq!(comm.alltoall(&outgoing)?, expected);
    Ok(())
}

fn reducing(comm: &Communicator, length: usize, root: usize) -> Result<()> {
    let (rank, size) = (comm.rank(), comm.size());
    let own = values(rank, length);
    let sum = |ranks: usize| -> Vec<i64> {
        let of_all: Vec<_> = (0..ranks).map(|rank| values(rank, length)).collect();
        (0..length).map(|index| of_all.iter().map(|of_one| of_one[index]).sum()).collect()
    };
    assert_eq!(comm.allreduce(&own, Op::Sum)?, sum(size));
    assert_eq!(comm.allreduce(&own, Op::Max)?, values(size - 1, length));
    assert_eq!(comm.reduce(&own, Op::Sum, root)?, (rank == root).then(|| sum(size)));
    assert_eq!(comm.scan(&own, Op::Sum)?, sum(rank + 1));
    assert_eq!(comm.exscan(&own, Op::Sum)?, sum(rank));
    Ok(())
}

pub(super) fn every_collective_gives_the_right_result() -> Result<()> {
    let world = passel::init()?;
    for length in [0, 1, 17, 5000] {
        for root in [0, world.size() - 1] {
            moving(&world, length, root)?;
            reducing(&world, length, root)?;
        }
    }
    let (rank, size) = (world.rank(), world.size());
    assert_eq!(world.allreduce(&[1u8 << rank], Op::BitOr)?, [((1u16 << size) - 1) as u8]);
    assert_eq!(world.allreduce(&[rank as u32], Op::And)?, [0]);
    assert_eq!(world.allreduce(&[rank as f32 + 0.5], Op::Min)?, [0.5]);
    let i = Complex::new(0.0, 1.0);
    assert_eq!(world.allreduce(&[i], Op::Product)?, [i.powu(size as u32)]);
    assert_eq!(world.allreduce(&[i], Op::Min).expect_err("it has no minimum").class(), ErrorClass::Op);
    assert_eq!(world.allreduce(&[0.5], Op::BitOr).expect_err("it has no bits").class(), ErrorClass::Op);
    assert_eq!(world.bcast(&mut [0], size).expect_err("there is no such root").class(), ErrorClass::Root);
    let uneven = world.alltoall(&vec![0; size + 1]).map(drop);
    assert_eq!(uneven.err().map(|error| error.class()), (size > 1).then_some(ErrorClass::Count));
    world.barrier()?;
    world.finalize()
}

pub(super) fn ranks_in_different_collectives_are_told() -> Result<()> {
    let world = passel::init()?;
    let apart = world.dup()?;
    match world.rank() {
        0 => apart.bcast(&mut [7u32], 0)?,
        1 => {
            let error = apart.allreduce(&[1.0], Op::Sum).expect_err("rank 0 broadcasts");
            assert_eq!(error.class(), ErrorClass::Other);
            let text = error.to_string();
            assert!(text.contains("rank 1 is in MPI_Allreduce of 8 to 15 bytes"), "{text}");
            assert!(text.contains("rank 0 is in MPI_Bcast with root 0 of 4 to 7 bytes"), "{text}");
        }
        _ => {}
    }
    world.finalize()
}

/// `x -> a x + b`; composition does not commute.
type Affine = [u64; 2];

fn then(first: Affine, second: Affine) -> Affine {
    [first[0].wrapping_mul(second[0]), first[1].wrapping_mul(second[0]).wrapping_add(second[1])]
}

pub(super) fn functions_reduce_in_rank_order() -> Result<()> {
    let world = passel::init()?;
    let of = |rank: usize, index: usize| -> Affine { [rank as u64 + 2, (rank * 31 + index) as u64] };
    for length in [1, 3, 2000] {
        let own: Vec<Affine> = (0..length).map(|index| of(world.rank(), index)).collect();
        let expected: Vec<Affine> = (0..length)
            .map(|index| (1..world.size()).fold(of(0, index), |so_far, rank| then(so_far, of(rank, index))))
            .collect();
        assert_eq!(world.allreduce(&own, then)?, expected);
        let factor = 3;
        let total = world.reduce(&[world.rank() as i32], move |a: i32, b: i32| a + b + factor, 0)?;
        let ranks = world.size() as i32;
        let sum = ranks * (ranks - 1) / 2 + factor * (ranks - 1);
        assert_eq!(total, (world.rank() == 0).then(|| vec![sum]));
    }
    Ok(())
}

pub(super) fn communicators_do_not_mix_messages() -> Result<()> {
    let world = passel::init()?;
    let rank = world.rank();
    let twin = world.dup()?;
    let own = (rank, [1u8], [2u8]);
    world.scope(|scope| {
        scope.isend(&own.1, rank, 0)?;
        let (mut got, mut of_twin) = ([0u8], [0u8]);
        assert_eq!(twin.iprobe(rank, 0)?, None);
        twin.sendrecv(&own.2, rank, 0, &mut of_twin, rank, 0)?;
        world.recv_into(&mut got, rank, 0)?;
        assert_eq!((got, of_twin), ([1], [2]));
        Ok(())
    })?;

    // Odd and even ranks, the last one first; rank 3 stays out of the second.
    let half = world.split(rank as u32 % 2, -(rank as i32))?.expect("a color was given");
    assert_eq!((half.size(), half.rank()), (2, usize::from(rank < 2)));
    assert_eq!(half.allgather(&[rank])?, [rank % 2 + 2, rank % 2]);
    drop(half);
    let some = twin.split((rank != 3).then_some(5), 0)?;
    assert_eq!(some.as_ref().map(Communicator::size), (rank != 3).then_some(3));
    if let Some(some) = some {
        assert_eq!(some.allreduce(&[1], Op::Sum)?, [3]);
        let inner = some.dup()?;
        assert_eq!(inner.allgather(&[rank])?, [0, 1, 2]);
    }
    Ok(())
}
