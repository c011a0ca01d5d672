"""Decks for tests: a PPTX and a PDF made by hand, and some that nobody should open."""

import io
import zipfile
from collections.abc import Sequence

_PRESENTATION = "http://schemas.openxmlformats.org/presentationml/2006/main"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"

Pages = Sequence[tuple[str, Sequence[str]]]  # title, lines


def _slide(title: str, lines: Sequence[str], *, attributes: str = "") -> str:
    def shape(kind: str, paragraphs: Sequence[str]) -> str:
        text = "".join(f"<a:p><a:r><a:t>{words}</a:t></a:r></a:p>" for words in paragraphs)
        return f'<p:sp><p:nvSpPr><p:nvPr><p:ph type="{kind}"/></p:nvPr></p:nvSpPr><p:txBody>{text}</p:txBody></p:sp>'

    shapes = shape("title", [title]) + shape("body", lines)
    return (
        f'<p:sld xmlns:p="{_PRESENTATION}" xmlns:a="{_DRAWING}"{attributes}>'
        f"<p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:sld>"
    )


def pptx(pages: Pages, *, hidden: Sequence[int] = (), first: str = "") -> bytes:
    """Slides stored in an order that is not that of the show; `first` stands in place of the first slide's XML."""
    made = io.BytesIO()
    numbers = list(range(1, len(pages) + 1))
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        listed = "".join(f'<p:sldId id="{255 + n}" r:id="rId{n}"/>' for n in numbers)
        archive.writestr(
            "ppt/presentation.xml",
            f'<p:presentation xmlns:p="{_PRESENTATION}" xmlns:r="{_LINK}"><p:sldIdLst>{listed}</p:sldIdLst></p:presentation>',
        )
        links = "".join(
            f'<Relationship Id="rId{n}" Type="slide" Target="slides/slide{len(pages) - n + 1}.xml"/>' for n in numbers
        )
        archive.writestr(
            "ppt/_rels/presentation.xml.rels", f'<Relationships xmlns="{_PACKAGE}">{links}</Relationships>'
        )
        for number, (title, lines) in enumerate(pages):
            attributes = ' show="0"' if number in hidden else ""
            text = first if first and number == 0 else _slide(title, lines, attributes=attributes)
            archive.writestr(f"ppt/slides/slide{len(pages) - number}.xml", text)
    return made.getvalue()


CERTIFICATE = "/Encrypt << /Filter /Adobe.PubSec /SubFilter /adbe.pkcs7.s5 /V 4 >> /ID [<00> <00>]"
TOO_NEW = "/Encrypt << /Filter /Standard /V 9 /R 9 >> /ID [<00> <00>]"


def pdf(pages: Pages, *, packed: str = "", packed_pages: Sequence[int] = (), trailer: str = "") -> bytes:
    """A PDF of lines of text, one page each. Of some pages the text is said to be `packed` by a filter of that name; what
    stands in the `trailer` says how the file is locked."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for number, (title, lines) in enumerate(pages):
        text = "".join(f"({words}) Tj 0 -30 Td " for words in (title, *lines))
        content = f"BT /F1 24 Tf 40 500 Td {text}ET"
        filtered = f" /Filter /{packed}" if number in packed_pages else ""
        objects.append(f"<< /Length {len(content)}{filtered} >>\nstream\n{content}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 800 600] /Contents {len(objects)} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    made, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects):
        places.append(len(made))
        made += f"{number + 1} 0 obj\n{content}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\n"
    return made + f"{end}startxref\n{len(made)}\n%%EOF\n".encode()


def bomb(name: str = "ppt/slides/slide1.xml") -> bytes:
    """A deck one of whose slides unpacks to more than any slide."""
    made = io.BytesIO(pptx([("Small", ["words"])]))
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as archive, archive.open(name, "w", force_zip64=True) as part:
        for _ in range(40):
            part.write(b" " * 1024**2)
    return made.getvalue()


def entities() -> str:
    """Billions of laughs, as a slide."""
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE p [<!ENTITY l0 "ha">{levels}]><p>&l9;</p>'


def outside() -> str:
    """A slide that asks for a file of the machine."""
    return '<?xml version="1.0"?><!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>&x;</p>'
