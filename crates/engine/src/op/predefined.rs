//! The predefined operations.

use crate::datatype::predefined::{Class, Predefined};
use memory::kernels::Operator;

/// One predefined operation.
#[derive(Clone, Copy, Debug)]
pub struct PredefinedOp {
    /// `MPI_SUM` for example.
    pub name: &'static str,
    pub operator: Operator,
    pub commutative: bool,
}

const fn commutative(name: &'static str, operator: Operator) -> PredefinedOp {
    PredefinedOp { name, operator, commutative: true }
}

const fn ordered(name: &'static str, operator: Operator) -> PredefinedOp {
    PredefinedOp { name, operator, commutative: false }
}

/// Every predefined operation, in the order of the handles: entry `i` has the
/// handle index `i + 1`.
pub static PREDEFINED: [PredefinedOp; 14] = [
    commutative("MPI_SUM", Operator::Sum),
    commutative("MPI_MIN", Operator::Min),
    commutative("MPI_MAX", Operator::Max),
    commutative("MPI_PROD", Operator::Prod),
    commutative("MPI_BAND", Operator::BitAnd),
    commutative("MPI_BOR", Operator::BitOr),
    commutative("MPI_BXOR", Operator::BitXor),
    commutative("MPI_LAND", Operator::LogicalAnd),
    commutative("MPI_LOR", Operator::LogicalOr),
    commutative("MPI_LXOR", Operator::LogicalXor),
    commutative("MPI_MINLOC", Operator::MinLoc),
    commutative("MPI_MAXLOC", Operator::MaxLoc),
    ordered("MPI_REPLACE", Operator::Replace),
    ordered("MPI_NO_OP", Operator::NoOp),
];

/// The handle index of the operation with this MPI name.
pub fn index_of(name: &str) -> Option<u32> {
    PREDEFINED.iter().position(|op| op.name == name).map(|position| position as u32 + 1)
}

/// The reduction behind the predefined operation with this handle index, if an
/// accumulate may use it for elements of a predefined datatype.
#[inline(always)]
pub fn for_accumulate(index: u32, entry: &Predefined) -> Option<Operator> {
    let operator = PREDEFINED.get((index as usize).checked_sub(1)?)?.operator;
    is_allowed(operator, entry).then_some(operator)
}

/// Whether MPI allows this reduction for this predefined datatype.
#[inline]
pub fn is_allowed(operator: Operator, entry: &Predefined) -> bool {
    entry.supported && ALLOWED[operator as usize] & bit(entry.class) != 0
}

const fn bit(class: Class) -> u16 {
    1 << class as u16
}

/// [`classes`] of every operator, a bit for each class: small accumulates would
/// feel a search.
static ALLOWED: [u16; PREDEFINED.len()] = {
    let mut allowed = [u16::MAX; PREDEFINED.len()];
    let mut index = 0;
    while index < allowed.len() {
        let operator = PREDEFINED[index].operator;
        if let Some(classes) = classes(operator) {
            let (mut bits, mut at) = (0, 0);
            while at < classes.len() {
                bits |= bit(classes[at]);
                at += 1;
            }
            allowed[operator as usize] = bits;
        }
        index += 1;
    }
    allowed
};

/// The datatypes that MPI-5.0 section 6.9.2 allows, or `None` for all. As with
/// other libraries, logical operations take every integer, and `MPI_CHAR` is
/// one: programs count on it.
pub(super) const fn classes(operator: Operator) -> Option<&'static [Class]> {
    use Class::{Byte, CInteger, Complex, FloatingPoint, FortranInteger, Logical, MultiLanguage, Pair};
    Some(match operator {
        Operator::Min | Operator::Max => &[CInteger, FortranInteger, FloatingPoint, MultiLanguage],
        Operator::Sum | Operator::Prod => &[CInteger, FortranInteger, FloatingPoint, Complex, MultiLanguage],
        Operator::LogicalAnd | Operator::LogicalOr | Operator::LogicalXor => {
            &[CInteger, FortranInteger, Logical, MultiLanguage]
        }
        Operator::BitAnd | Operator::BitOr | Operator::BitXor => {
            &[CInteger, FortranInteger, Byte, MultiLanguage]
        }
        Operator::MinLoc | Operator::MaxLoc => &[Pair],
        Operator::Replace | Operator::NoOp => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::datatype::predefined::TABLE;
    use memory::kernels::reduce::is_supported;

    #[test]
    fn what_is_allowed_has_a_kernel() {
        for op in &PREDEFINED {
            for entry in TABLE.iter().filter(|entry| is_allowed(op.operator, entry)) {
                assert!(is_supported(op.operator, entry.element), "{} of {}", op.name, entry.name);
            }
        }
    }

    #[test]
    fn what_makes_no_sense_is_not_allowed() {
        let allowed = |op: &str, datatype: &str| {
            let op = &PREDEFINED[index_of(op).unwrap() as usize - 1];
            let entry = TABLE.iter().find(|entry| entry.name == datatype).unwrap();
            is_allowed(op.operator, entry)
        };
        assert!(allowed("MPI_BAND", "MPI_BYTE") && allowed("MPI_LAND", "MPI_CXX_BOOL"));
        assert!(allowed("MPI_SUM", "MPI_AINT") && allowed("MPI_PROD", "MPI_COMPLEX32"));
        assert!(allowed("MPI_REPLACE", "MPI_CHAR") && allowed("MPI_MAXLOC", "MPI_2INTEGER"));
        assert!(allowed("MPI_SUM", "MPI_CHAR") && allowed("MPI_LAND", "MPI_INTEGER"));
        assert!(!allowed("MPI_SUM", "MPI_WCHAR") && !allowed("MPI_BAND", "MPI_DOUBLE"));
        assert!(!allowed("MPI_MAX", "MPI_C_COMPLEX") && !allowed("MPI_LAND", "MPI_DOUBLE"));
        assert!(!allowed("MPI_SUM", "MPI_2INT") && !allowed("MPI_REPLACE", "MPI_UB"));
    }
}
