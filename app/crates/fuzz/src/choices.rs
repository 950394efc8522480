//! Bytes as a row of choices.

/// A row of choices; when it is used up, each is the first.
pub(crate) struct Choices<'a> {
    bytes: std::slice::Iter<'a, u8>,
}

impl<'a> Choices<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes: bytes.iter() }
    }

    /// Whether choices are left.
    pub(crate) fn are_left(&self) -> bool {
        self.bytes.len() > 0
    }

    /// A number below a limit, or 0 for a limit of 0. Letters and digits count from 0, so that inputs can be written.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        let byte = self.bytes.next().copied().unwrap_or(b'0');
        let number = match byte {
            b'0'..=b'9' => byte - b'0',
            b'a'..=b'z' => byte - b'a' + 10,
            other => other,
        };
        usize::from(number) % limit.max(1)
    }

    pub(crate) fn pick<'t, T>(&mut self, from: &'t [T]) -> Option<&'t T> {
        from.get(self.below(from.len()))
    }
}
