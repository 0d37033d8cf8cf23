import asyncio
import io
from datetime import date, timedelta
from typing import Any

import pytest
from analysis.errors import ReportNotDrawn
from analysis.export.document import Block, Document, Items, Quotes, Section, Text, Words
from analysis.export.file_name import disposition
from analysis.export.markdown import escape, to_markdown
from analysis.export.pdf import Press
from kit.ids import new_id
from pypdf import PdfReader

from services.analysis.tests.house import House
from services.analysis.tests.material import GOOD, SLOW_ANSWER, Interview, help_question, slow_question

HOSTILE = (
    '#read("/etc/passwd") #import "@preview/x:1.0.0": * \\ $x^2$ *bold* `code` <label> @ref #panic()\n'
    "# heading\n1. one\n- item\n---\n<script>alert(1)</script> [a](https://example.org) "
    "\u05e9\u05dc\u05d5\u05dd \u200e 2 < 3 & done"
)


def press(**options: Any) -> Press:
    return Press(**{"at_once": 1, "patience": timedelta(seconds=60), **options})


def document(*blocks: Block, role: str = "Backend engineer") -> Document:
    return Document("Interview report", role, "Mid-level", date(2026, 11, 27), (Section("Words", blocks),), "By rules.")


def text_of(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\u200b", "").split())


async def finished(house: House) -> Interview:
    interview = Interview(help_question(1), slow_question(2), help_question(3))
    async with house.working():
        await house.post(
            interview.answer(GOOD, 1),
            interview.answer(SLOW_ANSWER, 2),
            interview.answer(f"{GOOD}\n{HOSTILE}", 3),
            interview.completed(),
        )
        await house.report(interview.id)
    await house.reveal(interview.id, interview.candidate_id)
    return interview


async def test_report_is_saved_as_pdf_and_markdown_with_the_same_words(house: House) -> None:
    interview = await finished(house)
    pdf = await house.get(f"/reports/{interview.id}/export.pdf", interview.candidate_id)
    markdown = await house.get(f"/reports/{interview.id}/export.md", interview.candidate_id)
    assert (pdf.status_code, markdown.status_code) == (200, 200)
    assert pdf.headers["content-type"] == "application/pdf"
    assert markdown.headers["content-type"] == "text/markdown; charset=utf-8"
    for response, ending in ((pdf, "pdf"), (markdown, "md")):
        assert response.headers["cache-control"] == "private, no-store"
        assert response.headers["content-disposition"].startswith(
            'attachment; filename="interview-report-backend-engineer-'
        )
        assert response.headers["content-disposition"].endswith(f'.{ending}"')
    text = text_of(pdf.content)
    report = (await house.get(f"/reports/{interview.id}", interview.candidate_id)).json()["report"]
    for words in (
        report["priorities"][0]["text"],
        report["priorities"][0]["do_next"],
        "In my last job I was building an import for bank statements",
        "What limits this report",
        "Question 2, Finding faults",
    ):
        assert words in text
        assert escape(words) in markdown.text
    for saved in (text, markdown.text):
        for earlier, later in (("What to work on", "Competencies"), ("Competencies", "Answer by answer")):
            assert saved.index(earlier) < saved.index(later)


async def test_saved_report_belongs_to_its_candidate(house: House) -> None:
    interview = await finished(house)
    for ending in ("pdf", "md"):
        path = f"/reports/{interview.id}/export.{ending}"
        stranger = await house.get(path, new_id())
        assert stranger.status_code == 404
        assert stranger.json()["type"] == "urn:interview-kit:problem:report-not-found"
        assert (await house.get(path, new_id(), role="admin")).status_code == 403
        assert (await house.client.get(path)).status_code == 401


async def test_report_that_is_not_there_yet_says_what_it_waits_for(house: House) -> None:
    interview = Interview(help_question(1), slow_question(2))
    event = interview.answer(GOOD)
    async with house.working():
        await house.post(event)
        await house.ended(event.answer_id)
    for ending in ("pdf", "md"):
        response = await house.get(f"/reports/{interview.id}/export.{ending}", interview.candidate_id)
        assert response.status_code == 409
        assert response.headers["content-type"] == "application/problem+json"
        assert response.json()["type"] == "urn:interview-kit:problem:report-not-ready"
        assert response.json()["detail"] == "The interview is not over yet."


async def test_pdf_is_accessible_and_has_a_title_and_a_language() -> None:
    reader = PdfReader(io.BytesIO(await press().pdf(document(Text("A sentence.")))))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert reader.metadata is not None
    assert reader.metadata.title == "Interview report: Backend engineer"
    assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data().decode()


@pytest.mark.parametrize("block", [Text(HOSTILE), Words(HOSTILE), Quotes((HOSTILE,)), Items((HOSTILE,))])
async def test_words_are_never_read_as_typst(block: Block) -> None:
    text = text_of(await press().pdf(document(block)))
    assert 'read("/etc/passwd") #import "@preview/x:1.0.0": * \\ $x^2$ *bold* `code` <label> @ref #panic()' in text
    assert "root:" not in text


@pytest.mark.parametrize(
    "words",
    [
        "x" * 20_000,
        "word " * 4_000,
        "\u6211" * 300,
        "\u0645\u0631\u062d\u0628\u0627 " * 50,
        "\U0001f600\u200d" * 60,
        "\x01\x1b\x7f a",
    ],
    ids=["one long word", "many words", "Chinese", "Arabic", "emoji", "control characters"],
)
async def test_any_words_can_be_set(words: str) -> None:
    pdf = await press().pdf(document(Words(words, marked=((0, 1),)), Quotes((words,))))
    text = "".join(text_of(pdf).split())
    if words.isascii() and words.isprintable():
        assert text.count("".join(words.split())[:400]) >= 2


async def test_character_without_a_font_is_admitted() -> None:
    text = text_of(await press().pdf(document(Words("before \U0010fffd after"))))
    assert "Some characters could not be drawn, as no font on the server has them (other signs)." in text
    assert "before" in text
    assert "Some characters" not in text_of(await press().pdf(document(Words("before and after"))))


async def test_pdf_that_takes_too_long_is_given_up() -> None:
    with pytest.raises(ReportNotDrawn):
        await press(patience=timedelta(milliseconds=1)).pdf(document(Text("A sentence.")))


async def test_setting_a_long_report_leaves_the_loop_free_and_others_their_turn() -> None:
    shared = press(at_once=1)
    turns = 0

    async def count() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    counting = asyncio.create_task(count())
    pdfs = await asyncio.gather(*(shared.pdf(document(Words("word " * 4_000))) for _ in range(3)))
    counting.cancel()
    assert all(pdf.startswith(b"%PDF") for pdf in pdfs)
    assert turns > 100


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*bold* _it_ `code` ~~x~~", "\\*bold\\* \\_it\\_ \\`code\\` \\~\\~x\\~\\~"),
        ("# heading", "\\# heading"),
        ("1. one", "1\\. one"),
        ("12) twelve", "12\\) twelve"),
        ("- item", "\\- item"),
        ("+ item", "\\+ item"),
        ("=====", "\\====="),
        ("> quote", "\\> quote"),
        ("<b>&amp;</b>", "\\<b\\>\\&amp;\\</b\\>"),
        ("[a](b) ![c](d)", "\\[a\\](b) !\\[c\\](d)"),
        ("a\n\n# b", "a # b"),
        ("back\\slash", "back\\\\slash"),
        (": a definition", "\\: a definition"),
        ("Developer, C # #", "Developer, C # \\#"),
        ("Developer, C ##", "Developer, C \\##"),
        ("Developer, C#", "Developer, C#"),
        ("https://a.example/b and www.c.example", "https\\://a.example/b and www\\.c.example"),
        ("Write to me@a.example", "Write to me\\@a.example"),
    ],
)
def test_markup_in_words_is_escaped(text: str, expected: str) -> None:
    assert escape(text) == expected


def test_words_cannot_begin_a_block_of_markdown() -> None:
    lines = to_markdown(document(Words(f"{HOSTILE}\r\n## more\u2028# less"))).splitlines()
    quoted = [line for line in lines if line.startswith(">")]
    assert sum(line.startswith("#") for line in lines) == 2
    assert "> \\# heading" in quoted
    assert "> 1\\. one" in quoted
    assert "> \\- item" in quoted
    assert not any("<script>" in line for line in lines)


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("Backend engineer", 'attachment; filename="interview-report-backend-engineer-2026-11-27.pdf"'),
        (
            'B\u00fcro "x"\r\n/../y',
            (
                'attachment; filename="interview-report-buro-x-y-2026-11-27.pdf"; '
                "filename*=UTF-8''interview-report-b%C3%BCro-x-y-2026-11-27.pdf"
            ),
        ),
    ],
)
def test_file_is_named_by_role_and_day(role: str, expected: str) -> None:
    assert disposition(document(role=role), "pdf") == expected
