"""Correctness: every figure, day and paper in any answer stands in the catalogue.

All procedures, all parts, all cases are walked. What an answer says is read back as a citizen
would read it, and each number must be one of the source's, or a product or sum of such that is
reckoned here once more.
"""

import re
from collections.abc import AsyncGenerator, Iterator
from itertools import combinations, combinations_with_replacement
from typing import Final

import pytest

from handlers import fees, telling
from handlers.desk import Desk, Office
from handlers.messages import Message
from handlers.telling import OwnCase
from knowledge.fees.columns import alternatives
from knowledge.matching import Found
from knowledge.procedures.catalog import Catalog
from knowledge.procedures.papers import cases_of, papers_of
from knowledge.procedures.procedure import Facet, FeeKind, Procedure
from tests.citizen import NOON

QUANTITIES: Final = (1, 2, 3, 4, 6, 20)
NUMBER: Final = re.compile(r"\d(?:[\d.,/:-]*\d)?")
PRODUCT: Final = re.compile(r": ([^:\n]*\bnhân\b[^:\n]*) = ([\d.]+) đồng")
TOTAL: Final = re.compile(r"^Cộng (phí|lệ phí): ([\d.]+) đồng\.$", re.MULTILINE)
SUMMED: Final = re.compile(r"\b(phí|lệ phí) ([\d.]+) đồng, cộng (\d+) khoản")
REMARK: Final = re.compile(r" \(cổng [^)]*\)")  # of those who keep the data
ADDRESS: Final = re.compile(r"https://\S+")
# Numbers of ours, not of the source: of lines, pages, today, and of days reckoned by the calendar.
OURS: Final = (
    re.compile(r"^\d+\. ", re.MULTILINE),
    re.compile(r"và \d+ văn bản khác"),
    re.compile(r"Giấy tờ: \d+ loại"),
    re.compile(r"Còn \d+ trang nữa"),
    re.compile(r"Tính theo mức thu ngày [\d/]+"),
    re.compile(r"^Nếu nộp hồ sơ .*$", re.MULTILINE),
    re.compile(r"^Hôm đó cơ quan không làm việc, .*$", re.MULTILINE),
    re.compile(r"dự kiến (?:hết|trước \d+ giờ \d+,) [^\n]*"),
    re.compile(r"Lịch nghỉ năm \d+"),
)


def plain(number: str) -> str:
    """Write a number in one way: 05 is 5, 5.000.000 is 5000000."""
    bare = number.replace(".", "") if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", number) else number
    return bare.lstrip("0") or "0" if bare.isdecimal() else bare


def numbers_in(text: str) -> set[str]:
    return {plain(one) for one in NUMBER.findall(text)}


def known_of(procedure: Procedure) -> set[str]:
    text = procedure.model_dump_json()
    days = {
        f"{day}/{month}/{year}" for year, month, day in re.findall(r"(\d{4})-(\d\d)-(\d\d)", text)
    }
    return numbers_in(text) | days


def amounts_of(procedure: Procedure) -> set[int]:
    """Give everything in the source that may be an amount."""
    held = {fee.amount for fee in procedure.fees if fee.amount}
    words = " ".join(fee.words or "" for fee in procedure.fees)
    return held | {int(one) for one in numbers_in(words) if one.isdecimal()}


def percents_of(procedure: Procedure) -> set[int]:
    words = " ".join(fee.words or "" for fee in procedure.fees)
    return {100, *(int(one) for one in re.findall(r"(\d+)%", words))}


def money(text: str) -> int:
    return int(text.replace(".", ""))


def is_sum(total: int, procedure: Procedure, quantity: int) -> bool:
    """Say whether *total* is a sum of amounts of the source, times quantity and percents."""
    percents = percents_of(procedure)
    parts = {
        amount * times * one * other // 10_000
        for amount in amounts_of(procedure)
        for times in {1, quantity}
        for one in percents
        for other in percents
    }
    return any(
        total == sum(some)
        for size in (1, 2, 3)
        for some in combinations_with_replacement(parts, size)
    )


def cases(procedure: Procedure) -> Iterator[OwnCase]:
    names = cases_of(procedure)
    yield OwnCase()
    yield from (OwnCase(papers=(name,)) for name in names)
    yield from (OwnCase(papers=pair) for pair in combinations(names, 2))


@pytest.fixture
async def desk(office: Office) -> AsyncGenerator[Desk]:
    async with office.desk() as desk:
        yield desk


async def test_every_number_of_every_part_in_every_case_is_the_sources(
    catalog: Catalog, desk: Desk
) -> None:
    for procedure in catalog:
        known = known_of(procedure)
        for facet in Facet:
            for case in cases(procedure) if facet is Facet.DOCUMENTS else (OwnCase(),):
                found = Found.named(procedure, (facet,))
                told = telling.tell(found, case, desk, whole=True).reply.text
                strange = numbers_in(only_the_sources(told, procedure)) - known
                assert not strange, f"{procedure.code} {facet}: {strange}\n{told}"


def only_the_sources(told: str, procedure: Procedure) -> str:
    for total in TOTAL.findall(told):
        assert is_sum(money(total[1]), procedure, 1), f"{procedure.code}: {total}"
    for kind, total, lines in SUMMED.findall(told):
        amounts = [fee.amount or 0 for fee in procedure.fees if fee.kind == kind]
        assert sum(amounts) == money(total), f"{procedure.code}: {total}"
        assert len([one for one in amounts if one]) <= int(lines)
    for ours in (ADDRESS, TOTAL, SUMMED, *OURS):
        told = ours.sub("", told)
    return told


async def test_every_fee_in_every_case_is_a_product_and_sum_of_the_sources(
    catalog: Catalog, desk: Desk
) -> None:
    reckoned = 0
    for procedure in catalog:
        choices = [None, *range(len(alternatives(procedure)))]
        for alternative in choices:
            for quantity in QUANTITIES:
                words = f"n{quantity}" + ("" if alternative is None else f" a{alternative}")
                turn = await fees.show(message(f"/phi {procedure.code} {words}"), desk)
                check_fees(turn.reply.text, procedure, quantity)
                reckoned += bool(TOTAL.search(turn.reply.text))
    assert reckoned > 300


def message(text: str) -> Message:
    return Message(channel="console", chat="an", text=text, external_id="1")


def check_fees(told: str, procedure: Procedure, quantity: int) -> None:
    for factors, result in PRODUCT.findall(told):
        numbers = [one for one in re.findall(r"([\d.]+)( ?%)?", factors) if one[0]]
        product = 1
        for number, percent in numbers:
            value = money(number)
            assert value == quantity or value in amounts_of(procedure) | percents_of(procedure)
            product = product * value // 100 if percent else product * value
        assert product == money(result), f"{procedure.code}: {factors} = {result}"
    for _, total in TOTAL.findall(told):
        assert is_sum(money(total), procedure, quantity), f"{procedure.code}: {total}\n{told}"


async def test_the_first_sums_are_those_of_the_lines_above_them(
    catalog: Catalog, desk: Desk
) -> None:
    compared = 0
    for procedure in catalog:
        turn = await fees.show(message(f"/phi {procedure.code} n3 a0"), desk)
        today = re.split(r"^(?:Nếu nộp trên|Từ ngày) ", turn.reply.text, flags=re.MULTILINE)[0]
        lines = today.split("\nCộng ")[0]
        for kind, total in TOTAL.findall(today):
            due = [
                amount_at_end(line) for line in lines.split("\n") if is_of(line, kind, procedure)
            ]
            assert sum(due) == money(total), f"{procedure.code}\n{turn.reply.text}"
            compared += 1
    assert compared > 50


def is_of(line: str, kind: str, procedure: Procedure) -> bool:
    said = {
        fee.kind
        for fee in procedure.fees
        if line.startswith(f"- {REMARK.sub('', fee.words or '') or fee.kind.capitalize()}")
    }
    return line.startswith("- ") and said == {FeeKind(kind)}


def amount_at_end(line: str) -> int:
    bare = re.sub(r" \(căn cứ [^()]*(?:\([^)]*\)[^()]*)?\)$", "", line)
    found = re.search(r"([\d.]+) đồng(?:/[^:]*)?$", bare)
    return money(found[1]) if found else 0


async def test_every_paper_is_told_in_some_case_and_none_that_is_not_the_sources(
    catalog: Catalog, desk: Desk
) -> None:
    for procedure in catalog:
        found = Found.named(procedure, (Facet.DOCUMENTS,))
        told = "\n".join(
            telling.tell(found, case, desk, whole=True).reply.text for case in cases(procedure)
        )
        names = [paper.name for paper in papers_of(procedure)]
        assert all(name in told for name in names), procedure.code
        for line in re.findall(r"^\d+\. (.*)$", told, re.MULTILINE):
            assert any(line.startswith(name) for name in names), f"{procedure.code}: {line}"


async def test_every_expected_day_is_the_calendars_for_a_term_of_the_source(
    catalog: Catalog, desk: Desk
) -> None:
    for procedure in catalog:
        found = Found.named(procedure, (Facet.TIME,))
        told = telling.tell(found, OwnCase(), desk, whole=True).reply.text
        days = set(re.findall(r"dự kiến [^\n]*?(\d\d/\d\d/\d{4})", told))
        due = [
            desk.terms.due(NOON, term.duration, term.unit)
            for term in procedure.terms
            if term.runs_from_reception
        ]
        assert days == {f"{one.day:%d/%m/%Y}" for one in due if hasattr(one, "day")}
