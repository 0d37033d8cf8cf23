"""A question with its follow-ups: one thread, handed over to be judged as one answer when it closes.

A thread is open as long as its open question is a follow-up, so it closes exactly once: with the last answer, with a
skipped follow-up, or with the interview.
"""

from collections.abc import Sequence

from contracts.interview import AnswerPart, AnswerSubmitted, Transcript
from kit.messaging import publish
from sqlalchemy.ext.asyncio import AsyncSession

from interview.edits import edit_ratio
from interview.models import Answer, Interview, Question

BETWEEN_PARTS = "\n\n"


async def close_thread(session: AsyncSession, interview: Interview, question: Question) -> None:
    """Hand over what was answered to a question and its follow-ups; nothing when the question itself was skipped."""
    parts = answered_parts(interview, question)
    if parts and parts[0][0].parent_id is None:
        await publish(session, _submitted(interview, parts))


def answered_parts(interview: Interview, question: Question) -> list[tuple[Question, Answer]]:
    """Return the answered questions of a thread with their answers, the question itself first."""
    return [(one, one.answers[0]) for one in interview.thread_of(question) if one.answers]


def length_before(interview: Interview, question: Question) -> int:
    """Return the characters that come before the answer to a follow-up in the whole answer."""
    parts = [answer for one, answer in answered_parts(interview, question) if one.id != question.id]
    return sum(len(answer.text) + len(BETWEEN_PARTS) for answer in parts)


def _submitted(interview: Interview, parts: Sequence[tuple[Question, Answer]]) -> AnswerSubmitted:
    main, first = parts[0]
    answers = [answer for _, answer in parts]
    text = BETWEEN_PARTS.join(answer.text for answer in answers)
    return AnswerSubmitted(
        interview_id=interview.id,
        candidate_id=interview.candidate_id,
        answer_id=first.id,
        attempt=first.attempt,
        question=main.shape,
        role=interview.role,
        level=interview.level,
        text=text,
        source="voice" if any(answer.source == "voice" for answer in answers) else "typed",
        duration_s=sum(answer.duration_s for answer in answers),
        submitted_at=answers[-1].submitted_at,
        allow_fallback=interview.allow_fallback,
        transcript=_transcript(answers, text),
        parts=_parts(parts) if len(parts) > 1 else (),
    )


def _parts(parts: Sequence[tuple[Question, Answer]]) -> tuple[AnswerPart, ...]:
    placed: list[AnswerPart] = []
    start = 0
    for question, answer in parts:
        placed.append(
            AnswerPart(
                question_text=question.text,
                follow_up=question.follow_up_kind,
                text=answer.text,
                source=answer.source,
                start=start,
                end=start + len(answer.text),
            )
        )
        start += len(answer.text) + len(BETWEEN_PARTS)
    return tuple(placed)


def _transcript(answers: Sequence[Answer], text: str) -> Transcript | None:
    """Put what was heard of the parts together, one after the other as with takes.

    Times and the share of edits are told only when they are true of the whole: every part spoken, to one engine.
    """
    heard = [answer.spoken for answer in answers]
    spoken = [one for one in heard if one is not None]
    if len(answers) == 1 or not spoken:
        return spoken[0] if spoken else None
    is_whole = len(spoken) == len(answers) and len({one.engine for one in spoken}) == 1
    said = BETWEEN_PARTS.join(one.heard for one in spoken)
    joined = Transcript(
        engine=spoken[0].engine,
        provider=next((one.provider for one in spoken if one.provider), None),
        model=next((one.model for one in spoken if one.model), None),
        heard=said,
    )
    if not is_whole:
        return joined
    seconds = [one.spoken_s for one in spoken]
    return joined.model_copy(
        update={
            "edit_ratio": edit_ratio(said, text) if all(one.edit_ratio is not None for one in spoken) else None,
            "words": _words(spoken),
            "spoken_s": round(sum(seconds), 3) if None not in seconds else None,  # type: ignore[arg-type]  # just seen
        }
    )


def _words(spoken: Sequence[Transcript]) -> tuple[object, ...] | None:
    """Put the words of all parts on one clock, without the pauses between them; None when one has no times."""
    words = []
    began = 0.0
    for one in spoken:
        if one.words is None or one.spoken_s is None:
            return None
        words += [
            word.model_copy(update={"start_s": round(began + word.start_s, 3), "end_s": round(began + word.end_s, 3)})
            for word in one.words
        ]
        began += max(one.spoken_s, one.words[-1].end_s if one.words else 0.0)
    return tuple(words)
