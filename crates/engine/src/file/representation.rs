//! Data representations (MPI-5.0 section 14.5).

use std::sync::Arc;

use memory::buffer::{RecvBuffer, Scratch, SendBuffer};

use crate::datatype::data::{RecvData, SendData};
use crate::datatype::{BasicRun, Datatype, predefined_datatype};
use crate::error::{ErrorClass, Result};
use crate::fail;

/// How data are represented in a file.
#[derive(Clone)]
pub enum Representation {
    /// As in memory: "native", and "internal", since all processes of a job
    /// represent data alike.
    Native,
    External32,
    /// Made by `MPI_Register_datarep`.
    User(Arc<dyn Conversion>),
}

/// The functions of a user's data representation.
pub trait Conversion: Send + Sync {
    /// Bytes of one element of a predefined datatype in the file.
    ///
    /// # Errors
    /// Whatever the user's function returns.
    fn extent(&self, basic: &Arc<Datatype>) -> Result<u64>;

    /// Converts `count` elements to the file's representation, in `file`.
    /// False when the representation in memory is the file's.
    ///
    /// # Errors
    /// Whatever the user's function returns.
    fn write(
        &self,
        from: &SendBuffer,
        datatype: &Arc<Datatype>,
        count: usize,
        file: &Scratch,
    ) -> Result<bool>;

    /// Converts back what `file` holds of at most `items` basic elements. False
    /// as in [`Self::write`].
    ///
    /// # Errors
    /// Whatever the user's function returns.
    fn read(&self, file: &Scratch, into: &RecvBuffer, datatype: &Arc<Datatype>, items: u64) -> Result<bool>;
}

/// Data that a program writes, in its memory.
#[derive(Clone)]
pub struct Source {
    pub buffer: SendBuffer,
    pub datatype: Arc<Datatype>,
    pub count: usize,
}

/// Room for data that a program reads.
#[derive(Clone)]
pub struct Target {
    pub buffer: RecvBuffer,
    pub datatype: Arc<Datatype>,
    pub count: usize,
}

impl Representation {
    fn is_native(&self) -> bool {
        matches!(self, Self::Native)
    }

    /// Bytes of one element of a predefined datatype in the file.
    fn basic_bytes(&self, basic: &Arc<Datatype>) -> Result<u64> {
        match self {
            Self::Native => Ok(basic.size()),
            Self::External32 => basic.external_size(1),
            Self::User(conversion) => conversion.extent(basic),
        }
    }

    fn run_bytes(&self, run: &BasicRun) -> Result<u64> {
        let Some(basic) = predefined_datatype(run.index) else { return Ok(0) };
        match self.basic_bytes(basic)?.checked_mul(run.count) {
            Some(bytes) => Ok(bytes),
            None => fail!(ErrorClass::Count, "{} elements are too many bytes for a file", run.count),
        }
    }

    /// A datatype as it lies in a file: each basic element with the bytes that
    /// it has there, and the displacements that follow from it.
    ///
    /// # Errors
    /// Those of the user's extent function.
    pub fn in_file(&self, datatype: &Arc<Datatype>) -> Result<Arc<Datatype>> {
        if self.is_native() {
            return Ok(Arc::clone(datatype));
        }
        datatype.with_basic_sizes(&mut |basic| self.basic_bytes(basic))
    }

    /// Bytes of so many elements in the file, gaps not counted.
    ///
    /// # Errors
    /// `MPI_ERR_COUNT` when 64 bits do not hold them, and those of the user's
    /// extent function.
    pub fn bytes(&self, datatype: &Datatype, count: usize) -> Result<u64> {
        let mut one = Ok(0u64);
        if self.is_native() {
            one = Ok(datatype.size());
        } else {
            datatype.for_each_basic(1, |run| {
                if let Ok(sum) = one {
                    one = self.run_bytes(&run).map(|bytes| sum + bytes);
                }
            });
        }
        match one?.checked_mul(count as u64) {
            Some(bytes) => Ok(bytes),
            None => fail!(ErrorClass::Count, "{count} elements are too many bytes for a file"),
        }
    }

    /// Bytes in memory of the first `bytes` bytes in the file of so many elements.
    ///
    /// # Errors
    /// As [`Self::bytes`].
    pub fn bytes_in_memory(&self, datatype: &Datatype, count: usize, bytes: u64) -> Result<u64> {
        if self.is_native() {
            Ok(bytes)
        } else {
            self.whole(datatype, count, bytes).map(|(_, native)| native)
        }
    }

    /// What of `bytes` bytes from a file are whole basic elements: how many,
    /// and their bytes in memory.
    fn whole(&self, datatype: &Datatype, count: usize, bytes: u64) -> Result<(u64, u64)> {
        let one = self.bytes(datatype, 1)?;
        let tiles = bytes.checked_div(one).unwrap_or(0).min(count as u64);
        let mut left = bytes - tiles * one;
        let (mut items, mut native) = (0, tiles * datatype.size());
        let mut failed = None;
        let mut per_tile = 0;
        datatype.for_each_basic(1, |run| {
            per_tile += run.count;
            match self.run_bytes(&BasicRun { count: 1, ..run }) {
                Ok(0) => {}
                Ok(each) if tiles < count as u64 => {
                    let fit = (left / each).min(run.count);
                    left = if fit == run.count { left - fit * each } else { 0 };
                    items += fit;
                    native += fit * run.entry().size() as u64;
                }
                Ok(_) => {}
                Err(error) => failed = Some(error),
            }
        });
        match failed {
            Some(error) => Err(error),
            None => Ok((tiles * per_tile + items, native)),
        }
    }
}

impl Source {
    /// The data as they are to lie in the file.
    ///
    /// # Errors
    /// `MPI_ERR_CONVERSION` when a value cannot be represented, and those of
    /// the user's functions.
    pub fn encode(&self, representation: &Representation) -> Result<SendData> {
        let native = SendData::new(self.buffer.clone(), &self.datatype, self.count)?;
        let bytes = match representation {
            Representation::Native => return Ok(native),
            other => other.bytes(&self.datatype, self.count)? as usize,
        };
        let file = Scratch::zeroed(bytes);
        let converted = match representation {
            Representation::User(conversion) => {
                conversion.write(&self.buffer, &self.datatype, self.count, &file)?
            }
            _ => {
                let out = file.recv_buffer();
                self.datatype.pack_external(&self.buffer, self.count, out.slice_mut(0, bytes))?;
                true
            }
        };
        if !converted {
            check_null_conversion(bytes, native.total_bytes())?;
            return Ok(native);
        }
        Ok(SendData::bytes(file.send_buffer(), bytes))
    }
}

impl Target {
    /// Room for the data as they lie in the file.
    ///
    /// # Errors
    /// As [`Representation::bytes`].
    pub fn room(&self, representation: &Representation) -> Result<Room> {
        let native = RecvData::new(self.buffer.clone(), &self.datatype, self.count)?;
        if representation.is_native() {
            return Ok(Room { data: native, file: None });
        }
        let bytes = representation.bytes(&self.datatype, self.count)? as usize;
        let file = Scratch::zeroed(bytes);
        Ok(Room { data: RecvData::bytes(file.recv_buffer(), bytes), file: Some(file) })
    }

    /// Takes what has come into the room, `bytes` bytes, and says how many
    /// bytes in memory that are.
    ///
    /// # Errors
    /// Those of the user's functions.
    pub fn decode(&self, representation: &Representation, room: &Room, bytes: u64) -> Result<u64> {
        let Some(file) = &room.file else { return Ok(bytes) };
        let (items, native) = representation.whole(&self.datatype, self.count, bytes)?;
        if let Representation::User(conversion) = representation {
            if !conversion.read(file, &self.buffer, &self.datatype, items)? {
                let data = RecvData::new(self.buffer.clone(), &self.datatype, self.count)?;
                check_null_conversion(file.len(), data.total_bytes())?;
                data.unpack(0, file.send_buffer().slice(0, bytes as usize));
            }
            return Ok(native);
        }
        self.take_external(file, bytes as usize, native)
    }

    /// Unpacks the elements that came whole; the rest of the program's memory
    /// stays as it is.
    fn take_external(&self, file: &Scratch, bytes: usize, native: u64) -> Result<u64> {
        let lent = file.send_buffer();
        let one = self.datatype.external_size(1)? as usize;
        let tiles = bytes.checked_div(one).unwrap_or(0).min(self.count);
        self.datatype.unpack_external(lent.slice(0, tiles * one), &self.buffer, tiles)?;
        let rest = native as usize - tiles * self.datatype.size() as usize;
        if rest != 0 {
            // The last element is converted aside, and as much of it as came is copied.
            let mut last = vec![0; one];
            let from = tiles * one;
            lent.copy_to(from as isize, &mut last[..bytes - from]);
            let reach = self.datatype.byte_range(1);
            let aside = Scratch::zeroed((reach.end - reach.start) as usize);
            let element = aside.recv_buffer().shifted(-reach.start);
            self.datatype.unpack_external(&last, &element, 1)?;
            let mut packed = vec![0; rest];
            SendData::new(element.as_send(), &self.datatype, 1)?.pack(0, &mut packed);
            RecvData::new(self.buffer.clone(), &self.datatype, self.count)?
                .unpack(tiles * self.datatype.size() as usize, &packed);
        }
        Ok(native)
    }
}

/// Room for data as they lie in the file.
pub struct Room {
    pub data: RecvData,
    /// Where they are, unless in the program's own memory.
    file: Option<Scratch>,
}

/// `MPI_CONVERSION_FN_NULL` says that the file's representation is memory's.
fn check_null_conversion(in_file: usize, in_memory: usize) -> Result<()> {
    if in_file != in_memory {
        fail!(
            ErrorClass::Conversion,
            "the data representation has no conversion function, so data lie in the file as in memory; but by its \
             extent function these {in_memory} bytes take {in_file} in the file"
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::datatype::predefined::index;
    use crate::datatype::{Counts, Datatype};

    fn named(index: u32) -> Arc<Datatype> {
        Arc::clone(predefined_datatype(index).unwrap())
    }

    #[test]
    fn extents_in_a_file_follow_from_the_elements_there() {
        let external = Representation::External32;
        let long = named(index::LONG);
        assert_eq!(external.in_file(&long).unwrap().extent(), 4);
        let vector = Datatype::vector(Counts::Int, 3, 2, 5, &long).unwrap();
        let there = external.in_file(&vector).unwrap();
        assert_eq!((there.size(), there.extent()), (3 * 2 * 4, (2 * 5 + 2) * 4));
        // Displacements in bytes stay.
        let bytes = Datatype::hvector(Counts::Int, 2, 1, 100, &long).unwrap();
        assert_eq!(external.in_file(&bytes).unwrap().extent(), 104);
        let array = Datatype::subarray(
            Counts::Int,
            &[4, 6],
            &[2, 3],
            &[1, 2],
            crate::datatype::Order::C,
            &Datatype::dup(&long).unwrap(),
        );
        let there = external.in_file(&array.unwrap()).unwrap();
        assert_eq!((there.size(), there.extent(), there.true_lower_bound()), (24, 96, 32));
    }

    #[test]
    fn a_read_that_ends_early_gives_the_elements_that_are_whole() {
        let fields = [named(index::INT), named(index::LONG)];
        let pair = Datatype::structure(Counts::Int, &[1, 1], &[0, 8], &fields).unwrap();
        let memory = Scratch::zeroed(48);
        let target = Target { buffer: memory.recv_buffer(), datatype: pair, count: 3 };
        let external = Representation::External32;
        let room = target.room(&external).unwrap();
        assert_eq!(room.data.total_bytes(), 24);
        room.data.unpack(0, &[0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0, 5, 9, 9, 9, 9]);
        memory.recv_buffer().copy_from(40, &[7; 8]);
        // The last two bytes are no element.
        assert_eq!(target.decode(&external, &room, 22), Ok(12 + 12 + 4));
        let words = memory.send_buffer();
        let (words, _) = words.slice(0, 48).as_chunks::<8>();
        let words: Vec<u64> = words.iter().map(|word| u64::from_le_bytes(*word)).collect();
        assert_eq!(words, [1, 2, 3, 4, 5, 0x0707_0707_0707_0707]);
    }
}
