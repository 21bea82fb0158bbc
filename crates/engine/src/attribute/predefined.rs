//! The attributes that MPI itself sets (MPI-5.0 sections 9.1.2, 11.10.1 and
//! 12.2.7). `capi` computes their values.

use super::keyval::AttributeOf;
use crate::handle::KeyvalId;

macro_rules! predefined {
    ($($variant:ident = $number:literal, $name:literal, $of:ident;)*) => {
        /// A predefined attribute; the number is the index of its keyval.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u32)]
        pub enum PredefinedAttribute {
            $($variant = $number,)*
        }

        impl PredefinedAttribute {
            /// All, in the order of their keyvals.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// `MPI_TAG_UB` for example.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// What kind of object has it.
            pub const fn of(self) -> AttributeOf {
                match self {
                    $(Self::$variant => AttributeOf::$of,)*
                }
            }
        }
    };
}

predefined! {
    TagUb = 1, "MPI_TAG_UB", Comm;
    Host = 2, "MPI_HOST", Comm;
    Io = 3, "MPI_IO", Comm;
    WtimeIsGlobal = 4, "MPI_WTIME_IS_GLOBAL", Comm;
    UniverseSize = 5, "MPI_UNIVERSE_SIZE", Comm;
    Lastusedcode = 6, "MPI_LASTUSEDCODE", Comm;
    Appnum = 7, "MPI_APPNUM", Comm;
    WinBase = 8, "MPI_WIN_BASE", Win;
    WinSize = 9, "MPI_WIN_SIZE", Win;
    WinDispUnit = 10, "MPI_WIN_DISP_UNIT", Win;
    WinCreateFlavor = 11, "MPI_WIN_CREATE_FLAVOR", Win;
    WinModel = 12, "MPI_WIN_MODEL", Win;
}

impl PredefinedAttribute {
    pub const fn keyval(self) -> KeyvalId {
        KeyvalId::from_raw(self as u32)
    }

    /// The attribute with this keyval, if it is predefined.
    pub fn of_keyval(keyval: KeyvalId) -> Option<Self> {
        Self::ALL.get((keyval.raw() as usize).checked_sub(1)?).copied()
    }
}
