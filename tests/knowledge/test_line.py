"""The line before the one writer: fair, but for those in a hurry; whoever leaves is forgotten."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as some

from knowledge.store.line import Line

Comer = tuple[bool, int]
"""Whether they are in a hurry, and after how many looks they leave; 0: they stay."""


@dataclass
class Counter:
    """Writes down who was served, and that nobody was served beside them."""

    line: Line = field(default_factory=Line)
    inside: int = 0
    served: list[int] = field(default_factory=list)

    async def serve(self, number: int, *, hurried: bool) -> None:
        async with self.line.turn(hurried=hurried):
            self.inside += 1
            assert self.inside == 1
            self.served.append(number)
            try:
                await asyncio.sleep(0)
            finally:
                self.inside -= 1


async def go_through(comers: Sequence[Comer]) -> list[int]:
    """Let all come while the line is taken; some leave again, at any moment."""
    counter = Counter()
    async with asyncio.TaskGroup() as group:
        async with counter.line.turn(hurried=False):
            tasks = [
                group.create_task(counter.serve(number, hurried=hurried))
                for number, (hurried, _) in enumerate(comers)
            ]
            for look in range(1, 5):
                await look_round(look, tasks, comers)
        for look in range(5, 10):
            await look_round(look, tasks, comers)
    assert counter.inside == 0
    last = asyncio.ensure_future(counter.serve(-1, hurried=False))  # noqa: TID251 - ends right here
    await asyncio.sleep(0)
    assert counter.served.pop() == -1, "the line is free in the end"
    await last
    return counter.served


async def look_round(
    look: int, tasks: Sequence[asyncio.Task[None]], comers: Sequence[Comer]
) -> None:
    await asyncio.sleep(0)
    for task, (_, leaves) in zip(tasks, comers, strict=True):
        if leaves == look:
            task.cancel()


@given(some.lists(some.booleans()))
def test_who_is_in_a_hurry_goes_first_and_nobody_else_overtakes(hurried: list[bool]) -> None:
    served = asyncio.run(go_through([(one, 0) for one in hurried]))
    assert served == sorted(range(len(hurried)), key=lambda number: not hurried[number])


@given(some.lists(some.tuples(some.booleans(), some.integers(0, 9)), max_size=9))
def test_who_leaves_holds_up_nobody(comers: list[Comer]) -> None:
    served = asyncio.run(go_through(comers))
    assert len(served) == len(set(served))
    assert {number for number, (_, leaves) in enumerate(comers) if not leaves} <= set(served)


async def test_between_two_in_a_hurry_somebody_else_is_served() -> None:
    counter = Counter()

    async def hurry_again_and_again() -> None:
        for number in range(3):
            await counter.serve(number, hurried=True)

    async with asyncio.TaskGroup() as group:
        group.create_task(hurry_again_and_again())
        for number in (7, 8, 9):
            group.create_task(counter.serve(number, hurried=False))
    assert counter.served == [0, 7, 1, 8, 2, 9]
