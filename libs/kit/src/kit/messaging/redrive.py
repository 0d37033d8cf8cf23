"""``python -m kit.messaging.redrive analysis.answer_submitted``: send a queue's dead letters again.

The broker's address comes from the variable of the service the queue belongs to, for example ``ANALYSIS_AMQP_URL``.
"""

import argparse
import asyncio
import os
import sys

from kit.messaging.broker import BrokerUnavailable
from kit.messaging.dead_letters import DeadLetter, count, peek, redrive
from kit.messaging.topology import service_of


def main(arguments: list[str] | None = None) -> int:
    """Redrive or list, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m kit.messaging.redrive", description=__doc__)
    parser.add_argument("queue", help="for example analysis.answer_submitted")
    parser.add_argument("--list", action="store_true", help="only say what is there and why")
    parser.add_argument("--limit", type=int, help="send at most this many")
    parser.add_argument(
        "--together",
        action="store_true",
        help="straight into the queue; without it they are taken one at a time, for one may be why its worker died",
    )
    given = parser.parse_args(arguments)
    variable = f"{service_of(given.queue).upper()}_AMQP_URL"
    url = os.environ.get(variable)
    if not url:
        sys.stderr.write(f"{variable} is not set\n")
        return 2
    try:
        report = asyncio.run(
            _list(url, given.queue) if given.list else _redrive(url, given.queue, given.limit, together=given.together)
        )
    except BrokerUnavailable as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{report}\n")
    return 0


async def _redrive(url: str, queue: str, limit: int | None, *, together: bool) -> str:
    sent = await redrive(url, queue, limit=limit, together=together)
    return f"{sent} sent again to {queue}"


async def _list(url: str, queue: str) -> str:
    total = (await count(url, [queue]))[queue]
    letters = await peek(url, queue)
    return "\n".join([f"{total} dead letters of {queue}", *map(_line, letters)])


def _line(letter: DeadLetter) -> str:
    died_at = letter.died_at.isoformat(timespec="seconds") if letter.died_at else "-"
    what = f"{letter.event_type or 'no envelope'} {letter.subject or '-'}"
    why = f"{letter.reason} {letter.detail}".strip()
    return f"{died_at}  {letter.message_id or '-'}  {what}  attempt {letter.attempt}  {why}"


if __name__ == "__main__":
    sys.exit(main())
