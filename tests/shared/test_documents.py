"""Documents: tagged, whole, made of text alone, whatever was typed; and no slower than the tool that sets them."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import typst

from shared.documents import (
    Bullets,
    Document,
    Facts,
    Heading,
    Line,
    NotMade,
    Paragraph,
    Table,
    as_pdf,
    as_word,
    file_answer,
    pdf,
)
from shared.documents.letters import covered, printable, writable
from tests.meetings.files import Words, pdf_of, word_of, words_of

INJECTIONS = [
    '#read("/etc/passwd")',
    '#import "@preview/example:0.1.0"',
    '#include "document.typ"',
    '#eval("1 + 1")',
    "$x^2$",
    "*bold*",
    "_quiet_ `code`",
    "]]] #) } )",
    "\\ // a comment /* and another */",
    "<label> @reference ~",
    "= heading",
    "- list\n+ list\n/ term: x",
    "=1+1",
    '"; drop "',
    "{{ braces }} <b>tag</b> &amp;",
]
WRITERS = [as_pdf, as_word]


def document(*blocks, **changes) -> Document:
    told = {
        "title": "Minutes of Rowan, Thu 12 Nov 2026",
        "about": "Rowan · Thu 12 Nov 2026",
        "printed": "Printed for Callum Reid on Thu 26 Nov 2026.",
        "readers": "For the members of Rowan only.",
        "blocks": blocks or (Paragraph(Line("Nothing yet.")),),
    }
    return Document(**{**told, **changes})


def everywhere(text: str) -> Document:
    """The text in every place that takes one."""
    return document(
        Heading(text),
        Heading(text, 2),
        Paragraph(Line(text, label=text)),
        Paragraph(Line(text), is_quiet=True),
        Facts(((text, text),)),
        Bullets((Line(text, label=text, link=text),)),
        Table((text, text), ((text, text),), (1, 2)),
        title=text,
        about=text,
        printed=text,
        readers=text,
        mark=text,
    )


def full() -> Document:
    """A meeting of fifteen practices, sixty people and thirty items."""
    there = tuple((f"Practice {n} of a Medical Group with a long name", "Present", f"Person {n}") for n in range(60))
    said = "The cluster reviewed recall for people with diabetes across its practices. " * 8
    items = tuple(
        block
        for n in range(30)
        for block in (
            Heading(f"{n}. Item", 2),
            Paragraph(Line(said)),
            Paragraph(Line("All agree", label="Decision")),
            Bullets((Line("Send texts → Alder, Thu 3 Dec 2026", label="Action"),) * 3),
        )
    )
    return document(
        Heading("Who was there"), Table(("Practice", "How", "Who"), there, (6, 3, 6)), Heading("Covered"), *items
    )


def test_a_pdf_is_tagged_and_says_its_title_and_language():
    root = pdf_of(as_pdf(full())).trailer["/Root"]
    assert bool(root["/MarkInfo"]["/Marked"])
    assert root["/Lang"] == "en-GB"
    assert bool(root["/ViewerPreferences"]["/DisplayDocTitle"])
    assert pdf_of(as_pdf(full())).metadata.title == "Minutes of Rowan, Thu 12 Nov 2026"
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/L", "/P"} <= set(tags(root["/StructTreeRoot"]))


def tags(node):
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for inner in node:
            yield from tags(inner)
    elif isinstance(node, dict):
        yield node.get("/S")
        yield from tags(node.get("/K", []))


def test_without_tags_the_check_would_see_it():
    """Negative control: the same tool without its tags."""
    bare = typst.compile(b"#set document(title: [T])\n= One", format="pdf", pdf_tags=False)
    assert "/StructTreeRoot" not in pdf_of(bare).trailer["/Root"]


def test_word_has_headings_a_repeated_head_its_language_and_title():
    made = word_of(as_word(full()))
    assert made.core_properties.title == "Minutes of Rowan, Thu 12 Nov 2026"
    assert (made.core_properties.author, made.core_properties.comments) == ("", "")
    assert 'w:lang w:val="en-GB"' in made.styles.element.xml
    assert 'w:val="en-US"' not in made.styles.element.xml
    assert [p.style.name for p in made.paragraphs if p.text == "Who was there"] == ["Heading 1"]
    assert sum(p.style.name == "Heading 2" for p in made.paragraphs) == 30
    assert "w:tblHeader" in made.tables[0].rows[0]._tr.xml
    assert "w:tblHeader" not in made.tables[0].rows[1]._tr.xml
    section = made.sections[0]
    assert round(section.page_width.cm, 1) == 21.0
    assert "PAGE" in section.footer._element.xml
    assert "NUMPAGES" in section.footer._element.xml


def test_every_page_says_what_it_is_for_whom_and_which():
    made = as_pdf(document(*full().blocks, mark="Draft"))
    pages = [Words(page.extract_text()) for page in pdf_of(made).pages]
    assert len(pages) > 4
    for number, text in enumerate(pages, 1):
        for said in ("Rowan · Thu 12 Nov 2026", "Draft", "Printed for Callum Reid", "For the members of Rowan only."):
            assert said in text
        assert f"Page {number} of {len(pages)}" in text
    assert all("Practice" in pages[n] for n in (0, 1))  # the head of the table goes on


def text_in_word(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@pytest.mark.parametrize("text", INJECTIONS)
def test_what_was_typed_stays_what_was_typed(text):
    assert words_of(as_pdf(everywhere(text))).count(text) >= 10
    for line in text.split("\n"):
        assert words_of(as_word(everywhere(text))).count(text_in_word(line)) >= 10


def test_spliced_into_the_source_it_would_run():
    """Negative control: the same text as markup reads a file of this machine."""
    with pytest.raises(typst.TypstError, match="escape the project"):
        typst.compile(
            INJECTIONS[0].replace("/etc/passwd", "../nowhere").encode(), format="pdf", root=str(pdf.SETTER.parent)
        )
    assert typst.compile(b'#eval("1 + 1")', format="pdf")


def test_the_tool_sees_one_folder_and_no_package():
    for text in (b'#read("/../letters.py")', b'#read("/etc/passwd")', b'#import "@preview/cetz:0.3.0": *'):
        with pytest.raises(typst.TypstError):
            typst.compile(
                text,
                format="pdf",
                root=str(pdf.SETTER.parent),
                package_path="/nowhere",
                package_cache_path="/nowhere",
            )


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize("text", ["Zażółć gęślą jaźń", "Їжак ґанок", "مرحبا بكم", "naïve Ñandú Œuvre", "→ ≤ ✓ € “x”"])
def test_letters_of_many_languages(write, text):
    said = words_of(write(everywhere(text)))
    assert "□" not in said
    if "م" not in text:  # Arabic is read back in the order of its signs
        assert text in said


def test_what_no_font_has_is_named_or_marked_and_said_so():
    said = words_of(as_pdf(everywhere("Well done 👍🏽 👩‍⚕️ 漢字")))
    assert "Well done [thumbs up sign] [woman]" in said
    assert "□□" in said
    assert "□ stands for a letter that this file cannot show." in said
    assert "stands for" not in words_of(as_pdf(everywhere("Well done 👍")))
    assert "👍🏽" in words_of(as_word(everywhere("Well done 👍🏽")))


@pytest.mark.parametrize("write", WRITERS)
def test_characters_that_steer_are_left_out(write):
    said = words_of(write(everywhere("a\x00b\x07c\x1b\x0bd\u202ee\u2066f\ufeffg\ufffe\U000e0041h\ue000i")))
    assert "abcdefghi" in said


def test_word_would_refuse_them():
    """Negative control."""
    import docx

    with pytest.raises(ValueError, match="XML compatible"):
        docx.Document().add_paragraph("a\x07")


def test_every_letter_of_the_fonts_can_be_printed():
    """What we say is covered is so: the tool refuses a letter that its fonts lack."""
    letters = "".join(chr(c) for c in sorted(covered()) if writable(chr(c)) and chr(c).isprintable())
    assert len(letters) > 4_500
    assert as_pdf(document(*(Paragraph(Line(letters[n : n + 200])) for n in range(0, len(letters), 200))))


@pytest.mark.parametrize("write", WRITERS)
def test_long_texts_and_long_words(write):
    long = "Lorem ipsum dolor sit amet. " * 430  # 12,000 characters
    said = words_of(write(document(Paragraph(Line(long)), Table(("a", "b"), ((long, "w" * 2000),), (1, 1)))))
    assert said.count("Lorem ipsum dolor sit amet.") >= 800
    assert len(printable(long, longest=60)) == len(long)


def test_a_long_word_stays_in_its_column():
    """Its letters stand on several lines, none of which is wider than the column."""
    page = pdf_of(as_pdf(document(Table(("a", "b"), (("w" * 300, "end"),), (1, 1))))).pages[0]
    assert max(line.count("w") for line in page.extract_text().splitlines()) < 50


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "//x", "ftp://x"])
def test_only_the_web_is_linked(link):
    made = document(Bullets((Line("Paper", link=link),)))
    assert links_of(as_pdf(made)) == []
    assert 'TargetMode="External"' not in relations_of(as_word(made))


def test_a_paper_is_linked():
    """Negative control."""
    made = document(Bullets((Line("Paper", link="https://example.org/a?b=1"),)))
    assert links_of(as_pdf(made)) == ["https://example.org/a?b=1"]
    assert "https://example.org/a?b=1" in relations_of(as_word(made))


def links_of(content: bytes) -> list[str]:
    notes = [note.get_object() for page in pdf_of(content).pages for note in page.get("/Annots", [])]
    return [note["/A"]["/URI"] for note in notes]


def relations_of(content: bytes) -> str:
    return word_of(content).part.rels.xml.decode()


def test_a_process_that_fails_dies_or_hangs_is_told_apart(monkeypatch, tmp_path):
    """A fault of the tool can end the process that it is in: ours is another one."""
    setter = tmp_path / "set.py"
    monkeypatch.setattr("shared.documents.pdf.SETTER", setter)
    monkeypatch.setattr("shared.documents.pdf.SECONDS", 1)
    for fault in ("1 / 0", "import os; os.abort()", "import time; time.sleep(9)", "print('no PDF')"):
        setter.write_text(fault)
        with pytest.raises(NotMade) as told:
            as_pdf(document(Paragraph(Line("Zztyped"))))
        assert "Zztyped" not in str(told.value)
    setter.write_text("print('%PDF')")
    assert as_pdf(document()) == b"%PDF\n"


def test_a_word_document_that_cannot_be_made_is_told_apart(monkeypatch):
    monkeypatch.setattr("shared.documents.word._made", lambda document: 1 / 0)
    with pytest.raises(NotMade):
        as_word(document())


def test_the_process_knows_no_secret_of_ours(monkeypatch, tmp_path):
    setter = tmp_path / "set.py"
    setter.write_text("import os; print('%PDF', sorted(os.environ))")
    monkeypatch.setattr("shared.documents.pdf.SETTER", setter)
    monkeypatch.setenv("SECRET_KEY", "Zzsecret")
    assert b"SECRET_KEY" not in as_pdf(document())


@pytest.mark.parametrize("code", ["while True: pass", "b'x' * (3 * 1024**3)"])
def test_it_takes_no_more_than_its_time_and_memory(monkeypatch, tmp_path, code):
    """The limits of the real process, with other work put into it."""
    real = pdf.SETTER.read_text()
    assert "    made = typst.compile(" in real
    setter = tmp_path / "set.py"
    setter.write_text(real.replace("    made = typst.compile(", f"    {code}\n    made = typst.compile("))
    monkeypatch.setattr("shared.documents.pdf.SETTER", setter)
    monkeypatch.setattr("shared.documents.pdf.SECONDS", 2)
    begun = time.perf_counter()
    with pytest.raises(NotMade):
        as_pdf(document())
    assert time.perf_counter() - begun < 15


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("Rowan minutes 2026-11-12", 'attachment; filename="Rowan minutes 2026-11-12.pdf"'),
        ("Lòrn minutes", "attachment; filename*=utf-8''L%C3%B2rn%20minutes.pdf"),
        ('a/b\\c:d*e?f"g<h>i|j\nk\x07', 'attachment; filename="a b c d e f g h i j k.pdf"'),
        ("../../x", 'attachment; filename="x.pdf"'),
    ],
)
def test_the_name_of_a_file(name, header):
    assert file_answer(document(), name=name, form="pdf")["Content-Disposition"] == header


def test_eight_at_once():
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda n: words_of(as_pdf(document(Paragraph(Line(f"Number {n}."))))), range(24)))
    assert all(f"Number {n}." in text for n, text in enumerate(made))
