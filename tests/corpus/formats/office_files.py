"""Office documents made of raw XML, part by part."""

from __future__ import annotations

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_WORD = (
    f'xmlns:w="{W}" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
_ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{path}:1.0"'
    for name, path in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"),
        ("draw", "drawing"), ("form", "form"), ("meta", "meta"), ("manifest", "manifest"),
        ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"),
    )
) + (
    ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
    ' xmlns:field="urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0"'
)  # fmt: skip


def archive(members: dict[str, str | bytes]) -> bytes:
    """Return an archive of members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as whole:
        for name, content in members.items():
            whole.writestr(name, content)
    return out.getvalue()


def word(
    body: str,
    *,
    links: dict[str, str] | None = None,
    title: str = "",
    parts: dict[str, str] | None = None,
) -> bytes:
    """Return a Word document of the content of its body, and of others of its parts."""
    external = "".join(
        f'<Relationship Id="{name}" Type="x/hyperlink" TargetMode="External" Target="{target}"/>'
        for name, target in (links or {}).items()
    )
    members: dict[str, str | bytes] = {
        "word/document.xml": f"<w:document {_WORD}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="r">{external}</Relationships>',
        "docProps/core.xml": (
            f'<p xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></p>'
        ),
    }
    for name, inner in (parts or {}).items():
        members[f"word/{name}.xml"] = f"<w:{name} {_WORD}>{inner}</w:{name}>"
    return archive(members)


def run(text: str, properties: str = "") -> str:
    """Return a run of Word."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(inner: str, *, style: str = "", properties: str = "") -> str:
    """Return a paragraph of Word; what is no mark-up becomes a run."""
    said = inner if inner.startswith("<") else run(inner)
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{said}</w:p>"


def numbered(text: str, level: int = 0, number: int = 1, **more: str) -> str:
    """Return a paragraph of Word in a list."""
    where = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return paragraph(text, properties=where, **more)


def numbering(*lists: tuple[tuple[str, str], ...]) -> str:
    """Return lists of Word, numbered from 1, each of the styles and texts of its levels."""
    found = ""
    for name, levels in enumerate(lists, 1):
        inner = "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>'
            f'<w:lvlText w:val="{text}"/><w:pPr><w:ind w:left="{360 * (level + 1)}"/></w:pPr>'
            "</w:lvl>"
            for level, (style, text) in enumerate(levels)
        )
        found += f'<w:abstractNum w:abstractNumId="{name}">{inner}</w:abstractNum>'
    for name in range(1, len(lists) + 1):
        found += f'<w:num w:numId="{name}"><w:abstractNumId w:val="{name}"/></w:num>'
    return found


def table(*rows: str) -> str:
    """Return a table of Word."""
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    """Return a row of Word; what is no mark-up becomes a cell."""
    inner = "".join(one if one.startswith("<w:tc>") else cell(one) for one in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


def cell(inner: str, properties: str = "") -> str:
    """Return a cell of Word."""
    said = inner if inner.startswith(("<w:p>", "<w:tbl>")) else paragraph(inner)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{said}</w:tc>"


def odt(
    body: str, *, automatic: str = "", styles: str = "", title: str = "", manifest: str = ""
) -> bytes:
    """Return an OpenDocument text of the content of its body, and of its styles."""
    return archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": (
                f"<office:document-content {_ODF}><office:automatic-styles>{automatic}"
                f"</office:automatic-styles><office:body><office:text>{body}</office:text>"
                "</office:body></office:document-content>"
            ),
            "styles.xml": (
                f"<office:document-styles {_ODF}><office:styles>{styles}</office:styles>"
                "</office:document-styles>"
            ),
            "meta.xml": (
                f"<office:document-meta {_ODF}><office:meta><dc:title>{title}</dc:title>"
                "</office:meta></office:document-meta>"
            ),
            "META-INF/manifest.xml": f"<manifest:manifest {_ODF}>{manifest}</manifest:manifest>",
        }
    )


def flat_odt(body: str) -> bytes:
    """Return an OpenDocument text that is one file of XML."""
    return (
        f"<office:document {_ODF}><office:body><office:text>{body}</office:text></office:body>"
        "</office:document>"
    ).encode()
