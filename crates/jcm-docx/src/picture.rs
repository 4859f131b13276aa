//! Drawings in a Word document: as SVG, which Word sets since 2016, and as a metafile for everything that is older.

use crate::emf;
use crate::runs::{Look, Writer};
use jcm_doc::{Block, Document, Drawing, Picture, Revision};

const DRAWING: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
const PICTURE: &str = "http://schemas.openxmlformats.org/drawingml/2006/picture";
const PLACED: &str = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing";
const SVG: &str = "http://schemas.microsoft.com/office/drawing/2016/SVG/main";
/// The sign by which Word knows that a picture has another form.
const HAS_SVG: &str = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}";
/// English metric units in a point.
const POINT: i32 = 12_700;
/// The relationships before these belong to the parts that every document has.
const FIRST: usize = 100;

/// The pictures of a document in their order: `(name of the part, bytes)`.
pub(crate) fn parts(document: &Document) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    document.blocks.iter().for_each(|block| gather(block, &mut all));
    let mut parts = Vec::new();
    for (number, picture) in (1usize..).zip(all) {
        parts.push((format!("word/media/picture{number}.svg"), picture.svg().into_bytes()));
        parts.push((format!("word/media/picture{number}.emf"), emf::metafile(&picture.drawing)));
    }
    parts
}

/// The relationships of the document part, with those of its pictures.
pub(crate) fn relationships(fixed: &str, count: usize) -> String {
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image";
    let mut own = String::new();
    for number in 1..=count {
        for (place, form) in (0usize..).zip(["emf", "svg"]) {
            let id = id(number, place);
            own.push_str(&format!(
                "<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"media/picture{number}.{form}\"/>\n"
            ));
        }
    }
    fixed.replace("</Relationships>", &format!("{own}</Relationships>"))
}

fn gather<'d>(block: &'d Block, all: &mut Vec<&'d Picture>) {
    match block {
        Block::Section(section) => section.blocks.iter().for_each(|block| gather(block, all)),
        Block::Revised(_, block) => gather(block, all),
        Block::Picture(picture) => {
            all.extend(picture.former_drawing());
            all.push(picture);
        }
        _ => {}
    }
}

fn id(number: usize, place: usize) -> String {
    format!("rId{}", FIRST + number * 2 + place)
}

/// A picture with its caption. `count` is how many drawings there were so far.
pub(crate) fn picture(writer: &mut Writer, picture: &Picture, count: &mut usize, revision: Option<Revision>) {
    writer.paragraph("Picture", revision, |writer| {
        let mut draw = |own: &Picture, revision| {
            *count += 1;
            writer.tracked(revision, |writer| {
                writer.element("w:r", &[], |writer| {
                    writer.element("w:drawing", &[], |writer| inline(writer, own, *count));
                });
            });
        };
        match picture.former_drawing() {
            Some(former) => {
                draw(former, revision.or(Some(Revision::Deleted)));
                draw(picture, revision.or(Some(Revision::Inserted)));
            }
            None => draw(picture, revision),
        }
    });
    writer.paragraph("PictureCaption", revision, |writer| {
        writer.run(&picture.title, Look::Strong, revision);
        let mut note = |note: &str, revision| {
            if !note.is_empty() {
                writer.run(&format!(" {note}"), Look::Plain, revision);
            }
        };
        match &picture.former {
            Some(former) if former.note != picture.note => {
                note(&former.note, revision.or(Some(Revision::Deleted)));
                note(&picture.note, revision.or(Some(Revision::Inserted)));
            }
            _ => note(&picture.note, revision),
        }
    });
}

fn inline(writer: &mut Writer, picture: &Picture, number: usize) {
    let Drawing { width, height, .. } = picture.drawing;
    let size = [("cx", (width * POINT).to_string()), ("cy", (height * POINT).to_string())];
    let size: Vec<(&str, &str)> = size.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let number_text = number.to_string();
    let said = format!("{} {}", picture.note, picture.description);
    let named = [("id", number_text.as_str()), ("name", picture.title.as_str()), ("descr", said.trim())];
    let none = [("distT", "0"), ("distB", "0"), ("distL", "0"), ("distR", "0")];
    let xml = &mut writer.xml;
    let attributes: Vec<(&str, &str)> = [("xmlns:wp", PLACED)].into_iter().chain(none).collect();
    xml.element("wp:inline", &attributes, |xml| {
        xml.empty("wp:extent", &size);
        xml.empty("wp:docPr", &named);
        xml.element("a:graphic", &[("xmlns:a", DRAWING)], |xml| {
            xml.element("a:graphicData", &[("uri", PICTURE)], |xml| {
                xml.element("pic:pic", &[("xmlns:pic", PICTURE)], |xml| {
                    xml.element("pic:nvPicPr", &[], |xml| {
                        xml.empty("pic:cNvPr", &named);
                        xml.empty("pic:cNvPicPr", &[]);
                    });
                    xml.element("pic:blipFill", &[], |xml| {
                        xml.element("a:blip", &[("r:embed", &id(number, 0))], |xml| {
                            xml.element("a:extLst", &[], |xml| {
                                xml.element("a:ext", &[("uri", HAS_SVG)], |xml| {
                                    let svg = [("xmlns:asvg", SVG), ("r:embed", &id(number, 1))];
                                    xml.empty("asvg:svgBlip", &svg);
                                });
                            });
                        });
                        xml.element("a:stretch", &[], |xml| xml.empty("a:fillRect", &[]));
                    });
                    xml.element("pic:spPr", &[], |xml| {
                        xml.element("a:xfrm", &[], |xml| {
                            xml.empty("a:off", &[("x", "0"), ("y", "0")]);
                            xml.empty("a:ext", &size);
                        });
                        xml.element("a:prstGeom", &[("prst", "rect")], |xml| xml.empty("a:avLst", &[]));
                    });
                });
            });
        });
    });
}
