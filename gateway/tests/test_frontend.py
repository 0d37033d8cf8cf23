import gzip
from pathlib import Path

import pytest

from .conftest import Open, problem
from .test_proxy import raw

PAGE = {"Accept": "text/html,application/xhtml+xml"}
PLAIN = {"Accept-Encoding": "identity"}

EXPECTED = {
    "content-security-policy": "default-src 'self'; script-src 'self'; worker-src 'self'; style-src 'self'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(self), microphone=(self), display-capture=(self), geolocation=()",
    "x-frame-options": "DENY",
}


async def test_security_headers_are_on_everything(open_gateway: Open, pages: Path) -> None:
    async with open_gateway(frontend_dir=pages) as browser:
        for path, status in {
            "/": 200,
            "/assets/app-1234.js": 200,
            "/assets/missing.js": 404,
            "/api/session": 200,
            "/api/interviews/echo": 200,
            "/api/interviews/headers": 200,
            "/api/nothing": 404,
            "/api/interviews/%2e%2e": 400,
            "/docs": 200,
            "/openapi.json": 200,
        }.items():
            response = await browser.http.get(path)
            assert response.status_code == status, path
            for name, start in EXPECTED.items():
                assert len(response.headers.get_list(name)) == 1, (path, name)
                assert response.headers[name].startswith(start), (path, name)
            policy = response.headers["content-security-policy"]
            assert "unsafe" not in policy
            assert "frame-ancestors 'none'" in policy
            assert "strict-transport-security" not in response.headers
            assert "server" not in response.headers


async def test_only_the_face_worker_may_compile_webassembly(open_gateway: Open, pages: Path) -> None:
    worker = "/assets/face.worker-Ab1_2-c.js"
    others = ["/assets/face.worker-", "/assets/app-1234.js", "/face.worker-1.js", "/assets/x/face.worker-1.js", "/"]
    (pages / worker[1:]).write_text("onmessage = () => {};")
    async with open_gateway(frontend_dir=pages) as browser:
        response = await browser.http.get(worker)
        assert response.headers.get_list("content-security-policy") == [
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"
        ]
        for other in others:
            policy = (await browser.http.get(other, headers=PAGE)).headers["content-security-policy"]
            assert "wasm" not in policy, other
            assert "unsafe" not in policy, other


async def test_pages_may_do_what_the_room_needs(open_gateway: Open, pages: Path) -> None:
    async with open_gateway(frontend_dir=pages) as browser:
        headers = (await browser.http.get("/")).headers
        policy = headers["content-security-policy"].split("; ")
        assert "worker-src 'self'" in policy
        assert "media-src 'self' blob:" in policy
        permissions = headers["permissions-policy"].split(", ")
        assert {"fullscreen=(self)", "on-device-speech-recognition=(self)", "camera=(self)"} <= set(permissions)


async def test_hashed_assets_are_kept_for_ever(open_gateway: Open, pages: Path) -> None:
    async with open_gateway(frontend_dir=pages) as browser:
        response = await browser.http.get("/assets/app-1234.js")
        assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert response.headers["content-type"] == "text/javascript; charset=utf-8"
        assert response.headers["vary"] == "Accept-Encoding"


@pytest.mark.parametrize("path", ["/", "/index.html", "/favicon.svg"])
async def test_everything_else_is_checked_each_time(open_gateway: Open, pages: Path, path: str) -> None:
    async with open_gateway(frontend_dir=pages) as browser:
        response = await browser.http.get(path)
        assert response.headers["cache-control"] == "no-cache"
        again = await browser.http.get(path, headers={"If-None-Match": response.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == response.headers["etag"]
        assert again.headers["cache-control"] == "no-cache"


async def test_text_is_compressed(open_gateway: Open, pages: Path) -> None:
    async with open_gateway(frontend_dir=pages) as browser:
        plain = await browser.http.get("/assets/app-1234.js", headers=PLAIN)
        async with browser.http.stream("GET", "/assets/app-1234.js", headers={"Accept-Encoding": "gzip"}) as zipped:
            content = b"".join([chunk async for chunk in zipped.aiter_raw()])
        assert zipped.headers["content-encoding"] == "gzip"
        assert gzip.decompress(content) == plain.content
        assert len(content) < len(plain.content) / 2
        assert zipped.headers["etag"] != plain.headers["etag"]
        font = await browser.http.get("/assets/font-1234.woff2")
        assert "content-encoding" not in font.headers
        refused = await browser.http.get("/assets/app-1234.js", headers={"Accept-Encoding": "gzip;q=0"})
        assert "content-encoding" not in refused.headers


@pytest.mark.parametrize(
    ("accepted", "encoding", "content"),
    [("gzip, br", "br", b"brotli bytes"), ("gzip", "gzip", b"gzip bytes"), ("identity", None, None)],
)
async def test_compressed_files_of_the_build_are_used(
    open_gateway: Open, pages: Path, accepted: str, encoding: str | None, content: bytes | None
) -> None:
    async with open_gateway(frontend_dir=pages) as browser:
        headers = {"Accept-Encoding": accepted}
        async with browser.http.stream("GET", "/assets/pre-1234.js", headers=headers) as response:
            received = b"".join([chunk async for chunk in response.aiter_raw()])
        assert response.headers.get("content-encoding") == encoding
        assert received == (content or (pages / "assets" / "pre-1234.js").read_bytes())
        assert response.headers["content-type"] == "text/javascript; charset=utf-8"
        assert (await browser.http.get("/assets/pre-1234.js.br")).status_code == 404


async def test_navigations_get_the_page(open_gateway: Open, pages: Path) -> None:
    async with open_gateway(frontend_dir=pages) as browser:
        for path in ("/interviews/42", "/log-in?next=%2F", "/a/b/c.d", "/%C3%A9"):
            response = await browser.http.get(path, headers=PAGE)
            assert response.status_code == 200
            assert response.headers["cache-control"] == "no-cache"
            assert "Interview Kit" in response.text
        assert (await browser.http.head("/interviews/42", headers=PAGE)).content == b""


async def test_what_is_no_navigation_does_not(open_gateway: Open, pages: Path) -> None:
    async with open_gateway(frontend_dir=pages) as browser:
        for path, headers in [
            ("/assets/missing-1.js", PAGE),
            ("/api/missing", PAGE),
            ("/missing.png", {"Accept": "image/*"}),
            ("/page", {"Accept": "*/*"}),
            ("/page", PAGE | {"Sec-Fetch-Mode": "cors"}),
        ]:
            response = await browser.http.get(path, headers=headers)
            assert response.status_code == 404
            assert problem(response) == "not-found"
        changed = await browser.http.post("/interviews/42", headers=PAGE)
        assert (changed.status_code, changed.headers["allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/assets/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/assets/%2e%2e%2f%2e%2e%2fsecret.txt",
        "/assets/..%5c..%5csecret.txt",
        "//secret.txt",
        "/assets/link.txt",
        "/.vite/manifest.json",
        "/assets",
        "/assets/",
        "/index.html%00.js",
    ],
)
async def test_no_path_leads_out_of_the_folder(open_gateway: Open, pages: Path, path: str) -> None:
    async with open_gateway(frontend_dir=pages) as browser:
        answer = await raw(browser, f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        assert answer.split(b" ", 2)[1] in {b"400", b"404"}
        assert b"secret\r\n" not in answer
        assert not answer.endswith(b"secret")


async def test_parts_of_a_file_can_be_asked_for(open_gateway: Open, pages: Path) -> None:
    async with open_gateway(frontend_dir=pages) as browser:
        response = await browser.http.get("/assets/font-1234.woff2", headers={"Range": "bytes=10-19"})
        assert (response.status_code, response.content) == (206, bytes(range(10, 20)))


async def test_new_build_is_noticed(open_gateway: Open, pages: Path) -> None:
    async with open_gateway(frontend_dir=pages) as browser:
        await browser.http.get("/")
        (pages / "assets" / "app-5678.js").write_text("new")
        (pages / "index.html").write_text("<!doctype html><title>Another</title>")
        assert "Another" in (await browser.http.get("/")).text
        assert (await browser.http.get("/assets/app-5678.js")).text == "new"


async def test_missing_build_is_said(open_gateway: Open, tmp_path: Path) -> None:
    for folder in (None, tmp_path / "nowhere"):
        async with open_gateway(frontend_dir=folder) as browser:
            response = await browser.http.get("/", headers=PAGE)
            assert (response.status_code, problem(response)) == (503, "frontend-missing")
            assert (await browser.http.get("/api/session")).status_code == 200
