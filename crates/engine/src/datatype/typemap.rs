//! The datatype object: a typemap as a tree, and what follows from it.

use super::bounds::Bounds;
use super::contents::Contents;
use super::layout::Layout;
use super::predefined::{self, Predefined, TABLE};
use crate::error::{ErrorClass, Result};
use crate::fail;
use std::fmt;
use std::ops::Range;
use std::sync::{Arc, LazyLock, OnceLock};

/// An MPI datatype (MPI-5.0 chapter 5). Immutable: whoever holds the `Arc` may
/// use it after the user has freed the handle.
pub struct Datatype {
    pub(super) form: Form,
    pub(super) bounds: Bounds,
    /// The one predefined datatype that all basic elements have.
    pub(super) uniform: Option<u32>,
    contents: Contents,
    /// Set by `commit`: bytes of an element if elements are dense, else 0.
    committed: OnceLock<usize>,
    layout: OnceLock<Arc<Layout>>,
}

/// How the typemap is made. Displacements and strides are bytes.
pub(super) enum Form {
    /// The predefined datatype with this handle index.
    Basic(u32),
    /// Copy `i` of `of` at `offset + i * stride`.
    Repeat { offset: i64, count: u64, stride: i64, of: Arc<Datatype> },
    /// Blocks of consecutive elements of one datatype.
    Blocks { blocks: Box<[Run]>, of: Arc<Datatype> },
    /// Blocks of consecutive elements, each of its own datatype.
    Fields(Box<[(Run, Arc<Datatype>)]>),
}

/// `count` elements, one extent apart, of which the first is displaced by
/// `offset` bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub offset: i64,
    pub count: u64,
}

static PREDEFINED: LazyLock<Vec<Arc<Datatype>>> = LazyLock::new(|| {
    let build = |(entry, index)| Arc::new(Datatype::basic(entry, index, Contents::named()));
    TABLE.iter().zip(1..).map(build).collect()
});

/// The predefined datatype with this handle index.
pub fn predefined_datatype(index: u32) -> Option<&'static Arc<Datatype>> {
    PREDEFINED.get((index as usize).checked_sub(1)?)
}

impl Datatype {
    pub(super) fn basic(entry: &Predefined, index: u32, contents: Contents) -> Self {
        let bounds = if entry.supported { basic_bounds(entry) } else { Bounds::EMPTY };
        let datatype = Self {
            form: Form::Basic(index),
            bounds,
            uniform: Some(index),
            contents,
            committed: OnceLock::new(),
            layout: OnceLock::new(),
        };
        datatype.commit();
        datatype
    }

    /// A datatype whose bounds follow from its form.
    pub(super) fn derived(form: Form, contents: Contents) -> Result<Arc<Self>> {
        let bounds = form_bounds(&form)?.settled()?;
        Ok(Self::with_bounds(form, bounds, contents))
    }

    pub(super) fn with_bounds(form: Form, bounds: Bounds, contents: Contents) -> Arc<Self> {
        let uniform = uniform_basic(&form);
        Arc::new(Self {
            form,
            bounds,
            uniform,
            contents,
            committed: OnceLock::new(),
            layout: OnceLock::new(),
        })
    }

    /// Bytes of data in one element, gaps not counted. Zero for a predefined
    /// datatype that is not supported, see [`Datatype::is_supported`].
    #[inline]
    pub fn size(&self) -> u64 {
        self.bounds.size as u64
    }

    /// How many basic elements the typemap has (a pair counts as two).
    pub fn elements(&self) -> u64 {
        self.bounds.elements as u64
    }

    #[inline]
    pub fn lower_bound(&self) -> i64 {
        self.bounds.lower
    }

    #[inline]
    pub fn upper_bound(&self) -> i64 {
        self.bounds.upper
    }

    /// Bytes from one element to the next in a buffer; may be negative.
    #[inline]
    pub fn extent(&self) -> i64 {
        self.bounds.extent()
    }

    /// The lowest displacement of a byte of data.
    #[inline]
    pub fn true_lower_bound(&self) -> i64 {
        self.bounds.true_lower
    }

    /// Bytes that the data of one element span.
    pub fn true_extent(&self) -> i64 {
        self.bounds.true_upper - self.bounds.true_lower
    }

    /// The strictest alignment of a basic element, in bytes.
    pub fn alignment(&self) -> u64 {
        self.bounds.alignment as u64
    }

    /// Whether one element is one run of bytes, in typemap order.
    #[inline]
    pub fn is_one_block(&self) -> bool {
        self.layout().is_block()
    }

    /// Whether any number of elements is one run of bytes, in typemap order.
    #[inline]
    pub fn is_contiguous(&self) -> bool {
        self.bounds.extent() == self.bounds.size && self.is_one_block()
    }

    /// Contiguous pieces of one element.
    pub fn block_count(&self) -> usize {
        self.layout().blocks
    }

    /// Makes the datatype ready for communication: builds its layout.
    pub fn commit(&self) {
        self.layout();
        self.committed.get_or_init(|| {
            let dense = self.is_contiguous() && self.bounds.true_lower == 0 && self.is_supported();
            if dense { self.bounds.size as usize } else { 0 }
        });
    }

    /// Whether `MPI_Type_commit` was called, or was not needed.
    pub fn is_committed(&self) -> bool {
        self.committed.get().is_some()
    }

    /// Whether the datatype is committed, supported, and any number of elements
    /// lies at the buffer's base without gaps: the common case, in which
    /// nothing else has to be checked.
    #[inline]
    pub fn is_dense(&self) -> bool {
        self.committed.get().is_some_and(|&size| size != 0)
    }

    /// The bytes of `count` elements of a dense datatype, if they fit an
    /// address space.
    #[inline]
    pub fn dense_bytes(&self, count: usize) -> Option<usize> {
        let size = self.committed.get().copied().filter(|&size| size != 0)?;
        size.checked_mul(count).filter(|&bytes| isize::try_from(bytes).is_ok())
    }

    /// The combiner and the arguments that the datatype was made with.
    pub fn contents(&self) -> &Contents {
        &self.contents
    }

    /// The handle index, for the predefined datatypes themselves (not for a
    /// duplicate of one).
    pub fn predefined_index(&self) -> Option<u32> {
        match self.form {
            Form::Basic(index) if self.contents.is_named() => Some(index),
            _ => None,
        }
    }

    /// The table entry that tells how to reduce elements of this datatype: of
    /// a predefined datatype, or of an unnamed one that stands for it
    /// (`MPI_Type_create_f90_real` and the like).
    #[inline]
    pub fn as_basic(&self) -> Option<&'static Predefined> {
        match self.form {
            Form::Basic(index) => predefined::get(index),
            _ => None,
        }
    }

    /// The handle index of the one predefined datatype that all basic elements
    /// have, if it is one. That is what accumulate operations ask for
    /// (MPI-5.0 section 12.3.4).
    #[inline]
    pub fn uniform_basic(&self) -> Option<u32> {
        self.uniform
    }

    /// False for a predefined datatype that this library cannot communicate;
    /// its size is to be reported as `MPI_UNDEFINED`.
    #[inline]
    pub fn is_supported(&self) -> bool {
        self.as_basic().is_none_or(|entry| entry.supported)
    }

    /// The bytes that `count` elements reach, relative to the buffer's
    /// address: what a buffer has to lend. It saturates at the ends of the
    /// address space, which no buffer can lend.
    #[inline]
    pub fn byte_range(&self, count: usize) -> Range<isize> {
        if let Some(bytes) = self.dense_bytes(count) {
            return 0..bytes as isize;
        }
        if count == 0 || self.bounds.size == 0 {
            return 0..0;
        }
        let reach = i64::try_from(count - 1).unwrap_or(i64::MAX).saturating_mul(self.bounds.extent());
        let start = self.bounds.true_lower.saturating_add(reach.min(0));
        let end = self.bounds.true_upper.saturating_add(reach.max(0));
        start as isize..end as isize
    }

    /// Checks that `count` elements can lie in one address space.
    ///
    /// # Errors
    /// `MPI_ERR_COUNT` when they cannot, or have more bytes than a message can
    /// hold.
    #[inline]
    pub fn check_count(&self, count: usize) -> Result<()> {
        let fits = || {
            let count = i64::try_from(count).ok()?;
            self.bounds.size.checked_mul(count)?;
            let reach = self.bounds.extent().checked_mul((count - 1).max(0))?;
            self.bounds.true_lower.checked_add(reach)?;
            self.bounds.true_upper.checked_add(reach)
        };
        if self.dense_bytes(count).is_none() && fits().is_none() {
            fail!(
                ErrorClass::Count,
                "{count} elements of a {self:?} do not fit an address space; check the count"
            );
        }
        Ok(())
    }

    #[inline]
    pub(super) fn layout(&self) -> &Arc<Layout> {
        self.layout.get_or_init(|| Layout::of(self))
    }
}

impl fmt::Debug for Datatype {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.predefined_index().and_then(predefined::get) {
            Some(entry) => f.write_str(entry.name),
            None => write!(
                f,
                "{} datatype of {} bytes, extent {}",
                self.contents.combiner().name(),
                self.size(),
                self.extent()
            ),
        }
    }
}

fn basic_bounds(entry: &Predefined) -> Bounds {
    // A pair ends where its index ends; the rest of its extent is padding.
    let true_upper = match entry.element.pair() {
        Some((_, index, offset)) => offset + index.size(),
        None => entry.size(),
    };
    Bounds {
        size: entry.size() as i64,
        elements: if entry.element.pair().is_some() { 2 } else { 1 },
        lower: 0,
        upper: entry.extent() as i64,
        lower_marked: false,
        upper_marked: false,
        true_lower: 0,
        true_upper: true_upper as i64,
        alignment: entry.alignment() as i64,
    }
}

/// Where the last of `count` copies lies that are `stride` bytes apart.
pub(super) fn last_copy(offset: i64, count: u64, stride: i64) -> Result<i64> {
    let last = || {
        let steps = i64::try_from(count.saturating_sub(1)).ok()?;
        stride.checked_mul(steps)?.checked_add(offset)
    };
    last().ok_or_else(super::bounds::too_large)
}

fn run_bounds(run: Run, of: &Datatype) -> Result<Bounds> {
    of.bounds.copies(run.count, run.offset, last_copy(run.offset, run.count, of.extent())?)
}

pub(super) fn form_bounds(form: &Form) -> Result<Bounds> {
    match form {
        Form::Basic(index) => Ok(predefined_datatype(*index).map_or(Bounds::EMPTY, |basic| basic.bounds)),
        Form::Repeat { offset, count, stride, of } => {
            of.bounds.copies(*count, *offset, last_copy(*offset, *count, *stride)?)
        }
        Form::Blocks { blocks, of } => {
            blocks.iter().try_fold(Bounds::EMPTY, |all, run| all.union(&run_bounds(*run, of)?))
        }
        Form::Fields(fields) => {
            fields.iter().try_fold(Bounds::EMPTY, |all, (run, of)| all.union(&run_bounds(*run, of)?))
        }
    }
}

fn uniform_basic(form: &Form) -> Option<u32> {
    match form {
        Form::Basic(index) => Some(*index),
        Form::Repeat { of, .. } | Form::Blocks { of, .. } => of.uniform,
        Form::Fields(fields) => {
            let mut with_data = fields.iter().filter(|(run, of)| run.count > 0 && of.bounds.has_data());
            let first = with_data.next()?.1.uniform?;
            with_data.all(|(_, of)| of.uniform == Some(first)).then_some(first)
        }
    }
}
