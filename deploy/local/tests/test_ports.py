import socket
from pathlib import Path

import pytest
from local_stack.ports import Ports, is_free


@pytest.fixture
def listener() -> socket.socket:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken


def test_a_port_is_kept_from_one_run_to_the_next(tmp_path: Path) -> None:
    file = tmp_path / "ports.json"
    port = Ports(file).take("postgres")
    assert is_free(port)
    assert Ports(file).take("postgres") == port


def test_two_names_never_share_a_port(tmp_path: Path) -> None:
    ports = Ports(tmp_path / "ports.json")
    assert len({ports.take(f"service-{number}") for number in range(50)}) == 50


def test_a_port_that_somebody_took_is_replaced(tmp_path: Path) -> None:
    file = tmp_path / "ports.json"
    port = Ports(file).take("postgres")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        other = Ports(file).take("postgres")
        assert other != port
    assert Ports(file).take("postgres") == other


def test_a_wanted_port_is_taken_when_free_and_followed_by_the_next_when_not(
    tmp_path: Path, listener: socket.socket
) -> None:
    taken = listener.getsockname()[1]
    port = Ports(tmp_path / "ports.json").take("gateway", wanted=taken)
    assert taken < port <= taken + 200
    listener.close()
    assert Ports(tmp_path / "ports.json").take("gateway", wanted=taken) == taken


def test_a_broken_file_is_replaced(tmp_path: Path) -> None:
    file = tmp_path / "ports.json"
    file.write_text("{", encoding="utf-8")
    port = Ports(file).take("postgres")
    assert Ports(file).take("postgres") == port
