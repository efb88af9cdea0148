"""The real processes of a crash test, and the watch over them: it ends what cannot go on."""

import asyncio
import os
import random
import signal
import socket
import sys
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
OPEN: Final = "web: http"  # told by a process that has started
# Looks, not seconds: on a busy machine they come more slowly, as all else does. The longest rest
# that is part of the order is a lease of 15 seconds.
LOOKS: Final = 300
_BETWEEN_LOOKS: Final = 0.3  # seconds
_TOLD: Final = 2000  # letters of the log
# Below the ports that a connection may be given while its process is dead.
_PORTS: Final = range(20_000, 32_000)


class EndedError(AssertionError):
    """The ordeal cannot go on; why."""


@dataclass
class Replicas:
    """The real processes, started again whenever one is killed."""

    settings: dict[str, str]
    directory: Path
    chance: random.Random
    ports: list[int]
    """Where each takes deliveries, whichever process sits there."""
    group: asyncio.TaskGroup
    running: list[asyncio.subprocess.Process] = field(default_factory=list)
    killed: int = 0
    _may_end: set[int] = field(default_factory=set)

    async def start(self) -> None:
        """Let a process sit at each port."""
        for port in self.ports:
            self.running.append(await self._process(port))

    async def kill_one(self) -> None:
        """Kill any of them, and start another in its place."""
        place = self.chance.randrange(len(self.running))
        process = self.running.pop(place)
        self._let_end(process)
        process.kill()
        await process.wait()
        self.killed += 1
        self.running.insert(place, await self._process(self.ports[place]))

    async def stop(self) -> None:
        """Ask all to stop; each must do so by itself, once it has started."""
        for process in self.running:
            while OPEN not in self._log_of(process):  # noqa: ASYNC110 - a file calls nobody
                await asyncio.sleep(_BETWEEN_LOOKS)
            self._let_end(process)
            process.send_signal(signal.SIGTERM)
        for process in self.running:
            assert await process.wait() == 0, self.log

    async def end(self) -> None:
        """Leave none behind."""
        for process in self.running:
            self._may_end.add(process.pid)
            if process.returncode is None:
                process.kill()
                await process.wait()

    async def see_that_all_moves(
        self, moved: Callable[[], object], looks: int = LOOKS, between: float = _BETWEEN_LOOKS
    ) -> None:
        """Look whether what *moved* tells is another than before.

        Raises:
            EndedError: it was the same at so many *looks*.
        """
        before, same = moved(), 0
        while same < looks:
            await asyncio.sleep(between)
            now = moved()
            before, same = now, same + 1 if now == before else 0
        message = f"nothing moved while we looked {looks} times: {before}\n{self.log}"
        raise EndedError(message)

    @property
    def log(self) -> str:
        """Give the last lines that each of them wrote."""
        return "\n".join(self._log_of(process)[-_TOLD:] for process in self.running)

    async def _process(self, port: int) -> asyncio.subprocess.Process:
        name = self.directory / "log"
        with name.open("wb") as log:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                *("-m", "bot", "run"),
                cwd=self.directory,
                env=os.environ | self.settings | {"MOTCUA_HOOKS_PORT": str(port)},  # noqa: TID251 - handed on
                stdout=log,
                stderr=log,
            )
        name.rename(self._log_file(process))
        self.group.create_task(self._guard(process))
        return process

    def _log_file(self, process: asyncio.subprocess.Process) -> Path:
        return self.directory / f"log-{process.pid}"

    def _log_of(self, process: asyncio.subprocess.Process) -> str:
        return self._log_file(process).read_text()

    async def _guard(self, process: asyncio.subprocess.Process) -> None:
        await process.wait()
        if process.pid not in self._may_end:
            self._let_end(process)

    def _let_end(self, process: asyncio.subprocess.Process) -> None:
        """Take no offence when *process* ends from now on; it must not have ended before."""
        if process.returncode is not None:
            log = self._log_of(process)[-_TOLD:]
            message = f"a process ended ({process.returncode}) that we did not kill\n{log}"
            raise EndedError(message)
        self._may_end.add(process.pid)


@asynccontextmanager
async def open_replicas(
    count: int, settings: dict[str, str], directory: Path, moved: Callable[[], object]
) -> AsyncGenerator[Replicas]:
    """Start *count* processes and watch over them.

    Raises:
        EndedError: one of them ended by itself, or *moved* tells the same for too long.
    """
    chance = random.Random(7)  # noqa: S311 - to be repeated
    ports = [_free_port() for _ in range(count)]
    async with asyncio.TaskGroup() as group:
        replicas = Replicas(settings, directory, chance, ports, group)
        try:
            await replicas.start()
            watch = group.create_task(replicas.see_that_all_moves(moved))
            yield replicas
            watch.cancel()
        finally:
            await replicas.end()


@contextmanager
def first_error() -> Generator[None]:
    """Tell only what broke first: the others were cut short by it."""
    try:
        yield
    except BaseExceptionGroup as errors:
        error: BaseException = errors
        while isinstance(error, BaseExceptionGroup):
            error = error.exceptions[0]
        raise error from None


def _free_port() -> int:
    for port in random.sample(_PORTS, len(_PORTS)):
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise EndedError
