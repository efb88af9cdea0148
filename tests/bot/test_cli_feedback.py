"""`motcua feedback files`: the files of a feedback, out of the book and into a folder."""

import asyncio
from pathlib import Path
from typing import Final

import pytest

from knowledge.attachments import Attachments
from knowledge.feedback import FeedbackBook
from knowledge.file_kinds import FileKind
from knowledge.store.store import open_store
from tests.bot.test_cli import Terminal, terminal
from tests.citizen import NOON
from tests.files import JPEG, TAKEN
from tests.knowledge.test_feedback import FEEDBACK

__all__ = ["terminal"]

FILES: Final = ((JPEG, "CON.exe"), (TAKEN[FileKind.PDF], "../đơn thư.pdf"), (JPEG, ""))
NAMES: Final = ("1 CON.jpg", "2 đơn thư.pdf", "3.jpg")


@pytest.fixture
def in_the_book(database: str) -> None:
    async def fill() -> None:
        async with open_store(database) as store, store.transaction() as session:
            await FeedbackBook(session).enter(FEEDBACK, "web", "an")
            for content, name in FILES:
                await Attachments(session).keep("web", "an", content, name, NOON)
            await Attachments(session).hand_in("web", "an", FEEDBACK.code)

    asyncio.run(fill())


@pytest.mark.usefixtures("in_the_book")
def test_files_are_written_as_they_came_under_names_of_ours(
    terminal: Terminal, tmp_path: Path
) -> None:
    into = tmp_path / "new"
    told = terminal.run("feedback", "files", FEEDBACK.code.lower(), "--into", str(into))
    paths = [into / FEEDBACK.code / name for name in NAMES]
    assert told.out == "".join(f"{path}\n" for path in paths) + "3 files\n"
    assert [path.read_bytes() for path in paths] == [content for content, _ in FILES]
    assert (into / FEEDBACK.code).stat().st_mode & 0o077 == 0


@pytest.mark.usefixtures("in_the_book")
def test_nothing_is_written_over(terminal: Terminal, tmp_path: Path) -> None:
    there = tmp_path / FEEDBACK.code / NAMES[1]
    there.parent.mkdir()
    there.write_text("an officer's notes")
    told = terminal.run("feedback", "files", FEEDBACK.code, "--into", str(tmp_path))
    assert told.code == 2
    assert "File exists" in told.err
    assert list(there.parent.iterdir()) == [there]
    assert there.read_text() == "an officer's notes"


@pytest.mark.parametrize(
    ("code", "trouble"),
    [("PA-261121-ABCDE2", "there is no feedback"), ("PA-26", "this is no tracking code")],
)
def test_what_is_not_there_is_told(
    terminal: Terminal, tmp_path: Path, code: str, trouble: str
) -> None:
    told = terminal.run("feedback", "files", code, "--into", str(tmp_path / "new"))
    assert told.code == 2
    assert trouble in told.err
    assert not (tmp_path / "new").exists()
