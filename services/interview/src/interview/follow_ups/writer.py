"""Has a model word follow-up questions. What to ask about is decided by the rules, and every wording is checked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import structlog
from kit.ai import StructuredModel, as_data
from pydantic import BaseModel, ConfigDict

from interview.follow_ups.checks import faults_of
from interview.follow_ups.gaps import Gap
from interview.follow_ups.task import Task
from interview.prompts import FOLLOW_UP, prompt

log = structlog.get_logger(__name__)


class ReplyPart(BaseModel):
    """Only types are checked here; lengths and meaning afterwards."""

    model_config = ConfigDict(extra="forbid")


class ReplyFollowUp(ReplyPart):
    """The words for one gap."""

    gap: str
    follow_up: str


class Reply(ReplyPart):
    """What the model is to send."""

    follow_ups: list[ReplyFollowUp]


@dataclass(frozen=True, slots=True)
class WordedFollowUps:
    """What passed the checks, with what it cost; tokens as the provider counted them."""

    words: tuple[tuple[Gap, str], ...]
    provider: str
    model: str
    prompt_version: str
    input_tokens: int | None
    output_tokens: int | None


class FollowUpWriter:
    """Asks the model once. There is no second try: when it is of no use, the rules' own words are as good as any."""

    def __init__(self, model: StructuredModel, *, deadline: timedelta) -> None:
        self._model = model
        self._deadline = deadline

    async def write(self, task: Task, gaps: Sequence[Gap]) -> WordedFollowUps:
        """Have a question worded for each gap. Hold no database transaction while waiting for this.

        Raises:
            kit.ai.ModelError: the model gave nothing usable.
        """
        generated = await self._model.generate(
            system=prompt(FOLLOW_UP), prompt=_document(task, gaps), schema=Reply, deadline=self._deadline
        )
        by_gap = {one.gap.strip(): one.follow_up.strip() for one in generated.value.follow_ups}
        words = []
        for number, gap in enumerate(gaps, start=1):
            text = by_gap.get(_name(number), "")
            if faults := faults_of(text, task):
                log.info("follow_up_refused", model=self._model.model, target=gap.target, faults=faults)
            else:
                words.append((gap, text))
        return WordedFollowUps(
            words=tuple(words),
            provider=self._model.provider,
            model=generated.model,
            prompt_version=FOLLOW_UP,
            input_tokens=generated.input_tokens,
            output_tokens=generated.output_tokens,
        )


def _name(number: int) -> str:
    return f"gap-{number}"


def _document(task: Task, gaps: Sequence[Gap]) -> str:
    """Write what the model is to know: no name, no id, nothing of the candidate but the answer itself."""
    ours = {
        "kind": task.kind,
        "gaps": [
            {
                "gap": _name(number),
                "follow_up": gap.kind,
                "target": gap.point.text if gap.point is not None else gap.target.replace("_", " "),
            }
            for number, gap in enumerate(gaps, start=1)
        ],
    }
    thread = [{"asked": part.question, "answered": part.answer} for part in task.said]
    return f"{as_data(ours)}\n{as_data({'thread': thread})}\n"
