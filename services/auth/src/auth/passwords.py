"""How passwords are hashed: argon2id on a few threads of its own (decision 7)."""

import asyncio
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from auth.errors import PasswordsBusy
from auth.settings import AuthSettings

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a password was right, and a fresh hash when the stored one is of an older strength."""

    matches: bool
    new_hash: str | None = None


class Passwords:
    """Hashes and verifies on a few threads of its own: a hash takes 25 ms and 19 MiB.

    The queue is bounded, so that a storm of logins gets 503 at once instead of an answer in a minute.
    """

    def __init__(self, settings: AuthSettings) -> None:
        """Take the strength and the bounds from the settings."""
        self._hasher = PasswordHasher(
            time_cost=settings.password_iterations,
            memory_cost=settings.password_memory_kib,
            parallelism=settings.password_parallelism,
            type=Type.ID,
        )
        self._limit = settings.password_workers + settings.password_queue
        self._running = 0
        self._pool = ThreadPoolExecutor(settings.password_workers, thread_name_prefix="passwords")
        # Verified when the address is unknown, so that both cases take the same work.
        self._nobody = self._hasher.hash("nobody has this password")

    async def hash(self, password: str) -> str:
        """Return the hash to store.

        Raises:
            PasswordsBusy: too many are waiting.
        """
        return await self._run(self._hasher.hash, _normalised(password))

    async def verify(self, stored: str | None, password: str) -> Verdict:
        """Compare with a stored hash; None stands for an account that does not exist and costs the same.

        Raises:
            PasswordsBusy: too many are waiting.
        """
        return await self._run(self._verify, stored, _normalised(password))

    def close(self) -> None:
        """Let the threads go."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _verify(self, stored: str | None, password: str) -> Verdict:
        try:
            self._hasher.verify(stored or self._nobody, password)
        except (VerificationError, InvalidHashError):
            return Verdict(matches=False)
        if stored is None:
            return Verdict(matches=False)
        if self._hasher.check_needs_rehash(stored):
            return Verdict(matches=True, new_hash=self._hasher.hash(password))
        return Verdict(matches=True)

    async def _run(self, work: Callable[..., T], *arguments: object) -> T:
        if self._running >= self._limit:
            raise PasswordsBusy
        self._running += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, work, *arguments)
        finally:
            self._running -= 1


def _normalised(password: str) -> str:
    # The same key press gives composed characters on one system and decomposed ones on another.
    return unicodedata.normalize("NFKC", password)
