"""Files of feedback: with the draft, with the feedback, or gone; never more than the limits."""

from collections.abc import AsyncGenerator
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.attachments import Attachment, AttachmentLimits, Attachments, Load, Unfit
from knowledge.feedback import FeedbackBook, FeedbackCode
from knowledge.file_kinds import FileKind
from knowledge.store.store import Store, Transaction, open_store
from tests.citizen import NOON
from tests.files import JPEG, NOT_TAKEN, TAKEN
from tests.knowledge.test_feedback import FEEDBACK

AN = ("telegram", "an")
BINH = ("telegram", "binh")
SMALL = AttachmentLimits(files=3, file_bytes=100, all_bytes=200)


@pytest.fixture
async def either(any_database: str) -> AsyncGenerator[Store]:
    async with open_store(any_database) as store:
        yield store


async def handed_in(session: Transaction, code: FeedbackCode) -> list[Attachment]:
    return [file async for file in Attachments(session).of(code)]


async def test_what_a_draft_carries_is_handed_in_with_it(either: Store) -> None:
    async with either.transaction() as session:
        book = Attachments(session, AttachmentLimits(files=len(TAKEN)))
        for kind, content in TAKEN.items():
            assert await book.keep(*AN, content, f"x.{kind}", NOON) is None
        await book.keep(*BINH, JPEG, "của người khác.jpg", NOON)
        await FeedbackBook(session).enter(FEEDBACK, *AN)
        await book.hand_in(*AN, FEEDBACK.code)
    async with either.transaction() as session:
        files = await handed_in(session, FEEDBACK.code)
        assert [(file.kind, file.content) for file in files] == list(TAKEN.items())
        assert await Attachments(session).carried(*AN) == Load(0, 0)
        assert await Attachments(session).carried(*BINH) == Load(1, len(JPEG))


async def test_a_dropped_draft_takes_its_files_with_it_and_nobody_elses(store: Store) -> None:
    async with store.transaction() as session:
        book = Attachments(session)
        await FeedbackBook(session).enter(FEEDBACK, *AN)
        await book.keep(*AN, JPEG, "", NOON)
        await book.hand_in(*AN, FEEDBACK.code)
        await book.keep(*AN, JPEG, "", NOON)
        await book.keep(*BINH, JPEG, "", NOON)
        await book.drop(*AN)
        assert await book.carried(*AN) == Load(0, 0)
        assert await book.carried(*BINH) == Load(1, len(JPEG))
        assert len(await handed_in(session, FEEDBACK.code)) == 1


async def test_old_drafts_are_forgotten_and_feedback_is_not(store: Store) -> None:
    async with store.transaction() as session:
        book = Attachments(session)
        await FeedbackBook(session).enter(FEEDBACK, *AN)
        await book.keep(*AN, JPEG, "", NOON)
        await book.hand_in(*AN, FEEDBACK.code)
        await book.keep(*BINH, JPEG, "", NOON)
        await book.keep("web", "chi", JPEG, "", NOON + timedelta(days=1))
        await book.forget_drafts_before(NOON + timedelta(hours=1))
        assert await book.carried(*BINH) == Load(0, 0)
        assert await book.carried("web", "chi") == Load(1, len(JPEG))
        assert len(await handed_in(session, FEEDBACK.code)) == 1


@pytest.mark.parametrize("what", NOT_TAKEN)
async def test_only_known_kinds_are_kept(store: Store, what: str) -> None:
    async with store.transaction() as session:
        kept = await Attachments(session).keep(*AN, NOT_TAKEN[what], "anh.jpg", NOON)
        assert kept is Unfit.OF_NO_KIND
        assert await Attachments(session).carried(*AN) == Load(0, 0)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(sizes=st.lists(st.integers(len(JPEG), 130), max_size=8))
async def test_no_order_of_files_gets_past_the_limits(store: Store, sizes: list[int]) -> None:
    async with store.transaction() as session:
        book = Attachments(session, SMALL)
        kept: list[int] = []
        for size in sizes:
            trouble = await book.keep(*AN, JPEG.ljust(size), "", NOON)
            fits = size <= 100 and len(kept) < 3 and sum(kept) + size <= 200
            assert (trouble is None) is fits
            kept += [size] if fits else []
        assert await book.carried(*AN) == Load(len(kept), sum(kept))
        await book.drop(*AN)


async def test_no_crowd_fills_the_disk_within_a_day(either: Store) -> None:
    async with either.transaction() as session:
        book = Attachments(session, AttachmentLimits(day_bytes=2 * len(JPEG)))
        await FeedbackBook(session).enter(FEEDBACK, *AN)
        assert await book.keep(*AN, JPEG, "", NOON) is None
        await book.hand_in(*AN, FEEDBACK.code)
        assert await book.keep(*BINH, JPEG, "", NOON + timedelta(hours=1)) is None
        late = NOON + timedelta(hours=23)
        assert await book.keep("web", "chi", JPEG, "", late) is Unfit.NO_ROOM
        assert await book.keep("web", "chi", JPEG, "", NOON + timedelta(hours=24)) is None


async def test_nothing_of_a_file_is_told_by_its_looks_in_a_log() -> None:
    file = Attachment(FileKind.PDF, "đơn của Nguyễn Văn An", b"%PDF-")
    assert "Nguyễn" not in repr(file)
