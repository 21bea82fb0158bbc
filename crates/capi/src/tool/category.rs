//! Categories (MPI-5.0 section 15.3.9).

use core::ffi::{c_char, c_int};

use engine::tool::category::{CATEGORIES, Category};

use super::{find, finish, give, put, put_indices, put_text, row, with};
use crate::abi::Abi;

/// `MPI_T_category_get_num`.
///
/// # Safety
/// `num_cat` may be written.
pub unsafe fn t_category_get_num<A: Abi>(num_cat: *mut c_int) -> c_int {
    // SAFETY: the caller's promise.
    finish::<A>(with(|_| unsafe { give(num_cat, CATEGORIES.len() as c_int) }))
}

/// `MPI_T_category_get_info`.
///
/// # Safety
/// Results are null or may be written; texts have as many bytes as the lengths
/// beside them say.
pub unsafe fn t_category_get_info<A: Abi>(
    cat_index: c_int,
    name: *mut c_char,
    name_len: *mut c_int,
    desc: *mut c_char,
    desc_len: *mut c_int,
    num_cvars: *mut c_int,
    num_pvars: *mut c_int,
    num_categories: *mut c_int,
) -> c_int {
    finish::<A>(with(|_| {
        let category = row(CATEGORIES, cat_index, "categories")?;
        // SAFETY: the caller's promise.
        unsafe {
            put_text(category.name, name, name_len);
            put_text(category.about, desc, desc_len);
            put(num_cvars, category.settings().len() as c_int);
            put(num_pvars, category.variables().len() as c_int);
            put(num_categories, category.categories().len() as c_int);
        }
        Ok(())
    }))
}

/// `MPI_T_category_get_num_events`.
///
/// # Safety
/// `num_events` may be written.
pub unsafe fn t_category_get_num_events<A: Abi>(cat_index: c_int, num_events: *mut c_int) -> c_int {
    finish::<A>(with(|_| {
        let category = row(CATEGORIES, cat_index, "categories")?;
        // SAFETY: the caller's promise.
        unsafe { give(num_events, category.events().len() as c_int) }
    }))
}

/// `MPI_T_category_get_index`.
///
/// # Safety
/// `name` is a C string; `cat_index` may be written.
pub unsafe fn t_category_get_index<A: Abi>(name: *const c_char, cat_index: *mut c_int) -> c_int {
    finish::<A>(with(|_| {
        // SAFETY: the caller's promise.
        let index = unsafe { find(CATEGORIES.iter().map(|category| category.name), name)? };
        // SAFETY: the caller's promise.
        unsafe { give(cat_index, index) }
    }))
}

/// # Safety
/// `indices` is null or has `len` elements.
unsafe fn members<A: Abi>(
    cat_index: c_int,
    len: c_int,
    indices: *mut c_int,
    members: fn(&Category) -> Vec<usize>,
) -> c_int {
    finish::<A>(with(|_| {
        let category = row(CATEGORIES, cat_index, "categories")?;
        // SAFETY: the caller's promise.
        unsafe { put_indices(&members(category), len, indices) };
        Ok(())
    }))
}

/// `MPI_T_category_get_cvars`.
///
/// # Safety
/// `indices` is null or has `len` elements.
pub unsafe fn t_category_get_cvars<A: Abi>(cat_index: c_int, len: c_int, indices: *mut c_int) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { members::<A>(cat_index, len, indices, Category::settings) }
}

/// `MPI_T_category_get_pvars`.
///
/// # Safety
/// `indices` is null or has `len` elements.
pub unsafe fn t_category_get_pvars<A: Abi>(cat_index: c_int, len: c_int, indices: *mut c_int) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { members::<A>(cat_index, len, indices, Category::variables) }
}

/// `MPI_T_category_get_events`.
///
/// # Safety
/// `indices` is null or has `len` elements.
pub unsafe fn t_category_get_events<A: Abi>(cat_index: c_int, len: c_int, indices: *mut c_int) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { members::<A>(cat_index, len, indices, Category::events) }
}

/// `MPI_T_category_get_categories`.
///
/// # Safety
/// `indices` is null or has `len` elements.
pub unsafe fn t_category_get_categories<A: Abi>(cat_index: c_int, len: c_int, indices: *mut c_int) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { members::<A>(cat_index, len, indices, Category::categories) }
}

/// `MPI_T_category_changed`: nothing is ever added.
///
/// # Safety
/// `update_number` may be written.
pub unsafe fn t_category_changed<A: Abi>(update_number: *mut c_int) -> c_int {
    // SAFETY: the caller's promise.
    finish::<A>(with(|_| unsafe { give(update_number, 0) }))
}
