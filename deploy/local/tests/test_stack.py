from pathlib import Path

import pytest
from kit.provision import role_of
from local_stack.stack import DATABASE, Engines, Stack

ENGINES = Engines("postgresql://root:toor@db.example:6543/postgres?sslmode=require", "amqp://u:p@127.0.0.1:5673/")
INHERITED = {
    "PATH": "/usr/bin",
    "DATABASE_URL": ENGINES.postgres_url,
    "AMQP_URL": ENGINES.amqp_url,
    "GEMINI_API_KEY": "key",
    "DEPLOYMENT_CONTEXT": "education",
    "INTERVIEW_LOG_LEVEL": "debug",
    "INTERVIEW_DATABASE_URL": "postgresql://somewhere-else/",
}


@pytest.fixture
def stack(tmp_path: Path) -> Stack:
    return Stack(tmp_path, ENGINES, tmp_path / "dist", INHERITED)


def environments(stack: Stack) -> dict[str, dict[str, str]]:
    return {process.name: dict(process.environment) for process in stack.processes()}


def test_every_process_of_the_product_is_there_and_listens_elsewhere(stack: Stack) -> None:
    modules = {process.module for process in stack.processes()}
    services = ("auth", "interview", "analysis", "admin", "gateway")
    workers = ("interview", "analysis", "admin")
    assert modules == {f"{name}.main" for name in services} | {f"{name}.worker" for name in workers}
    ports = [process.ops_port for process in stack.processes()]
    public = [told[f"{name.upper()}_PORT"] for name, told in environments(stack).items() if not name.endswith("worker")]
    assert len({*ports, *map(int, public)}) == len(ports) + len(public)


def test_a_service_knows_its_own_database_role_and_no_other(stack: Stack) -> None:
    for name, told in environments(stack).items():
        service = name.removesuffix("-worker")
        urls = {key: value for key, value in told.items() if "DATABASE" in key or "PROVISION" in key}
        assert "toor" not in str(told), "the superuser's password is nobody's business"
        if service == "gateway":
            assert urls == {}
            continue
        assert set(urls) == {f"{service.upper()}_DATABASE_URL"}
        url = urls[f"{service.upper()}_DATABASE_URL"]
        assert url.startswith(f"postgresql://{role_of(service, DATABASE)}:")
        assert url.endswith("@db.example:6543/interview_kit?sslmode=require")


def test_only_who_asks_the_ai_is_told_its_key(stack: Stack) -> None:
    told = {name for name, environment in environments(stack).items() if "GEMINI_API_KEY" in environment}
    assert told == {"interview", "interview-worker", "analysis", "analysis-worker"}


def test_who_runs_this_is_told_to_those_who_offer_less_then(stack: Stack) -> None:
    told = {name for name, environment in environments(stack).items() if "DEPLOYMENT_CONTEXT" in environment}
    assert told == {"interview", "interview-worker", "admin", "admin-worker"}
    assert environments(stack)["interview"]["DEPLOYMENT_CONTEXT"] == "education"


def test_what_the_caller_says_about_a_service_counts_except_where_things_are(stack: Stack) -> None:
    interview = environments(stack)["interview"]
    assert interview["INTERVIEW_LOG_LEVEL"] == "debug"
    assert "somewhere-else" not in interview["INTERVIEW_DATABASE_URL"]
    assert environments(stack)["analysis"]["ANALYSIS_LOG_LEVEL"] == "info"
    assert "INTERVIEW_LOG_LEVEL" not in environments(stack)["analysis"]


def test_interview_and_its_worker_keep_files_in_one_place_that_may_be_set(tmp_path: Path) -> None:
    def places(inherited: dict[str, str]) -> dict[str, str]:
        told = environments(Stack(tmp_path, ENGINES, tmp_path / "dist", INHERITED | inherited))
        return {name: environment.get("INTERVIEW_STORAGE_URL", "") for name, environment in told.items()}

    here = places({})
    assert here["interview"] == here["interview-worker"] == f"file://{tmp_path}/storage"
    assert {name for name, url in here.items() if url} == {"interview", "interview-worker"}
    bucket = places({"INTERVIEW_STORAGE_URL": "s3://bucket"})
    assert (bucket["interview"], bucket["interview-worker"]) == ("s3://bucket", "s3://bucket")


def test_choice_of_the_speech_engine_reaches_whoever_needs_it(tmp_path: Path) -> None:
    stack = Stack(tmp_path, ENGINES, tmp_path / "dist", INHERITED | {"INTERVIEW_SPEECH": "whisper"})
    told = {name: environment.get("INTERVIEW_SPEECH") for name, environment in environments(stack).items()}
    assert {name for name, speech in told.items() if speech == "whisper"} == {"interview", "interview-worker"}
    assert stack.introduction().environment["INTERVIEW_SPEECH"] == "whisper"


def test_the_door_knows_every_service(stack: Stack) -> None:
    told = environments(stack)
    for service in ("auth", "interview", "analysis", "admin"):
        assert told["gateway"][f"GATEWAY_{service.upper()}_URL"].endswith(told[service][f"{service.upper()}_PORT"])
    assert stack.url == f"http://localhost:{told['gateway']['GATEWAY_PORT']}"
