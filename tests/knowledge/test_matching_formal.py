"""Formal questions made from titles: the same each time, and each with a right answer."""

import pytest

from bot.bench.formal import formal_questions
from bot.bench.memory import resident_megabytes
from bot.bench.quality import Asked, hits, ranker
from bot.bench.turns import turn_times
from knowledge.matching import Matcher
from knowledge.procedures.catalog import SHIPPED, Catalog
from knowledge.procedures.procedure import Procedure


@pytest.fixture(scope="module")
def formal(catalog: Catalog) -> list[Asked]:
    return formal_questions(catalog)


def test_each_title_gives_one_question_the_same_each_time(
    catalog: Catalog, formal: list[Asked]
) -> None:
    assert len(formal) == len(catalog)
    assert formal == formal_questions(catalog)


def test_each_question_is_right_for_its_own_title(catalog: Catalog, formal: list[Asked]) -> None:
    assert all(one.code in asked.codes for one, asked in zip(catalog, formal, strict=True))


def test_both_halves_and_all_kinds_are_there(formal: list[Asked]) -> None:
    assert {asked.half for asked in formal} == {"tuning", "checking"}
    assert len({asked.kind for asked in formal}) == 4


def test_titles_that_differ_in_brackets_only_are_right_for_each_other() -> None:
    names = {"1.000001": "Trả lại khu vực biển (cấp xã)", "1.000002": "Trả lại khu vực biển"}
    asked = formal_questions(
        Catalog.of(
            Procedure(
                code=code, name=name, field="Biển", source="Danh sách", completeness="name_only"
            )
            for code, name in names.items()
        )
    )
    for one in asked:
        assert set(one.codes) == (set(names) if "(" not in one.text else {"1.000001"})


def test_formal_questions_find_their_procedures(formal: list[Asked], matcher: Matcher) -> None:
    checking = [asked for asked in formal if asked.half == "checking"]
    assert hits(checking, ranker(matcher), 1).value >= 0.95
    assert hits(checking, ranker(matcher), 3).value >= 0.99


async def test_turns_are_measured_one_by_one() -> None:
    spent = await turn_times(["xin chào", "mất giấy phép bưu chính nội tỉnh"], SHIPPED)
    assert len(spent) == 2
    assert min(spent) > 0


def test_the_running_program_tells_its_memory() -> None:
    resident = resident_megabytes(SHIPPED)
    assert resident is None or 20 < resident < 2000
