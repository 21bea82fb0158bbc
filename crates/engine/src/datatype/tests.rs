//! Datatypes against a model that writes every typemap out entry by entry.

use super::predefined::{self, index};
use super::*;
use memory::buffer::Scratch;
use proptest::collection::vec;
use proptest::prelude::*;
use std::sync::Arc;

/// A typemap as the standard writes it: (basic datatype, displacement) pairs,
/// and the explicit bounds; and how far its components reach, padding included.
#[derive(Clone, Debug, Default)]
struct Model {
    entries: Vec<(u32, i64)>,
    marks: Option<(i64, i64)>,
    reach: Option<i64>,
}

impl Model {
    fn basic(index: u32) -> Self {
        Self { entries: vec![(index, 0)], marks: None, reach: None }
    }

    fn add(&mut self, other: &Self, offset: i64) {
        self.entries.extend(other.entries.iter().map(|&(index, at)| (index, at + offset)));
        if other.marks.is_none() && !other.entries.is_empty() {
            self.reach = self.reach.max(Some(other.bounds().1 + offset));
        }
        if let Some((lower, upper)) = other.marks {
            let (lower, upper) = (lower + offset, upper + offset);
            self.marks = Some(self.marks.map_or((lower, upper), |(l, u)| (l.min(lower), u.max(upper))));
        }
    }

    fn true_bounds(&self) -> (i64, i64) {
        let end = |&(index, at): &(u32, i64)| at + pieces(index).last().map_or(0, |(at, len)| at + len);
        let low = self.entries.iter().map(|entry| entry.1).min().unwrap_or(0);
        (low, self.entries.iter().map(end).max().unwrap_or(0))
    }

    fn bounds(&self) -> (i64, i64) {
        if let Some(marks) = self.marks {
            return marks;
        }
        let (low, high) = self.true_bounds();
        let high = self.reach.map_or(high, |reach| reach.max(high));
        let alignment = |entry: &(u32, i64)| predefined::get(entry.0).unwrap().alignment() as i64;
        let alignment = self.entries.iter().map(alignment).max().unwrap_or(1);
        (low, low + (high - low + alignment - 1) / alignment * alignment)
    }

    fn extent(&self) -> i64 {
        self.bounds().1 - self.bounds().0
    }

    fn size(&self) -> i64 {
        self.entries.iter().map(|entry| predefined::get(entry.0).unwrap().size() as i64).sum()
    }

    fn block(&mut self, of: &Self, count: i64, offset: i64) {
        for i in 0..count {
            self.add(of, offset + i * of.extent());
        }
    }

    fn repeated(&self, count: i64) -> Self {
        let mut all = Self::default();
        all.block(self, count, 0);
        all
    }

    /// The displacement of every byte, in packing order.
    fn bytes(&self) -> Vec<i64> {
        let piece = |&(index, at): &(u32, i64)| {
            pieces(index).into_iter().flat_map(move |(offset, len)| at + offset..at + offset + len)
        };
        self.entries.iter().flat_map(piece).collect()
    }
}

/// The contiguous pieces of a basic datatype: two for a pair with a gap.
fn pieces(index: u32) -> Vec<(i64, i64)> {
    let entry = predefined::get(index).unwrap();
    match entry.element.pair() {
        Some((value, second, offset)) => {
            vec![(0, value.size() as i64), (offset as i64, second.size() as i64)]
        }
        None => vec![(0, entry.size() as i64)],
    }
}

/// A tree of constructors.
#[derive(Clone, Debug)]
enum Spec {
    Basic(u32),
    Contiguous(i64, Box<Spec>),
    Vector(i64, i64, i64, Box<Spec>),
    Hvector(i64, i64, i64, Box<Spec>),
    Indexed(Vec<(i64, i64)>, Box<Spec>),
    Hindexed(Vec<(i64, i64)>, Box<Spec>),
    IndexedBlock(i64, Vec<i64>, Box<Spec>),
    HindexedBlock(i64, Vec<i64>, Box<Spec>),
    Struct(Vec<(i64, i64, Spec)>),
    Resized(i64, i64, Box<Spec>),
    Dup(Box<Spec>),
    /// Size, subsize and start of each dimension.
    Subarray(Vec<(i64, i64, i64)>, bool, Box<Spec>),
}

fn model(spec: &Spec) -> Model {
    let mut all = Model::default();
    match spec {
        Spec::Basic(index) => return Model::basic(*index),
        Spec::Contiguous(count, old) => all.block(&model(old), *count, 0),
        Spec::Vector(count, length, stride, old) => {
            let old = model(old);
            (0..*count).for_each(|i| all.block(&old, *length, i * stride * old.extent()));
        }
        Spec::Hvector(count, length, stride, old) => {
            (0..*count).for_each(|i| all.block(&model(old), *length, i * stride));
        }
        Spec::Indexed(blocks, old) => {
            let old = model(old);
            blocks.iter().for_each(|(length, at)| all.block(&old, *length, at * old.extent()));
        }
        Spec::Hindexed(blocks, old) => {
            blocks.iter().for_each(|(length, at)| all.block(&model(old), *length, *at));
        }
        Spec::IndexedBlock(length, at, old) => {
            let old = model(old);
            at.iter().for_each(|at| all.block(&old, *length, at * old.extent()));
        }
        Spec::HindexedBlock(length, at, old) => {
            at.iter().for_each(|at| all.block(&model(old), *length, *at));
        }
        Spec::Struct(fields) => {
            fields.iter().for_each(|(length, at, old)| all.block(&model(old), *length, *at));
        }
        Spec::Resized(lower, extent, old) => {
            all = Model { marks: Some((*lower, lower + extent)), ..model(old) };
        }
        Spec::Dup(old) => return model(old),
        Spec::Subarray(dims, c_order, old) => {
            let old = model(old);
            let slowest_first: Vec<_> =
                if *c_order { dims.clone() } else { dims.iter().rev().copied().collect() };
            let element = |coordinates: &[i64]| {
                let index = coordinates.iter().zip(&slowest_first);
                index.fold(0, |index, (at, (size, _, start))| index * size + start + at)
            };
            for coordinates in box_of(&slowest_first.iter().map(|dim| dim.1).collect::<Vec<_>>()) {
                all.add(&old, element(&coordinates) * old.extent());
            }
            let elements: i64 = dims.iter().map(|dim| dim.0).product();
            all.marks = Some((0, elements * old.extent()));
        }
    }
    all
}

/// All coordinates of a box, the last running fastest.
fn box_of(sizes: &[i64]) -> Vec<Vec<i64>> {
    sizes.iter().fold(vec![Vec::new()], |all, &size| {
        let longer = |head: &Vec<i64>| {
            let head = head.clone();
            (0..size).map(move |at| [&head[..], &[at]].concat())
        };
        all.iter().flat_map(longer).collect()
    })
}

fn build(spec: &Spec) -> Arc<Datatype> {
    let int = Counts::Int;
    match spec {
        Spec::Basic(index) => return Arc::clone(predefined_datatype(*index).unwrap()),
        Spec::Contiguous(count, old) => Datatype::contiguous(int, *count, &build(old)),
        Spec::Vector(count, length, stride, old) => {
            Datatype::vector(int, *count, *length, *stride, &build(old))
        }
        Spec::Hvector(count, length, stride, old) => {
            Datatype::hvector(int, *count, *length, *stride, &build(old))
        }
        Spec::Indexed(blocks, old) => {
            let (lengths, at): (Vec<_>, Vec<_>) = blocks.iter().copied().unzip();
            Datatype::indexed(int, &lengths, &at, &build(old))
        }
        Spec::Hindexed(blocks, old) => {
            let (lengths, at): (Vec<_>, Vec<_>) = blocks.iter().copied().unzip();
            Datatype::hindexed(int, &lengths, &at, &build(old))
        }
        Spec::IndexedBlock(length, at, old) => Datatype::indexed_block(int, *length, at, &build(old)),
        Spec::HindexedBlock(length, at, old) => Datatype::hindexed_block(int, *length, at, &build(old)),
        Spec::Struct(fields) => {
            let lengths: Vec<_> = fields.iter().map(|field| field.0).collect();
            let at: Vec<_> = fields.iter().map(|field| field.1).collect();
            let types: Vec<_> = fields.iter().map(|field| build(&field.2)).collect();
            Datatype::structure(int, &lengths, &at, &types)
        }
        Spec::Resized(lower, extent, old) => Datatype::resized(int, *lower, *extent, &build(old)),
        Spec::Dup(old) => Datatype::dup(&build(old)),
        Spec::Subarray(dims, c_order, old) => {
            let column = |pick: fn(&(i64, i64, i64)) -> i64| dims.iter().map(pick).collect::<Vec<_>>();
            let (sizes, subsizes, starts) = (column(|d| d.0), column(|d| d.1), column(|d| d.2));
            let order = if *c_order { Order::C } else { Order::Fortran };
            Datatype::subarray(int, &sizes, &subsizes, &starts, order, &build(old))
        }
    }
    .unwrap()
}

fn spec() -> impl Strategy<Value = Spec> {
    let basics = [
        index::BYTE,
        index::SHORT,
        index::INT,
        index::DOUBLE,
        index::C_DOUBLE_COMPLEX,
        index::LONG_DOUBLE,
        index::DOUBLE_INT,
        index::SHORT_INT,
    ];
    let leaf = proptest::sample::select(basics.to_vec()).prop_map(Spec::Basic);
    leaf.prop_recursive(4, 24, 3, |inner| {
        let old = inner.clone().prop_map(Box::new);
        let blocks = || vec((0..3i64, -6..9i64), 0..5);
        let dims = vec((1..5i64, 0..4i64, 0..4i64), 1..4).prop_map(|dims| {
            let fit = |(size, sub, start): (i64, i64, i64)| {
                let sub = 1 + sub % size;
                (size, sub, start % (size - sub + 1))
            };
            dims.into_iter().map(fit).collect()
        });
        prop_oneof![
            (0..6i64, old.clone()).prop_map(|(n, o)| Spec::Contiguous(n, o)),
            (0..5i64, 0..4i64, -5..8i64, old.clone()).prop_map(|(n, l, s, o)| Spec::Vector(n, l, s, o)),
            (0..5i64, 0..4i64, -90..90i64, old.clone()).prop_map(|(n, l, s, o)| Spec::Hvector(n, l, s, o)),
            (blocks(), old.clone()).prop_map(|(b, o)| Spec::Indexed(b, o)),
            (vec((0..3i64, -80..90i64), 0..5), old.clone()).prop_map(|(b, o)| Spec::Hindexed(b, o)),
            (0..3i64, vec(-6..9i64, 0..5), old.clone()).prop_map(|(l, a, o)| Spec::IndexedBlock(l, a, o)),
            (0..3i64, vec(-80..90i64, 0..5), old.clone()).prop_map(|(l, a, o)| Spec::HindexedBlock(l, a, o)),
            vec((0..3i64, -100..100i64, inner), 0..4).prop_map(Spec::Struct),
            (-20..20i64, -10..200i64, old.clone()).prop_map(|(l, e, o)| Spec::Resized(l, e, o)),
            old.clone().prop_map(Spec::Dup),
            (dims, any::<bool>(), old).prop_map(|(d, c, o)| Spec::Subarray(d, c, o)),
        ]
    })
}

/// How many entries a typemap has, without writing it out.
fn entries(spec: &Spec) -> i64 {
    match spec {
        Spec::Basic(_) => 1,
        Spec::Contiguous(n, old) => n * entries(old),
        Spec::Vector(n, l, _, old) | Spec::Hvector(n, l, _, old) => n * l * entries(old),
        Spec::Indexed(blocks, old) | Spec::Hindexed(blocks, old) => {
            blocks.iter().map(|block| block.0).sum::<i64>() * entries(old)
        }
        Spec::IndexedBlock(l, at, old) | Spec::HindexedBlock(l, at, old) => {
            l * at.len() as i64 * entries(old)
        }
        Spec::Struct(fields) => fields.iter().map(|field| field.0 * entries(&field.2)).sum(),
        Spec::Resized(_, _, old) | Spec::Dup(old) => entries(old),
        Spec::Subarray(dims, _, old) => dims.iter().map(|dim| dim.1).product::<i64>() * entries(old),
    }
}

/// Memory that covers what `count` elements reach, with bytes that tell where
/// they came from.
struct Memory {
    scratch: Scratch,
    start: isize,
}

impl Memory {
    fn new(datatype: &Datatype, count: usize, filled: bool) -> Self {
        let range = datatype.byte_range(count);
        let value = |i: usize| if filled { (i * 31 + i / 251) as u8 } else { 0 };
        let bytes: Vec<u8> = (0..range.len()).map(value).collect();
        Self { scratch: Scratch::from_bytes(&bytes), start: range.start }
    }

    fn byte(&self, offset: i64) -> u8 {
        self.scratch.send_buffer().slice(offset as isize - self.start, 1)[0]
    }

    fn send(&self, datatype: &Arc<Datatype>, count: usize) -> SendData {
        SendData::new(self.scratch.send_buffer().shifted(-self.start), datatype, count).unwrap()
    }

    fn recv(&self, datatype: &Arc<Datatype>, count: usize) -> RecvData {
        RecvData::new(self.scratch.recv_buffer().shifted(-self.start), datatype, count).unwrap()
    }

    fn all(&self) -> Vec<u8> {
        self.scratch.send_buffer().slice(0, self.scratch.len()).to_vec()
    }
}

fn overlaps(bytes: &[i64]) -> bool {
    let mut sorted = bytes.to_vec();
    sorted.sort_unstable();
    sorted.windows(2).any(|pair| pair[0] == pair[1])
}

fn check(spec: &Spec, count: usize, chunks: &[usize]) {
    let (model, datatype) = (model(spec), build(spec));
    datatype.commit();
    let (lower, upper) = model.bounds();
    assert_eq!(datatype.size(), model.size() as u64);
    assert_eq!((datatype.lower_bound(), datatype.upper_bound()), (lower, upper));
    let (true_lower, true_upper) = model.true_bounds();
    assert_eq!(datatype.true_lower_bound(), true_lower);
    assert_eq!(datatype.true_extent(), true_upper - true_lower);

    let all = model.repeated(count as i64);
    let bytes = all.bytes();
    let (low, high) = all.true_bounds();
    assert_eq!(datatype.byte_range(count), low as isize..high as isize);
    check_basics(&datatype, count, &all);

    let memory = Memory::new(&datatype, count, true);
    let expected: Vec<u8> = bytes.iter().map(|&offset| memory.byte(offset)).collect();
    let send = memory.send(&datatype, count);
    assert_eq!(send.total_bytes(), expected.len());
    assert_eq!(pack_in_chunks(&send, &[usize::MAX]), expected);
    assert_eq!(pack_in_chunks(&send, chunks), expected);
    let mut visited = Vec::new();
    send.for_each_block(|offset, len| visited.extend(offset..offset + len as isize));
    let base = if send.is_contiguous() { true_lower as isize } else { 0 };
    assert!(visited.iter().map(|offset| (offset + base) as i64).eq(bytes.iter().copied()));

    if !overlaps(&bytes) {
        check_unpacking(&datatype, count, chunks, &bytes, &expected, &send);
    }
}

fn check_basics(datatype: &Datatype, count: usize, all: &Model) {
    let mut visited = Vec::new();
    datatype.for_each_basic(count, |run| {
        let extent = run.entry().extent() as i64;
        visited.extend((0..run.count as i64).map(|i| (run.index, run.offset + i * extent)));
    });
    assert_eq!(visited, all.entries);
    let elements = all.entries.iter().flat_map(|entry| pieces(entry.0));
    let mut ends = vec![0];
    elements.for_each(|(_, len)| ends.push(ends[ends.len() - 1] + len as u64));
    for (elements, &end) in ends.iter().enumerate().step_by(1 + ends.len() / 50) {
        assert_eq!(datatype.elements_in(end), Some(elements as u64));
        assert_eq!(datatype.bytes_of(elements as u64), Some(end));
    }
}

fn pack_in_chunks(data: &SendData, chunks: &[usize]) -> Vec<u8> {
    let (mut packed, mut cursor) = (Vec::new(), Cursor::new());
    for &chunk in chunks.iter().cycle() {
        let mut buffer = vec![0; chunk.min(data.total_bytes() + 1)];
        let len = cursor.pack(data, &mut buffer);
        packed.extend_from_slice(&buffer[..len]);
        if cursor.position() == data.total_bytes() {
            break;
        }
    }
    packed
}

fn check_unpacking(
    datatype: &Arc<Datatype>,
    count: usize,
    chunks: &[usize],
    bytes: &[i64],
    packed: &[u8],
    send: &SendData,
) {
    let mut expected = vec![0; datatype.byte_range(count).len()];
    let start = datatype.byte_range(count).start;
    for (&offset, &byte) in bytes.iter().zip(packed) {
        expected[(offset as isize - start) as usize] = byte;
    }
    let target = Memory::new(datatype, count, false);
    let (recv, mut cursor, mut rest) = (target.recv(datatype, count), Cursor::new(), packed);
    for &chunk in chunks.iter().cycle() {
        let len = cursor.unpack(&recv, &rest[..chunk.min(rest.len())]);
        rest = &rest[len..];
        if rest.is_empty() {
            break;
        }
    }
    assert_eq!(target.all(), expected);

    let copied = Memory::new(datatype, count, false);
    assert_eq!(copied.recv(datatype, count).copy_from(send), packed.len());
    assert_eq!(copied.all(), expected);
}

#[test]
fn no_component_reaches_beyond_the_whole() {
    let inner = Spec::Hvector(3, 4, 25, Box::new(Spec::Basic(index::INT)));
    let outer = build(&Spec::Hvector(2, 3, 273, Box::new(inner.clone())));
    // The inner one is padded from 66 to 68 bytes: the last begins at 409.
    assert_eq!(build(&inner).extent(), 68);
    assert_eq!((outer.extent(), outer.true_extent()), (480, 475));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, max_global_rejects: 100_000, ..ProptestConfig::default() })]

    #[test]
    fn datatypes_agree_with_their_typemaps(
        spec in spec(),
        count in 0..4usize,
        chunks in vec(1..200usize, 1..6),
    ) {
        prop_assume!(entries(&spec) <= 3000);
        check(&spec, count, &chunks);
    }

    #[test]
    fn layouts_are_copied_to_other_layouts(from in spec(), to in spec()) {
        prop_assume!(entries(&from) <= 500 && entries(&to) <= 500);
        let (source, target) = (build(&from), build(&to));
        prop_assume!(source.size() > 0 && target.size() > 0 && !overlaps(&model(&to).bytes()));
        let memory = Memory::new(&source, 1, true);
        let send = memory.send(&source, 1);
        let packed = pack_in_chunks(&send, &[usize::MAX]);
        let (one, two) = (Memory::new(&target, 1, false), Memory::new(&target, 1, false));
        let len = one.recv(&target, 1).copy_from(&send);
        prop_assert_eq!(len, packed.len().min(target.size() as usize));
        two.recv(&target, 1).unpack(0, &packed);
        prop_assert_eq!(one.all(), two.all());
    }

    #[test]
    fn distributed_arrays_partition_the_array(
        dims in vec((1..9i64, 1..4i32, 0..3u8, 1..4i32), 1..4),
        c_order in any::<bool>(),
    ) {
        let sizes: Vec<i64> = dims.iter().map(|dim| dim.0).collect();
        let distributions: Vec<_> = dims.iter().map(|&(_, _, kind, argument)| match kind {
            0 => Distribution::None,
            1 => Distribution::Block(None),
            _ => Distribution::Cyclic(Some(argument)),
        }).collect();
        let grid: Vec<i32> = dims.iter().map(|dim| if dim.2 == 0 { 1 } else { dim.1 }).collect();
        let processes: i32 = grid.iter().product();
        let old = Arc::clone(predefined_datatype(index::SHORT).unwrap());
        let total: i64 = sizes.iter().product();
        let mut owners = vec![0; total as usize * 2];
        for rank in 0..processes {
            let array = Darray {
                processes,
                rank,
                global_sizes: &sizes,
                distributions: &distributions,
                process_sizes: &grid,
                order: if c_order { Order::C } else { Order::Fortran },
            };
            let part = Datatype::darray(Counts::Int, &array, &old).unwrap();
            prop_assert_eq!((part.lower_bound(), part.extent()), (0, 2 * total));
            let mut last = -1;
            part.for_each_block(1, 0..part.size() as usize, |offset, len| {
                assert!(offset > last, "elements of a part come in memory order");
                last = offset;
                owners[offset as usize..][..len].iter_mut().for_each(|owner| *owner += 1);
            });
        }
        prop_assert!(owners.iter().all(|&owner| owner == 1));
    }
}

#[test]
fn a_block_distribution_gives_the_process_its_rows() {
    let array = Darray {
        processes: 6,
        rank: 4,
        global_sizes: &[5, 7],
        distributions: &[Distribution::Block(None), Distribution::Cyclic(Some(2))],
        process_sizes: &[3, 2],
        order: Order::C,
    };
    let byte = predefined_datatype(index::BYTE).unwrap();
    let part = Datatype::darray(Counts::Int, &array, byte).unwrap();
    // Row block 2 (row 4), columns 0, 1, 4, 5.
    let mut places = Vec::new();
    part.for_each_block(1, 0..part.size() as usize, |offset, len| {
        places.extend(offset..offset + len as isize);
    });
    assert_eq!(places, [28, 29, 32, 33]);
    // As the standard ABI numbers them: block 17, cyclic 18, default 19, order C 12.
    assert_eq!(part.contents().integers(), [6, 4, 2, 5, 7, 17, 18, 19, 2, 3, 2, 12]);
}
