//! The committed form of a datatype.

use super::Datatype;
use super::typemap::Form;
use memory::kernels::Block;

/// Where the bytes of one element lie, in typemap order.
pub(super) struct Layout {
    pub blocks: Vec<Block>,
}

impl Layout {
    pub(super) fn of(datatype: &Datatype) -> Self {
        let Form::Basic(_) = datatype.form else { return Self { blocks: Vec::new() } };
        let len = datatype.size() as usize;
        Self { blocks: vec![Block { offset: 0, len }] }
    }

    pub(super) fn is_block(&self) -> bool {
        self.blocks.len() == 1
    }
}
