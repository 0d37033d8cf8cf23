import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from gateway.openapi.merge import merge

from .conftest import Open


def references(value: Any) -> set[str]:
    if isinstance(value, dict):
        found = {value["$ref"]} if isinstance(value.get("$ref"), str) else set()
        return found.union(*(references(part) for part in value.values()))
    if isinstance(value, list):
        return set().union(*(references(part) for part in value))
    return set()


def require_valid(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    for reference in references(document):
        part: Any = document
        for step in reference.removeprefix("#/").split("/"):
            part = part[step]
    operations = [operation["operationId"] for item in document["paths"].values() for operation in item.values()]
    assert len(operations) == len(set(operations))
    for path, item in document["paths"].items():
        assert path.startswith("/api/")
        for operation in item.values():
            named = {p["name"] for p in operation.get("parameters", []) if p["in"] == "path"}
            assert named == {part[1:-1] for part in path.split("/") if part.startswith("{")}


def part(path: str, schema: dict[str, Any], name: str = "Thing", operation: str = "read") -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}
    response = {"200": {"description": "", "content": content}}
    return {
        "openapi": "3.1.0",
        "paths": {path: {"get": {"operationId": operation, "responses": response}}},
        "components": {"schemas": {name: schema}},
    }


def served(path: str) -> bool:
    return not path.startswith("/hidden")


def test_paths_are_put_under_api_and_hidden_ones_left_out() -> None:
    service = part("/things", {"type": "object"})
    service["paths"]["/hidden"] = part("/hidden", {}, "Hidden")["paths"]["/hidden"]
    service["components"]["schemas"]["Hidden"] = {"type": "string"}
    document = merge(part("/api/own", {"type": "null"}, "Own", "own"), {"a": service}, version="1", is_served=served)
    assert list(document["paths"]) == ["/api/own", "/api/things"]
    assert list(document["components"]["schemas"]) == ["Own", "Thing"]


def test_names_are_prefixed_only_when_services_disagree() -> None:
    same, other = {"type": "object"}, {"type": "string"}
    agreed = merge({"paths": {}}, {"a": part("/a", same), "b": part("/b", same)}, version="1", is_served=served)
    assert list(agreed["components"]["schemas"]) == ["Thing"]
    differ = merge({"paths": {}}, {"a": part("/a", same), "b": part("/b", other)}, version="1", is_served=served)
    assert differ["components"]["schemas"] == {"AThing": same, "BThing": other}
    assert references(differ["paths"]["/api/b"]) == {"#/components/schemas/BThing"}
    require_valid(differ)


def test_schemas_that_differ_further_down_are_told_apart() -> None:
    def nested(inner: str) -> dict[str, Any]:
        document = part("/" + inner, {"properties": {"inner": {"$ref": "#/components/schemas/Inner"}}}, operation=inner)
        document["components"]["schemas"]["Inner"] = {"type": inner}
        return document

    document = merge({"paths": {}}, {"a": nested("string"), "b": nested("number")}, version="1", is_served=served)
    require_valid(document)
    for service, kind in (("a", "string"), ("b", "number")):
        (outer,) = references(document["paths"][f"/api/{kind}"])
        (inner,) = references(document["components"]["schemas"][outer.rsplit("/", 1)[1]])
        assert document["components"]["schemas"][inner.rsplit("/", 1)[1]] == {"type": kind}, service


async def test_document_describes_what_runs(open_gateway: Open) -> None:
    async with open_gateway() as browser:
        response = await browser.http.get("/openapi.json")
        document = response.json()
    assert response.status_code == 200
    require_valid(document)
    # The small upstream has no document; auth and the gateway have.
    assert {"/api/session", "/api/session/signup", "/api/auth/login", "/api/auth/me"} <= set(document["paths"])
    assert "/api/.well-known/jwks.json" not in document["paths"]
    schemas = document["components"]["schemas"]
    assert {"Session", "SessionUser", "Tokens", "User", "ProblemBody"} <= set(schemas)


def test_document_of_everything_installed_is_valid() -> None:
    command = [sys.executable, "-m", "gateway.openapi"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True)
    document = json.loads(printed.stdout)
    require_valid(document)
    assert {"/api/session", "/api/auth/signup", "/api/catalog", "/api/interviews"} <= set(document["paths"])


async def test_docs_come_from_our_own_origin(open_gateway: Open) -> None:
    async with open_gateway() as browser:
        page = (await browser.http.get("/docs")).text
        assert "http" not in page.replace("</html>", "")
        assert "<style" not in page
        for path in ("/docs/swagger-ui-bundle.js", "/docs/swagger-ui.css", "/docs/start.js"):
            assert path in page
            assert (await browser.http.get(path)).status_code == 200
        assert (await browser.http.get("/docs/redoc.standalone.js")).status_code == 404
        assert (await browser.http.get("/docs/..%2f..%2fcore.py")).status_code == 404


async def test_docs_can_be_switched_off(open_gateway: Open, pages: Path) -> None:
    async with open_gateway(docs=False, frontend_dir=pages) as browser:
        assert (await browser.http.get("/docs")).status_code == 404
        assert (await browser.http.get("/openapi.json")).status_code == 404
