//! Where one text differs from an earlier one.

/// The one place outside of which two texts are the same.
pub(crate) struct Change {
    /// Where it begins, in both.
    pub(crate) start: usize,
    /// Where it ends in the earlier text.
    pub(crate) end: usize,
    earlier: usize,
    now: usize,
}

impl Change {
    /// The smallest such place; of equal texts, the empty one at their end.
    pub(crate) fn between(earlier: &str, now: &str) -> Self {
        let same = |(a, b): &(u8, u8)| a == b;
        let start = earlier.bytes().zip(now.bytes()).take_while(same).count();
        let most = earlier.len().min(now.len()).saturating_sub(start);
        let after = earlier.bytes().rev().zip(now.bytes().rev()).take(most).take_while(same).count();
        Self { start, end: earlier.len().saturating_sub(after), earlier: earlier.len(), now: now.len() }
    }

    /// Where a place of the earlier text is now, if it lies behind the change.
    pub(crate) fn put(&self, at: usize) -> Option<usize> {
        let rest = self.earlier.checked_sub(at).filter(|_| at >= self.end)?;
        self.now.checked_sub(rest)
    }
}
