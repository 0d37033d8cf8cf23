"""A saved report in every script: the letters are there, in their order, and nothing runs off the page."""

import io
import subprocess
import sys
import unicodedata
from dataclasses import dataclass, replace
from itertools import product

import pytest
from analysis.export.document import Block, Check, Checks, Items, Note, Part, Quotes, Scale, Section, Text, Words
from analysis.export.typesetter import admission
from analysis.export.words import amid
from pypdf import PageObject, PdfReader

from services.analysis.tests.test_export import document, press

# Of the text on a page of A4, in points.
RIGHT = (210 - 26) * 72 / 25.4
HEBREW, WORLD = "\u05e9\u05dc\u05d5\u05dd", "\u05e2\u05d5\u05dc\u05dd"
SCRIPTS = {
    "Chinese": ("\u9000\u6b3e\u4efb\u52a1\u8fd0\u884c\u4e86\u4e24\u6b21\u3002", "DroidSansFallback"),
    "Japanese": ("\u8fd4\u91d1\u51e6\u7406\u304c\u4e8c\u5ea6\u30ac\u30ae\u30b0", "DroidSansFallback"),
    "Korean": ("\ud658\ubd88 \uc791\uc5c5\uc774 \ub450 \ubc88", "DroidSansFallback"),
    "Arabic": ("\u0646\u064f\u0641\u0651\u0650\u0630\u062a \u0645\u0631\u062a\u064a\u0646", "NotoSansArabic"),
    "Hebrew": (f"{HEBREW} \u05e9\u05c1\u05b8\u05dc", "NotoSansHebrew"),
    "Hindi": ("\u0917\u094d\u0930\u093e\u0939\u0915\u094b\u0902 \u0930\u093f\u095e\u0902\u0921", "NotoSansDevanagari"),
    "Bengali": ("\u0995\u09cd\u09b7 \u0997\u09cd\u09b0\u09be\u09b9\u0995", "NotoSansBengali"),
    "Tamil": ("\u0baa\u0ba3\u0bae\u0bcd", "NotoSansTamil"),
    "Thai": ("\u0e40\u0e21\u0e37\u0e48\u0e2d\u0e40\u0e14\u0e37\u0e2d\u0e19", "NotoSansThai"),
    "Russian": ("\u0437\u0430\u0434\u0430\u0447\u0430", "LibertinusSerif"),
    "Vietnamese": ("b\u1ed1n", "NewsreaderVietnamese"),
    "two accents": ("o\u0302\u0301", "NewsreaderVietnamese"),
    "emoji": ("\U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f44d\U0001f3fd \U0001f1e9\U0001f1ea", "NotoEmoji"),
}


@dataclass(frozen=True)
class Run:
    """Letters as they are drawn: how far from the left and from the foot of the page, and with what."""

    x: float
    y: float
    text: str
    font: str


def runs_of(page: PageObject) -> list[Run]:
    found: list[Run] = []

    def visit(text: str, ground: list[float], matrix: list[float], font: dict[str, str] | None, _size: float) -> None:
        if text.strip() and font is not None:
            x, y = ground[4] + matrix[4], ground[5] + matrix[5]
            found.append(Run(x, y, text.strip(), font["/BaseFont"].partition("+")[2]))

    page.extract_text(visitor_text=visit)
    return found


def place(page: PageObject, words: str) -> float:
    """How far from the left the words are drawn first."""
    return next(run.x for run in runs_of(page) if words in run.text)


async def drawn(*blocks: Block, role: str = "Backend engineer") -> PdfReader:
    return PdfReader(io.BytesIO(await press().pdf(document(*blocks, role=role))))


def accessible(pdf: PdfReader) -> bool:
    return b"<pdfuaid:part>1</pdfuaid:part>" in pdf.root_object["/Metadata"].get_data()


@pytest.mark.parametrize(("words", "font"), SCRIPTS.values(), ids=SCRIPTS)
async def test_script_is_set_in_a_typeface_that_was_made_for_it(words: str, font: str) -> None:
    pdf = await drawn(Words(words))
    assert accessible(pdf)
    letters = set(unicodedata.normalize("NFC", words).replace(" ", ""))
    for run in runs_of(pdf.pages[0]):
        if letters & set(run.text) and not run.text.isascii():
            assert run.font.startswith(font), run


@pytest.mark.parametrize(
    "block",
    [Words(f"{HEBREW} abc {WORLD}."), Text(f"{HEBREW} abc {WORLD}."), Quotes((f"{HEBREW} abc {WORLD}.",))],
    ids=["words", "text", "quote"],
)
async def test_text_from_right_to_left_begins_at_the_right(block: Block) -> None:
    page = (await drawn(block)).pages[0]
    first, middle, last = (place(page, words) for words in (HEBREW, "abc", WORLD))
    assert RIGHT - 50 < first < RIGHT
    assert first > middle > last


async def test_title_and_list_from_right_to_left_begin_at_the_right() -> None:
    page = (await drawn(Items((HEBREW, HEBREW)), role=WORLD)).pages[0]
    assert place(page, WORLD) > RIGHT - 150
    assert place(page, HEBREW) > RIGHT - 70


async def test_name_from_right_to_left_leaves_the_sentence_around_it_in_order() -> None:
    page = (await drawn(Text("A sentence."), role=HEBREW)).pages[0]
    # The last of each is in the foot of the page.
    before, name, after = (
        [run.x for run in runs_of(page) if part in run.text][-1] for part in ("Interview report", HEBREW, "27 November")
    )
    assert before < name < after
    assert amid(HEBREW) == f"\u2068{HEBREW}\u2069"
    assert amid("plain") == "plain"


@pytest.mark.parametrize("letter", ["W", "\u042e", "9", "_"])
async def test_endless_word_stays_on_the_page_and_can_be_copied(letter: str) -> None:
    address = f"https://example.org/{letter * 150}"
    pdf = await drawn(Words(address), Quotes((address,)), Note("Keep", address, address, address, ()), role=letter * 90)
    for page in pdf.pages:
        text = page.extract_text()
        assert "\u200b" not in text
    assert "".join("".join(page.extract_text() for page in pdf.pages).split()).count(address) == 5
    assert pdf.metadata is not None
    assert pdf.metadata.title == f"Interview report: {letter * 90}"


async def test_what_is_short_is_not_torn_by_the_end_of_a_page() -> None:
    blocks: list[Block] = []
    for number in range(40):
        says = (Text("One sentence."), Text("Another."))
        blocks.append(Scale(f"Scale <{number}>", 3, "solid", says, (f"First ({number})", f"Last ({number})")))
        blocks.append(Note("Keep", f"Note <{number}>", "Do it.", "So it is.", (f"Quote ({number})",)))
        blocks += [Text(f"Situation <{number}>"), Quotes((f"Told ({number})",))]
    pages = [page.extract_text() for page in (await drawn(*blocks)).pages]
    assert len(pages) > 5
    for first, last in (("Scale", "Last"), ("Note", "Quote"), ("Situation", "Told")):
        for number in range(40):
            [page] = [page for page in pages if f"{first} <{number}>" in page]
            assert f"{last} ({number})" in page


LINES = "\n".join(f"l{number}" for number in range(120))


@pytest.mark.parametrize(
    "block",
    [
        Note("Keep", "Short lines.", "Do it.", None, (LINES,)),
        Note("Keep", "Many quotes.", None, None, tuple(LINES.split())),
        Scale("Evidence", 3, "solid", (Text(LINES),), ()),
        Checks((Check("Point", covered=True, quotes=(LINES,)),)),
        Items(tuple(LINES.split())),
    ],
    ids=["lines", "quotes", "scale", "checks", "items"],
)
async def test_few_words_that_are_higher_than_a_page_go_on_on_the_next(block: Block) -> None:
    pages = (await drawn(block)).pages
    assert len(pages) > 1
    assert all(run.y > 0 for page in pages for run in runs_of(page))


async def test_what_leads_to_an_answer_stays_with_its_first_words() -> None:
    blocks = (
        Text("Not scored.", "strong"),
        Text("Nothing.", "quiet"),
        Words("Words of an answer. " * 5),
        Text("The end."),
    )
    parts = tuple(Part(f"Asked <{number}>", blocks, label=f"Question {number}") for number in range(40))
    whole = replace(document(), sections=(Section("Answer by answer", parts=parts),))
    pdf = await press().pdf(whole)
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    assert len(pages) > 4
    for number in range(40):
        [page] = [page for page in pages if f"Asked <{number}>" in page]
        assert "Words of an answer." in page.split(f"Asked <{number}>")[1].split("Asked")[0]


async def test_answer_of_a_hundred_thousand_letters_is_set_whole() -> None:
    words = " ".join(f"w{number}" for number in range(17_000))
    text = " ".join(" ".join(page.extract_text() for page in (await drawn(Words(words))).pages).split())
    assert len(words) > 100_000
    assert all(f" w{number} " in text for number in (1, 8_000, 16_998))


async def test_hundred_thousand_letters_of_arabic_are_set_whole() -> None:
    words = ["".join(letters) for letters in product("\u062f\u0630\u0631\u0632\u0648\u0627", repeat=5)] * 2
    text = "\n".join(" ".join(words[at : at + 10]) for at in range(0, len(words), 10)) + " END"
    assert len(text.encode()) > 150_000
    pages = (await drawn(Words(text))).pages
    assert len(pages) > 20
    assert "END" in pages[-1].extract_text()


LONELY = " ".join(map(chr, range(0x733, 0x753)))


# Of all code points those that an accessible PDF may not hold, noncharacters, and a mark on nothing, which made the
# typesetter crash at the end of a line where no typeface has it.
@pytest.mark.parametrize(
    "words",
    ["\ufeffpasted", "pas\ufeffted", "pasted \ufffe", "\uffff pasted \U0001fffe\ufdd0", f"pasted {LONELY}"],
    ids=["byte order mark first", "byte order mark inside", "forbidden", "noncharacters", "marks on nothing"],
)
async def test_code_points_that_a_pdf_may_not_hold_stop_no_report(words: str) -> None:
    pdf = await drawn(Words(words), Quotes((words,)), Items((words,)), role=words)
    assert accessible(pdf) == (LONELY not in words)
    assert "".join(page.extract_text() for page in pdf.pages).count("pasted") >= 4
    assert pdf.metadata is not None
    assert "pasted" in (pdf.metadata.title or "")


def test_scripts_that_no_font_has_are_named() -> None:
    assert "(Khmer, Chinese)" in admission(["\u1780\\u{17b6}", "\u4e00"])
    assert "(Ethiopic, other signs)" in admission(["\u1200", "\u1362", "\U0010fffd"])


def test_typesetter_can_be_imported_where_the_system_knows_no_limits() -> None:
    command = (
        "import sys; sys.modules['resource'] = None; import analysis.export.typesetter as one; print(one.resource)"
    )
    ended = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True)
    assert ended.stdout == "None\n"
