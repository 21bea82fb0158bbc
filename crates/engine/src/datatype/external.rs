//! The external32 representation (MPI-5.0 section 14.5.2): big-endian, IEEE,
//! two's complement, without gaps, with the lengths of a 32-bit machine.

use super::Datatype;
use super::elements::BasicRun;
use super::predefined::{self, index};
use crate::error::{Error, ErrorClass, Result};
use crate::fail;
use memory::buffer::{RecvBuffer, SendBuffer};
use memory::kernels::{Element, binary128};

/// How one number is represented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Number {
    /// The same bytes in the other order.
    Same(usize),
    /// `long`: 8 bytes here, 4 there.
    Long,
    UnsignedLong,
    /// `wchar_t`: 4 bytes here, 2 there.
    WideChar,
    /// `long double`: 16 bytes, binary128 there.
    LongDouble,
}

impl Number {
    fn native_size(self) -> usize {
        match self {
            Self::Same(size) => size,
            Self::Long | Self::UnsignedLong => 8,
            Self::WideChar => 4,
            Self::LongDouble => 16,
        }
    }

    fn external_size(self) -> usize {
        match self {
            Self::Same(size) => size,
            Self::Long | Self::UnsignedLong => 4,
            Self::WideChar => 2,
            Self::LongDouble => 16,
        }
    }

    /// Represents the number in `native`, in the order of this machine.
    fn encode(self, native: &[u8], external: &mut [u8]) -> Result<()> {
        match self {
            Self::Same(_) => {
                external.copy_from_slice(native);
                big_endian(external);
            }
            Self::Long => {
                let value = i64::from_ne_bytes(array(native));
                let small = i32::try_from(value).map_err(|_| out_of_range("MPI_LONG", &value, 4))?;
                external.copy_from_slice(&small.to_be_bytes());
            }
            Self::UnsignedLong => {
                let value = u64::from_ne_bytes(array(native));
                let small = u32::try_from(value).map_err(|_| out_of_range("MPI_UNSIGNED_LONG", &value, 4))?;
                external.copy_from_slice(&small.to_be_bytes());
            }
            Self::WideChar => {
                let value = u32::from_ne_bytes(array(native));
                let small = u16::try_from(value).map_err(|_| out_of_range("MPI_WCHAR", &value, 2))?;
                external.copy_from_slice(&small.to_be_bytes());
            }
            Self::LongDouble => {
                external.copy_from_slice(&binary128::from_long_double(array(native)).to_be_bytes());
            }
        }
        Ok(())
    }

    fn decode(self, external: &[u8], native: &mut [u8]) {
        match self {
            Self::Same(_) => {
                native.copy_from_slice(external);
                big_endian(native);
            }
            Self::Long => {
                let value = i32::from_be_bytes(array(external));
                native.copy_from_slice(&i64::from(value).to_ne_bytes());
            }
            Self::UnsignedLong => {
                let value = u32::from_be_bytes(array(external));
                native.copy_from_slice(&u64::from(value).to_ne_bytes());
            }
            Self::WideChar => {
                let value = u16::from_be_bytes(array(external));
                native.copy_from_slice(&u32::from(value).to_ne_bytes());
            }
            Self::LongDouble => {
                let bits = u128::from_be_bytes(array(external));
                native.copy_from_slice(&binary128::to_long_double(bits));
            }
        }
    }
}

/// Turns native order into big-endian order, or back.
fn big_endian(bytes: &mut [u8]) {
    if cfg!(target_endian = "little") {
        bytes.reverse();
    }
}

fn array<const N: usize>(bytes: &[u8]) -> [u8; N] {
    bytes.try_into().expect("a number has the bytes of its type")
}

fn out_of_range(name: &str, value: &dyn std::fmt::Display, bytes: usize) -> Error {
    Error::new(
        ErrorClass::Conversion,
        format!(
            "the {name} value {value} does not fit the {bytes} bytes that external32 has for it; \
             use a datatype of fixed size such as MPI_INT64_T"
        ),
    )
}

/// The numbers in one element of a predefined datatype, each with its place.
fn numbers(basic: u32) -> ([(usize, Number); 2], usize) {
    let element = predefined::get(basic).map_or(Element::Byte, |entry| entry.element);
    let single = |element: Element| match element {
        Element::LongDouble => Number::LongDouble,
        Element::WideChar => Number::WideChar,
        other => Number::Same(other.size()),
    };
    let twice = |first, offset, second| ([(0, first), (offset, second)], 2);
    if let Some((value, position, offset)) = element.pair() {
        let value = if basic == index::LONG_INT { Number::Long } else { single(value) };
        return twice(value, offset, single(position));
    }
    if let Some(part) = element.complex_part() {
        return twice(single(part), part.size(), single(part));
    }
    let number = match basic {
        index::LONG => Number::Long,
        index::UNSIGNED_LONG => Number::UnsignedLong,
        _ => single(element),
    };
    ([(0, number); 2], 1)
}

/// Bytes of one element of a predefined datatype in external32.
fn basic_size(basic: u32) -> usize {
    let (numbers, len) = numbers(basic);
    numbers[..len].iter().map(|(_, number)| number.external_size()).sum()
}

impl Datatype {
    /// `MPI_Pack_external_size` for "external32": bytes of `count` elements.
    ///
    /// # Errors
    /// `MPI_ERR_COUNT` when 64 bits do not hold the size.
    pub fn external_size(&self, count: usize) -> Result<u64> {
        let mut one = 0u64;
        self.for_each_basic(1, |run| one += run.count * basic_size(run.index) as u64);
        match one.checked_mul(count as u64) {
            Some(size) => Ok(size),
            None => fail!(ErrorClass::Count, "{count} elements of {one} bytes each are too many bytes"),
        }
    }

    /// `MPI_Pack_external` for "external32": packs `count` elements into the
    /// beginning of `dst` and says how many bytes they took.
    ///
    /// # Errors
    /// `MPI_ERR_TRUNCATE` when they do not fit, `MPI_ERR_CONVERSION` when a
    /// value cannot be represented, and as [`Datatype::check_count`].
    pub fn pack_external(&self, src: &SendBuffer, count: usize, dst: &mut [u8]) -> Result<usize> {
        let size = self.check_room(count, dst.len())?;
        let mut rest = &mut dst[..size];
        let mut result = Ok(());
        self.for_each_basic(count, |run| {
            let external = rest.split_off_mut(..external_bytes(&run)).unwrap_or_default();
            if result.is_ok() {
                result = pack_run(src, &run, external);
            }
        });
        result.map(|()| size)
    }

    /// `MPI_Unpack_external` for "external32": unpacks `count` elements from
    /// the beginning of `src` and says how many bytes they took.
    ///
    /// # Errors
    /// `MPI_ERR_TRUNCATE` when `src` has fewer, and as
    /// [`Datatype::check_count`].
    pub fn unpack_external(&self, src: &[u8], dst: &RecvBuffer, count: usize) -> Result<usize> {
        let size = self.check_room(count, src.len())?;
        let mut rest = &src[..size];
        self.for_each_basic(count, |run| {
            unpack_run(rest.split_off(..external_bytes(&run)).unwrap_or_default(), dst, &run);
        });
        Ok(size)
    }

    fn check_room(&self, count: usize, available: usize) -> Result<usize> {
        self.check_count(count)?;
        let size = self.external_size(count)?;
        match usize::try_from(size) {
            Ok(size) if size <= available => Ok(size),
            _ => fail!(
                ErrorClass::Truncate,
                "{count} elements take {size} bytes in external32, but the packed buffer has {available} left; \
                 ask MPI_Pack_external_size"
            ),
        }
    }
}

fn external_bytes(run: &BasicRun) -> usize {
    run.count as usize * basic_size(run.index)
}

/// Where each number of a run lies here and there: native offset and external
/// position.
fn places(run: &BasicRun) -> impl Iterator<Item = (isize, usize, Number)> {
    let (numbers, len) = numbers(run.index);
    let (extent, size) = (run.entry().extent(), basic_size(run.index));
    let offset = run.offset as isize;
    (0..run.count as usize).flat_map(move |i| {
        let first = (0, numbers[0].1);
        let second = (numbers[0].1.external_size(), numbers[1].1);
        [first, second].into_iter().zip(numbers).take(len).map(move |((position, number), (at, _))| {
            (offset + (i * extent + at) as isize, i * size + position, number)
        })
    })
}

fn pack_run(src: &SendBuffer, run: &BasicRun, external: &mut [u8]) -> Result<()> {
    if run.entry().extent() == 1 {
        src.copy_to(run.offset as isize, external);
        return Ok(());
    }
    for (offset, position, number) in places(run) {
        let native = src.slice(offset, number.native_size());
        number.encode(native, &mut external[position..position + number.external_size()])?;
    }
    Ok(())
}

fn unpack_run(external: &[u8], dst: &RecvBuffer, run: &BasicRun) {
    if run.entry().extent() == 1 {
        return dst.copy_from(run.offset as isize, external);
    }
    for (offset, position, number) in places(run) {
        let native = dst.slice_mut(offset, number.native_size());
        number.decode(&external[position..position + number.external_size()], native);
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Counts, predefined_datatype};
    use super::*;
    use memory::buffer::Scratch;
    use std::sync::Arc;

    fn named(index: u32) -> Arc<Datatype> {
        Arc::clone(predefined_datatype(index).unwrap())
    }

    #[test]
    fn numbers_are_big_endian_and_as_long_as_the_standard_says() {
        let mut native = Vec::new();
        native.extend_from_slice(&0x0102_0304i32.to_ne_bytes());
        native.extend_from_slice(&[0; 4]);
        native.extend_from_slice(&(-2i64).to_ne_bytes());
        native.extend_from_slice(&1.5f64.to_ne_bytes());
        native.extend_from_slice(&7i32.to_ne_bytes());
        let fields = [named(index::INT), named(index::LONG), named(index::DOUBLE_INT)];
        let datatype = Datatype::structure(Counts::Int, &[1, 1, 1], &[0, 8, 16], &fields).unwrap();
        let memory = Scratch::from_bytes(&native);
        let mut packed = [0; 20];
        assert_eq!(datatype.external_size(1), Ok(20));
        assert_eq!(datatype.pack_external(&memory.send_buffer(), 1, &mut packed), Ok(20));
        let expected = [1, 2, 3, 4, 255, 255, 255, 254, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7];
        assert_eq!(packed, expected);

        let target = Scratch::zeroed(native.len());
        assert_eq!(datatype.unpack_external(&packed, &target.recv_buffer(), 1), Ok(20));
        assert_eq!(target.send_buffer().slice(0, native.len()), native);
        let short = datatype.unpack_external(&packed[..19], &target.recv_buffer(), 1);
        assert_eq!(short.unwrap_err().class(), ErrorClass::Truncate);
    }

    #[test]
    fn a_value_that_external32_cannot_hold_is_an_error() {
        let memory = Scratch::from_bytes(&(1i64 << 40).to_ne_bytes());
        let result = named(index::LONG).pack_external(&memory.send_buffer(), 1, &mut [0; 4]);
        assert_eq!(result.unwrap_err().class(), ErrorClass::Conversion);
    }

    #[cfg(target_arch = "x86_64")]
    #[test]
    fn a_long_double_is_binary128() {
        // 1.0 in x87: the leading one of the significand is written out.
        let one = (0x3fff_u128 << 64 | 1 << 63).to_le_bytes();
        let memory = Scratch::from_bytes(&one);
        let mut packed = [0; 16];
        let datatype = named(index::LONG_DOUBLE);
        datatype.pack_external(&memory.send_buffer(), 1, &mut packed).unwrap();
        assert_eq!(packed, (0x3fff_u128 << 112).to_be_bytes());
    }

    #[test]
    fn the_optional_and_complex_types_have_their_sizes() {
        let sizes = [
            (index::WCHAR, 2),
            (index::UNSIGNED_LONG, 4),
            (index::LONG_LONG_INT, 8),
            (index::AINT, 8),
            (index::LONG_INT, 8),
            (index::SHORT_INT, 6),
            (index::LONG_DOUBLE_INT, 20),
            (index::C_LONG_DOUBLE_COMPLEX, 32),
            (index::COMPLEX4, 4),
            (index::INTEGER16, 16),
        ];
        for (index, size) in sizes {
            assert_eq!(named(index).external_size(3), Ok(3 * size), "{:?}", named(index));
        }
    }
}
