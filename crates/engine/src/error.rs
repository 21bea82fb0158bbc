//! What went wrong, in words and as an MPI error class.

use std::fmt;

macro_rules! error_classes {
    ($($variant:ident = $number:literal, $name:literal;)*) => {
        /// The error classes of MPI-5.0 section 9.4.
        ///
        /// The numbers are the standard ABI's; the MPICH ABI maps them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(i32)]
        pub enum ErrorClass {
            $($variant = $number,)*
        }

        impl ErrorClass {
            /// Every class, in the standard's order.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The standard's name, `MPI_ERR_RANK` for example.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }
    };
}

error_classes! {
    Success = 0, "MPI_SUCCESS";
    Buffer = 1, "MPI_ERR_BUFFER";
    Count = 2, "MPI_ERR_COUNT";
    Type = 3, "MPI_ERR_TYPE";
    Tag = 4, "MPI_ERR_TAG";
    Comm = 5, "MPI_ERR_COMM";
    Rank = 6, "MPI_ERR_RANK";
    Request = 7, "MPI_ERR_REQUEST";
    Root = 8, "MPI_ERR_ROOT";
    Group = 9, "MPI_ERR_GROUP";
    Op = 10, "MPI_ERR_OP";
    Topology = 11, "MPI_ERR_TOPOLOGY";
    Dims = 12, "MPI_ERR_DIMS";
    Arg = 13, "MPI_ERR_ARG";
    Unknown = 14, "MPI_ERR_UNKNOWN";
    Truncate = 15, "MPI_ERR_TRUNCATE";
    Other = 16, "MPI_ERR_OTHER";
    Intern = 17, "MPI_ERR_INTERN";
    Pending = 18, "MPI_ERR_PENDING";
    InStatus = 19, "MPI_ERR_IN_STATUS";
    Access = 20, "MPI_ERR_ACCESS";
    Amode = 21, "MPI_ERR_AMODE";
    Assert = 22, "MPI_ERR_ASSERT";
    BadFile = 23, "MPI_ERR_BAD_FILE";
    Base = 24, "MPI_ERR_BASE";
    Conversion = 25, "MPI_ERR_CONVERSION";
    Disp = 26, "MPI_ERR_DISP";
    DupDatarep = 27, "MPI_ERR_DUP_DATAREP";
    FileExists = 28, "MPI_ERR_FILE_EXISTS";
    FileInUse = 29, "MPI_ERR_FILE_IN_USE";
    File = 30, "MPI_ERR_FILE";
    InfoKey = 31, "MPI_ERR_INFO_KEY";
    InfoNokey = 32, "MPI_ERR_INFO_NOKEY";
    InfoValue = 33, "MPI_ERR_INFO_VALUE";
    Info = 34, "MPI_ERR_INFO";
    Io = 35, "MPI_ERR_IO";
    Keyval = 36, "MPI_ERR_KEYVAL";
    Locktype = 37, "MPI_ERR_LOCKTYPE";
    Name = 38, "MPI_ERR_NAME";
    NoMem = 39, "MPI_ERR_NO_MEM";
    NotSame = 40, "MPI_ERR_NOT_SAME";
    NoSpace = 41, "MPI_ERR_NO_SPACE";
    NoSuchFile = 42, "MPI_ERR_NO_SUCH_FILE";
    Port = 43, "MPI_ERR_PORT";
    Quota = 44, "MPI_ERR_QUOTA";
    ReadOnly = 45, "MPI_ERR_READ_ONLY";
    RmaAttach = 46, "MPI_ERR_RMA_ATTACH";
    RmaConflict = 47, "MPI_ERR_RMA_CONFLICT";
    RmaRange = 48, "MPI_ERR_RMA_RANGE";
    RmaShared = 49, "MPI_ERR_RMA_SHARED";
    RmaSync = 50, "MPI_ERR_RMA_SYNC";
    Service = 51, "MPI_ERR_SERVICE";
    Size = 52, "MPI_ERR_SIZE";
    Spawn = 53, "MPI_ERR_SPAWN";
    UnsupportedDatarep = 54, "MPI_ERR_UNSUPPORTED_DATAREP";
    UnsupportedOperation = 55, "MPI_ERR_UNSUPPORTED_OPERATION";
    Win = 56, "MPI_ERR_WIN";
    RmaFlavor = 57, "MPI_ERR_RMA_FLAVOR";
    ProcAborted = 58, "MPI_ERR_PROC_ABORTED";
    ValueTooLarge = 59, "MPI_ERR_VALUE_TOO_LARGE";
    Session = 60, "MPI_ERR_SESSION";
    Errhandler = 61, "MPI_ERR_ERRHANDLER";
    Abi = 62, "MPI_ERR_ABI";
    ToolCannotInit = 1001, "MPI_T_ERR_CANNOT_INIT";
    ToolNotAccessible = 1002, "MPI_T_ERR_NOT_ACCESSIBLE";
    ToolNotInitialized = 1003, "MPI_T_ERR_NOT_INITIALIZED";
    ToolNotSupported = 1004, "MPI_T_ERR_NOT_SUPPORTED";
    ToolMemory = 1005, "MPI_T_ERR_MEMORY";
    ToolInvalid = 1006, "MPI_T_ERR_INVALID";
    ToolInvalidIndex = 1007, "MPI_T_ERR_INVALID_INDEX";
    ToolInvalidItem = 1008, "MPI_T_ERR_INVALID_ITEM";
    ToolInvalidSession = 1009, "MPI_T_ERR_INVALID_SESSION";
    ToolInvalidHandle = 1010, "MPI_T_ERR_INVALID_HANDLE";
    ToolInvalidName = 1011, "MPI_T_ERR_INVALID_NAME";
    ToolOutOfHandles = 1012, "MPI_T_ERR_OUT_OF_HANDLES";
    ToolOutOfSessions = 1013, "MPI_T_ERR_OUT_OF_SESSIONS";
    ToolCvarSetNotNow = 1014, "MPI_T_ERR_CVAR_SET_NOT_NOW";
    ToolCvarSetNever = 1015, "MPI_T_ERR_CVAR_SET_NEVER";
    ToolPvarNoWrite = 1016, "MPI_T_ERR_PVAR_NO_WRITE";
    ToolPvarNoStartstop = 1017, "MPI_T_ERR_PVAR_NO_STARTSTOP";
    ToolPvarNoAtomic = 1018, "MPI_T_ERR_PVAR_NO_ATOMIC";
}

/// An error of the engine: its class and a sentence that says what happened,
/// with which values, and what to do. Boxed, so that `Result` stays small on
/// paths where nothing goes wrong.
#[derive(Clone, PartialEq, Eq)]
pub struct Error(Box<Detail>);

#[derive(Clone, PartialEq, Eq)]
struct Detail {
    class: ErrorClass,
    message: String,
}

pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    #[cold]
    pub fn new(class: ErrorClass, message: impl Into<String>) -> Self {
        Self(Box::new(Detail { class, message: message.into() }))
    }

    pub fn class(&self) -> ErrorClass {
        self.0.class
    }

    pub fn message(&self) -> &str {
        &self.0.message
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.class().name(), self.message())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Error {}

/// `Err(Error::new(..))` with a formatted message:
/// `fail!(ErrorClass::Rank, "rank {rank} is not in 0..{size}")`.
#[macro_export]
macro_rules! fail {
    ($class:expr, $($message:tt)*) => {
        return Err($crate::error::Error::new($class, format!($($message)*)))
    };
}
