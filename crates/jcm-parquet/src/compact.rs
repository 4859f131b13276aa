//! The compact protocol of Thrift, in which Parquet writes its metadata: numbered fields of a few kinds.

/// A structure as it is written: each field after the one before, with a higher number.
#[derive(Debug, Default)]
pub(crate) struct Struct {
    bytes: Vec<u8>,
    last: u8,
}

/// What an element of a list is.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    Number = 5,
    Text = 8,
    Struct = 12,
}

const LONG: u8 = 6;
const LIST: u8 = 9;

impl Struct {
    fn field(&mut self, number: u8, kind: u8) {
        // A field is told by how far its number lies from that of the one before.
        self.bytes.push(number.saturating_sub(self.last) << 4 | kind);
        self.last = number;
    }

    pub(crate) fn number(mut self, number: u8, value: i32) -> Struct {
        self.field(number, Kind::Number as u8);
        self.bytes.extend(signed(i64::from(value)));
        self
    }

    pub(crate) fn long(mut self, number: u8, value: usize) -> Struct {
        self.field(number, LONG);
        self.bytes.extend(signed(i64::try_from(value).unwrap_or(i64::MAX)));
        self
    }

    pub(crate) fn text(mut self, number: u8, value: &str) -> Struct {
        self.field(number, Kind::Text as u8);
        self.bytes.extend(text(value));
        self
    }

    pub(crate) fn inner(mut self, number: u8, value: Struct) -> Struct {
        self.field(number, Kind::Struct as u8);
        self.bytes.extend(value.done());
        self
    }

    /// A list of elements that are written already.
    pub(crate) fn list(mut self, number: u8, of: Kind, elements: &[Vec<u8>]) -> Struct {
        self.field(number, LIST);
        let of = of as u8;
        match u8::try_from(elements.len()) {
            Ok(few) if few < 15 => self.bytes.push(few << 4 | of),
            _ => {
                self.bytes.push(0xf0 | of);
                self.bytes.extend(varint(elements.len() as u64));
            }
        }
        self.bytes.extend(elements.iter().flatten());
        self
    }

    pub(crate) fn done(mut self) -> Vec<u8> {
        self.bytes.push(0);
        self.bytes
    }
}

/// A text by itself, with its length before it.
pub(crate) fn text(value: &str) -> Vec<u8> {
    let mut bytes = varint(value.len() as u64);
    bytes.extend(value.bytes());
    bytes
}

/// A number that may be below nothing: small ones are short.
pub(crate) fn signed(value: i64) -> Vec<u8> {
    varint((value << 1 ^ value >> 63).cast_unsigned())
}

/// Seven bits in each byte, the lowest first; the highest bit says that there is more.
pub(crate) fn varint(mut value: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let low = u8::try_from(value & 0x7f).unwrap_or(0);
        value >>= 7;
        if value == 0 {
            bytes.push(low);
            return bytes;
        }
        bytes.push(low | 0x80);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_the_protocol_writes_them() {
        assert_eq!(varint(300), [0xac, 0x02]);
        assert_eq!(signed(-1), [0x01]);
        assert_eq!(signed(1), [0x02]);
        assert_eq!(signed(i64::MIN).len(), 10);
    }

    #[test]
    fn fields_are_told_by_their_distance() {
        let written = Struct::default().number(1, 1).text(4, "ab").done();
        assert_eq!(written, [0x15, 0x02, 0x38, 0x02, b'a', b'b', 0]);
    }
}
