//! What the ranks do.
//!
//! - [`point_to_point`]: blocking sends and receives, probing
//! - [`scope`]: nonblocking ones
//! - [`collective`]: collective operations, communicators
//! - [`ending`]: ranks that fail

mod collective;
mod ending;
mod point_to_point;
mod scope;

/// A program, and how a job of it ends.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) ranks: &'static [usize],
    pub(crate) program: fn() -> passel::Result<()>,
    pub(crate) ending: Ending,
}

/// How `mpiexec` ends.
pub(crate) enum Ending {
    /// With nothing on standard error.
    Success,
    /// With this exit code, and these words on standard error.
    Failure(i32, &'static str),
}

macro_rules! cases {
    ($($module:ident::$name:ident [$($ranks:literal),*] $ending:expr;)*) => {
        pub(crate) const CASES: &[Case] = &[$(Case {
            name: stringify!($name),
            ranks: &[$($ranks),*],
            program: $module::$name,
            ending: $ending,
        }),*];
    };
}

cases! {
    point_to_point::messages_arrive_as_they_were_sent [1, 2, 3] Ending::Success;
    point_to_point::any_source_and_any_tag_tell_whose_message_it_is [4] Ending::Success;
    point_to_point::a_probe_tells_the_length [2] Ending::Success;
    point_to_point::wrong_lengths_are_errors_and_others_are_not_touched [2] Ending::Success;
    point_to_point::wrong_arguments_are_errors [2] Ending::Success;
    point_to_point::threads_may_call_at_the_same_time [2] Ending::Success;
    point_to_point::a_sender_far_ahead_needs_little_memory [2] Ending::Success;
    scope::requests_may_be_waited_for_or_left_to_the_scope [2, 3] Ending::Success;
    scope::an_error_in_a_scope_gives_receives_up [1, 2] Ending::Success;
    collective::every_collective_gives_the_right_result [1, 2, 3, 4, 5] Ending::Success;
    collective::functions_reduce_in_rank_order [1, 2, 3, 4, 5] Ending::Success;
    collective::ranks_in_different_collectives_are_told [2, 4] Ending::Success;
    collective::communicators_do_not_mix_messages [4] Ending::Success;
    ending::an_error_ends_the_job [2] Ending::Failure(1, "the tag is -5; tags are 0 to 2147483647");
    ending::an_error_that_was_dealt_with_does_not [2] Ending::Success;
    ending::a_panic_ends_the_job [2] Ending::Failure(101, "rank 1 panics");
    ending::a_panic_with_a_receive_under_way_ends_the_job [2] Ending::Failure(101, "rank 1 panics");
    ending::a_panic_with_a_send_under_way_aborts [2] Ending::Failure(134, "uses memory whose borrow ends here");
    ending::abort_ends_the_job [3] Ending::Failure(7, "rank 2");
    ending::a_process_joins_once [2] Ending::Success;
}
