//! The bits of C's `long double`, and what they are in IEEE binary128.
//!
//! On x86-64 a `long double` is x87 extended precision: 64 bits of
//! significand, the leading one written out, and sign and exponent in the next
//! 16 bits. Six bytes of padding follow. The exponent is binary128's, so only
//! the significand has to be converted. Elsewhere it is binary128 itself.

/// Bits of a binary128 significand that x87 does not have.
#[cfg(target_arch = "x86_64")]
const EXTRA_BITS: u32 = 112 - 63;

/// The binary128 with the value of a `long double`.
#[cfg(target_arch = "x86_64")]
pub fn from_long_double(bytes: [u8; 16]) -> u128 {
    let bits = u128::from_le_bytes(bytes);
    let (significand, head) = (bits as u64, (bits >> 64) as u16);
    let (sign, exponent) = (u128::from(head >> 15), u128::from(head & 0x7fff));
    // A denormal keeps its leading bit: where it is set, it is the exponent's.
    let fraction = if exponent == 0 { significand } else { significand << 1 >> 1 };
    (sign << 127 | exponent << 112) + (u128::from(fraction) << EXTRA_BITS)
}

/// The `long double` nearest to a binary128, ties to even.
#[cfg(target_arch = "x86_64")]
pub fn to_long_double(bits: u128) -> [u8; 16] {
    let sign = (bits >> 127) as u16;
    let exponent = (bits >> 112) as u16 & 0x7fff;
    let fraction = bits << 16 >> 16;
    let head = |exponent: u16| u128::from(sign << 15 | exponent) << 64;
    let kept = (fraction >> EXTRA_BITS) as u64;
    if exponent == 0x7fff {
        // A NaN must not become an infinity when its payload is cut off.
        let quiet = u64::from(fraction != 0) << 62;
        return (head(exponent) | u128::from(1 << 63 | quiet | kept)).to_le_bytes();
    }
    let significand = kept | u64::from(exponent != 0) << 63;
    let (half, rest) = (1 << (EXTRA_BITS - 1), fraction & ((1 << EXTRA_BITS) - 1));
    let up = rest > half || (rest == half && significand & 1 == 1);
    let (exponent, significand) = match significand.checked_add(u64::from(up)) {
        None => (exponent + 1, 1 << 63),
        Some(rounded) if exponent == 0 && rounded >> 63 == 1 => (1, rounded),
        Some(rounded) => (exponent, rounded),
    };
    (head(exponent) | u128::from(significand)).to_le_bytes()
}

/// The binary128 that a `long double` is.
#[cfg(not(target_arch = "x86_64"))]
pub fn from_long_double(bytes: [u8; 16]) -> u128 {
    u128::from_ne_bytes(bytes)
}

/// The `long double` that a binary128 is.
#[cfg(not(target_arch = "x86_64"))]
pub fn to_long_double(bits: u128) -> [u8; 16] {
    bits.to_ne_bytes()
}

#[cfg(all(test, target_arch = "x86_64"))]
mod tests {
    use super::*;

    fn x87(head: u16, significand: u64) -> [u8; 16] {
        (u128::from(head) << 64 | u128::from(significand)).to_le_bytes()
    }

    #[test]
    fn values_survive_the_way_there_and_back() {
        let values = [
            x87(0x3fff, 1 << 63),               // 1
            x87(0xbfff, 0xc000_0000_0000_0001), // about -1.5
            x87(0, 1),                          // the smallest denormal
            x87(0x8000, 0x7fff_ffff_ffff_ffff), // the largest negative one
            x87(0x7ffe, u64::MAX),              // the largest
            x87(0x7fff, 1 << 63),               // infinity
            x87(0, 0),
        ];
        for value in values {
            assert_eq!(to_long_double(from_long_double(value)), value);
        }
        assert_eq!(from_long_double(x87(0x3fff, 1 << 63)), 0x3fff << 112);
        assert_eq!(from_long_double(x87(0x4000, 0xc900_0000_0000_0000)), 0x4000_9200 << 96);
    }

    #[test]
    fn cutting_rounds_to_nearest_even() {
        let one: u128 = 0x3fff << 112;
        let half = 1 << (EXTRA_BITS - 1);
        assert_eq!(to_long_double(one + half), x87(0x3fff, 1 << 63));
        assert_eq!(to_long_double(one + half + 1), x87(0x3fff, (1 << 63) + 1));
        assert_eq!(to_long_double(one + 3 * half), x87(0x3fff, (1 << 63) + 2));
        // Rounding carries into the exponent, and from there to infinity.
        assert_eq!(to_long_double((0x4000 << 112) - 1), x87(0x4000, 1 << 63));
        assert_eq!(to_long_double((0x7fff << 112) - 1), x87(0x7fff, 1 << 63));
        assert_eq!(to_long_double((1 << 112) - 1), x87(1, 1 << 63));
        assert_eq!(to_long_double((0x7fff << 112) + 1), x87(0x7fff, 3 << 62));
    }
}
