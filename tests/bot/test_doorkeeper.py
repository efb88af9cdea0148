"""Doors and chores side by side: what breaks shuts itself and nothing else."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import pytest

from bot.doorkeeper import Door, open_all, repeated
from bot.post.health import Condition, Health


def door(name: str, closed: list[str]) -> Door:
    @asynccontextmanager
    async def stand() -> AsyncGenerator[str]:
        yield f"{name}: open"
        closed.append(name)

    return stand


@asynccontextmanager
async def jammed() -> AsyncGenerator[str]:
    message = "the token is 123:abc"
    raise ValueError(message)
    yield "never"


@asynccontextmanager
async def falling() -> AsyncGenerator[str]:
    async def fall() -> None:
        await asyncio.sleep(0)
        raise KeyError

    async with asyncio.TaskGroup() as group:
        group.create_task(fall())
        yield "falling: open"


async def test_doors_open_and_close_together() -> None:
    closed: list[str] = []
    async with open_all({"a": door("a", closed), "b": door("b", closed)}, Health()) as where:
        assert where == ["a: open", "b: open"]
        assert closed == []
    assert sorted(closed) == ["a", "b"]


async def test_a_door_that_will_not_open_leaves_the_others_open(
    caplog: pytest.LogCaptureFixture,
) -> None:
    health = Health()
    async with open_all({"jammed": jammed, "b": door("b", [])}, health) as where:
        assert where == ["jammed: shut for now (ValueError)", "b: open"]
        assert health.channels == {"jammed": Condition.DOWN}
    assert "123:abc" not in caplog.text


async def test_a_door_that_breaks_later_leaves_the_others_open(
    caplog: pytest.LogCaptureFixture,
) -> None:
    closed: list[str] = []
    async with open_all({"falling": falling, "b": door("b", closed)}, Health()):
        while "falling is shut: KeyError" not in caplog.text:  # noqa: ASYNC110 - a log wakes nobody
            await asyncio.sleep(0)
        assert closed == []
    assert closed == ["b"]


async def test_a_door_that_broke_is_opened_again() -> None:
    tried: list[str] = []
    opened = asyncio.Event()

    @asynccontextmanager
    async def stubborn() -> AsyncGenerator[str]:
        tried.append("once more")
        if len(tried) < 4:
            raise OSError
        opened.set()
        yield "stubborn: open"

    health = Health()
    async with open_all({"stubborn": stubborn, "b": door("b", [])}, health, 0) as where:
        assert where == ["stubborn: shut for now (OSError)", "b: open"]
        await opened.wait()
        await asyncio.sleep(0)
        assert health.channels == {"stubborn": Condition.UP}
    assert len(tried) == 4


async def test_a_building_that_closes_does_not_wait_for_a_broken_door() -> None:
    async with open_all({"jammed": jammed}, Health(), 10_000):
        pass


async def test_a_chore_that_fails_is_done_again() -> None:
    tried: list[str] = []
    enough = asyncio.Event()

    async def chore() -> None:
        tried.append("once more")
        if len(tried) == 1:
            raise OSError
        enough.set()

    async with repeated("chore", chore, 0):
        await enough.wait()
    assert len(tried) >= 2
