//! A drawing as an enhanced metafile: the same marks as records that every word processor plays back.

use jcm_doc::{Anchor, Drawing, Mark, Point};

/// Units of the metafile in a point, so that thin strokes stay thin.
const UNITS: i32 = 20;
/// Hundredths of a millimetre in 20 points' units: a point is 35.28 of them.
const HUNDREDTHS: (i32, i32) = (3528, 100);

/// The drawing as the bytes of an `.emf` file.
pub(crate) fn metafile(drawing: &Drawing) -> Vec<u8> {
    let mut records = Records::default();
    records.set_up(drawing);
    for mark in &drawing.marks {
        records.mark(mark);
    }
    records.record(14, &[0, 16, 20]);
    records.with_header(drawing)
}

/// What areas are filled with, by the number that every system knows it by.
#[derive(Debug, Clone, Copy)]
enum Ground {
    White = 0,
    Black = 4,
    Clear = 5,
}

#[derive(Debug, Default)]
struct Records {
    bytes: Vec<u8>,
    count: u32,
    objects: u32,
}

impl Records {
    /// A record: its kind, its size, its fields.
    fn record(&mut self, kind: u32, fields: &[i32]) {
        let mut body = Vec::new();
        fields.iter().for_each(|field| body.extend_from_slice(&field.to_le_bytes()));
        self.raw(kind, &body);
    }

    fn raw(&mut self, kind: u32, body: &[u8]) {
        let padding = body.len().wrapping_neg() % 4;
        let size = u32::try_from(body.len() + padding + 8).unwrap_or(8);
        self.bytes.extend_from_slice(&kind.to_le_bytes());
        self.bytes.extend_from_slice(&size.to_le_bytes());
        self.bytes.extend_from_slice(body);
        self.bytes.extend(std::iter::repeat_n(0, padding));
        self.count += 1;
    }

    /// Units, a clear ground behind words, and the grey brush, which is object 1.
    fn set_up(&mut self, drawing: &Drawing) {
        // Anisotropic: the window is stretched to the whole of the picture.
        self.record(17, &[8]);
        self.record(10, &[0, 0]);
        self.record(9, &[drawing.width * UNITS, drawing.height * UNITS]);
        self.record(12, &[0, 0]);
        self.record(11, &[drawing.width * UNITS, drawing.height * UNITS]);
        self.record(18, &[1]);
        // Words stand on their line.
        self.record(22, &[24]);
        self.record(39, &[1, 0, 0x00e8_e8e8, 0]);
        self.objects = 1;
    }

    fn mark(&mut self, mark: &Mark) {
        match mark {
            Mark::Path { points, weight, dashed, arrow } => {
                self.with_pen(*weight * UNITS / 10, *dashed, |records| records.points(4, points));
                if let Some(head) = jcm_doc::head_of(points).filter(|_| *arrow) {
                    self.fixed(Ground::Black);
                    self.with_pen(1, false, |records| records.points(3, &head));
                }
            }
            Mark::Box { at, width, height, shaded, round } => {
                match shaded {
                    true => self.record(37, &[1]),
                    false => self.fixed(Ground::White),
                }
                let far = Point { x: at.x + width, y: at.y + height };
                let edges = [at.x, at.y, far.x, far.y].map(|edge| edge * UNITS);
                let corner = if *round { 12 * UNITS } else { 0 };
                let rounded: Vec<i32> = edges.into_iter().chain([corner, corner]).collect();
                self.with_pen(UNITS, false, |records| match round {
                    true => records.record(44, &rounded),
                    false => records.record(43, &edges),
                });
            }
            Mark::Dot { at, filled } => {
                self.fixed(if *filled { Ground::Black } else { Ground::White });
                let edges = [at.x - 3, at.y - 3, at.x + 3, at.y + 3].map(|edge| edge * UNITS);
                self.with_pen(UNITS, false, |records| records.record(42, &edges));
            }
            Mark::Words { at, anchor, size, bold, text } => self.words(*at, *anchor, *size, *bold, text),
        }
        self.fixed(Ground::Clear);
    }

    /// Chooses an object that every system has.
    fn fixed(&mut self, object: Ground) {
        self.record(37, &[i32::MIN + object as i32]);
    }

    /// Makes a pen, draws with it and takes it away.
    fn with_pen(&mut self, width: i32, dashed: bool, draw: impl FnOnce(&mut Records)) {
        self.record(38, &[2, i32::from(dashed), width, 0, 0]);
        self.record(37, &[2]);
        draw(self);
        self.record(40, &[2]);
        self.objects = self.objects.max(2);
    }

    fn points(&mut self, kind: u32, points: &[Point]) {
        let across = |of: fn(&Point) -> i32| points.iter().map(of);
        let ends = [
            across(|point| point.x).min(),
            across(|point| point.y).min(),
            across(|point| point.x).max(),
            across(|point| point.y).max(),
        ];
        let mut fields: Vec<i32> = ends.into_iter().map(|end| end.unwrap_or(0) * UNITS).collect();
        fields.push(i32::try_from(points.len()).unwrap_or(0));
        fields.extend(points.iter().flat_map(|point| [point.x * UNITS, point.y * UNITS]));
        self.record(kind, &fields);
    }

    fn words(&mut self, at: Point, anchor: Anchor, size: i32, bold: bool, text: &str) {
        let mut font = Vec::new();
        let weight = if bold { 700 } else { 400 };
        for field in [3, -size * UNITS, 0, 0, 0, weight] {
            font.extend_from_slice(&i32::to_le_bytes(field));
        }
        font.extend_from_slice(&[0, 0, 0, 1, 0, 0, 0, 0]);
        let mut face = wide("Arial");
        face.resize(64, 0);
        font.extend_from_slice(&face);
        // The rest of the long form of a font: names and marks that are left empty.
        font.resize(4 + 320, 0);
        self.raw(82, &font);
        self.record(37, &[3]);
        self.objects = self.objects.max(3);
        let aligned = match anchor {
            Anchor::Start => 24,
            Anchor::Middle => 24 + 6,
            Anchor::End => 24 + 2,
        };
        self.record(22, &[aligned]);
        let letters = wide(text);
        let count = i32::try_from(letters.len() / 2).unwrap_or(0);
        let mut body = Vec::new();
        let (x, y) = (at.x * UNITS, at.y * UNITS);
        // Bounds, mode, scale, place, length, where the letters begin, no options, no clipping, no distances.
        for field in [0, 0, -1, -1, 2, 0x3f80_0000, 0x3f80_0000, x, y, count, 76, 0, 0, 0, -1, -1, 0] {
            body.extend_from_slice(&i32::to_le_bytes(field));
        }
        body.extend_from_slice(&letters);
        self.raw(84, &body);
        self.record(40, &[3]);
    }

    /// The whole file: the header knows how much comes after it.
    fn with_header(self, drawing: &Drawing) -> Vec<u8> {
        const SIZE: usize = 88;
        let total = u32::try_from(self.bytes.len() + SIZE).unwrap_or(0);
        let millimetres = |points: i32| points * HUNDREDTHS.0 / HUNDREDTHS.1;
        let mut head = Vec::new();
        let mut put = |field: i32| head.extend_from_slice(&field.to_le_bytes());
        [1, 88].into_iter().for_each(&mut put);
        [0, 0, drawing.width * UNITS, drawing.height * UNITS].into_iter().for_each(&mut put);
        [0, 0, millimetres(drawing.width), millimetres(drawing.height)].into_iter().for_each(&mut put);
        // " EMF", the version of the form.
        [0x464d_4520, 0x0001_0000].into_iter().for_each(&mut put);
        head.extend_from_slice(&total.to_le_bytes());
        head.extend_from_slice(&(self.count + 1).to_le_bytes());
        head.extend_from_slice(&u16::try_from(self.objects + 1).unwrap_or(4).to_le_bytes());
        head.extend_from_slice(&[0, 0]);
        let mut put = |field: i32| head.extend_from_slice(&field.to_le_bytes());
        [0, 0, 0].into_iter().for_each(&mut put);
        // A device of 1440 units to the inch: in units, and in millimetres.
        [14_400, 14_400, 254, 254].into_iter().for_each(&mut put);
        head.extend_from_slice(&self.bytes);
        head
    }
}

/// A text as UTF-16.
fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_records_fill_the_file_and_the_header_counts_them() {
        let mut drawing = Drawing { width: 100, height: 50, marks: Vec::new() };
        let at = Point { x: 10, y: 10 };
        drawing.marks.push(Mark::Words {
            at,
            anchor: Anchor::Middle,
            size: 9,
            bold: true,
            text: "£5 👩".into(),
        });
        drawing.marks.push(Mark::Box { at, width: 30, height: 20, shaded: true, round: true });
        let bytes = metafile(&drawing);
        let field = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap());
        assert_eq!(usize::try_from(field(48)).unwrap(), bytes.len());
        let (mut at, mut count, mut last) = (0, 0, 0);
        while at < bytes.len() {
            last = field(at);
            at += usize::try_from(field(at + 4)).unwrap();
            count += 1;
        }
        assert_eq!((at, count, last), (bytes.len(), field(52), 14));
    }
}
