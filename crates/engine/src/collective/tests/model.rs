//! Typed buffers whose content is known, and an operation that does not commute.

use crate::collective::blocks::{Blocks, Part, RecvBlocks, SendBlocks};
use crate::collective::reduction::Reduction;
use crate::collective::simulator::{Report, Sends, SimulatedPorts, run};
use crate::datatype::Kept;
use crate::datatype::data::{RecvData, SendData};
use crate::datatype::{Counts, Datatype, DatatypeId, predefined, predefined_datatype};
use crate::error::Result;
use crate::op::{Op, UserFunction};
use memory::buffer::{RecvBuffer, Scratch, SendBuffer};
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// A datatype of two 32-bit words, but for `Word`, which is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    /// Both words, no gap.
    Pair,
    /// Both words and a gap between them.
    Vector,
    /// A lower bound below the data and a gap after them.
    Resized,
    /// The second word before the first one, below the base.
    Backwards,
}

pub(super) const PAIRS: [Kind; 4] = [Kind::Pair, Kind::Vector, Kind::Resized, Kind::Backwards];

impl Kind {
    pub(super) fn datatype(self) -> Arc<Datatype> {
        let word = predefined_datatype(predefined::index::INT).expect("MPI_INT is predefined");
        let datatype = match self {
            Self::Word => Arc::clone(word),
            Self::Pair => Datatype::contiguous(Counts::Int, 2, word).unwrap(),
            Self::Vector => Datatype::vector(Counts::Int, 2, 1, 2, word).unwrap(),
            Self::Backwards => Datatype::vector(Counts::Int, 2, 1, -2, word).unwrap(),
            Self::Resized => {
                let pair = Datatype::contiguous(Counts::Int, 2, word).unwrap();
                Datatype::resized(Counts::Int, -8, 20, &pair).unwrap()
            }
        };
        datatype.commit();
        datatype
    }

    /// Byte offsets of the words of one element.
    pub(super) fn words(self) -> &'static [isize] {
        match self {
            Self::Word => &[0],
            Self::Pair | Self::Resized => &[0, 4],
            Self::Vector => &[0, 8],
            Self::Backwards => &[0, -8],
        }
    }

    pub(super) fn extent(self) -> isize {
        match self {
            Self::Word => 4,
            Self::Pair => 8,
            Self::Vector | Self::Backwards => 12,
            Self::Resized => 20,
        }
    }

    /// Elements that hold `pairs` pairs of words.
    pub(super) fn elements(self, pairs: usize) -> usize {
        pairs * 2 / self.words().len()
    }
}

/// Bytes before and after what a test uses, which must stay as they are.
const MARGIN: usize = 64;
const UNTOUCHED: u8 = 0xA5;

/// Memory for elements of one kind, at indices from 0 on.
#[derive(Clone)]
pub(super) struct Buffer {
    pub kind: Kind,
    memory: Scratch,
}

impl Buffer {
    /// Untouched memory for `elements` elements.
    pub(super) fn new(kind: Kind, elements: usize) -> Self {
        let bytes = 2 * MARGIN + elements * kind.extent() as usize;
        Self { kind, memory: Scratch::from_bytes(&vec![UNTOUCHED; bytes]) }
    }

    fn offset(&self, word: usize) -> isize {
        let words = self.kind.words();
        MARGIN as isize + (word / words.len()) as isize * self.kind.extent() + words[word % words.len()]
    }

    /// Writes words from the word with index `first` on, in typemap order.
    pub(super) fn put(&self, first: usize, words: &[u32]) {
        for (index, word) in words.iter().enumerate() {
            self.memory.recv_buffer().copy_from(self.offset(first + index), &word.to_ne_bytes());
        }
    }

    /// Memory with these words and nothing else.
    pub(super) fn with(kind: Kind, words: &[u32]) -> Self {
        let buffer = Self::new(kind, words.len() / kind.words().len());
        buffer.put(0, words);
        buffer
    }

    pub(super) fn send(&self) -> SendBuffer {
        self.memory.send_buffer().shifted(MARGIN as isize)
    }

    pub(super) fn recv(&self) -> RecvBuffer {
        self.memory.recv_buffer().shifted(MARGIN as isize)
    }

    pub(super) fn send_data(&self, elements: usize) -> SendData {
        SendData::new(self.send(), &self.kind.datatype(), elements).unwrap()
    }

    pub(super) fn recv_data(&self, elements: usize) -> RecvData {
        RecvData::new(self.recv(), &self.kind.datatype(), elements).unwrap()
    }

    pub(super) fn send_blocks(&self, layout: &Layout) -> SendBlocks {
        SendBlocks { buffer: self.send(), blocks: layout.blocks(self.kind) }
    }

    pub(super) fn recv_blocks(&self, layout: &Layout) -> RecvBlocks {
        RecvBlocks { buffer: self.recv(), blocks: layout.blocks(self.kind) }
    }

    /// Every byte, gaps and margins included.
    pub(super) fn bytes(&self) -> Vec<u8> {
        self.memory.send_buffer().slice(0, self.memory.len()).to_vec()
    }
}

/// Where blocks lie in a buffer, counted in pairs of words so that it holds
/// for every kind.
#[derive(Clone, Debug)]
pub(super) enum Layout {
    Uniform(usize),
    /// In an order and with gaps of their own.
    Varying(Vec<usize>),
    /// As `Varying`, described as one datatype per block.
    Each(Vec<usize>),
}

impl Layout {
    pub(super) fn pairs(&self, index: usize) -> usize {
        match self {
            Self::Uniform(pairs) => *pairs,
            Self::Varying(lengths) | Self::Each(lengths) => lengths[index],
        }
    }

    /// The first pair of block `index` of `blocks`: varying blocks lie in
    /// reverse order, one pair apart.
    pub(super) fn start(&self, index: usize) -> usize {
        match self {
            Self::Uniform(pairs) => pairs * index,
            Self::Varying(lengths) | Self::Each(lengths) => {
                lengths[index + 1..].iter().map(|length| length + 1).sum()
            }
        }
    }

    /// Pairs that a buffer for `blocks` blocks needs.
    pub(super) fn total(&self, blocks: usize) -> usize {
        match self {
            Self::Uniform(pairs) => pairs * blocks,
            Self::Varying(lengths) | Self::Each(lengths) => lengths.iter().map(|length| length + 1).sum(),
        }
    }

    /// A buffer for `blocks` blocks.
    pub(super) fn buffer(&self, kind: Kind, blocks: usize) -> Buffer {
        Buffer::new(kind, kind.elements(self.total(blocks)))
    }

    fn blocks(&self, kind: Kind) -> Blocks {
        let datatype = Kept::from(kind.datatype());
        let blocks = match self {
            Self::Uniform(pairs) => Blocks::uniform(datatype, kind.elements(*pairs)),
            Self::Varying(lengths) => {
                let place = |index: usize| {
                    Ok((kind.elements(lengths[index]), kind.elements(self.start(index)) as isize))
                };
                Blocks::varying(&datatype, (0..lengths.len()).map(place))
            }
            Self::Each(lengths) => {
                let part = |index: usize| Part {
                    datatype: datatype.clone(),
                    count: kind.elements(lengths[index]),
                    displacement: kind.elements(self.start(index)) as isize * kind.extent(),
                };
                Blocks::each((0..lengths.len()).map(part).map(Ok))
            }
        };
        blocks.expect("they fit")
    }
}

/// The words of the block that `from` gives to `to`: `pairs` odd numbers and
/// what follows them, all different.
pub(super) fn content(from: usize, to: usize, pairs: usize) -> Vec<u32> {
    (0..2 * pairs)
        .map(|word| 1 + 2 * (from as u32 * 1_000_003 + to as u32 * 8191 + word as u32 * 31))
        .collect()
}

/// The handle that functions get.
const ID: DatatypeId = DatatypeId::from_raw(1234);

/// Pairs are maps `x -> a * x + b`, which combine by composition: that is
/// associative and depends on the order.
pub(super) struct Compose {
    kind: Kind,
}

/// `left OP right`, pair by pair.
pub(super) fn compose(left: &[u32], right: &[u32]) -> Vec<u32> {
    let pairs = left.chunks(2).zip(right.chunks(2));
    pairs.flat_map(|(l, r)| [l[0].wrapping_mul(r[0]), l[0].wrapping_mul(r[1]).wrapping_add(l[1])]).collect()
}

impl UserFunction for Compose {
    fn call(&self, input: &SendBuffer, inout: &RecvBuffer, count: usize, datatype: DatatypeId) {
        assert_eq!(datatype, ID);
        for element in 0..count as isize {
            let place = |word: usize| element * self.kind.extent() + self.kind.words()[word];
            let read = |buffer: &SendBuffer, word| {
                u32::from_ne_bytes(buffer.slice(place(word), 4).try_into().expect("four bytes"))
            };
            let left = [read(input, 0), read(input, 1)];
            let right = [read(&inout.as_send(), 0), read(&inout.as_send(), 1)];
            for (word, value) in compose(&left, &right).into_iter().enumerate() {
                inout.copy_from(place(word), &value.to_ne_bytes());
            }
        }
    }
}

/// A user's function bound to a kind.
pub(super) fn bound(kind: Kind, function: impl UserFunction + 'static) -> Reduction {
    let op = Op::User(Arc::new(function));
    Reduction { datatype: kind.datatype().into(), op, id: ID }
}

pub(super) fn composition(kind: Kind) -> Reduction {
    bound(kind, Compose { kind })
}

pub(super) const SIZES: [usize; 11] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 16, 17];
pub(super) const SENDS: [Sends; 3] = [Sends::Buffered, Sends::Synchronous, Sends::Mixed];

/// Every root of a small group, some of a large one.
pub(super) fn roots(size: usize) -> Vec<usize> {
    if size < 10 { (0..size).collect() } else { vec![0, 1, size / 2, size - 1] }
}

/// Runs an operation once per way to send, on buffers made anew by `prepare`
/// for each rank, and compares what every rank's buffer then holds with
/// `expected`.
pub(super) fn check<F: Future<Output = Result<()>>>(
    name: &str,
    size: usize,
    prepare: impl Fn(usize) -> Buffer,
    operation: impl Fn(SimulatedPorts, Buffer) -> F,
    expected: impl Fn(usize) -> Buffer,
) {
    for (seed, sends) in SENDS.into_iter().enumerate() {
        let buffers: Vec<_> = (0..size).map(&prepare).collect();
        // Every case has its own order of events, the same in every run.
        let mut hasher = rustc_hash::FxHasher::default();
        (name, size, seed, expected(size - 1).bytes()).hash(&mut hasher);
        let seed = hasher.finish();
        let report = run(size, seed, sends, |ports| {
            let buffer = buffers[crate::collective::Ports::rank(&ports)].clone();
            operation(ports, buffer)
        });
        all_done(name, &report);
        for (rank, buffer) in buffers.iter().enumerate() {
            assert!(
                buffer.bytes() == expected(rank).bytes(),
                "{name}: rank {rank} of {size} has {:02x?}, not {:02x?} (seed {seed}, {sends:?})",
                buffer.bytes(),
                expected(rank).bytes()
            );
        }
    }
}

pub(super) fn all_done(name: &str, report: &Report) {
    for (rank, result) in report.results.iter().enumerate() {
        assert!(result.is_ok(), "{name}: rank {rank}: {result:?}");
    }
}
