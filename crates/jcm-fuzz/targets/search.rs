//! The search, guided by which parts of the program an input reaches: `JCM_PROMISE` says which promise is tried.
#![no_main]

use jcm_fuzz::Promise;
use std::sync::LazyLock;

static PROMISE: LazyLock<Promise> = LazyLock::new(|| {
    let name = std::env::var("JCM_PROMISE").unwrap_or_default();
    Promise::ALL.into_iter().find(|promise| promise.name() == name).unwrap_or(Promise::Parse)
});

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| PROMISE.keep(bytes));
