//! Every page of `tests/reference/errors`. Written by `JCM_BLESS=1 cargo test -p jcm-cli`.

use super::Page;

#[rustfmt::skip]
pub(super) const PAGES: &[Page] = &[
    Page { code: "E0701", text: include_str!("../../../../../tests/reference/errors/E0701.md") },
    Page { code: "E0702", text: include_str!("../../../../../tests/reference/errors/E0702.md") },
    Page { code: "E0703", text: include_str!("../../../../../tests/reference/errors/E0703.md") },
    Page { code: "E0704", text: include_str!("../../../../../tests/reference/errors/E0704.md") },
    Page { code: "E0705", text: include_str!("../../../../../tests/reference/errors/E0705.md") },
    Page { code: "E0706", text: include_str!("../../../../../tests/reference/errors/E0706.md") },
    Page { code: "E0707", text: include_str!("../../../../../tests/reference/errors/E0707.md") },
    Page { code: "E0708", text: include_str!("../../../../../tests/reference/errors/E0708.md") },
    Page { code: "E0709", text: include_str!("../../../../../tests/reference/errors/E0709.md") },
    Page { code: "E0710", text: include_str!("../../../../../tests/reference/errors/E0710.md") },
    Page { code: "E0711", text: include_str!("../../../../../tests/reference/errors/E0711.md") },
    Page { code: "E0712", text: include_str!("../../../../../tests/reference/errors/E0712.md") },
    Page { code: "E0714", text: include_str!("../../../../../tests/reference/errors/E0714.md") },
];
