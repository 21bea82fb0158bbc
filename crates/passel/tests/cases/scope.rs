//! Nonblocking sends and receives.

use passel::{ErrorClass, Result, Source};

pub(super) fn requests_may_be_waited_for_or_left_to_the_scope() -> Result<()> {
    let world = passel::init()?;
    let (rank, size) = (world.rank(), world.size());
    for length in [1, 1000, 300_000] {
        let outgoing = vec![rank; length];
        let mut incoming = vec![vec![usize::MAX; length]; size];
        let mut first = vec![usize::MAX; length];
        world.scope(|scope| {
            for dest in 0..size {
                scope.issend(&outgoing, dest, 1)?;
                scope.isend(&outgoing, dest, 2)?.is_complete()?;
            }
            for (source, buffer) in incoming.iter_mut().enumerate() {
                scope.irecv(buffer, source, 1)?;
            }
            let (got, status) = scope.irecv(&mut first, (rank + 1) % size, 2)?.wait()?;
            assert_eq!(got, vec![(rank + 1) % size; length]);
            assert_eq!(status.count::<usize>(), Some(length));
            for source in (0..size).filter(|&source| source != (rank + 1) % size) {
                assert_eq!(world.recv_vec::<usize>(source, 2)?.0, vec![source; length]);
            }
            Ok(())
        })?;
        for (source, got) in incoming.iter().enumerate() {
            assert_eq!(*got, vec![source; length]);
        }
    }
    Ok(())
}

pub(super) fn an_error_in_a_scope_gives_receives_up() -> Result<()> {
    let world = passel::init()?;
    let mut never = [0];
    let outcome = world.scope(|scope| {
        scope.irecv(&mut never, Source::Any, 1)?;
        scope.isend(&[1], world.size(), 1)?;
        Ok(())
    });
    assert_eq!(outcome.expect_err("there is no such rank").class(), ErrorClass::Rank);
    assert_eq!(never, [0]);
    // The receive is gone: the message goes to the next one.
    let (own, mut got) = (world.rank(), [0]);
    world.sendrecv(&[7], own, 1, &mut got, own, 1)?;
    assert_eq!((never, got), ([0], [7]));
    world.finalize()
}
