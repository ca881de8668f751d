"""Dump files that are cut off, damaged or hostile: refused with file and line, in bounded memory."""

from __future__ import annotations

import lzma
from pathlib import Path

import pytest

from forum.importing.failure import ImportFailed
from forum.importing.xml_rows import read_rows

HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
ROW = '<posts>\n<row Id="1" Body="ä"/>\n</posts>\n'
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))

REFUSED: dict[str, tuple[str | bytes, str]] = {
    "cut off": (HEAD + '<posts>\n<row Id="1"', "line 3: not well-formed XML"),
    "never closed": (HEAD + '<posts>\n<row Id="1"/>\n', "line 4: not well-formed XML (no element found)"),
    "empty": ("", "line 1: not well-formed XML (no element found)"),
    "latin-1": ((HEAD + ROW).encode("latin-1"), "line 3: not well-formed XML (not well-formed (invalid token))"),
    "unknown encoding": (
        '<?xml version="1.0" encoding="x-odd"?>' + ROW,
        "line 1: names an encoding that can not be read",
    ),
    "NUL": (HEAD + '<posts>\n<row Id="\x00"/></posts>', "line 3: not well-formed XML"),
    "a reference to NUL": (HEAD + '<posts>\n<row Id="&#0;"/></posts>', "line 3: not well-formed XML"),
    "a control character": (HEAD + '<posts>\n<row Id="\x1f"/></posts>', "line 3: not well-formed XML"),
    "half a surrogate": (HEAD + '<posts>\n<row Id="&#xD800;"/></posts>', "line 3: not well-formed XML"),
    "billion laughs": (f'{HEAD}<!DOCTYPE p [<!ENTITY l0 "lol">\n{LAUGHS}]>\n<p>&l9;</p>', "line 2: declares an entity"),
    "a file of the machine": (
        HEAD + '<!DOCTYPE p [<!ENTITY e SYSTEM "file:///etc/passwd">]><p/>',
        "declares an entity",
    ),
    "a parameter entity": (HEAD + '<!DOCTYPE p [<!ENTITY % e "x">]><p/>', "declares an entity"),
    "an undeclared entity": (
        HEAD + '<posts>\n<row Body="&nbsp;"/></posts>',
        "line 3: not well-formed XML (undefined entity",
    ),
    "a huge value": (f'{HEAD}<posts>\n<row Body="{"x" * 1_000_001}"/></posts>', "line 3: a value is too long"),
    "a tag without end": (f'{HEAD}<posts>\n<row Body="{"x" * 10_000_000}', "line 3: a tag is too long"),
}


def written(tmp_path: Path, content: str | bytes, name: str = "Posts.xml") -> Path:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize("case", REFUSED)
def test_a_bad_file_is_refused_by_name_and_line(case: str, tmp_path: Path) -> None:
    content, problem = REFUSED[case]
    with pytest.raises(ImportFailed) as failure:
        list(read_rows(written(tmp_path, content)))
    assert "Posts.xml, " in str(failure.value)
    assert problem in str(failure.value)


@pytest.mark.parametrize("content", [lzma.compress((HEAD + ROW).encode())[:-20], b"no xz at all", b""])
def test_a_damaged_compressed_file_is_refused(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(ImportFailed, match=r"Posts\.xml\.xz, line 1: (the compressed file is damaged|not well-formed)"):
        list(read_rows(written(tmp_path, content, "Posts.xml.xz")))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_an_encoding_that_the_file_names_is_read(encoding: str, tmp_path: Path) -> None:
    content = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>\n{ROW}'.encode(encoding)
    assert list(read_rows(written(tmp_path, content))) == [{"Id": "1", "Body": "ä"}]


def test_a_document_type_alone_is_no_harm(tmp_path: Path) -> None:
    content = HEAD + '<!DOCTYPE posts SYSTEM "http://192.0.2.1/posts.dtd">\n' + ROW
    assert [row["Id"] for row in read_rows(written(tmp_path, content))] == ["1"]


def test_rows_within_rows_are_rows(tmp_path: Path) -> None:
    rows = read_rows(written(tmp_path, '<p><row Id="1"><row Id="2"/></row><other Id="3"/></p>'))
    assert [row["Id"] for row in rows] == ["1", "2"]


def test_entities_of_xml_itself_are_read(tmp_path: Path) -> None:
    rows = read_rows(written(tmp_path, '<p><row Body="&lt;p&gt;a &amp;amp; b&#xA;&lt;/p&gt;"/></p>'))
    assert next(rows)["Body"] == "<p>a &amp; b\n</p>"
