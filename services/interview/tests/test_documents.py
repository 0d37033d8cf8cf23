import asyncio
from datetime import timedelta
from typing import Any

import pytest
from interview.documents import remove_personal

from services.interview.tests.candidate import Candidate, problem
from services.interview.tests.fixtures import Opening
from services.interview.tests.papers import DOCX, PDF, TXT, docx, docx_bomb, pdf, pdf_bomb

RESUME = (
    "Jordan Example",
    "12 Harbour Street, Springfield",
    "jordan@example.org | +44 20 7946 0958 | linkedin.com/in/jordan-example",
    "Backend engineer, 2019 - 2023",
    "Moved 40 services to Kafka and cut costs by 1 200 000 a year.",
    "University of Springfield, BSc",
    "Date of birth: 1 May 1990",
)
KEPT = "Moved 40 services to Kafka and cut costs by 1 200 000 a year."


async def send(candidate: Candidate, content: bytes, kind: str, use: str = "resume") -> Any:
    return await candidate.client.post(
        f"/documents/text?use={use}", content=content, headers=candidate.headers | {"Content-Type": kind}
    )


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (pdf("\n".join(RESUME)), PDF),
        (docx(*RESUME), DOCX),
        ("\r\n".join(RESUME).encode(), TXT + "; charset=utf-8"),
        ("\n".join(RESUME).encode("utf-16"), TXT),
    ],
    ids=["pdf", "docx", "utf-8", "utf-16"],
)
async def test_text_comes_back_without_what_names_a_person(candidate: Candidate, content: bytes, kind: str) -> None:
    response = await send(candidate, content, kind)
    assert response.status_code == 200, response.text
    found = response.json()
    assert found["text"].splitlines() == ["Backend engineer, 2019 - 2023", KEPT]
    assert {one["kind"]: one["count"] for one in found["removed"]} == {
        "name": 1,
        "address": 1,
        "email": 1,
        "phone": 1,
        "link": 1,
        "school": 1,
        "personal_detail": 1,
    }
    assert found["truncated"] is False


async def test_tables_are_read_in_their_place_and_merged_cells_once(candidate: Candidate) -> None:
    content = docx("Backend engineer", table=(("Kafka", "5 years"), ("Terraform", "2 years")))
    assert (await send(candidate, content, DOCX)).json()["text"].splitlines() == [
        "Backend engineer",
        "Kafka | 5 years",
        "Terraform | 2 years",
    ]


@pytest.mark.parametrize(
    ("content", "kind", "status", "told"),
    [
        (b"", TXT, 422, "document-without-text"),
        (b" \n\t", TXT, 422, "document-without-text"),
        (bytes(range(256)) * 40, TXT, 415, "document-not-recognised"),
        (pdf("Kafka"), TXT, 415, "document-not-recognised"),
        (pdf("Kafka"), DOCX, 415, "document-not-recognised"),
        (docx("Kafka"), PDF, 415, "document-not-recognised"),
        (b"Kafka", "application/msword", 415, "document-not-recognised"),
        (b"Kafka", "", 415, "document-not-recognised"),
        (pdf("Kafka", password="secret"), PDF, 422, "document-locked"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, DOCX, 422, "document-locked"),
        (pdf("", ""), PDF, 422, "document-without-text"),
        (b"%PDF-1.7\nnothing of a PDF follows", PDF, 422, "document-damaged"),
        (docx("Kafka")[:900], DOCX, 422, "document-damaged"),
        (docx_bomb(), DOCX, 422, "document-too-complex"),
        # pypdf unpacks no more of a page than its own limit and goes on without that page.
        (pdf_bomb(), PDF, 422, "document-without-text"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
async def test_what_cannot_be_read_is_refused_with_the_reason(
    candidate: Candidate, content: bytes, kind: str, status: int, told: str
) -> None:
    response = await send(candidate, content, kind)
    assert (response.status_code, problem(response)) == (status, told)


async def test_file_that_only_forbids_printing_is_read(candidate: Candidate) -> None:
    response = await send(candidate, pdf("Moved 40 services to Kafka.", password=""), PDF)
    assert response.json()["text"] == "Moved 40 services to Kafka."


async def test_too_large_is_refused(candidate: Candidate) -> None:
    response = await send(candidate, b"a" * (5 * 1024 * 1024 + 1), TXT)
    assert (response.status_code, problem(response)) == (413, "payload-too-large")


async def test_long_text_is_cut_and_says_so(candidate: Candidate) -> None:
    found = (await send(candidate, b"Led the move to Kafka. " * 1000, TXT)).json()
    assert len(found["text"]) <= 12_000
    assert found["truncated"] is True
    many = (await send(candidate, pdf(*[f"Page {number} on Kafka." for number in range(1, 33)]), PDF)).json()
    assert many["text"].splitlines()[-1] == "Page 30 on Kafka."
    assert many["truncated"] is True


async def test_nobody_reads_documents_without_an_account(candidate: Candidate) -> None:
    response = await candidate.client.post("/documents/text?use=resume", content=b"x", headers={"Content-Type": TXT})
    assert response.status_code == 401


async def test_reading_that_takes_too_long_is_ended(candidate: Candidate, opened: Opening) -> None:
    async with opened(document_deadline=timedelta(milliseconds=1)) as client:
        candidate.client = client
        response = await send(candidate, docx("Kafka"), DOCX)
    assert (response.status_code, problem(response)) == (422, "document-too-complex")


async def test_others_are_served_while_a_document_is_read(candidate: Candidate) -> None:
    reading = asyncio.ensure_future(send(candidate, pdf_bomb(), PDF))
    others = 0
    while not reading.done():
        assert (await candidate.client.get("/catalog")).status_code == 200
        others += 1
    # Reading starts a process, which takes longer than a few answers from memory.
    assert others > 1


@pytest.mark.parametrize(
    "line",
    [
        "Backend Engineer",
        "Senior Product Owner",
        "2015 - 2019 and 01/2020 - 03/2021",
        "Handled 2 000 000 requests a day, 1,500,000 of them at night",
        "Python 3.11, PostgreSQL 17, Kubernetes 1.31",
        "Node.js, ASP.NET and C++",
        "Raised conversion from 2.1 to 3.4 percent",
        "Worked 5 days in the road team",
    ],
)
def test_work_stays(line: str) -> None:
    cleaned = remove_personal(f"Profile\n{line}", "resume")
    assert (cleaned.text, cleaned.removed) == (f"Profile\n{line}", {})


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Write to first.last@sub.example.co.uk today", "email"),
        ("Call (555) 010-9999 any time", "phone"),
        ("+49 30 901820", "phone"),
        ("See https://example.org/me?x=1 for more", "link"),
        ("Name: Jordan Example", "name"),
        ("Lindenstraße 12a", "address"),
        ("10115 Berlin", "address"),
        ("Address: Hill House, Springfield", "address"),
        ("Nationality: none of your business", "personal_detail"),
        ("I am 45 years old", "personal_detail"),
        ("Springfield High School", "school"),
    ],
)
def test_personal_lines_go(line: str, kind: str) -> None:
    cleaned = remove_personal(f"Profile\n{line}\nKafka", "resume")
    assert cleaned.removed == {kind: 1}
    assert all(word not in cleaned.text for word in ("example", "555", "901820", "12a", "10115", "45", "School"))


def test_name_at_the_top_goes_wherever_it_stands_again() -> None:
    cleaned = remove_personal("Résumé\nJordan van Example\nJORDAN VAN EXAMPLE leads a team.", "resume")
    assert "example" not in cleaned.text.lower()
    assert cleaned.text == "Résumé\n\nleads a team."


def test_job_description_keeps_its_title_and_the_degree_it_asks_for() -> None:
    text = "Harbour Platform Lead\nA degree from a university is welcome."
    assert remove_personal(text, "job_description").text == text
