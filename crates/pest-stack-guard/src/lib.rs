//! How much stack is left, in place of the crate of this name that pest asks at every rule.
//!
//! That one asks the processor for the stack's pointer and a table of threads for its end, each by a call: a quarter of the
//! time of parsing. Here the end is asked for once for each thread, and the place of a local value stands for the pointer.

use std::cell::Cell;

thread_local! {
    /// Where the stack of this thread ends, once it is known.
    static END: Cell<usize> = const { Cell::new(0) };
}

/// The bytes of stack that are left to this thread, or `None` where nobody knows. Nothing here runs on a stack that it
/// made itself, so that the end stays where it is.
#[inline]
pub fn remaining_stack() -> Option<usize> {
    let here = 0_u8;
    let here = std::ptr::from_ref(&here).addr();
    let known = END.get();
    if known != 0 { Some(here.saturating_sub(known)) } else { first(here) }
}

/// Asks for the end of the stack, and keeps it.
#[cold]
#[inline(never)]
fn first(here: usize) -> Option<usize> {
    let left = left()?;
    END.set(here.saturating_sub(left));
    Some(left)
}

#[cfg(any(unix, windows))]
fn left() -> Option<usize> {
    stacker::remaining_stack()
}

#[cfg(not(any(unix, windows)))]
fn left() -> Option<usize> {
    None
}

#[cfg(test)]
mod tests {
    use super::remaining_stack;

    #[test]
    fn what_is_left_grows_less_the_deeper_a_thread_is() {
        fn deeper(levels: usize) -> Option<usize> {
            let room = std::hint::black_box([0_u8; 1024]);
            let left = if levels == 0 { remaining_stack() } else { deeper(levels.saturating_sub(1)) };
            std::hint::black_box(room);
            left
        }
        let on_a_thread = || {
            let above = remaining_stack()?;
            let below = deeper(100)?;
            Some((above, below, stacker::remaining_stack()?))
        };
        let thread = std::thread::Builder::new().stack_size(1024 * 1024).spawn(on_a_thread);
        let told = thread.ok().and_then(|thread| thread.join().ok()).flatten();
        assert!(told.is_some_and(|(above, below, known)| {
            below.saturating_add(100 * 1024) <= above && above <= 1100 * 1024 && above.abs_diff(known) < 4096
        }));
    }
}
