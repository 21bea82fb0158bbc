//! The constants of both ABIs, written by `cargo xtask codegen` from `spec/`: do not edit.

/// Values in the Standard ABI.
pub mod standard {
    pub const MPI_UNDEFINED: i64 = -32766;
    pub const MPI_ROOT: i64 = -4;
    pub const MPI_PROC_NULL: i64 = -3;
    pub const MPI_ANY_TAG: i64 = -2;
    pub const MPI_ANY_SOURCE: i64 = -1;
    pub const MPI_BSEND_OVERHEAD: i64 = 512;
    pub const MPI_BOTTOM: i64 = 0;
    pub const MPI_IN_PLACE: i64 = 1;
    pub const MPI_BUFFER_AUTOMATIC: i64 = 2;
    pub const MPI_ABI_SUBVERSION: i64 = 0;
    pub const MPI_SUBVERSION: i64 = 0;
    pub const MPI_ABI_VERSION: i64 = 1;
    pub const MPI_VERSION: i64 = 5;
    pub const MPI_OP_NULL: i64 = 32;
    pub const MPI_SUM: i64 = 33;
    pub const MPI_MIN: i64 = 34;
    pub const MPI_MAX: i64 = 35;
    pub const MPI_PROD: i64 = 36;
    pub const MPI_BAND: i64 = 40;
    pub const MPI_BOR: i64 = 41;
    pub const MPI_BXOR: i64 = 42;
    pub const MPI_LAND: i64 = 48;
    pub const MPI_LOR: i64 = 49;
    pub const MPI_LXOR: i64 = 50;
    pub const MPI_MINLOC: i64 = 56;
    pub const MPI_MAXLOC: i64 = 57;
    pub const MPI_REPLACE: i64 = 60;
    pub const MPI_NO_OP: i64 = 61;
    pub const MPI_IDENT: i64 = 201;
    pub const MPI_CONGRUENT: i64 = 202;
    pub const MPI_SIMILAR: i64 = 203;
    pub const MPI_UNEQUAL: i64 = 204;
    pub const MPI_COMM_TYPE_SHARED: i64 = 221;
    pub const MPI_COMM_TYPE_HW_UNGUIDED: i64 = 222;
    pub const MPI_COMM_TYPE_HW_GUIDED: i64 = 223;
    pub const MPI_COMM_TYPE_RESOURCE_GUIDED: i64 = 224;
    pub const MPI_COMBINER_NAMED: i64 = 101;
    pub const MPI_COMBINER_DUP: i64 = 102;
    pub const MPI_COMBINER_CONTIGUOUS: i64 = 103;
    pub const MPI_COMBINER_VECTOR: i64 = 104;
    pub const MPI_COMBINER_HVECTOR: i64 = 105;
    pub const MPI_COMBINER_INDEXED: i64 = 106;
    pub const MPI_COMBINER_HINDEXED: i64 = 107;
    pub const MPI_COMBINER_INDEXED_BLOCK: i64 = 108;
    pub const MPI_COMBINER_HINDEXED_BLOCK: i64 = 109;
    pub const MPI_COMBINER_STRUCT: i64 = 110;
    pub const MPI_COMBINER_SUBARRAY: i64 = 111;
    pub const MPI_COMBINER_DARRAY: i64 = 112;
    pub const MPI_COMBINER_F90_REAL: i64 = 113;
    pub const MPI_COMBINER_F90_COMPLEX: i64 = 114;
    pub const MPI_COMBINER_F90_INTEGER: i64 = 115;
    pub const MPI_COMBINER_RESIZED: i64 = 116;
    pub const MPI_COMBINER_VALUE_INDEX: i64 = 117;
    pub const MPI_NULL_COPY_FN: i64 = 0;
    pub const MPI_NULL_DELETE_FN: i64 = 0;
    pub const MPI_DUP_FN: i64 = 1;
    pub const MPI_ARGVS_NULL: i64 = 0;
    pub const MPI_ARGV_NULL: i64 = 0;
    pub const MPI_ERRCODES_IGNORE: i64 = 0;
    pub const MPI_STATUSES_IGNORE: i64 = 0;
    pub const MPI_STATUS_IGNORE: i64 = 0;
    pub const MPI_UNWEIGHTED: i64 = 10;
    pub const MPI_WEIGHTS_EMPTY: i64 = 11;
    pub const MPI_KEYVAL_INVALID: i64 = 0;
    pub const MPI_TAG_UB: i64 = 501;
    pub const MPI_IO: i64 = 502;
    pub const MPI_HOST: i64 = 503;
    pub const MPI_WTIME_IS_GLOBAL: i64 = 504;
    pub const MPI_APPNUM: i64 = 505;
    pub const MPI_LASTUSEDCODE: i64 = 506;
    pub const MPI_UNIVERSE_SIZE: i64 = 507;
    pub const MPI_WIN_BASE: i64 = 601;
    pub const MPI_WIN_DISP_UNIT: i64 = 602;
    pub const MPI_WIN_SIZE: i64 = 603;
    pub const MPI_WIN_CREATE_FLAVOR: i64 = 604;
    pub const MPI_WIN_MODEL: i64 = 605;
    pub const MPI_INFO_NULL: i64 = 304;
    pub const MPI_INFO_ENV: i64 = 305;
    pub const MPI_SUCCESS: i64 = 0;
    pub const MPI_ERR_BUFFER: i64 = 1;
    pub const MPI_ERR_COUNT: i64 = 2;
    pub const MPI_ERR_TYPE: i64 = 3;
    pub const MPI_ERR_TAG: i64 = 4;
    pub const MPI_ERR_COMM: i64 = 5;
    pub const MPI_ERR_RANK: i64 = 6;
    pub const MPI_ERR_REQUEST: i64 = 7;
    pub const MPI_ERR_ROOT: i64 = 8;
    pub const MPI_ERR_GROUP: i64 = 9;
    pub const MPI_ERR_OP: i64 = 10;
    pub const MPI_ERR_TOPOLOGY: i64 = 11;
    pub const MPI_ERR_DIMS: i64 = 12;
    pub const MPI_ERR_ARG: i64 = 13;
    pub const MPI_ERR_UNKNOWN: i64 = 14;
    pub const MPI_ERR_TRUNCATE: i64 = 15;
    pub const MPI_ERR_OTHER: i64 = 16;
    pub const MPI_ERR_INTERN: i64 = 17;
    pub const MPI_ERR_PENDING: i64 = 18;
    pub const MPI_ERR_IN_STATUS: i64 = 19;
    pub const MPI_ERR_ACCESS: i64 = 20;
    pub const MPI_ERR_AMODE: i64 = 21;
    pub const MPI_ERR_ASSERT: i64 = 22;
    pub const MPI_ERR_BAD_FILE: i64 = 23;
    pub const MPI_ERR_BASE: i64 = 24;
    pub const MPI_ERR_CONVERSION: i64 = 25;
    pub const MPI_ERR_DISP: i64 = 26;
    pub const MPI_ERR_DUP_DATAREP: i64 = 27;
    pub const MPI_ERR_FILE_EXISTS: i64 = 28;
    pub const MPI_ERR_FILE_IN_USE: i64 = 29;
    pub const MPI_ERR_FILE: i64 = 30;
    pub const MPI_ERR_INFO_KEY: i64 = 31;
    pub const MPI_ERR_INFO_NOKEY: i64 = 32;
    pub const MPI_ERR_INFO_VALUE: i64 = 33;
    pub const MPI_ERR_INFO: i64 = 34;
    pub const MPI_ERR_IO: i64 = 35;
    pub const MPI_ERR_KEYVAL: i64 = 36;
    pub const MPI_ERR_LOCKTYPE: i64 = 37;
    pub const MPI_ERR_NAME: i64 = 38;
    pub const MPI_ERR_NO_MEM: i64 = 39;
    pub const MPI_ERR_NOT_SAME: i64 = 40;
    pub const MPI_ERR_NO_SPACE: i64 = 41;
    pub const MPI_ERR_NO_SUCH_FILE: i64 = 42;
    pub const MPI_ERR_PORT: i64 = 43;
    pub const MPI_ERR_QUOTA: i64 = 44;
    pub const MPI_ERR_READ_ONLY: i64 = 45;
    pub const MPI_ERR_RMA_ATTACH: i64 = 46;
    pub const MPI_ERR_RMA_CONFLICT: i64 = 47;
    pub const MPI_ERR_RMA_RANGE: i64 = 48;
    pub const MPI_ERR_RMA_SHARED: i64 = 49;
    pub const MPI_ERR_RMA_SYNC: i64 = 50;
    pub const MPI_ERR_SERVICE: i64 = 51;
    pub const MPI_ERR_SIZE: i64 = 52;
    pub const MPI_ERR_SPAWN: i64 = 53;
    pub const MPI_ERR_UNSUPPORTED_DATAREP: i64 = 54;
    pub const MPI_ERR_UNSUPPORTED_OPERATION: i64 = 55;
    pub const MPI_ERR_WIN: i64 = 56;
    pub const MPI_ERR_RMA_FLAVOR: i64 = 57;
    pub const MPI_ERR_PROC_ABORTED: i64 = 58;
    pub const MPI_ERR_VALUE_TOO_LARGE: i64 = 59;
    pub const MPI_ERR_SESSION: i64 = 60;
    pub const MPI_ERR_ERRHANDLER: i64 = 61;
    pub const MPI_ERR_ABI: i64 = 62;
    pub const MPI_T_ERR_CANNOT_INIT: i64 = 1001;
    pub const MPI_T_ERR_NOT_ACCESSIBLE: i64 = 1002;
    pub const MPI_T_ERR_NOT_INITIALIZED: i64 = 1003;
    pub const MPI_T_ERR_NOT_SUPPORTED: i64 = 1004;
    pub const MPI_T_ERR_MEMORY: i64 = 1005;
    pub const MPI_T_ERR_INVALID: i64 = 1006;
    pub const MPI_T_ERR_INVALID_INDEX: i64 = 1007;
    pub const MPI_T_ERR_INVALID_ITEM: i64 = 1008;
    pub const MPI_T_ERR_INVALID_SESSION: i64 = 1009;
    pub const MPI_T_ERR_INVALID_HANDLE: i64 = 1010;
    pub const MPI_T_ERR_INVALID_NAME: i64 = 1011;
    pub const MPI_T_ERR_OUT_OF_HANDLES: i64 = 1012;
    pub const MPI_T_ERR_OUT_OF_SESSIONS: i64 = 1013;
    pub const MPI_T_ERR_CVAR_SET_NOT_NOW: i64 = 1014;
    pub const MPI_T_ERR_CVAR_SET_NEVER: i64 = 1015;
    pub const MPI_T_ERR_PVAR_NO_WRITE: i64 = 1016;
    pub const MPI_T_ERR_PVAR_NO_STARTSTOP: i64 = 1017;
    pub const MPI_T_ERR_PVAR_NO_ATOMIC: i64 = 1018;
    pub const MPI_ERR_LASTCODE: i64 = 16383;
    pub const MPI_ERRHANDLER_NULL: i64 = 320;
    pub const MPI_ERRORS_ARE_FATAL: i64 = 321;
    pub const MPI_ERRORS_ABORT: i64 = 322;
    pub const MPI_ERRORS_RETURN: i64 = 323;
    pub const MPI_TYPECLASS_INTEGER: i64 = 192;
    pub const MPI_TYPECLASS_REAL: i64 = 193;
    pub const MPI_TYPECLASS_COMPLEX: i64 = 194;
    pub const MPI_DISPLACEMENT_CURRENT: i64 = -1;
    pub const MPI_ORDER_C: i64 = 12;
    pub const MPI_ORDER_FORTRAN: i64 = 15;
    pub const MPI_DISTRIBUTE_NONE: i64 = 16;
    pub const MPI_DISTRIBUTE_BLOCK: i64 = 17;
    pub const MPI_DISTRIBUTE_CYCLIC: i64 = 18;
    pub const MPI_DISTRIBUTE_DFLT_DARG: i64 = 19;
    pub const MPI_SEEK_CUR: i64 = 401;
    pub const MPI_SEEK_END: i64 = 402;
    pub const MPI_SEEK_SET: i64 = 403;
    pub const MPI_F_SOURCE: i64 = 0;
    pub const MPI_F_TAG: i64 = 1;
    pub const MPI_F_ERROR: i64 = 2;
    pub const MPI_F_STATUS_SIZE: i64 = 8;
    pub const MPI_COMM_NULL_COPY_FN: i64 = 0;
    pub const MPI_COMM_NULL_DELETE_FN: i64 = 0;
    pub const MPI_CONVERSION_FN_NULL: i64 = 0;
    pub const MPI_CONVERSION_FN_NULL_C: i64 = 0;
    pub const MPI_TYPE_NULL_COPY_FN: i64 = 0;
    pub const MPI_TYPE_NULL_DELETE_FN: i64 = 0;
    pub const MPI_WIN_NULL_COPY_FN: i64 = 0;
    pub const MPI_WIN_NULL_DELETE_FN: i64 = 0;
    pub const MPI_COMM_DUP_FN: i64 = 1;
    pub const MPI_TYPE_DUP_FN: i64 = 1;
    pub const MPI_WIN_DUP_FN: i64 = 1;
    pub const MPI_GROUP_NULL: i64 = 264;
    pub const MPI_GROUP_EMPTY: i64 = 265;
    pub const MPI_MAX_DATAREP_STRING: i64 = 128;
    pub const MPI_MAX_OBJECT_NAME: i64 = 128;
    pub const MPI_MAX_INFO_KEY: i64 = 256;
    pub const MPI_MAX_PROCESSOR_NAME: i64 = 256;
    pub const MPI_MAX_ERROR_STRING: i64 = 512;
    pub const MPI_MAX_INFO_VAL: i64 = 1024;
    pub const MPI_MAX_PORT_NAME: i64 = 1024;
    pub const MPI_MAX_PSET_NAME_LEN: i64 = 1024;
    pub const MPI_MAX_STRINGTAG_LEN: i64 = 1024;
    pub const MPI_MAX_LIBRARY_VERSION_STRING: i64 = 8192;
    pub const MPI_MODE_APPEND: i64 = 1;
    pub const MPI_MODE_CREATE: i64 = 2;
    pub const MPI_MODE_DELETE_ON_CLOSE: i64 = 4;
    pub const MPI_MODE_EXCL: i64 = 8;
    pub const MPI_MODE_RDONLY: i64 = 16;
    pub const MPI_MODE_RDWR: i64 = 32;
    pub const MPI_MODE_SEQUENTIAL: i64 = 64;
    pub const MPI_MODE_UNIQUE_OPEN: i64 = 128;
    pub const MPI_MODE_WRONLY: i64 = 256;
    pub const MPI_MODE_NOCHECK: i64 = 1024;
    pub const MPI_MODE_NOPRECEDE: i64 = 2048;
    pub const MPI_MODE_NOPUT: i64 = 4096;
    pub const MPI_MODE_NOSTORE: i64 = 8192;
    pub const MPI_MODE_NOSUCCEED: i64 = 16384;
    pub const MPI_MESSAGE_NULL: i64 = 296;
    pub const MPI_MESSAGE_NO_PROC: i64 = 297;
    pub const MPI_DOUBLE_COMPLEX: i64 = 541;
    pub const MPI_LOGICAL1: i64 = 704;
    pub const MPI_INTEGER1: i64 = 705;
    pub const MPI_LOGICAL2: i64 = 712;
    pub const MPI_INTEGER2: i64 = 713;
    pub const MPI_REAL2: i64 = 714;
    pub const MPI_LOGICAL4: i64 = 720;
    pub const MPI_INTEGER4: i64 = 721;
    pub const MPI_REAL4: i64 = 722;
    pub const MPI_COMPLEX4: i64 = 723;
    pub const MPI_LOGICAL8: i64 = 728;
    pub const MPI_INTEGER8: i64 = 729;
    pub const MPI_REAL8: i64 = 730;
    pub const MPI_COMPLEX8: i64 = 731;
    pub const MPI_LOGICAL16: i64 = 736;
    pub const MPI_INTEGER16: i64 = 737;
    pub const MPI_REAL16: i64 = 738;
    pub const MPI_COMPLEX16: i64 = 739;
    pub const MPI_COMPLEX32: i64 = 747;
    pub const MPI_WIN_NULL: i64 = 272;
    pub const MPI_FILE_NULL: i64 = 280;
    pub const MPI_SESSION_NULL: i64 = 288;
    pub const MPI_REQUEST_NULL: i64 = 384;
    pub const MPI_DATATYPE_NULL: i64 = 512;
    pub const MPI_AINT: i64 = 513;
    pub const MPI_COUNT: i64 = 514;
    pub const MPI_OFFSET: i64 = 515;
    pub const MPI_PACKED: i64 = 519;
    pub const MPI_SHORT: i64 = 520;
    pub const MPI_INT: i64 = 521;
    pub const MPI_LONG: i64 = 522;
    pub const MPI_LONG_LONG: i64 = 523;
    pub const MPI_LONG_LONG_INT: i64 = 523;
    pub const MPI_UNSIGNED_SHORT: i64 = 524;
    pub const MPI_UNSIGNED: i64 = 525;
    pub const MPI_UNSIGNED_LONG: i64 = 526;
    pub const MPI_UNSIGNED_LONG_LONG: i64 = 527;
    pub const MPI_FLOAT: i64 = 528;
    pub const MPI_C_COMPLEX: i64 = 530;
    pub const MPI_C_FLOAT_COMPLEX: i64 = 530;
    pub const MPI_CXX_FLOAT_COMPLEX: i64 = 531;
    pub const MPI_DOUBLE: i64 = 532;
    pub const MPI_C_DOUBLE_COMPLEX: i64 = 534;
    pub const MPI_CXX_DOUBLE_COMPLEX: i64 = 535;
    pub const MPI_LOGICAL: i64 = 536;
    pub const MPI_INTEGER: i64 = 537;
    pub const MPI_REAL: i64 = 538;
    pub const MPI_COMPLEX: i64 = 539;
    pub const MPI_DOUBLE_PRECISION: i64 = 540;
    pub const MPI_CHARACTER: i64 = 542;
    pub const MPI_LONG_DOUBLE: i64 = 544;
    pub const MPI_C_LONG_DOUBLE_COMPLEX: i64 = 548;
    pub const MPI_CXX_LONG_DOUBLE_COMPLEX: i64 = 549;
    pub const MPI_C_BOOL: i64 = 568;
    pub const MPI_CXX_BOOL: i64 = 569;
    pub const MPI_WCHAR: i64 = 572;
    pub const MPI_INT8_T: i64 = 576;
    pub const MPI_UINT8_T: i64 = 577;
    pub const MPI_CHAR: i64 = 579;
    pub const MPI_SIGNED_CHAR: i64 = 580;
    pub const MPI_UNSIGNED_CHAR: i64 = 581;
    pub const MPI_BYTE: i64 = 583;
    pub const MPI_INT16_T: i64 = 584;
    pub const MPI_UINT16_T: i64 = 585;
    pub const MPI_INT32_T: i64 = 592;
    pub const MPI_UINT32_T: i64 = 593;
    pub const MPI_INT64_T: i64 = 600;
    pub const MPI_UINT64_T: i64 = 601;
    pub const MPI_FLOAT_INT: i64 = 552;
    pub const MPI_DOUBLE_INT: i64 = 553;
    pub const MPI_LONG_INT: i64 = 554;
    pub const MPI_2INT: i64 = 555;
    pub const MPI_SHORT_INT: i64 = 556;
    pub const MPI_LONG_DOUBLE_INT: i64 = 557;
    pub const MPI_2REAL: i64 = 560;
    pub const MPI_2DOUBLE_PRECISION: i64 = 561;
    pub const MPI_2INTEGER: i64 = 562;
    pub const MPI_COMM_NULL: i64 = 256;
    pub const MPI_COMM_WORLD: i64 = 257;
    pub const MPI_COMM_SELF: i64 = 258;
    pub const MPI_THREAD_SINGLE: i64 = 0;
    pub const MPI_THREAD_FUNNELED: i64 = 1024;
    pub const MPI_THREAD_SERIALIZED: i64 = 2048;
    pub const MPI_THREAD_MULTIPLE: i64 = 4096;
    pub const MPI_T_CB_REQUIRE_NONE: i64 = 0;
    pub const MPI_T_CB_REQUIRE_MPI_RESTRICTED: i64 = 3;
    pub const MPI_T_CB_REQUIRE_THREAD_SAFE: i64 = 15;
    pub const MPI_T_CB_REQUIRE_ASYNC_SIGNAL_SAFE: i64 = 63;
    pub const MPI_T_CVAR_HANDLE_NULL: i64 = 0;
    pub const MPI_T_ENUM_NULL: i64 = 0;
    pub const MPI_T_PVAR_HANDLE_NULL: i64 = 0;
    pub const MPI_T_PVAR_SESSION_NULL: i64 = 0;
    pub const MPI_T_PVAR_ALL_HANDLES: i64 = 1;
    pub const MPI_T_PVAR_CLASS_STATE: i64 = 1;
    pub const MPI_T_PVAR_CLASS_LEVEL: i64 = 2;
    pub const MPI_T_PVAR_CLASS_SIZE: i64 = 3;
    pub const MPI_T_PVAR_CLASS_PERCENTAGE: i64 = 4;
    pub const MPI_T_PVAR_CLASS_HIGHWATERMARK: i64 = 5;
    pub const MPI_T_PVAR_CLASS_LOWWATERMARK: i64 = 6;
    pub const MPI_T_PVAR_CLASS_COUNTER: i64 = 7;
    pub const MPI_T_PVAR_CLASS_AGGREGATE: i64 = 8;
    pub const MPI_T_PVAR_CLASS_TIMER: i64 = 9;
    pub const MPI_T_PVAR_CLASS_GENERIC: i64 = 10;
    pub const MPI_T_SOURCE_ORDERED: i64 = 1;
    pub const MPI_T_SOURCE_UNORDERED: i64 = 2;
    pub const MPI_T_BIND_NO_OBJECT: i64 = 1;
    pub const MPI_T_BIND_MPI_COMM: i64 = 2;
    pub const MPI_T_BIND_MPI_DATATYPE: i64 = 3;
    pub const MPI_T_BIND_MPI_ERRHANDLER: i64 = 4;
    pub const MPI_T_BIND_MPI_FILE: i64 = 5;
    pub const MPI_T_BIND_MPI_GROUP: i64 = 6;
    pub const MPI_T_BIND_MPI_OP: i64 = 7;
    pub const MPI_T_BIND_MPI_REQUEST: i64 = 8;
    pub const MPI_T_BIND_MPI_WIN: i64 = 9;
    pub const MPI_T_BIND_MPI_MESSAGE: i64 = 10;
    pub const MPI_T_BIND_MPI_INFO: i64 = 11;
    pub const MPI_T_BIND_MPI_SESSION: i64 = 12;
    pub const MPI_T_SCOPE_CONSTANT: i64 = 1;
    pub const MPI_T_SCOPE_READONLY: i64 = 2;
    pub const MPI_T_SCOPE_LOCAL: i64 = 3;
    pub const MPI_T_SCOPE_GROUP: i64 = 4;
    pub const MPI_T_SCOPE_GROUP_EQ: i64 = 5;
    pub const MPI_T_SCOPE_ALL: i64 = 6;
    pub const MPI_T_SCOPE_ALL_EQ: i64 = 7;
    pub const MPI_T_VERBOSITY_USER_BASIC: i64 = 9;
    pub const MPI_T_VERBOSITY_USER_DETAIL: i64 = 10;
    pub const MPI_T_VERBOSITY_USER_ALL: i64 = 12;
    pub const MPI_T_VERBOSITY_TUNER_BASIC: i64 = 17;
    pub const MPI_T_VERBOSITY_TUNER_DETAIL: i64 = 18;
    pub const MPI_T_VERBOSITY_TUNER_ALL: i64 = 20;
    pub const MPI_T_VERBOSITY_MPIDEV_BASIC: i64 = 33;
    pub const MPI_T_VERBOSITY_MPIDEV_DETAIL: i64 = 34;
    pub const MPI_T_VERBOSITY_MPIDEV_ALL: i64 = 36;
    pub const MPI_CART: i64 = 211;
    pub const MPI_GRAPH: i64 = 212;
    pub const MPI_DIST_GRAPH: i64 = 213;
    pub const MPI_WIN_FLAVOR_CREATE: i64 = 311;
    pub const MPI_WIN_FLAVOR_ALLOCATE: i64 = 312;
    pub const MPI_WIN_FLAVOR_DYNAMIC: i64 = 313;
    pub const MPI_WIN_FLAVOR_SHARED: i64 = 314;
    pub const MPI_LOCK_EXCLUSIVE: i64 = 301;
    pub const MPI_LOCK_SHARED: i64 = 302;
    pub const MPI_WIN_UNIFIED: i64 = 321;
    pub const MPI_WIN_SEPARATE: i64 = 322;

    /// Handle and name of every predefined datatype.
    pub const DATATYPES: &[(i64, &str)] = &[
        (541, "MPI_DOUBLE_COMPLEX"),
        (704, "MPI_LOGICAL1"),
        (705, "MPI_INTEGER1"),
        (712, "MPI_LOGICAL2"),
        (713, "MPI_INTEGER2"),
        (714, "MPI_REAL2"),
        (720, "MPI_LOGICAL4"),
        (721, "MPI_INTEGER4"),
        (722, "MPI_REAL4"),
        (723, "MPI_COMPLEX4"),
        (728, "MPI_LOGICAL8"),
        (729, "MPI_INTEGER8"),
        (730, "MPI_REAL8"),
        (731, "MPI_COMPLEX8"),
        (736, "MPI_LOGICAL16"),
        (737, "MPI_INTEGER16"),
        (738, "MPI_REAL16"),
        (739, "MPI_COMPLEX16"),
        (747, "MPI_COMPLEX32"),
        (513, "MPI_AINT"),
        (514, "MPI_COUNT"),
        (515, "MPI_OFFSET"),
        (519, "MPI_PACKED"),
        (520, "MPI_SHORT"),
        (521, "MPI_INT"),
        (522, "MPI_LONG"),
        (523, "MPI_LONG_LONG"),
        (523, "MPI_LONG_LONG_INT"),
        (524, "MPI_UNSIGNED_SHORT"),
        (525, "MPI_UNSIGNED"),
        (526, "MPI_UNSIGNED_LONG"),
        (527, "MPI_UNSIGNED_LONG_LONG"),
        (528, "MPI_FLOAT"),
        (530, "MPI_C_COMPLEX"),
        (530, "MPI_C_FLOAT_COMPLEX"),
        (531, "MPI_CXX_FLOAT_COMPLEX"),
        (532, "MPI_DOUBLE"),
        (534, "MPI_C_DOUBLE_COMPLEX"),
        (535, "MPI_CXX_DOUBLE_COMPLEX"),
        (536, "MPI_LOGICAL"),
        (537, "MPI_INTEGER"),
        (538, "MPI_REAL"),
        (539, "MPI_COMPLEX"),
        (540, "MPI_DOUBLE_PRECISION"),
        (542, "MPI_CHARACTER"),
        (544, "MPI_LONG_DOUBLE"),
        (548, "MPI_C_LONG_DOUBLE_COMPLEX"),
        (549, "MPI_CXX_LONG_DOUBLE_COMPLEX"),
        (568, "MPI_C_BOOL"),
        (569, "MPI_CXX_BOOL"),
        (572, "MPI_WCHAR"),
        (576, "MPI_INT8_T"),
        (577, "MPI_UINT8_T"),
        (579, "MPI_CHAR"),
        (580, "MPI_SIGNED_CHAR"),
        (581, "MPI_UNSIGNED_CHAR"),
        (583, "MPI_BYTE"),
        (584, "MPI_INT16_T"),
        (585, "MPI_UINT16_T"),
        (592, "MPI_INT32_T"),
        (593, "MPI_UINT32_T"),
        (600, "MPI_INT64_T"),
        (601, "MPI_UINT64_T"),
        (552, "MPI_FLOAT_INT"),
        (553, "MPI_DOUBLE_INT"),
        (554, "MPI_LONG_INT"),
        (555, "MPI_2INT"),
        (556, "MPI_SHORT_INT"),
        (557, "MPI_LONG_DOUBLE_INT"),
        (560, "MPI_2REAL"),
        (561, "MPI_2DOUBLE_PRECISION"),
        (562, "MPI_2INTEGER"),
    ];
}

/// Values in the Mpich ABI.
pub mod mpich {
    pub const MPI_UNDEFINED: i64 = -32766;
    pub const MPI_ROOT: i64 = -3;
    pub const MPI_PROC_NULL: i64 = -1;
    pub const MPI_ANY_TAG: i64 = -1;
    pub const MPI_ANY_SOURCE: i64 = -2;
    pub const MPI_BSEND_OVERHEAD: i64 = 96;
    pub const MPI_BOTTOM: i64 = 0;
    pub const MPI_IN_PLACE: i64 = -1;
    pub const MPI_BUFFER_AUTOMATIC: i64 = -2;
    pub const MPI_SUBVERSION: i64 = 0;
    pub const MPI_VERSION: i64 = 5;
    pub const MPI_OP_NULL: i64 = 402653184;
    pub const MPI_SUM: i64 = 1476395011;
    pub const MPI_MIN: i64 = 1476395010;
    pub const MPI_MAX: i64 = 1476395009;
    pub const MPI_PROD: i64 = 1476395012;
    pub const MPI_BAND: i64 = 1476395014;
    pub const MPI_BOR: i64 = 1476395016;
    pub const MPI_BXOR: i64 = 1476395018;
    pub const MPI_LAND: i64 = 1476395013;
    pub const MPI_LOR: i64 = 1476395015;
    pub const MPI_LXOR: i64 = 1476395017;
    pub const MPI_MINLOC: i64 = 1476395019;
    pub const MPI_MAXLOC: i64 = 1476395020;
    pub const MPI_REPLACE: i64 = 1476395021;
    pub const MPI_NO_OP: i64 = 1476395022;
    pub const MPI_IDENT: i64 = 0;
    pub const MPI_CONGRUENT: i64 = 1;
    pub const MPI_SIMILAR: i64 = 2;
    pub const MPI_UNEQUAL: i64 = 3;
    pub const MPI_COMM_TYPE_SHARED: i64 = 1;
    pub const MPI_COMM_TYPE_HW_UNGUIDED: i64 = 3;
    pub const MPI_COMM_TYPE_HW_GUIDED: i64 = 2;
    pub const MPI_COMM_TYPE_RESOURCE_GUIDED: i64 = 4;
    pub const MPI_COMBINER_NAMED: i64 = 1;
    pub const MPI_COMBINER_DUP: i64 = 2;
    pub const MPI_COMBINER_CONTIGUOUS: i64 = 3;
    pub const MPI_COMBINER_VECTOR: i64 = 4;
    pub const MPI_COMBINER_HVECTOR: i64 = 6;
    pub const MPI_COMBINER_INDEXED: i64 = 7;
    pub const MPI_COMBINER_HINDEXED: i64 = 9;
    pub const MPI_COMBINER_INDEXED_BLOCK: i64 = 10;
    pub const MPI_COMBINER_HINDEXED_BLOCK: i64 = 19;
    pub const MPI_COMBINER_STRUCT: i64 = 12;
    pub const MPI_COMBINER_SUBARRAY: i64 = 13;
    pub const MPI_COMBINER_DARRAY: i64 = 14;
    pub const MPI_COMBINER_F90_REAL: i64 = 15;
    pub const MPI_COMBINER_F90_COMPLEX: i64 = 16;
    pub const MPI_COMBINER_F90_INTEGER: i64 = 17;
    pub const MPI_COMBINER_RESIZED: i64 = 18;
    pub const MPI_COMBINER_VALUE_INDEX: i64 = 20;
    pub const MPI_COMBINER_HVECTOR_INTEGER: i64 = 5;
    pub const MPI_COMBINER_HINDEXED_INTEGER: i64 = 8;
    pub const MPI_COMBINER_STRUCT_INTEGER: i64 = 11;
    pub const MPI_NULL_COPY_FN: i64 = 0;
    pub const MPI_NULL_DELETE_FN: i64 = 0;
    pub const MPI_ARGVS_NULL: i64 = 0;
    pub const MPI_ARGV_NULL: i64 = 0;
    pub const MPI_ERRCODES_IGNORE: i64 = 0;
    pub const MPI_STATUSES_IGNORE: i64 = 1;
    pub const MPI_STATUS_IGNORE: i64 = 1;
    pub const MPI_KEYVAL_INVALID: i64 = 603979776;
    pub const MPI_TAG_UB: i64 = 1681915905;
    pub const MPI_IO: i64 = 1681915909;
    pub const MPI_HOST: i64 = 1681915907;
    pub const MPI_WTIME_IS_GLOBAL: i64 = 1681915911;
    pub const MPI_APPNUM: i64 = 1681915917;
    pub const MPI_LASTUSEDCODE: i64 = 1681915915;
    pub const MPI_UNIVERSE_SIZE: i64 = 1681915913;
    pub const MPI_WIN_BASE: i64 = 1711276033;
    pub const MPI_WIN_DISP_UNIT: i64 = 1711276037;
    pub const MPI_WIN_SIZE: i64 = 1711276035;
    pub const MPI_WIN_CREATE_FLAVOR: i64 = 1711276039;
    pub const MPI_WIN_MODEL: i64 = 1711276041;
    pub const MPI_INFO_NULL: i64 = 469762048;
    pub const MPI_INFO_ENV: i64 = 1543503873;
    pub const MPI_SUCCESS: i64 = 0;
    pub const MPI_ERR_BUFFER: i64 = 1;
    pub const MPI_ERR_COUNT: i64 = 2;
    pub const MPI_ERR_TYPE: i64 = 3;
    pub const MPI_ERR_TAG: i64 = 4;
    pub const MPI_ERR_COMM: i64 = 5;
    pub const MPI_ERR_RANK: i64 = 6;
    pub const MPI_ERR_REQUEST: i64 = 19;
    pub const MPI_ERR_ROOT: i64 = 7;
    pub const MPI_ERR_GROUP: i64 = 8;
    pub const MPI_ERR_OP: i64 = 9;
    pub const MPI_ERR_TOPOLOGY: i64 = 10;
    pub const MPI_ERR_DIMS: i64 = 11;
    pub const MPI_ERR_ARG: i64 = 12;
    pub const MPI_ERR_UNKNOWN: i64 = 13;
    pub const MPI_ERR_TRUNCATE: i64 = 14;
    pub const MPI_ERR_OTHER: i64 = 15;
    pub const MPI_ERR_INTERN: i64 = 16;
    pub const MPI_ERR_PENDING: i64 = 18;
    pub const MPI_ERR_IN_STATUS: i64 = 17;
    pub const MPI_ERR_ACCESS: i64 = 20;
    pub const MPI_ERR_AMODE: i64 = 21;
    pub const MPI_ERR_ASSERT: i64 = 53;
    pub const MPI_ERR_BAD_FILE: i64 = 22;
    pub const MPI_ERR_BASE: i64 = 46;
    pub const MPI_ERR_CONVERSION: i64 = 23;
    pub const MPI_ERR_DISP: i64 = 52;
    pub const MPI_ERR_DUP_DATAREP: i64 = 24;
    pub const MPI_ERR_FILE_EXISTS: i64 = 25;
    pub const MPI_ERR_FILE_IN_USE: i64 = 26;
    pub const MPI_ERR_FILE: i64 = 27;
    pub const MPI_ERR_INFO_KEY: i64 = 29;
    pub const MPI_ERR_INFO_NOKEY: i64 = 31;
    pub const MPI_ERR_INFO_VALUE: i64 = 30;
    pub const MPI_ERR_INFO: i64 = 28;
    pub const MPI_ERR_IO: i64 = 32;
    pub const MPI_ERR_KEYVAL: i64 = 48;
    pub const MPI_ERR_LOCKTYPE: i64 = 47;
    pub const MPI_ERR_NAME: i64 = 33;
    pub const MPI_ERR_NO_MEM: i64 = 34;
    pub const MPI_ERR_NOT_SAME: i64 = 35;
    pub const MPI_ERR_NO_SPACE: i64 = 36;
    pub const MPI_ERR_NO_SUCH_FILE: i64 = 37;
    pub const MPI_ERR_PORT: i64 = 38;
    pub const MPI_ERR_QUOTA: i64 = 39;
    pub const MPI_ERR_READ_ONLY: i64 = 40;
    pub const MPI_ERR_RMA_ATTACH: i64 = 56;
    pub const MPI_ERR_RMA_CONFLICT: i64 = 49;
    pub const MPI_ERR_RMA_RANGE: i64 = 55;
    pub const MPI_ERR_RMA_SHARED: i64 = 57;
    pub const MPI_ERR_RMA_SYNC: i64 = 50;
    pub const MPI_ERR_SERVICE: i64 = 41;
    pub const MPI_ERR_SIZE: i64 = 51;
    pub const MPI_ERR_SPAWN: i64 = 42;
    pub const MPI_ERR_UNSUPPORTED_DATAREP: i64 = 43;
    pub const MPI_ERR_UNSUPPORTED_OPERATION: i64 = 44;
    pub const MPI_ERR_WIN: i64 = 45;
    pub const MPI_ERR_RMA_FLAVOR: i64 = 58;
    pub const MPI_ERR_PROC_ABORTED: i64 = 76;
    pub const MPI_ERR_VALUE_TOO_LARGE: i64 = 77;
    pub const MPI_ERR_SESSION: i64 = 75;
    pub const MPI_ERR_ERRHANDLER: i64 = 80;
    pub const MPI_ERR_ABI: i64 = 81;
    pub const MPI_T_ERR_CANNOT_INIT: i64 = 61;
    pub const MPI_T_ERR_NOT_ACCESSIBLE: i64 = 79;
    pub const MPI_T_ERR_NOT_INITIALIZED: i64 = 60;
    pub const MPI_T_ERR_NOT_SUPPORTED: i64 = 78;
    pub const MPI_T_ERR_MEMORY: i64 = 59;
    pub const MPI_T_ERR_INVALID: i64 = 74;
    pub const MPI_T_ERR_INVALID_INDEX: i64 = 62;
    pub const MPI_T_ERR_INVALID_ITEM: i64 = 63;
    pub const MPI_T_ERR_INVALID_SESSION: i64 = 67;
    pub const MPI_T_ERR_INVALID_HANDLE: i64 = 64;
    pub const MPI_T_ERR_INVALID_NAME: i64 = 73;
    pub const MPI_T_ERR_OUT_OF_HANDLES: i64 = 65;
    pub const MPI_T_ERR_OUT_OF_SESSIONS: i64 = 66;
    pub const MPI_T_ERR_CVAR_SET_NOT_NOW: i64 = 68;
    pub const MPI_T_ERR_CVAR_SET_NEVER: i64 = 69;
    pub const MPI_T_ERR_PVAR_NO_WRITE: i64 = 71;
    pub const MPI_T_ERR_PVAR_NO_STARTSTOP: i64 = 70;
    pub const MPI_T_ERR_PVAR_NO_ATOMIC: i64 = 72;
    pub const MPI_ERR_LASTCODE: i64 = 1073741823;
    pub const MPI_ERRHANDLER_NULL: i64 = 335544320;
    pub const MPI_ERRORS_ARE_FATAL: i64 = 1409286144;
    pub const MPI_ERRORS_ABORT: i64 = 1409286147;
    pub const MPI_ERRORS_RETURN: i64 = 1409286145;
    pub const MPI_TYPECLASS_INTEGER: i64 = 2;
    pub const MPI_TYPECLASS_REAL: i64 = 1;
    pub const MPI_TYPECLASS_COMPLEX: i64 = 3;
    pub const MPI_DISPLACEMENT_CURRENT: i64 = -54278278;
    pub const MPI_ORDER_C: i64 = 56;
    pub const MPI_ORDER_FORTRAN: i64 = 57;
    pub const MPI_DISTRIBUTE_NONE: i64 = 123;
    pub const MPI_DISTRIBUTE_BLOCK: i64 = 121;
    pub const MPI_DISTRIBUTE_CYCLIC: i64 = 122;
    pub const MPI_DISTRIBUTE_DFLT_DARG: i64 = -49767;
    pub const MPI_SEEK_CUR: i64 = 602;
    pub const MPI_SEEK_END: i64 = 604;
    pub const MPI_SEEK_SET: i64 = 600;
    pub const MPI_F_SOURCE: i64 = 2;
    pub const MPI_F_TAG: i64 = 3;
    pub const MPI_F_ERROR: i64 = 4;
    pub const MPI_F_STATUS_SIZE: i64 = 5;
    pub const MPI_COMM_NULL_COPY_FN: i64 = 0;
    pub const MPI_COMM_NULL_DELETE_FN: i64 = 0;
    pub const MPI_CONVERSION_FN_NULL: i64 = 0;
    pub const MPI_CONVERSION_FN_NULL_C: i64 = 0;
    pub const MPI_TYPE_NULL_COPY_FN: i64 = 0;
    pub const MPI_TYPE_NULL_DELETE_FN: i64 = 0;
    pub const MPI_WIN_NULL_COPY_FN: i64 = 0;
    pub const MPI_WIN_NULL_DELETE_FN: i64 = 0;
    pub const MPI_GROUP_NULL: i64 = 134217728;
    pub const MPI_GROUP_EMPTY: i64 = 1207959552;
    pub const MPI_MAX_DATAREP_STRING: i64 = 128;
    pub const MPI_MAX_OBJECT_NAME: i64 = 128;
    pub const MPI_MAX_INFO_KEY: i64 = 255;
    pub const MPI_MAX_PROCESSOR_NAME: i64 = 128;
    pub const MPI_MAX_ERROR_STRING: i64 = 512;
    pub const MPI_MAX_INFO_VAL: i64 = 1024;
    pub const MPI_MAX_PORT_NAME: i64 = 256;
    pub const MPI_MAX_PSET_NAME_LEN: i64 = 256;
    pub const MPI_MAX_STRINGTAG_LEN: i64 = 256;
    pub const MPI_MAX_LIBRARY_VERSION_STRING: i64 = 8192;
    pub const MPI_MODE_APPEND: i64 = 128;
    pub const MPI_MODE_CREATE: i64 = 1;
    pub const MPI_MODE_DELETE_ON_CLOSE: i64 = 16;
    pub const MPI_MODE_EXCL: i64 = 64;
    pub const MPI_MODE_RDONLY: i64 = 2;
    pub const MPI_MODE_RDWR: i64 = 8;
    pub const MPI_MODE_SEQUENTIAL: i64 = 256;
    pub const MPI_MODE_UNIQUE_OPEN: i64 = 32;
    pub const MPI_MODE_WRONLY: i64 = 4;
    pub const MPI_MODE_NOCHECK: i64 = 1024;
    pub const MPI_MODE_NOPRECEDE: i64 = 8192;
    pub const MPI_MODE_NOPUT: i64 = 4096;
    pub const MPI_MODE_NOSTORE: i64 = 2048;
    pub const MPI_MODE_NOSUCCEED: i64 = 16384;
    pub const MPI_MESSAGE_NULL: i64 = 738197504;
    pub const MPI_MESSAGE_NO_PROC: i64 = 1811939328;
    pub const MPI_DOUBLE_COMPLEX: i64 = 1275072546;
    pub const MPI_LOGICAL1: i64 = 1275068743;
    pub const MPI_INTEGER1: i64 = 1275068717;
    pub const MPI_LOGICAL2: i64 = 1275069000;
    pub const MPI_INTEGER2: i64 = 1275068975;
    pub const MPI_REAL2: i64 = 1275068966;
    pub const MPI_LOGICAL4: i64 = 1275069513;
    pub const MPI_INTEGER4: i64 = 1275069488;
    pub const MPI_REAL4: i64 = 1275069479;
    pub const MPI_COMPLEX4: i64 = 1275069486;
    pub const MPI_LOGICAL8: i64 = 1275070538;
    pub const MPI_INTEGER8: i64 = 1275070513;
    pub const MPI_REAL8: i64 = 1275070505;
    pub const MPI_COMPLEX8: i64 = 1275070504;
    pub const MPI_LOGICAL16: i64 = 1275072587;
    pub const MPI_INTEGER16: i64 = 1275072562;
    pub const MPI_REAL16: i64 = 1275072555;
    pub const MPI_COMPLEX16: i64 = 1275072554;
    pub const MPI_COMPLEX32: i64 = 1275076652;
    pub const MPI_WIN_NULL: i64 = 536870912;
    pub const MPI_FILE_NULL: i64 = 0;
    pub const MPI_SESSION_NULL: i64 = 939524096;
    pub const MPI_REQUEST_NULL: i64 = 738197504;
    pub const MPI_DATATYPE_NULL: i64 = 201326592;
    pub const MPI_AINT: i64 = 1275070531;
    pub const MPI_COUNT: i64 = 1275070533;
    pub const MPI_OFFSET: i64 = 1275070532;
    pub const MPI_PACKED: i64 = 1275068687;
    pub const MPI_SHORT: i64 = 1275068931;
    pub const MPI_INT: i64 = 1275069445;
    pub const MPI_LONG: i64 = 1275070471;
    pub const MPI_LONG_LONG: i64 = 1275070473;
    pub const MPI_LONG_LONG_INT: i64 = 1275070473;
    pub const MPI_UNSIGNED_SHORT: i64 = 1275068932;
    pub const MPI_UNSIGNED: i64 = 1275069446;
    pub const MPI_UNSIGNED_LONG: i64 = 1275070472;
    pub const MPI_UNSIGNED_LONG_LONG: i64 = 1275070489;
    pub const MPI_FLOAT: i64 = 1275069450;
    pub const MPI_C_COMPLEX: i64 = 1275070528;
    pub const MPI_C_FLOAT_COMPLEX: i64 = 1275070528;
    pub const MPI_CXX_FLOAT_COMPLEX: i64 = 1275070516;
    pub const MPI_DOUBLE: i64 = 1275070475;
    pub const MPI_C_DOUBLE_COMPLEX: i64 = 1275072577;
    pub const MPI_CXX_DOUBLE_COMPLEX: i64 = 1275072565;
    pub const MPI_LOGICAL: i64 = 1275069469;
    pub const MPI_INTEGER: i64 = 1275069467;
    pub const MPI_REAL: i64 = 1275069468;
    pub const MPI_COMPLEX: i64 = 1275070494;
    pub const MPI_DOUBLE_PRECISION: i64 = 1275070495;
    pub const MPI_CHARACTER: i64 = 1275068698;
    pub const MPI_LONG_DOUBLE: i64 = 1275072524;
    pub const MPI_C_LONG_DOUBLE_COMPLEX: i64 = 1275076674;
    pub const MPI_CXX_LONG_DOUBLE_COMPLEX: i64 = 1275076662;
    pub const MPI_C_BOOL: i64 = 1275068735;
    pub const MPI_CXX_BOOL: i64 = 1275068723;
    pub const MPI_WCHAR: i64 = 1275069454;
    pub const MPI_INT8_T: i64 = 1275068727;
    pub const MPI_UINT8_T: i64 = 1275068731;
    pub const MPI_CHAR: i64 = 1275068673;
    pub const MPI_SIGNED_CHAR: i64 = 1275068696;
    pub const MPI_UNSIGNED_CHAR: i64 = 1275068674;
    pub const MPI_BYTE: i64 = 1275068685;
    pub const MPI_INT16_T: i64 = 1275068984;
    pub const MPI_UINT16_T: i64 = 1275068988;
    pub const MPI_INT32_T: i64 = 1275069497;
    pub const MPI_UINT32_T: i64 = 1275069501;
    pub const MPI_INT64_T: i64 = 1275070522;
    pub const MPI_UINT64_T: i64 = 1275070526;
    pub const MPI_FLOAT_INT: i64 = 2348810240;
    pub const MPI_DOUBLE_INT: i64 = 2348810241;
    pub const MPI_LONG_INT: i64 = 2348810242;
    pub const MPI_2INT: i64 = 1275070486;
    pub const MPI_SHORT_INT: i64 = 2348810243;
    pub const MPI_LONG_DOUBLE_INT: i64 = 2348810244;
    pub const MPI_2REAL: i64 = 1275070497;
    pub const MPI_2DOUBLE_PRECISION: i64 = 1275072547;
    pub const MPI_2INTEGER: i64 = 1275070496;
    pub const MPI_COMM_NULL: i64 = 67108864;
    pub const MPI_COMM_WORLD: i64 = 1140850688;
    pub const MPI_COMM_SELF: i64 = 1140850689;
    pub const MPI_THREAD_SINGLE: i64 = 0;
    pub const MPI_THREAD_FUNNELED: i64 = 1;
    pub const MPI_THREAD_SERIALIZED: i64 = 2;
    pub const MPI_THREAD_MULTIPLE: i64 = 3;
    pub const MPI_T_CB_REQUIRE_NONE: i64 = 0;
    pub const MPI_T_CB_REQUIRE_MPI_RESTRICTED: i64 = 1;
    pub const MPI_T_CB_REQUIRE_THREAD_SAFE: i64 = 2;
    pub const MPI_T_CB_REQUIRE_ASYNC_SIGNAL_SAFE: i64 = 3;
    pub const MPI_T_CVAR_HANDLE_NULL: i64 = 0;
    pub const MPI_T_ENUM_NULL: i64 = 0;
    pub const MPI_T_PVAR_HANDLE_NULL: i64 = 0;
    pub const MPI_T_PVAR_SESSION_NULL: i64 = 0;
    pub const MPI_T_PVAR_CLASS_STATE: i64 = 240;
    pub const MPI_T_PVAR_CLASS_LEVEL: i64 = 241;
    pub const MPI_T_PVAR_CLASS_SIZE: i64 = 242;
    pub const MPI_T_PVAR_CLASS_PERCENTAGE: i64 = 243;
    pub const MPI_T_PVAR_CLASS_HIGHWATERMARK: i64 = 244;
    pub const MPI_T_PVAR_CLASS_LOWWATERMARK: i64 = 245;
    pub const MPI_T_PVAR_CLASS_COUNTER: i64 = 246;
    pub const MPI_T_PVAR_CLASS_AGGREGATE: i64 = 247;
    pub const MPI_T_PVAR_CLASS_TIMER: i64 = 248;
    pub const MPI_T_PVAR_CLASS_GENERIC: i64 = 249;
    pub const MPI_T_PVAR_CLASS_INVALID: i64 = 0;
    pub const MPIR_T_PVAR_CLASS_NUMBER: i64 = 10;
    pub const MPIR_T_PVAR_CLASS_FIRST: i64 = 240;
    pub const MPIR_T_PVAR_CLASS_LAST: i64 = 250;
    pub const MPI_T_SOURCE_ORDERED: i64 = 0;
    pub const MPI_T_SOURCE_UNORDERED: i64 = 1;
    pub const MPI_T_BIND_NO_OBJECT: i64 = 9700;
    pub const MPI_T_BIND_MPI_COMM: i64 = 9701;
    pub const MPI_T_BIND_MPI_DATATYPE: i64 = 9702;
    pub const MPI_T_BIND_MPI_ERRHANDLER: i64 = 9703;
    pub const MPI_T_BIND_MPI_FILE: i64 = 9704;
    pub const MPI_T_BIND_MPI_GROUP: i64 = 9705;
    pub const MPI_T_BIND_MPI_OP: i64 = 9706;
    pub const MPI_T_BIND_MPI_REQUEST: i64 = 9707;
    pub const MPI_T_BIND_MPI_WIN: i64 = 9708;
    pub const MPI_T_BIND_MPI_MESSAGE: i64 = 9709;
    pub const MPI_T_BIND_MPI_INFO: i64 = 9710;
    pub const MPI_T_BIND_MPI_SESSION: i64 = 9711;
    pub const MPI_T_BIND_INVALID: i64 = 0;
    pub const MPI_T_SCOPE_CONSTANT: i64 = 60438;
    pub const MPI_T_SCOPE_READONLY: i64 = 60439;
    pub const MPI_T_SCOPE_LOCAL: i64 = 60440;
    pub const MPI_T_SCOPE_GROUP: i64 = 60441;
    pub const MPI_T_SCOPE_GROUP_EQ: i64 = 60442;
    pub const MPI_T_SCOPE_ALL: i64 = 60443;
    pub const MPI_T_SCOPE_ALL_EQ: i64 = 60444;
    pub const MPI_T_SCOPE_INVALID: i64 = 0;
    pub const MPI_T_VERBOSITY_USER_BASIC: i64 = 221;
    pub const MPI_T_VERBOSITY_USER_DETAIL: i64 = 222;
    pub const MPI_T_VERBOSITY_USER_ALL: i64 = 223;
    pub const MPI_T_VERBOSITY_TUNER_BASIC: i64 = 224;
    pub const MPI_T_VERBOSITY_TUNER_DETAIL: i64 = 225;
    pub const MPI_T_VERBOSITY_TUNER_ALL: i64 = 226;
    pub const MPI_T_VERBOSITY_MPIDEV_BASIC: i64 = 227;
    pub const MPI_T_VERBOSITY_MPIDEV_DETAIL: i64 = 228;
    pub const MPI_T_VERBOSITY_MPIDEV_ALL: i64 = 229;
    pub const MPI_T_VERBOSITY_INVALID: i64 = 0;
    pub const MPI_CART: i64 = 2;
    pub const MPI_GRAPH: i64 = 1;
    pub const MPI_DIST_GRAPH: i64 = 3;
    pub const MPI_WIN_FLAVOR_CREATE: i64 = 1;
    pub const MPI_WIN_FLAVOR_ALLOCATE: i64 = 2;
    pub const MPI_WIN_FLAVOR_DYNAMIC: i64 = 3;
    pub const MPI_WIN_FLAVOR_SHARED: i64 = 4;
    pub const MPI_LOCK_EXCLUSIVE: i64 = 234;
    pub const MPI_LOCK_SHARED: i64 = 235;
    pub const MPI_WIN_UNIFIED: i64 = 2;
    pub const MPI_WIN_SEPARATE: i64 = 1;
    pub const MPIR_ERRORS_THROW_EXCEPTIONS: i64 = 1409286146;
    pub const QMPI_MAX_TOOL_NAME_LENGTH: i64 = 256;
    pub const ROMIO_VERSION: i64 = 126;
    pub const MPI_LB: i64 = 1275068432;
    pub const MPI_UB: i64 = 1275068433;

    /// Handle and name of every predefined datatype.
    pub const DATATYPES: &[(i64, &str)] = &[
        (1275072546, "MPI_DOUBLE_COMPLEX"),
        (1275068743, "MPI_LOGICAL1"),
        (1275068717, "MPI_INTEGER1"),
        (1275069000, "MPI_LOGICAL2"),
        (1275068975, "MPI_INTEGER2"),
        (1275068966, "MPI_REAL2"),
        (1275069513, "MPI_LOGICAL4"),
        (1275069488, "MPI_INTEGER4"),
        (1275069479, "MPI_REAL4"),
        (1275069486, "MPI_COMPLEX4"),
        (1275070538, "MPI_LOGICAL8"),
        (1275070513, "MPI_INTEGER8"),
        (1275070505, "MPI_REAL8"),
        (1275070504, "MPI_COMPLEX8"),
        (1275072587, "MPI_LOGICAL16"),
        (1275072562, "MPI_INTEGER16"),
        (1275072555, "MPI_REAL16"),
        (1275072554, "MPI_COMPLEX16"),
        (1275076652, "MPI_COMPLEX32"),
        (1275070531, "MPI_AINT"),
        (1275070533, "MPI_COUNT"),
        (1275070532, "MPI_OFFSET"),
        (1275068687, "MPI_PACKED"),
        (1275068931, "MPI_SHORT"),
        (1275069445, "MPI_INT"),
        (1275070471, "MPI_LONG"),
        (1275070473, "MPI_LONG_LONG"),
        (1275070473, "MPI_LONG_LONG_INT"),
        (1275068932, "MPI_UNSIGNED_SHORT"),
        (1275069446, "MPI_UNSIGNED"),
        (1275070472, "MPI_UNSIGNED_LONG"),
        (1275070489, "MPI_UNSIGNED_LONG_LONG"),
        (1275069450, "MPI_FLOAT"),
        (1275070528, "MPI_C_COMPLEX"),
        (1275070528, "MPI_C_FLOAT_COMPLEX"),
        (1275070516, "MPI_CXX_FLOAT_COMPLEX"),
        (1275070475, "MPI_DOUBLE"),
        (1275072577, "MPI_C_DOUBLE_COMPLEX"),
        (1275072565, "MPI_CXX_DOUBLE_COMPLEX"),
        (1275069469, "MPI_LOGICAL"),
        (1275069467, "MPI_INTEGER"),
        (1275069468, "MPI_REAL"),
        (1275070494, "MPI_COMPLEX"),
        (1275070495, "MPI_DOUBLE_PRECISION"),
        (1275068698, "MPI_CHARACTER"),
        (1275072524, "MPI_LONG_DOUBLE"),
        (1275076674, "MPI_C_LONG_DOUBLE_COMPLEX"),
        (1275076662, "MPI_CXX_LONG_DOUBLE_COMPLEX"),
        (1275068735, "MPI_C_BOOL"),
        (1275068723, "MPI_CXX_BOOL"),
        (1275069454, "MPI_WCHAR"),
        (1275068727, "MPI_INT8_T"),
        (1275068731, "MPI_UINT8_T"),
        (1275068673, "MPI_CHAR"),
        (1275068696, "MPI_SIGNED_CHAR"),
        (1275068674, "MPI_UNSIGNED_CHAR"),
        (1275068685, "MPI_BYTE"),
        (1275068984, "MPI_INT16_T"),
        (1275068988, "MPI_UINT16_T"),
        (1275069497, "MPI_INT32_T"),
        (1275069501, "MPI_UINT32_T"),
        (1275070522, "MPI_INT64_T"),
        (1275070526, "MPI_UINT64_T"),
        (2348810240, "MPI_FLOAT_INT"),
        (2348810241, "MPI_DOUBLE_INT"),
        (2348810242, "MPI_LONG_INT"),
        (1275070486, "MPI_2INT"),
        (2348810243, "MPI_SHORT_INT"),
        (2348810244, "MPI_LONG_DOUBLE_INT"),
        (1275070497, "MPI_2REAL"),
        (1275072547, "MPI_2DOUBLE_PRECISION"),
        (1275070496, "MPI_2INTEGER"),
        (1275068432, "MPI_LB"),
        (1275068433, "MPI_UB"),
    ];
}

/// Pairs of (standard, MPICH) values.
pub const COMPARISONS: &[(i32, i32)] = &[(201, 0), (202, 1), (203, 2), (204, 3)];

/// Pairs of (standard, MPICH) values.
pub const SPLIT_TYPES: &[(i32, i32)] = &[(221, 1), (222, 3), (223, 2), (224, 4)];

/// Pairs of (standard, MPICH) values.
pub const COMBINERS: &[(i32, i32)] = &[
    (101, 1),
    (102, 2),
    (103, 3),
    (104, 4),
    (105, 6),
    (106, 7),
    (107, 9),
    (108, 10),
    (109, 19),
    (110, 12),
    (111, 13),
    (112, 14),
    (113, 15),
    (114, 16),
    (115, 17),
    (116, 18),
    (117, 20),
];

/// Pairs of (standard, MPICH) values.
pub const ERROR_CLASSES: &[(i32, i32)] = &[
    (0, 0),
    (1, 1),
    (2, 2),
    (3, 3),
    (4, 4),
    (5, 5),
    (6, 6),
    (7, 19),
    (8, 7),
    (9, 8),
    (10, 9),
    (11, 10),
    (12, 11),
    (13, 12),
    (14, 13),
    (15, 14),
    (16, 15),
    (17, 16),
    (18, 18),
    (19, 17),
    (20, 20),
    (21, 21),
    (22, 53),
    (23, 22),
    (24, 46),
    (25, 23),
    (26, 52),
    (27, 24),
    (28, 25),
    (29, 26),
    (30, 27),
    (31, 29),
    (32, 31),
    (33, 30),
    (34, 28),
    (35, 32),
    (36, 48),
    (37, 47),
    (38, 33),
    (39, 34),
    (40, 35),
    (41, 36),
    (42, 37),
    (43, 38),
    (44, 39),
    (45, 40),
    (46, 56),
    (47, 49),
    (48, 55),
    (49, 57),
    (50, 50),
    (51, 41),
    (52, 51),
    (53, 42),
    (54, 43),
    (55, 44),
    (56, 45),
    (57, 58),
    (58, 76),
    (59, 77),
    (60, 75),
    (61, 80),
    (62, 81),
    (1001, 61),
    (1002, 79),
    (1003, 60),
    (1004, 78),
    (1005, 59),
    (1006, 74),
    (1007, 62),
    (1008, 63),
    (1009, 67),
    (1010, 64),
    (1011, 73),
    (1012, 65),
    (1013, 66),
    (1014, 68),
    (1015, 69),
    (1016, 71),
    (1017, 70),
    (1018, 72),
    (16383, 1073741823),
];

/// Pairs of (standard, MPICH) values.
pub const TYPE_CLASSES: &[(i32, i32)] = &[(192, 2), (193, 1), (194, 3)];

/// Pairs of (standard, MPICH) values.
pub const DISTRIBUTIONS: &[(i32, i32)] = &[(12, 56), (15, 57), (16, 123), (17, 121), (18, 122), (19, -49767)];

/// Pairs of (standard, MPICH) values.
pub const SEEKS: &[(i32, i32)] = &[(401, 602), (402, 604), (403, 600)];

/// Pairs of (standard, MPICH) values.
pub const MODES: &[(i32, i32)] = &[
    (1, 128),
    (2, 1),
    (4, 16),
    (8, 64),
    (16, 2),
    (32, 8),
    (64, 256),
    (128, 32),
    (256, 4),
    (1024, 1024),
    (2048, 8192),
    (4096, 4096),
    (8192, 2048),
    (16384, 16384),
];

/// Pairs of (standard, MPICH) values.
pub const THREAD_LEVELS: &[(i32, i32)] = &[(0, 0), (1024, 1), (2048, 2), (4096, 3)];

/// Pairs of (standard, MPICH) values.
pub const TOPOLOGIES: &[(i32, i32)] = &[(211, 2), (212, 1), (213, 3)];

/// Pairs of (standard, MPICH) values.
pub const WIN_FLAVORS: &[(i32, i32)] = &[(311, 1), (312, 2), (313, 3), (314, 4)];

/// Pairs of (standard, MPICH) values.
pub const LOCK_TYPES: &[(i32, i32)] = &[(301, 234), (302, 235)];

/// Pairs of (standard, MPICH) values.
pub const WIN_MODELS: &[(i32, i32)] = &[(321, 2), (322, 1)];

/// Pairs of (standard, MPICH) values.
pub const KEYVALS: &[(i32, i32)] = &[
    (0, 603979776),
    (501, 1681915905),
    (502, 1681915909),
    (503, 1681915907),
    (504, 1681915911),
    (505, 1681915917),
    (506, 1681915915),
    (507, 1681915913),
    (601, 1711276033),
    (602, 1711276037),
    (603, 1711276035),
    (604, 1711276039),
    (605, 1711276041),
];
