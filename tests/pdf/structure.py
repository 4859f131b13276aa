"""Holds PDFs to what PDF/A-2a and PDF/UA-1 ask of their structure, as far as a program can see it.

    python3 tests/pdf/structure.py FOLDER_OF_PACKAGES FILE.pdf...

`cargo xtask documents` calls it with the contracts of the examples. The writer of the PDF checks both standards as it
writes; this is a second opinion by another reader, pikepdf (qpdf), where the validators of the standards cannot be had.
"""

import io
import sys

sys.path.insert(0, sys.argv[1] if len(sys.argv) > 1 else "")

import pikepdf  # noqa: E402  the folder of packages comes with the command

HEADINGS = [f"/H{level}" for level in range(1, 7)]


def problems_of(pdf):
    """What is wrong with an open PDF, each as a line."""
    found = []
    root = pdf.Root
    found += [f"qpdf: {line}" for line in pdf.check_pdf_syntax()]
    if pdf.is_encrypted or "/Encrypt" in pdf.trailer:
        found.append("it is encrypted")
    if str(root.get("/Lang", "")) != "en-GB":
        found.append("it does not say its language")
    if not root.get("/MarkInfo", {}).get("/Marked", False):
        found.append("it does not say that it is tagged")
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):
        found.append("its window shows the name of the file and not the title")
    for name in ("/OpenAction", "/AA", "/AcroForm"):
        if name in root:
            found.append(f"it has {name}")
    for name in ("/JavaScript", "/EmbeddedFiles"):
        if name in root.get("/Names", {}):
            found.append(f"it has {name}")
    found += of_metadata(pdf)
    found += of_colours(root)
    found += of_tags(pdf)
    found += of_pages(pdf)
    found += of_outline(pdf)
    return found


def of_metadata(pdf):
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as said:
        wanted = {"pdfaid:part": "2", "pdfaid:conformance": "A", "pdfuaid:part": "1"}
        found = [f"{name} is {said.get(name)}" for name, value in wanted.items() if said.get(name) != value]
        if not str(said.get("dc:title", "")).strip():
            found.append("it has no title")
        return found


def of_colours(root):
    intents = list(root.get("/OutputIntents", []))
    if not any(one.get("/S") == "/GTS_PDFA1" and "/DestOutputProfile" in one for one in intents):
        return ["it does not say what its colours mean (OutputIntent)"]
    return []


def elements(node, above=()):
    """Every element of the tree of tags with what it stands in."""
    if not isinstance(node, pikepdf.Dictionary):
        return
    kind = node.get("/S")
    if kind is not None:
        yield node, above
        above = above + (str(kind),)
    children = node.get("/K")
    if isinstance(children, pikepdf.Array):
        for child in children:
            yield from elements(child, above)
    elif children is not None:
        yield from elements(children, above)


def of_tags(pdf):
    tree = pdf.Root.get("/StructTreeRoot")
    if tree is None:
        return ["it has no tree of tags"]
    found, kinds, level = [], set(), 0
    for element, above in elements(tree):
        kind = str(element.S)
        kinds.add(kind)
        if kind in HEADINGS:
            now = HEADINGS.index(kind) + 1
            if now > level + 1:
                found.append(f"a heading of level {now} follows one of level {level}")
            level = now
        if kind in ("/Figure", "/Formula") and not str(element.get("/Alt", element.get("/ActualText", ""))).strip():
            found.append(f"a {kind[1:].lower()} has no words for those who do not see it")
        if kind in ("/TH", "/TD") and "/TR" not in above:
            found.append(f"a {kind[1:]} stands in no row")
        if kind == "/TR" and "/Table" not in above:
            found.append("a row stands in no table")
        if kind == "/LI" and "/L" not in above:
            found.append("an item stands in no list")
        if kind == "/TH" and not has_scope(element):
            found.append("the head of a row or column does not say of which")
    missing = {"/H1", "/H2", "/P", "/Table", "/TR", "/TH", "/TD", "/Link", "/Figure"} - kinds
    found += [f"there is no {kind[1:]} among its tags" for kind in sorted(missing)]
    return found


def has_scope(element):
    said = element.get("/A", [])
    said = list(said) if isinstance(said, pikepdf.Array) else [said]
    return any(isinstance(one, pikepdf.Dictionary) and "/Scope" in one for one in said)


def of_pages(pdf):
    found, fonts = [], {}
    destinations = names_of(pdf)
    for number, page in enumerate(pdf.pages, 1):
        if "/StructParents" not in page:
            found.append(f"page {number} leads to no tags")
        if page.get("/Annots") and page.get("/Tabs") != "/S":
            found.append(f"page {number} does not say in which order its links come")
        for name, font in page.get("/Resources", {}).get("/Font", {}).items():
            fonts[font.objgen] = font
        found += [f"page {number}: {line}" for line in unmarked(page)]
        for link in page.get("/Annots", []):
            if link.get("/Subtype") != "/Link":
                found.append(f"page {number} has a {link.get('/Subtype')}")
            elif "/StructParent" not in link:
                found.append(f"page {number}: a link is not tagged")
            elif not str(link.get("/Contents", "")).strip():
                found.append(f"page {number}: a link does not say where it leads")
            elif not leads(link, destinations):
                found.append(f"page {number}: a link leads nowhere")
    for font in fonts.values():
        found += of_font(font)
    return found


def unmarked(page):
    """What is shown outside marked content is neither read aloud nor passed over."""
    depth = 0
    for operands, operator in pikepdf.parse_content_stream(page):
        operator = str(operator)
        if operator in ("BDC", "BMC"):
            depth += 1
        elif operator == "EMC":
            depth -= 1
        elif operator in ("Tj", "TJ", "'", '"', "S", "f", "f*", "B", "Do") and depth == 0:
            return [f"something is shown ({operator}) that has no tag"]
    return []


def of_font(font):
    name = str(font.get("/BaseFont", "a font"))
    found = []
    for own in [font, *font.get("/DescendantFonts", [])]:
        about = own.get("/FontDescriptor")
        if about is not None and not any(key in about for key in ("/FontFile", "/FontFile2", "/FontFile3")):
            found.append(f"{name} is not embedded")
    if "/ToUnicode" not in font:
        found.append(f"the letters of {name} cannot be read as text")
    return found


def names_of(pdf):
    tree = pdf.Root.get("/Names", {}).get("/Dests")
    names = set(pikepdf.NameTree(tree)) if tree is not None else set()
    return names | {str(name) for name in pdf.Root.get("/Dests", {}).keys()}


def leads(link, destinations):
    to = link.get("/Dest")
    action = link.get("/A")
    if to is None and action is not None:
        if action.get("/S") == "/URI":
            return True
        to = action.get("/D")
    if isinstance(to, pikepdf.Array):
        return len(to) > 0 and isinstance(to[0], pikepdf.Dictionary)
    return to is not None and str(to) in destinations


def of_outline(pdf):
    with pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
    return [] if len(titles) > 3 else [f"its bookmarks are {titles}"]


def broken(path):
    """The same file without some of what it needs, so that a check that finds nothing is known to be broken itself."""
    with pikepdf.open(path) as pdf:
        del pdf.Root["/Lang"]
        del pdf.Root["/MarkInfo"]
        del pdf.Root["/OutputIntents"]
        for element, _ in elements(pdf.Root.StructTreeRoot):
            if str(element.S) == "/Figure":
                for name in ("/Alt", "/ActualText"):
                    if name in element:
                        del element[name]
        bytes_ = io.BytesIO()
        pdf.save(bytes_)
    with pikepdf.open(bytes_) as pdf:
        return "\n".join(problems_of(pdf))


def main(paths):
    if not paths:
        print("usage: structure.py FOLDER_OF_PACKAGES FILE.pdf...", file=sys.stderr)
        return 2
    known = broken(paths[0])
    for wanted in ("language", "tagged", "OutputIntent", "a figure has no words"):
        if wanted not in known:
            print(f'the check does not find "{wanted}" in a file that has it', file=sys.stderr)
            return 1
    failed = 0
    for path in paths:
        with pikepdf.open(path) as pdf:
            found = problems_of(pdf)
        for line in sorted(set(found))[:20]:
            print(f"{path}: {line}")
        failed += len(found)
    print(f"{len(paths)} PDFs have the structure of PDF/A-2a and PDF/UA-1" if not failed else f"{failed} problems")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[2:]))
