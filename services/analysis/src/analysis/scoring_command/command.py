"""The command line: what it takes, and how it ends."""

import argparse
import logging
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

import structlog
from kit.ai import AISettings, model_from
from pydantic import ValidationError

from analysis.scoring_command.graders import Grader, model_grader, offline_grader
from analysis.scoring_command.lines import read
from analysis.scoring_command.progress import Progress
from analysis.scoring_command.run import score_all

DEADLINE = timedelta(seconds=75)  # for one answer, retries included; as long as the worker gives it
DONE, SOME_BAD, USAGE, INTERRUPTED, NOBODY_READS = 0, 1, 2, 130, 141
MOST_JOBS = 64
STANDARD = "-"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run and return the exit code: 0, 1 when a line was bad, 2 when the command was used wrongly."""
    parser = _parser()
    options = parser.parse_args(arguments)
    _keep_logs_out_of_the_results()
    progress = Progress()
    try:
        with ExitStack() as stack:
            try:
                grader = stack.enter_context(_grader(options))
                source = stack.enter_context(_source(options.file))
                out = stack.enter_context(_output(options.output, options.file))
            except (OSError, Unusable) as error:
                parser.error(str(error))
            score_all(read(source), grader, out, progress)
    except KeyboardInterrupt:
        progress.summary()
        return INTERRUPTED
    except BrokenPipeError:
        # Python would try once more to write at its exit, and complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NOBODY_READS
    except OSError as error:
        progress.summary()
        print(f"stopped: {error}", file=sys.stderr)  # noqa: T201  # a command talks
        return SOME_BAD
    progress.summary()
    return SOME_BAD if progress.any_bad else DONE


def _keep_logs_out_of_the_results() -> None:
    """Let what the libraries log go where people look; standard out holds results and nothing else."""
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


class Unusable(Exception):  # noqa: N818  # reads as what happened
    """What was asked for cannot be done with these options or settings."""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="interview-kit-score",
        description="Score answers, one JSON object a line, and write one result a line in the same order.",
        epilog="Exit code: 0; 1 when a line was bad; 2 when the command was used wrongly.",
    )
    parser.add_argument("file", metavar="FILE.jsonl", help="the answers; - reads standard input")
    parser.add_argument("-o", "--output", metavar="FILE", default=STANDARD, help="where the results go (standard out)")
    parser.add_argument("--provider", choices=("offline", "gemini", "openai"), default="offline", help="who judges")
    parser.add_argument("--jobs", type=_jobs, default=1, metavar="N", help="processes of the offline engine (1)")
    return parser


def _jobs(text: str) -> int:
    jobs = int(text)
    if not 1 <= jobs <= MOST_JOBS:
        raise argparse.ArgumentTypeError(f"must be 1 to {MOST_JOBS}")
    return jobs


def _grader(options: argparse.Namespace) -> AbstractContextManager[Grader]:
    if options.provider == "offline":
        return offline_grader(options.jobs)
    if options.jobs != 1:
        raise Unusable("--jobs is for the offline engine; a model's calls at once are a setting of its own")
    try:
        settings = AISettings(ai_provider=options.provider)
    except ValidationError as error:
        raise Unusable(f"the settings of the model are wrong: {error}") from None
    model = model_from(settings)
    if model is None or model.provider != options.provider:
        raise Unusable(f"{options.provider} is not configured: set its key in the environment (see README.md)")
    at_once = settings.gemini_concurrency if model.provider == "gemini" else settings.openai_concurrency
    return model_grader(model, at_once, DEADLINE)


@contextmanager
def _source(name: str) -> Iterator[BinaryIO]:
    if name == STANDARD:
        yield sys.stdin.buffer
        return
    with Path(name).open("rb") as file:
        yield file


@contextmanager
def _output(name: str, source: str) -> Iterator[BinaryIO]:
    if name == STANDARD:
        yield sys.stdout.buffer
        return
    path = Path(name)
    if source != STANDARD and path.exists() and path.samefile(source):
        raise Unusable("the results would overwrite the answers: give another file to -o")
    with path.open("wb") as file:
        yield file
