"""The API's documentation: the merged OpenAPI document, and Swagger UI from our own origin.

Swagger UI's files come with the fastapi-offline package. The page holds no inline script, so that the content security
policy needs no exception.
"""

from importlib.metadata import distribution
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from kit.problems import NotFound
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response

from gateway.openapi.live import LiveDocument

router = APIRouter(include_in_schema=False)

_FILES = {
    "swagger-ui-bundle.js": "text/javascript; charset=utf-8",
    "swagger-ui.css": "text/css; charset=utf-8",
}
_CACHE = {"Cache-Control": "public, max-age=86400"}

_PAGE = """<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Interview Kit API</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="/docs/swagger-ui.css" />
  </head>
  <body>
    <div id="swagger-ui"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
"""

# Changes made from this page ride on the cookie like those of the product, and need the token as well.
_START = """let token = null;

async function csrfToken() {
  if (token === null) token = (await (await fetch('/api/session')).json()).csrf_token;
  return token;
}

SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  validatorUrl: null,
  requestInterceptor: async (request) => {
    if (request.method && !['GET', 'HEAD'].includes(request.method.toUpperCase())) {
      request.headers['X-CSRF-Token'] = await csrfToken();
    }
    return request;
  },
});
"""


@router.get("/openapi.json")
async def read_document(request: Request) -> Response:
    """Return the merged document."""
    app: FastAPI = request.app
    live: LiveDocument = app.state.openapi
    return JSONResponse(await live.get(app.openapi()), headers={"Cache-Control": "no-cache"})


@router.get("/docs")
async def read_page() -> Response:
    """Return the page."""
    return HTMLResponse(_PAGE, headers={"Cache-Control": "no-cache"})


@router.get("/docs/start.js")
async def read_start() -> Response:
    """Return the script that starts the page."""
    return Response(_START, media_type="text/javascript", headers={"Cache-Control": "no-cache"})


@router.get("/docs/{name}")
async def read_file(name: str) -> Response:
    """Return one of Swagger UI's files."""
    kind = _FILES.get(name)
    if kind is None:
        raise NotFound
    path: Any = distribution("fastapi-offline").locate_file(f"fastapi_offline/static/{name}")
    return FileResponse(path, media_type=kind, headers=_CACHE)
