//! A sender far ahead of its receiver: nothing is lost, and the order is kept.
//!
//!     mpiexec -n 2 target/debug/examples/ahead
//!
//! Rank 0 sends while rank 1 sleeps. What has not been received yet waits; when there is no more room, the sender
//! waits, too.

use std::thread::sleep;
use std::time::Duration;

const MESSAGES: u32 = 20000;

fn main() -> passel::Result<()> {
    let world = passel::init()?;
    if world.rank() == 0 {
        for number in 0..MESSAGES {
            world.send(&[number], 1, 0)?;
        }
    } else {
        sleep(Duration::from_millis(500));
        let mut in_order = true;
        for number in 0..MESSAGES {
            let mut got = [0];
            world.recv_into(&mut got, 0, 0)?;
            in_order &= got == [number];
        }
        println!("{MESSAGES} messages came {}", if in_order { "in order" } else { "in disorder" });
    }
    Ok(())
}
