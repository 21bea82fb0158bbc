//! Ranks that fail. The others wait for them, and must not do so for ever.

use passel::{ErrorClass, Result};

pub(super) fn an_error_ends_the_job() -> Result<()> {
    let world = passel::init()?;
    if world.rank() == 1 {
        return world.send(&[1], 0, -5);
    }
    world.recv_into(&mut [0], 1, 5).map(drop)
}

pub(super) fn an_error_that_was_dealt_with_does_not() -> Result<()> {
    let world = passel::init()?;
    assert_eq!(world.send(&[1], 0, -5).expect_err("the tag is wrong").class(), ErrorClass::Tag);
    world.finalize()
}

pub(super) fn a_panic_ends_the_job() -> Result<()> {
    let world = passel::init()?;
    assert_eq!(world.rank(), 0, "rank 1 panics");
    world.recv_into(&mut [0], 1, 5).map(drop)
}

pub(super) fn a_panic_with_a_receive_under_way_ends_the_job() -> Result<()> {
    let world = passel::init()?;
    let mut never = [0];
    world.scope(|scope| {
        scope.irecv(&mut never, 1 - world.rank(), 5)?;
        assert_eq!(world.rank(), 0, "rank 1 panics");
        Ok(())
    })
}

pub(super) fn a_panic_with_a_send_under_way_aborts() -> Result<()> {
    let world = passel::init()?;
    let large = vec![0u64; 1_000_000];
    world.scope(|scope| {
        // Only the other side can say that it will not read any more.
        scope.isend(&large, 1 - world.rank(), 5)?;
        assert_eq!(world.rank(), 0, "rank 1 panics");
        world.recv_into(&mut [0], 1, 6).map(drop)
    })
}

pub(super) fn abort_ends_the_job() -> Result<()> {
    let world = passel::init()?;
    if world.rank() == 2 {
        world.abort(7);
    }
    world.recv_into(&mut [0], 2, 0).map(drop)
}

pub(super) fn a_process_joins_once() -> Result<()> {
    let world = passel::init()?;
    let again = passel::init().err().expect("the process has joined");
    assert_eq!(
        again.to_string(),
        "init: this process has joined its job before; that is done once in its life"
    );
    let duplicate = world.dup()?;
    world.finalize()?;
    assert_eq!(duplicate.barrier().expect_err("the world was left").class(), ErrorClass::Other);
    Ok(())
}
