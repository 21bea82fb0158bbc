use engine::error::ErrorClass;
use engine::handle::KeyvalId;
use engine::status::{self, Status};

use super::constants::standard as canonical;
use super::{Abi, CStatus, Constants, Keyval, MESSAGE_SLOTS, Mpich, Standard};

#[test]
fn codes_keep_class_and_slot_and_stay_in_range() {
    fn check<A: Abi>() {
        for class in ErrorClass::ALL.iter().copied() {
            let number = A::class_out(class);
            assert_eq!(A::class_in(number), Some(class));
            assert_eq!(A::split_error_code(number), (number, None), "{}", class.name());
            let tool = class as i32 > 1000;
            for slot in [0, 1, MESSAGE_SLOTS - 1] {
                let code = A::error_code(class, slot);
                assert!((0..=A::ERR_LASTCODE).contains(&code), "{}", class.name());
                let (found, found_slot) = A::split_error_code(code);
                assert_eq!(found, number, "{}", class.name());
                assert!(found_slot == Some(slot) || tool && found_slot.is_none(), "{}", class.name());
            }
        }
        // Classes and codes of the program start behind the last code.
        for code in [A::ERR_LASTCODE + 1, A::ERR_LASTCODE + 300, -1, c_int::MIN] {
            assert_eq!(A::split_error_code(code), (code, None));
        }
    }
    use core::ffi::c_int;
    check::<Standard>();
    check::<Mpich>();
}

#[test]
fn ranks_and_tags_become_the_engines() {
    for rank in [status::ANY_SOURCE, status::PROC_NULL, status::ROOT, status::UNDEFINED, 0, 17] {
        assert_eq!(Mpich::rank_in(Mpich::rank_out(rank)), rank);
        assert_eq!(Standard::rank_in(Standard::rank_out(rank)), rank);
    }
    assert_eq!(Mpich::rank_in(-2), status::ANY_SOURCE);
    assert_eq!(Mpich::rank_in(-1), status::PROC_NULL);
    assert_eq!(Mpich::rank_in(-4), i32::MIN, "no rank in the MPICH ABI, but ROOT to the engine");
    assert_eq!(Mpich::tag_in(-1), status::ANY_TAG);
    assert_eq!(Mpich::tag_in(-2), i32::MIN, "no tag in the MPICH ABI, but ANY_TAG to the engine");
    assert_eq!(Mpich::tag_out(status::ANY_TAG), -1);
}

#[test]
fn constants_translate_and_strangers_do_not_become_members() {
    let multiple = canonical::MPI_THREAD_MULTIPLE as i32;
    assert_eq!(Mpich::constant_in(Constants::ThreadLevel, 3), multiple);
    assert_eq!(Mpich::constant_in(Constants::ThreadLevel, multiple), i32::MIN);
    assert_eq!(Mpich::constant_out(Constants::Combiner, canonical::MPI_COMBINER_RESIZED as i32), 18);
    assert_eq!(Mpich::constant_in(Constants::SplitType, status::UNDEFINED), status::UNDEFINED);
    let modes = (canonical::MPI_MODE_CREATE | canonical::MPI_MODE_WRONLY) as i32;
    assert_eq!(Mpich::modes_out(modes), 1 | 4);
    assert_eq!(Mpich::modes_in(1 | 4), modes);
    assert!(Mpich::modes_in(1 | 1 << 20) < 0);
}

#[test]
fn attribute_keys_are_mpis_or_the_programs() {
    let tag_ub = Keyval::Predefined(canonical::MPI_TAG_UB as i32);
    assert_eq!(Mpich::keyval_in(0x6440_0001), Some(tag_ub));
    assert_eq!(Standard::keyval_in(501), Some(tag_ub));
    let user = KeyvalId::from_raw(12);
    assert_eq!(Standard::keyval_in(Standard::keyval_out(user)), Some(Keyval::Dynamic(user)));
    assert_eq!(Mpich::keyval_in(Mpich::keyval_out(user)), Some(Keyval::Dynamic(user)));
    assert_eq!(Mpich::keyval_in(Mpich::KEYVAL_INVALID), None);
    assert_eq!(Standard::keyval_in(Standard::KEYVAL_INVALID), None);
}

#[test]
fn a_status_keeps_large_counts_and_its_error() {
    fn check<A: Abi>() {
        // SAFETY: a status is integers only.
        let mut c_status: A::Status = unsafe { core::mem::zeroed() };
        let bytes = 0x1_2345_6789;
        let value = Status { bytes, ..Status { source: status::PROC_NULL, ..Status::CANCELLED } };
        c_status.set_error(17);
        // SAFETY: a local variable.
        unsafe { A::put_status(&mut c_status, &value) };
        assert_eq!((c_status.source(), c_status.tag()), (A::PROC_NULL, A::ANY_TAG));
        assert_eq!((c_status.bytes(), c_status.cancelled(), c_status.error()), (bytes, true, 17));
        // SAFETY: it is to be ignored.
        unsafe { A::put_status(A::STATUS_IGNORE, &value) };
    }
    check::<Standard>();
    check::<Mpich>();
}

#[test]
fn special_addresses_are_told_apart() {
    assert_ne!(Mpich::unweighted(), Mpich::weights_empty());
    assert_eq!(Standard::unweighted() as usize, 10);
    assert_eq!(Mpich::IN_PLACE as usize, usize::MAX);
    assert_eq!(Standard::IN_PLACE as usize, 1);
}
