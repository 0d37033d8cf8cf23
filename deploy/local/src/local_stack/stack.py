"""Which processes there are, where they listen, and what each is told about the others."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from local_stack.ports import Ports
from local_stack.processes import Process, Program
from local_stack.secrets import Secrets

DATABASE = "interview_kit"
SERVICES = ("auth", "interview", "analysis", "admin")
WORKERS = ("interview", "analysis", "admin")
# Their processes ask the AI; the others are not told its key.
ASKS_AI = ("interview", "analysis")
_OF_AI = ("GEMINI_", "OPENAI_", "AI_")
# Their processes offer and show less at a school or an employer; the others need not know where they run.
KNOWS_CONTEXT = ("interview", "admin")
GATEWAY_PORT = 8000

DOOR, APIS, BEHIND = 0, 1, 2


@dataclass(frozen=True)
class Engines:
    """The database server (as its superuser) and the broker."""

    postgres_url: str
    amqp_url: str


class Stack:
    """The product on this machine.

    Args:
        directory: Where ports, secrets and stored files are kept.
        engines: What it stands on.
        frontend: The built frontend.
        inherited: The environment of whoever starts it; what it says about a service (`INTERVIEW_LOG_LEVEL`) counts,
            except where things are.
    """

    def __init__(self, directory: Path, engines: Engines, frontend: Path, inherited: Mapping[str, str]) -> None:
        self._directory = directory
        self._engines = engines
        self._frontend = frontend
        self._inherited = inherited
        self._secrets = Secrets(directory / "secrets")
        ports = Ports(directory / "ports.json")
        wanted = int(inherited.get("GATEWAY_PORT", GATEWAY_PORT))
        self._public = {service: ports.take(service) for service in SERVICES}
        self._public["gateway"] = ports.take("gateway", wanted=wanted)
        names = [*self._public, *(f"{service}-worker" for service in WORKERS)]
        self._ops = {name: ports.take(f"{name}-ops") for name in names}

    @property
    def url(self) -> str:
        """What a person types into the browser."""
        return f"http://localhost:{self._public['gateway']}"

    def processes(self) -> list[Process]:
        """Every process, the door last: it is ready when the others are."""
        apis = [self._process(service, f"{service}.main", service, APIS) for service in SERVICES]
        workers = [self._process(f"{service}-worker", f"{service}.worker", service, BEHIND) for service in WORKERS]
        return [*apis, *workers, self._process("gateway", "gateway.main", "gateway", DOOR)]

    def preparation(self) -> Program:
        """What makes roles, schemas, tables and the first administrator."""
        passwords = {f"{service.upper()}_DATABASE_PASSWORD": self._password(service) for service in SERVICES}
        told = [self._told(service) for service in SERVICES]
        merged = {name: value for variables in told for name, value in variables.items()}
        environment = {
            **self._general(),
            **merged,
            **passwords,
            # What it has to say is for the person at the terminal, and only that.
            "AUTH_LOG_LEVEL": "warning",
            "PROVISION_ADMIN_URL": self._engines.postgres_url,
            "PROVISION_DATABASE": DATABASE,
        }
        return Program("prepare", "local_stack.prepare", environment)

    def introduction(self) -> Program:
        """What says which AI is in use."""
        speech = {name: value for name, value in self._inherited.items() if name == "INTERVIEW_SPEECH"}
        return Program("introduction", "local_stack.ai_in_use", {**self._general(asks_ai=True), **speech})

    def _process(self, name: str, module: str, service: str, stage: int) -> Process:
        told = {**self._told(service), f"{service.upper()}_OPS_PORT": str(self._ops[name])}
        return Process(
            name=name,
            module=module,
            environment={
                **self._general(asks_ai=service in ASKS_AI, knows_context=service in KNOWS_CONTEXT),
                **told,
            },
            ops_port=self._ops[name],
            stage=stage,
        )

    def _told(self, service: str) -> dict[str, str]:
        """What a service is told, under its own prefix: what the caller says about it, and where things are."""
        prefix = f"{service.upper()}_"
        said = {name: value for name, value in self._inherited.items() if name.startswith(prefix)}
        places = self._gateway() if service == "gateway" else self._service(service)
        common = {"LOG_FORMAT": "console", "LOG_LEVEL": self._inherited.get("LOG_LEVEL", "info")}
        if service == "interview":
            # Unlike the other places it may be somewhere else: a bucket, for example.
            common["STORAGE_URL"] = (self._directory / "storage").absolute().as_uri()
            common["SCRATCH_DIR"] = str(self._directory / "scratch")
        return {
            **{prefix + name: value for name, value in common.items()},
            **said,
            **{prefix + name: value for name, value in places.items()},
        }

    def _service(self, service: str) -> dict[str, str]:
        places = {
            "HOST": "127.0.0.1",
            "PORT": str(self._public[service]),
            "DATABASE_URL": self._database_url(service),
            "AMQP_URL": self._engines.amqp_url,
        }
        if service == "auth":
            return places | {"SIGNING_KEY_SECRET": self._secrets.get("auth-signing-key-secret")}
        return places | {"JWKS_URL": f"{self._address('auth')}/.well-known/jwks.json"}

    def _gateway(self) -> dict[str, str]:
        return {
            "PORT": str(self._public["gateway"]),
            "FRONTEND_DIR": str(self._frontend),
            **{f"{service.upper()}_URL": self._address(service) for service in SERVICES},
        }

    def _general(self, *, asks_ai: bool = False, knows_context: bool = False) -> dict[str, str]:
        """What is not about one service: PATH, HOME, proxies, for some the AI, for some who runs this."""
        prefixes = tuple(f"{name.upper()}_" for name in (*SERVICES, "gateway"))
        kept = {name: value for name, value in self._inherited.items() if not name.startswith(prefixes)}
        for name in ("DATABASE_URL", "AMQP_URL", "LOG_LEVEL"):
            kept.pop(name, None)
        if not asks_ai:
            kept = {name: value for name, value in kept.items() if not name.startswith(_OF_AI)}
        if not knows_context:
            kept.pop("DEPLOYMENT_CONTEXT", None)
        return kept

    def _address(self, service: str) -> str:
        return f"http://127.0.0.1:{self._public[service]}"

    def _password(self, service: str) -> str:
        return self._secrets.get(f"{service}-database-password")

    def _database_url(self, service: str) -> str:
        """The service's own role on the same server as the superuser's."""
        server = urlsplit(self._engines.postgres_url)
        place = server.netloc.rpartition("@")[2]
        credentials = f"{DATABASE}_{service}:{quote(self._password(service), safe='')}"
        return urlunsplit((server.scheme, f"{credentials}@{place}", f"/{DATABASE}", server.query, ""))
