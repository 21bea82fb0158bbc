use super::*;

/// A description whose every word follows from `number`.
fn wait(number: u32) -> Wait {
    Wait {
        what: number,
        peer: number as i32 + 1,
        tag: number as i32 + 2,
        context: number + 3,
        bytes: u64::from(number) + 4,
    }
}

#[cfg(not(any(loom, shuttle)))]
mod threads {
    use super::*;

    #[test]
    fn a_wait_is_described_from_enter_to_leave() {
        let activity = Activity::default();
        assert_eq!(activity.current(), None);
        activity.enter(wait(7));
        let (first, described) = activity.current().unwrap();
        assert_eq!(described, wait(7));
        activity.leave();
        assert_eq!(activity.current(), None);
        activity.enter(wait(7));
        let (second, _) = activity.current().unwrap();
        assert_ne!(first, second, "an equal wait is another wait");
    }

    #[test]
    fn entering_again_without_leaving_is_another_wait() {
        let activity = Activity::default();
        activity.enter(wait(1));
        let (first, _) = activity.current().unwrap();
        activity.enter(wait(2));
        let (second, described) = activity.current().unwrap();
        assert_ne!(first, second);
        assert_eq!(described, wait(2));
    }

    #[test]
    fn leaving_twice_is_leaving_once() {
        let activity = Activity::default();
        activity.enter(wait(1));
        activity.leave();
        activity.leave();
        assert_eq!(activity.current(), None);
        activity.enter(wait(2));
        assert_eq!(activity.current().map(|(_, wait)| wait), Some(wait(2)));
    }

    #[test]
    fn progress_adds_up() {
        let activity = Activity::default();
        activity.count_progress(3);
        activity.count_progress(4);
        assert_eq!(activity.progress(), 7);
    }

    #[test]
    fn a_reader_never_sees_half_of_two_waits() {
        let activity = Activity::default();
        let over = std::sync::atomic::AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                for number in 0..200_000 {
                    activity.enter(wait(number));
                    if number % 3 != 0 {
                        activity.leave();
                    }
                }
                over.store(true, std::sync::atomic::Ordering::Release);
            });
            while !over.load(std::sync::atomic::Ordering::Acquire) {
                if let Some((_, described)) = activity.current() {
                    assert_eq!(described, wait(described.what));
                }
            }
        });
    }
}

#[cfg(loom)]
#[test]
fn no_order_of_memory_mixes_two_waits() {
    loom::model(|| {
        let activity = loom::sync::Arc::new(Activity::default());
        activity.enter(wait(10));
        let writer = activity.clone();
        let thread = loom::thread::spawn(move || {
            writer.leave();
            writer.enter(wait(20));
        });
        if let Some((_, described)) = activity.current() {
            assert_eq!(described, wait(described.what));
        }
        thread.join().unwrap();
    });
}

#[cfg(shuttle)]
#[test]
fn random_schedules_do_not_mix_waits() {
    let model = || {
        let activity = std::sync::Arc::new(Activity::default());
        let writer = activity.clone();
        let thread = shuttle::thread::spawn(move || {
            for number in 0..5 {
                writer.enter(wait(number));
                if number % 2 == 0 {
                    writer.leave();
                }
            }
        });
        for _ in 0..5 {
            if let Some((_, described)) = activity.current() {
                assert_eq!(described, wait(described.what));
            }
        }
        thread.join().unwrap();
    };
    shuttle::check_random(model, 2000);
}
