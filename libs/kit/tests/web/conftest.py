"""A small service on the kit, with a real database, to try the kit's doors on."""

from collections.abc import AsyncIterator, Callable
from datetime import datetime
from types import SimpleNamespace
from typing import Annotated, Any
from uuid import UUID

import httpx2
import pytest
import pytest_asyncio
import sqlalchemy as sa
from fastapi import APIRouter, Depends, FastAPI, Path, Request, Response
from kit.app import create_app
from kit.bodies import body_up_to
from kit.clock import now
from kit.database import Database, SessionDep, UtcDateTime, schema_metadata, uuid_pk
from kit.idempotency import IdempotentRoute, idempotency_table
from kit.identity import CurrentAdmin, CurrentCandidate, CurrentUser
from kit.migrations import async_url
from kit.pagination import Cursor, CursorParam, LimitParam, Page, page
from kit.problems import NotFound, responses
from kit.settings import ServiceSettings, settings_config
from kit.testing.databases import PATIENT, empty
from kit.testing.tokens import TokenFactory
from kit.text import CleanText
from pydantic import BaseModel
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped

SERVICE = "toy"


class Base(DeclarativeBase):
    metadata = schema_metadata(SERVICE)


class Note(Base):
    __tablename__ = "notes"

    id: Mapped[UUID] = uuid_pk()
    text: Mapped[str]
    created_at: Mapped[datetime] = sa.orm.mapped_column(UtcDateTime, default=now)


idempotency_table(Base.metadata)


class NoteNotFound(NotFound):
    """There is no such note."""

    type = "note-not-found"
    title = "There is no such note"


class NewNote(BaseModel):
    text: Annotated[str, CleanText(1, 100)]


class NoteOut(BaseModel):
    id: UUID
    text: str


class Login(BaseModel):
    name: str
    password: str
    age: int = 0
    weight: float = 0.0


class ToySettings(ServiceSettings):
    model_config = settings_config("TOY_")

    port: int = 0
    ops_port: int = 0


router = APIRouter()
written = APIRouter(prefix="/notes", route_class=IdempotentRoute)
NoteId = Annotated[UUID, Path()]


@written.post("", status_code=201)
async def add_note(user: CurrentUser, session: SessionDep, note: NewNote, response: Response) -> NoteOut:
    row = Note(text=note.text)
    session.add(row)
    await session.flush()
    response.headers["Location"] = f"/notes/{row.id}"
    return NoteOut(id=row.id, text=row.text)


@written.post("/fail", status_code=201)
async def fail_note(user: CurrentUser, session: SessionDep, note: NewNote) -> NoteOut:
    session.add(Note(text=note.text))
    await session.flush()
    raise NoteNotFound


@written.post("/slow", status_code=201)
async def add_note_slowly(user: CurrentUser, session: SessionDep, note: NewNote) -> NoteOut:
    row = Note(text=note.text)
    session.add(row)
    await session.flush()
    await session.execute(sa.select(sa.func.pg_sleep(2)))
    return NoteOut(id=row.id, text=row.text)


@router.post("/open-notes", status_code=201)
async def add_open_note(session: SessionDep, note: NewNote) -> NoteOut:
    row = Note(text=note.text)
    session.add(row)
    await session.flush()
    return NoteOut(id=row.id, text=row.text)


@router.get("/notes/{note_id}", responses=responses(NoteNotFound))
async def get_note(session: SessionDep, note_id: NoteId) -> NoteOut:
    row = await session.get(Note, note_id)
    if row is None:
        raise NoteNotFound
    return NoteOut(id=row.id, text=row.text)


@router.get("/notes")
async def list_notes(session: SessionDep, cursor: CursorParam, limit: LimitParam) -> Page[NoteOut]:
    query = sa.select(Note).order_by(Note.id.desc()).limit(limit + 1)
    if cursor is not None:
        query = query.where(Note.id < cursor.id)
    rows = (await session.scalars(query)).all()
    return page(rows, limit, item=lambda row: NoteOut(id=row.id, text=row.text), cursor=lambda row: Cursor(id=row.id))


@router.post("/plain")
async def plain(session: SessionDep, body: Login) -> Login:
    await session.execute(sa.select(sa.literal(body.name)))
    return body


@router.get("/plain/{name}")
async def plain_name(session: SessionDep, name: str, q: str = "") -> dict[str, str | None]:
    return {"name": await session.scalar(sa.select(sa.literal(name + q)))}


@router.post("/login")
async def login(body: Login) -> Login:
    return body


@router.put("/upload", dependencies=[Depends(body_up_to(3_000_000))])
async def upload(request: Request) -> dict[str, int]:
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
    return {"size": size}


@router.get("/boom")
async def boom() -> None:
    raise RuntimeError("the secret is hunter2")


@router.get("/me")
async def me(user: CurrentUser) -> dict[str, Any]:
    return {"id": str(user.user_id), "role": user.role}


@router.get("/candidate")
async def candidate(user: CurrentCandidate) -> str:
    return user.role


@router.get("/admin")
async def admin(user: CurrentAdmin) -> str:
    return user.role


@router.get("/sleep/{seconds}")
async def sleep(session: SessionDep, seconds: float) -> None:
    await session.execute(sa.select(sa.func.pg_sleep(seconds)))


@pytest.fixture(scope="session")
def toy() -> Any:
    """Hand the toy's parts to the tests: test folders are not packages and cannot be imported."""
    return SimpleNamespace(Note=Note, Settings=ToySettings, router=router, written=written, metadata=Base.metadata)


@pytest_asyncio.fixture(scope="session")
async def toy_url(database_url: Callable[[str], str]) -> str:
    url = database_url(SERVICE)
    engine = create_async_engine(async_url(url))
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    await engine.dispose()
    return url


@pytest.fixture(scope="session")
def make_settings(toy_url: str, tokens: TokenFactory) -> Callable[..., ToySettings]:
    def make(**changes: Any) -> ToySettings:
        given = PATIENT | {
            "environment": "test",
            "database_url": toy_url,
            "amqp_url": "amqp://nobody:nothing@127.0.0.1:1/none",
            "jwks_url": tokens.jwks_url,
        }
        return ToySettings(**(given | changes))

    return make


@pytest.fixture
def make_app(make_settings: Callable[..., ToySettings]) -> Callable[..., FastAPI]:
    def make(**changes: Any) -> FastAPI:
        settings = make_settings(**changes)
        return create_app(service=SERVICE, settings=settings, routers=[written, router], version="1.2.3")

    return make


@pytest.fixture
def app(make_app: Callable[..., FastAPI]) -> FastAPI:
    return make_app()


@pytest_asyncio.fixture
async def client(app: FastAPI, toy_url: str) -> AsyncIterator[httpx2.AsyncClient]:
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://test") as client,
    ):
        yield client
    await empty(toy_url, SERVICE)


@pytest_asyncio.fixture
async def database(app: FastAPI, client: httpx2.AsyncClient) -> Database:
    found: Database = app.state.database
    return found


@pytest.fixture
def auth(tokens: TokenFactory) -> dict[str, str]:
    return tokens.headers()
