"""Build the containers, run the product in them through its published port, take it down: `make test-compose`.

Needs a Docker Engine with Compose and nothing else: standard library only. It uses a project, secrets and a port of its
own, so that a product that is running already is left alone.
"""

import http.client
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
PROCESSES = (
    *("auth", "interview", "interview-worker", "analysis", "analysis-worker", "admin", "admin-worker", "gateway"),
)
ENGINES = ("postgres", "rabbitmq")
WITHIN = 60
ANSWER = (
    "I measured the slow endpoint first and found that one query took most of the time. I added an index, proved with "
    "the same measurement that the latency fell from 900 to 40 milliseconds, and wrote a test that fails when the plan "
    "changes. My team agreed to look at query plans in review from then on, because I showed them what it had cost us."
)


class Compose:
    """One project of Docker Compose."""

    def __init__(self, environment_file: Path) -> None:
        self._command = [
            *(shutil.which("docker") or "docker", "compose"),
            *("--project-name", f"interview-kit-try-{secrets.token_hex(3)}", "--env-file", str(environment_file)),
        ]

    def run(self, *arguments: str) -> None:
        """Run a command of Compose with its output on ours."""
        subprocess.run([*self._command, *arguments], check=True, cwd=ROOT)

    def read(self, *arguments: str) -> str:
        """Run a command of Compose and return what it prints."""
        done = subprocess.run([*self._command, *arguments], check=True, cwd=ROOT, capture_output=True, text=True)
        return done.stdout

    def inspect(self, service: str) -> dict[str, Any]:
        """What the engine knows about a service's container."""
        container = self.read("ps", "--all", "--quiet", service).strip()
        docker = shutil.which("docker") or "docker"
        done = subprocess.run([docker, "inspect", container], check=True, capture_output=True, text=True)
        found: dict[str, Any] = json.loads(done.stdout)[0]
        return found


class Browser:
    """A client of the published port, with a bearer token once it has one."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.token = ""

    def ask(self, method: str, path: str, body: object = None) -> tuple[int, dict[str, str], bytes]:
        """Send a request and return status, headers and body."""
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
        headers = {"Content-Type": "application/json"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        try:
            connection.request(method, path, None if body is None else json.dumps(body), headers)
            response = connection.getresponse()
            return response.status, {name.lower(): value for name, value in response.getheaders()}, response.read()
        finally:
            connection.close()

    def json(self, method: str, path: str, body: object = None, *, status: int) -> Any:
        """Send a request that must be answered with `status` and return the body."""
        got, _, content = self.ask(method, path, body)
        if got != status:
            raise AssertionError(f"{method} {path}: {got} instead of {status}: {content[:500]!r}")
        return json.loads(content) if content else None


def until(what: str, condition: Callable[[], Any]) -> Any:
    """Wait until something is so and return it."""
    deadline = time.monotonic() + WITHIN
    while not (found := condition()):
        if time.monotonic() > deadline:
            raise AssertionError(f"not so after {WITHIN} s: {what}")
        time.sleep(0.2)
    return found


def journey(browser: Browser, admin: tuple[str, str]) -> None:
    """A candidate's interview to the report, and what an administrator sees of it."""
    status, headers, page = browser.ask("GET", "/")
    assert status == 200, status
    assert b"<div id=" in page, "the built frontend is served"
    assert "content-security-policy" in headers
    candidate = {"email": f"{secrets.token_hex(4)}@example.org", "password": secrets.token_hex(8)}
    browser.json("POST", "/api/auth/signup", candidate | {"display_name": "Candidate"}, status=201)
    browser.token = browser.json("POST", "/api/auth/login", candidate, status=200)["access_token"]
    catalog = browser.json("GET", "/api/catalog", status=200)
    chosen = {"role_id": catalog["roles"][0]["id"], "level_id": catalog["levels"][1]["id"], "question_count": 3}
    path = f"/api/interviews/{browser.json('POST', '/api/interviews', chosen, status=202)['id']}"
    until("the questions are written", lambda: browser.json("GET", path, status=200)["status"] == "ready")
    interview = browser.json("POST", f"{path}/start", status=200)
    while interview["status"] == "in_progress":
        question = f"{path}/questions/{interview['current_question_id']}/answers"
        interview = browser.json("POST", question, {"text": ANSWER, "source": "typed"}, status=202)
    report_path = f"/api/reports/{interview['id']}"

    def report() -> Any:
        got, _, content = browser.ask("GET", report_path)
        found = json.loads(content) if got == 200 else None
        return found if found and found["status"] != "pending" else None

    found = until("the report is there", report)
    assert found["status"] in {"done", "partial", "insufficient"}, found["status"]
    assert len(found["answers"]) == 3
    browser.token = ""
    credentials = {"email": admin[0], "password": admin[1]}
    browser.token = browser.json("POST", "/api/auth/login", credentials, status=200)["access_token"]
    until(
        "the administrator sees the interview",
        lambda: interview["id"] in str(browser.json("GET", "/api/admin/interviews", status=200)),
    )


def hardened(compose: Compose) -> None:
    """Every container runs as somebody who is not root, on a file system it cannot write to, with no capability."""
    for service in (*PROCESSES, *ENGINES):
        container = compose.inspect(service)
        host = container["HostConfig"]
        assert container["Config"]["User"] not in {"", "0", "root", "0:0"}, f"{service} runs as root"
        assert host["ReadonlyRootfs"], f"{service} can write to its image"
        assert host["CapDrop"] == ["ALL"], f"{service} keeps capabilities"
        assert container["State"]["Health"]["Status"] == "healthy", service
        published = {port for port, where in container["NetworkSettings"]["Ports"].items() if where}
        assert published == ({"8000/tcp"} if service == "gateway" else set()), f"{service} publishes {published}"


def survives_a_restart(compose: Compose, browser: Browser, admin: tuple[str, str]) -> None:
    """Down and up again: the volumes have kept everything."""
    compose.run("down", "--timeout", "60")
    compose.run("up", "--detach", "--wait", "--wait-timeout", "300")
    credentials = {"email": admin[0], "password": admin[1]}
    browser.token = browser.json("POST", "/api/auth/login", credentials, status=200)["access_token"]
    seen = browser.json("GET", "/api/admin/interviews", status=200)
    assert len(seen["items"]) == 1, "the interview from before is still there"


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def main() -> int:
    """Run it all and clean up, whatever happens."""
    engine = subprocess.run(["docker", "version"], check=False, capture_output=True)  # noqa: S607 - the one on PATH
    if engine.returncode != 0:
        sys.stderr.write(f"No Docker Engine answers:\n{engine.stderr.decode()}\n")
        return 1
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as directory:
        environment_file, port = Path(directory) / "env", free_port()
        script = str(ROOT / "deploy" / "compose" / "env.py")
        make = [sys.executable, script, "--file", str(environment_file), "--port", str(port)]
        subprocess.run(make, check=True, stdout=subprocess.DEVNULL)
        settings = dict(
            line.split("=", 1) for line in environment_file.read_text(encoding="utf-8").splitlines() if "=" in line
        )
        admin = (settings["AUTH_ADMIN_EMAIL"], settings["AUTH_ADMIN_PASSWORD"])
        for name in settings:
            # The shell's variables would win over the file's.
            os.environ.pop(name, None)
        compose = Compose(environment_file)
        steps: list[tuple[str, Callable[[], None]]] = [
            ("build", lambda: compose.run("build", "--quiet")),
            ("start", lambda: compose.run("up", "--detach", "--wait", "--wait-timeout", "300")),
            ("journey", lambda: journey(Browser(port), admin)),
            ("hardening", lambda: hardened(compose)),
            ("restart", lambda: survives_a_restart(compose, Browser(port), admin)),
        ]
        passed = 0
        try:
            for name, step in steps:
                started = time.monotonic()
                step()
                passed += 1
                sys.stdout.write(f"{name}: ok, {time.monotonic() - started:.0f} s\n")
        except (AssertionError, OSError, subprocess.CalledProcessError) as error:
            sys.stdout.write(f"{steps[passed][0]}: {error}\n")
            sys.stdout.write(compose.read("ps", "--all") + compose.read("logs", "--tail", "30", "--no-color"))
        finally:
            compose.run("down", "--volumes", "--timeout", "20")
    sys.stdout.write(f"{time.monotonic() - began:.0f} s\n{passed} passed, {len(steps) - passed} failed\n")
    return 0 if passed == len(steps) else 1


if __name__ == "__main__":
    sys.exit(main())
