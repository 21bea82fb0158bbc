#![no_main]
//! A payload is an announcement or too short.

use engine::protocol::packet::Announcement;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|payload: &[u8]| {
    match Announcement::decode(payload) {
        Some(announcement) => {
            let mut out = [0; Announcement::BYTES];
            announcement.encode(&mut out);
            assert_eq!(out, payload[..Announcement::BYTES]);
        }
        None => assert!(payload.len() < Announcement::BYTES),
    }
});
