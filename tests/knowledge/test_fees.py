"""Fees: words become rules only with certainty, and every sum can be traced to the catalogue."""

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache
from itertools import product
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.fees.bill import Totals
from knowledge.fees.case import Case, Filing
from knowledge.fees.columns import alternatives
from knowledge.fees.lines import Line
from knowledge.fees.reading import read_fee
from knowledge.fees.reckoning import HowMany, Reckoning, WhichCase, reckon
from knowledge.fees.rules import (
    Changing,
    Fixed,
    Nothing,
    PercentOfOther,
    PerUnit,
    Relief,
    Rule,
    ShareOfContract,
    Tiers,
    Words,
)
from knowledge.procedures.catalog import SHIPPED, Catalog
from knowledge.procedures.procedure import Fee, FeeKind, Procedure
from knowledge.procedures.readers import read_catalog

TODAY: Final = date(2026, 11, 21)
NEW_YEAR: Final = date(2027, 1, 1)
YEAR_END: Final = date(2026, 12, 31)
DAYS: Final = (date(2026, 3, 31), TODAY, NEW_YEAR)
QUANTITIES: Final = (None, -1, 3)
FILINGS: Final = (None, Filing.VNEID)
NUMBER: Final = re.compile(r"\d+(?:\.\d{3})*")

DEVICES: Final = "1.014642"
CERTIFICATE_OF_AGENT: Final = "1.013916"


@cache
def shipped() -> Catalog:
    return read_catalog(SHIPPED)


def procedure(code: str) -> Procedure:
    found = shipped().find(code)
    assert found is not None
    return found


def made(*fees: Fee) -> Procedure:
    return procedure(DEVICES).model_copy(update={"fees": fees})


def phi(words: str | None, amount: int | None = None) -> Fee:
    return Fee(kind=FeeKind.FEE, amount=amount, words=words)


def le_phi(words: str | None, amount: int | None = None) -> Fee:
    return Fee(kind=FeeKind.CHARGE, amount=amount, words=words)


def reckoned(code: str, case: Case | None = None, on: date = TODAY) -> Reckoning:
    return reckon(procedure(code), case or Case(), on)


def every_case(one: Procedure) -> list[Case]:
    choices = (None, *range(len(alternatives(one)) + 1))
    return [Case(*values) for values in product(QUANTITIES, choices, FILINGS)]


@cache
def every_reckoning() -> list[tuple[Procedure, Case, Reckoning]]:
    return [
        (one, case, reckon(one, case, on))
        for one in shipped()
        for case in every_case(one)
        for on in DAYS
    ]


# The words


def test_all_lines_of_the_catalogue_are_read_as_counted_here() -> None:
    rules = [read_fee(fee).rule for one in shipped() for fee in one.fees]
    assert Counter(type(rule) for rule in rules) == {
        Words: 163,
        Fixed: 64,
        PerUnit: 28,
        Nothing: 18,
        Relief: 14,
        Changing: 6,
        ShareOfContract: 3,
        PercentOfOther: 3,
        Tiers: 1,
    }


def test_lines_with_an_amount_that_stay_words_are_these() -> None:
    unread = [
        (one.code, str(fee.kind), fee.amount)
        for one in shipped()
        for fee in one.fees
        if fee.amount is not None and read_fee(fee).rule == Words()
    ]
    assert unread == [
        ("1.013379", "phí", 50_000_000),
        ("1.013899", "phí", 50_000_000),
        ("1.013900", "phí", 100_000_000),
        ("1.013903", "phí", 50_000_000),
        ("1.013904", "phí", 50_000_000),
        ("1.013905", "phí", 50_000_000),
        ("1.013907", "phí", 50_000_000),
        ("1.013907", "lệ phí", 1_000_000),
        ("1.013908", "phí", 50_000_000),
        ("1.013909", "phí", 50_000_000),
        ("1.013919", "lệ phí", 100_000),
        ("1.013976", "phí", 50_000_000),
    ]


def test_units_lines_for_some_ways_only_and_choices_are_as_counted_here() -> None:
    readings = [read_fee(fee) for one in shipped() for fee in one.fees]
    units = Counter(one.rule.unit for one in readings if isinstance(one.rule, PerUnit))
    assert units == {
        "giấy phép": 8,
        "cơ sở": 7,
        "dịch vụ": 5,
        "thiết bị": 2,
        "chứng chỉ": 2,
        "bản kế hoạch": 2,
        "môn": 2,
    }
    assert sum(one.partial for one in readings) == 8
    choices = {one.code: len(alternatives(one)) for one in shipped() if alternatives(one)}
    assert choices == {
        "1.003659": 2,
        "1.003687": 2,
        "1.004354": 4,
        "1.004366": 5,
        "1.004376": 8,
        "1.004429": 10,
        "1.004470": 3,
        "1.013919": 2,
        "1.014642": 2,
        "1.014645": 4,
        "1.014648": 3,
        "1.014661": 2,
        "1.014676": 2,
    }


def test_kinds_whose_lines_are_not_said_to_add_up_have_no_sum() -> None:
    unsaid = {one.code for one in shipped() if reckon(one, Case(), TODAY).unsaid}
    assert unsaid == {"1.005442", "1.013919", "1.013955", "1.013970", "1.013972"}
    assert all(reckoned(code).totals == Totals(None, None) for code in unsaid - {"1.013919"})


def test_tiers_percentages_and_shares_are_read_to_the_figure() -> None:
    [_, _, tiers, relief, _] = [read_fee(fee).rule for fee in procedure(DEVICES).fees]
    assert isinstance(tiers, Tiers)
    assert [(one.least, one.most, one.percent) for one in tiers.tiers] == [
        (2, 3, 95),
        (4, 5, 90),
        (6, None, 85),
    ]
    assert relief == Relief(50, date(2026, 4, 1), YEAR_END)
    [share] = [read_fee(fee).rule for fee in procedure("1.013927").fees]
    assert share == ShareOfContract(Fraction(1, 1000), 5_000_000, 10_000_000)
    [of_amended] = [read_fee(fee).rule for fee in procedure("2.002249").fees]
    assert of_amended == ShareOfContract(Fraction(1, 1000), 3_000_000, 5_000_000)


@pytest.mark.parametrize(
    ("fee", "rule"),
    [
        (phi(None, 5000), Fixed(5000)),
        (phi("Phí thẩm định: 5.000 đồng", 5000), Fixed(5000)),
        (phi("Phí thẩm định: 5.000 đồng/hồ sơ", 5000), PerUnit(5000, "hồ sơ")),
        (phi("Phí thẩm định: 5.000 đồng/01 Hồ sơ", 5000), PerUnit(5000, "hồ sơ")),
        (phi("Phí thi (mỗi môn)", 5000), PerUnit(5000, "môn")),
        (le_phi("Lệ phí: Không", 0), Nothing()),
    ],
)
def test_certain_words_are_read(fee: Fee, rule: Rule) -> None:
    assert read_fee(fee).rule == rule


@pytest.mark.parametrize(
    "fee",
    [
        phi(None),
        phi(None, 0),
        phi("Phí thẩm định", 0),
        phi("Lệ phí: không"),
        phi("Lệ phí: không thu đối với hộ nghèo", 0),
        phi('Cổng ghi giá trị 0, mô tả "Không", nhưng hồ sơ đòi chứng từ nộp phí', 0),
        phi("Phí thẩm định: 6.000 đồng", 5000),
        phi("Phí thẩm định: 6.000 đồng/hồ sơ", 5000),
        phi("Phí thẩm định: 5.000 đồng, từ hồ sơ thứ 2: 3.000 đồng", 5000),
        phi("Phí thẩm định: 5.000 đồng/hồ sơ (tối đa 50.000 đồng)", 5000),
        phi("Phí thẩm định: 5.000 đồng/hồ sơ, miễn cho hộ nghèo", 5000),
        phi("Phí thẩm định, giảm cho hộ nghèo", 5000),
        phi("Phí thẩm định, thu theo biểu mức", 5000),
        phi("Phí thẩm định theo quý: nộp theo biểu mức thu", 5000),
        phi("Thực hiện theo Thông tư số 52/2025/TT-BTC; miễn cho hộ nghèo", 5000),
        phi("cổng ghi giá trị", 5000),
        phi("Lệ phí cấp (từ 31/02/2027: 10.000 đồng)", 5000),
        phi("Lệ phí cấp: 5.000 đồng đến hết 30/12/2026 (từ 01/01/2027: 10.000 đồng)", 5000),
        phi("Lệ phí cấp: 4.000 đồng; từ 01/01/2027: 10.000 đồng", 5000),
        phi("Lệ phí cấp; từ 01/01/2027: 10.000 đồng; riêng hộ nghèo 2.000 đồng", 5000),
        phi("Nộp trên ứng dụng VNeID từ 01/4/2026 đến hết 31/12/2026: bằng 50% mức thu lệ phí"),
        phi("Nộp trên ứng dụng VNeID từ 01/4/2026 đến hết 31/12/2026: bằng 50% mức thu, trừ X"),
        phi("Nhiều nguồn bức xạ: 02-03 nguồn bằng 95%, 05-06 nguồn bằng 90%, từ 07 nguồn 85%"),
        phi("Nhiều nguồn bức xạ: 02-03 nguồn bằng 95%"),
        phi("75% mức phí thẩm định cấp mới; nhiều nguồn: 2-3 nguồn 95%"),
        phi("0,1% tổng giá trị hợp đồng, tối thiểu 5.000.000 đồng"),
        phi("0,1% tổng giá trị hợp đồng, tối thiểu 5.000 đồng, tối đa 9.000 đồng, phụ thu 1.000"),
        phi(
            "0,1% tổng giá trị hợp đồng, tối thiểu 5.000 đồng, tối đa 9.000 đồng "
            "(cổng ghi giá trị 6.000, là mức tối thiểu)"
        ),
    ],
)
def test_words_that_leave_anything_open_stay_words(fee: Fee) -> None:
    assert read_fee(fee).rule == Words()


# The examples


def test_three_industrial_x_ray_devices() -> None:
    told = reckoned(DEVICES, Case(quantity=3, alternative=0))
    [phi, le_phi] = told.lines
    assert (phi.quantity, phi.unit_amount, phi.percents) == (3, 5_000_000, (95,))
    assert (phi.amount, le_phi.amount) == (14_250_000, 0)
    assert told.totals == Totals(14_250_000, 0)
    assert told.vneid is not None
    assert (told.vneid.until, told.vneid.totals) == (YEAR_END, Totals(7_125_000, 0))
    assert [term.fee.legal_source for term in told.terms] == ["74/2026/TT-BTC", "29/2026/TT-BTC"]
    assert (told.unknown, told.open, told.later) == ((), (), None)


@pytest.mark.parametrize(
    ("devices", "amount"),
    [(1, 5), (2, 9.5), (3, 14.25), (4, 18), (5, 22.5), (6, 25.5), (10, 42.5)],
)
def test_each_tier_holds_for_its_numbers_of_devices(devices: int, amount: float) -> None:
    told = reckoned(DEVICES, Case(quantity=devices, alternative=0))
    assert told.totals.fee == amount * 1_000_000


def test_filed_on_vneid_the_half_is_due_until_the_year_ends() -> None:
    case = Case(quantity=3, alternative=0, filing=Filing.VNEID)
    assert reckoned(DEVICES, case, date(2026, 3, 31)).totals.fee == 14_250_000
    assert reckoned(DEVICES, case, date(2026, 4, 1)).totals.fee == 7_125_000
    assert reckoned(DEVICES, case, YEAR_END).totals.fee == 7_125_000
    assert reckoned(DEVICES, case, NEW_YEAR).totals.fee == 14_250_000
    assert reckoned(DEVICES, case, NEW_YEAR).vneid is None


def test_only_what_changes_the_sum_is_asked() -> None:
    [which, how_many] = reckoned(DEVICES).open
    assert isinstance(which, WhichCase)
    assert [line.unit_amount for line in which.lines] == [5_000_000, 10_000_000]
    assert how_many == HowMany("thiết bị")
    assert reckoned(DEVICES, Case(alternative=0)).open == (how_many,)
    assert reckoned(DEVICES, Case(quantity=3)).open == (WhichCase(reckoned_lines(DEVICES, 3)),)
    assert reckoned(DEVICES).totals == Totals(None, 0)
    assert reckoned(DEVICES).unknown == ()
    assert reckoned(DEVICES, Case(quantity=-1, alternative=9)) == reckoned(DEVICES)
    assert reckoned("1.013955").open == ()  # no quantity makes a sum of it


def reckoned_lines(code: str, quantity: int) -> tuple[Line, ...]:
    lines = reckoned(code, Case(quantity=quantity)).lines
    return tuple(line for line in lines if line.fee.kind is FeeKind.FEE)


def test_the_certificate_of_an_agent_costs_more_from_new_year() -> None:
    told = reckoned(CERTIFICATE_OF_AGENT)
    assert [line.amount for line in told.lines] == [250_000, 100_000, 75_000]
    assert told.totals == Totals(250_000, 175_000)
    assert told.later is not None
    assert (told.later.since, told.later.totals) == (NEW_YEAR, Totals(250_000, 350_000))
    assert reckoned(CERTIFICATE_OF_AGENT, on=NEW_YEAR).totals == Totals(250_000, 350_000)
    assert reckoned(CERTIFICATE_OF_AGENT, on=NEW_YEAR).later is None
    assert (told.vneid, told.open) == (None, ())


def test_a_renewed_x_ray_licence_costs_a_percentage_of_what_is_not_known() -> None:
    told = reckoned("1.014679", Case(quantity=3))
    [unknown] = told.unknown
    assert isinstance(unknown.reading.rule, PercentOfOther)
    assert (unknown.percents, unknown.amount) == ((75, 95), None)
    assert told.totals == Totals(None, 0)
    assert told.open == ()
    assert told.vneid is not None
    assert told.vneid.totals == Totals(None, 0)
    assert told.vneid.lines[0].percents == (75, 95, 50)


def test_cases_exclude_each_other() -> None:
    assert reckoned("1.003659").totals == Totals(None, None)
    assert len(reckoned("1.003659").open) == 1
    assert reckoned("1.003659", Case(alternative=0)).totals == Totals(10_750_000, None)
    assert reckoned("1.003659", Case(alternative=1)).totals == Totals(4_250_000, None)
    assert reckoned("1.003659", Case(alternative=1)).open == ()


def test_parts_of_one_proceeding_add_up() -> None:
    told = reckoned("1.013968")
    assert told.totals == Totals(470_000, 60_000)
    assert told.later is not None
    assert told.later.totals == Totals(470_000, 120_000)
    assert told.vneid is not None
    assert (told.vneid.until, told.vneid.totals) == (YEAR_END, Totals(470_000, 0))
    assert reckoned("1.013968", on=NEW_YEAR).totals == Totals(470_000, 120_000)
    assert reckoned("1.013968", on=NEW_YEAR).vneid is None


@pytest.mark.parametrize("code", ["1.004379", "1.004962", "1.013819", "1.014667"])
def test_a_zero_or_a_slip_of_the_portal_is_not_an_amount(code: str) -> None:
    fees = [line for line in reckoned(code).lines if line.fee.kind is FeeKind.FEE]
    assert all(line.amount != 0 for line in fees)
    assert reckoned(code).totals.fee is None


def test_frequency_licences_are_unknown_and_never_free() -> None:
    told = [reckon(one, Case(), TODAY) for one in shipped() if one.field.startswith("Tần số")]
    assert len(told) == 33
    assert {one.totals for one in told} == {Totals(None, None)}
    assert all(one.unknown == one.lines for one in told)
    assert sum(len(one.lines) for one in told) == 66


def test_an_exemption_is_a_case_of_its_own() -> None:
    free = reckoned("1.014676", Case(alternative=1))
    assert free.totals == Totals(0, 0)
    assert free.vneid is None
    assert reckoned("1.014676", Case(alternative=0)).totals == Totals(None, 0)
    fault_of_the_office = Case(alternative=1)
    assert reckoned("1.013919", fault_of_the_office).totals == Totals(0, None)


def test_a_dossier_asks_for_one_certificate_unless_more_are_named() -> None:
    told = reckoned("1.014656")
    assert (told.totals, told.open) == (Totals(None, 200_000), ())
    assert told.vneid is not None
    assert told.vneid.totals == Totals(None, 100_000)
    assert reckoned("1.014656", Case(quantity=3)).totals == Totals(None, 600_000)


# Forms that the shipped catalogue does not have


def test_a_part_of_a_dong_is_not_rounded() -> None:
    odd = made(phi("Phí: 1.001 đồng", 1001), *procedure(DEVICES).fees[3:4])
    told = reckon(odd, Case(filing=Filing.VNEID), TODAY)
    assert (told.totals.fee, len(told.unknown)) == (None, 1)
    assert reckon(odd, Case(filing=Filing.OTHER), TODAY).totals.fee == 1001


def test_what_is_unread_takes_the_sum_from_the_lines_beside_it() -> None:
    beside = made(phi("Phí thẩm định", 5000), phi("Giảm 30% cho doanh nghiệp nhỏ"))
    told = reckon(beside, Case(), TODAY)
    assert (told.totals.fee, told.unsaid) == (None, (FeeKind.FEE,))
    assert [line.amount for line in told.lines] == [5000, None]
    cases = (phi("Trường hợp A", 5), phi("Trường hợp B", 7))
    assert alternatives(made(*cases)) != ()
    assert alternatives(made(*cases, phi("Giảm 30% cho doanh nghiệp nhỏ"))) == ()


def test_a_relief_alone_is_no_sum_of_nothing() -> None:
    alone = made(procedure(DEVICES).fees[3])
    assert reckon(alone, Case(), TODAY).totals == Totals(None, None)


def test_lines_that_are_not_said_to_add_up_are_not_added() -> None:
    for second in ("Phí thẩm định thực địa", "Phí phúc tra kết quả"):
        told = reckon(made(phi("Phí thẩm định", 5), phi(second, 7)), Case(), TODAY)
        assert (told.totals.fee, told.unsaid) == (None, (FeeKind.FEE,))
    assert reckon(made(phi("Trường hợp cấp mới", 5)), Case(), TODAY).totals.fee is None
    mixed = made(phi("Trường hợp A", 5), phi("Trường hợp B", 7), phi("Phí công bố", 9))
    assert reckon(mixed, Case(alternative=0), TODAY).totals.fee is None


def test_parts_per_dossier_add_up_too() -> None:
    words = ("Phí thẩm định: 5.000 đồng/hồ sơ", "Phí công bố: 7.000 đồng/hồ sơ")
    told = reckon(made(phi(words[0], 5000), phi(words[1], 7000)), Case(quantity=2), TODAY)
    assert told.totals.fee == 24_000


def test_one_quantity_cannot_count_two_units() -> None:
    words = ("Phí thẩm định: 5.000 đồng/hồ sơ", "Phí công bố: 7.000 đồng/trang")
    told = reckon(made(phi(words[0], 5000), phi(words[1], 7000)), Case(quantity=2), TODAY)
    assert (told.totals.fee, told.open, len(told.unknown)) == (None, (), 2)


def test_a_quantity_of_devices_does_not_multiply_the_licence() -> None:
    words = ("Phí thẩm định: 5.000 đồng/thiết bị", "Lệ phí: 7.000 đồng/giấy phép")
    told = reckon(made(phi(words[0], 5000), le_phi(words[1], 7000)), Case(quantity=2), TODAY)
    assert told.totals == Totals(10_000, 7000)


def test_two_reliefs_or_tiers_at_once_are_not_joined() -> None:
    device, _, tiers, relief, _ = procedure(DEVICES).fees
    on_vneid = Case(quantity=2, filing=Filing.VNEID)
    assert reckon(made(device, relief, relief), on_vneid, TODAY).totals.fee is None
    assert reckon(made(device, tiers, tiers), Case(quantity=2), TODAY).totals.fee is None
    other = phi("Phí: 5.000 đồng/hồ sơ", 5000)
    assert reckon(made(other, tiers), Case(quantity=2), TODAY).totals.fee is None


def test_cases_in_both_kinds_are_not_taken_for_the_same_case() -> None:
    both = [fee("Trường hợp " + name, 5) for fee in (phi, le_phi) for name in ("A", "B")]
    told = reckon(made(*both), Case(alternative=0), TODAY)
    assert (told.totals, told.open) == (Totals(None, None), ())
    assert told.unsaid == (FeeKind.FEE, FeeKind.CHARGE)


def test_cases_that_cost_the_same_are_not_asked_about() -> None:
    told = reckon(made(phi("Trường hợp A", 5), phi("Trường hợp B", 5)), Case(), TODAY)
    assert (told.totals.fee, told.open) == (5, ())


# Laws


def test_no_case_on_any_day_raises_or_gives_less_than_nothing() -> None:
    for _, _, told in every_reckoning():
        amounts = [line.amount for line in told.lines] + [told.totals.fee, told.totals.charge]
        assert all(amount is None or amount >= 0 for amount in amounts)


def test_every_figure_comes_from_the_catalogue() -> None:
    for one, case, told in every_reckoning():
        figures = written(one)
        for line in lines_of(told):
            assert line.quantity in (None, 1, case.quantity)
            assert line.unit_amount is None or line.unit_amount in figures
            assert all(percent in figures for percent in line.percents if percent)
            assert line.amount is None or line.amount == multiplied(line)
        assert dates_of(told) <= figures


def written(one: Procedure) -> set[object]:
    """Collect the figures of a procedure's fee lines, without the program's own reading."""
    words = " ".join(fee.words or "" for fee in one.fees)
    numbers = {int(number.replace(".", "")) for number in NUMBER.findall(words)}
    days = re.findall(r"(\d+)/(\d+)/(\d{4})", words)
    amounts = {fee.amount for fee in one.fees} - {None}
    return {*numbers, *amounts, *(date(int(y), int(m), int(d)) for d, m, y in days)}


def lines_of(told: Reckoning) -> list[Line]:
    later = told.later.lines if told.later else ()
    return [*told.lines, *later, *(told.vneid.lines if told.vneid else ())]


def multiplied(line: Line) -> Fraction:
    assert line.unit_amount is not None
    whole = Fraction(line.unit_amount * (line.quantity or 1))
    for percent in line.percents:
        whole = whole * percent / 100
    return whole


def dates_of(told: Reckoning) -> set[object]:
    since = {told.later.since} if told.later else set()
    return since | ({told.vneid.until} if told.vneid else set())


def test_every_sum_is_the_sum_of_its_lines() -> None:
    for _, _, told in every_reckoning():
        for bill, kind in product((told, told.later, told.vneid), FeeKind):
            if bill is None or total_of(bill.totals, kind) is None:
                continue
            amounts = [line.amount for line in bill.lines if line.fee.kind is kind]
            known = [amount for amount in amounts if amount is not None]
            assert amounts == known != []
            assert total_of(bill.totals, kind) == sum(known)


def test_an_unread_line_is_told_in_its_words_and_leaves_no_sum() -> None:
    for one, _, told in every_reckoning():
        unread = unread_lines(one.code)
        shown = [line.fee for line in told.unknown]
        assert all(fee in shown for fee in unread)
        assert all(total_of(told.totals, fee.kind) is None for fee in unread)


@cache
def unread_lines(code: str) -> list[Fee]:
    return [fee for fee in procedure(code).fees if read_fee(fee).rule == Words()]


def total_of(totals: Totals, kind: FeeKind) -> int | None:
    return totals.fee if kind is FeeKind.FEE else totals.charge


def test_every_line_of_the_source_is_told_until_a_case_is_chosen() -> None:
    for one in shipped():
        told = reckon(one, Case(), TODAY)
        fees = [line.fee for line in told.lines] + [term.fee for term in told.terms]
        assert Counter(map(id, fees)) == Counter(map(id, one.fees))


def test_answered_questions_are_not_asked_again() -> None:
    for one, case, told in every_reckoning():
        asked = {type(question) for question in told.open}
        assert HowMany not in asked or (case.quantity or 0) < 1
        assert WhichCase not in asked or case.alternative not in range(len(alternatives(one)))


@given(
    one=st.sampled_from([one for one in shipped() if one.fees]),
    quantity=st.integers(1, 10**6),
    alternative=st.none() | st.integers(-1, 10),
    filing=st.none() | st.sampled_from(Filing),
    on=st.dates(date(2020, 1, 1), date(2040, 1, 1)),
)
def test_more_never_costs_less(
    one: Procedure, quantity: int, alternative: int | None, filing: Filing | None, on: date
) -> None:
    case = Case(quantity, alternative, filing)
    less, more = (reckon(one, one_case, on).totals for one_case in (case, one_more(case)))
    for kind in FeeKind:
        smaller, greater = total_of(less, kind), total_of(more, kind)
        assert (smaller is None) == (greater is None)
        assert smaller is None or greater is None or smaller <= greater


def one_more(case: Case) -> Case:
    return replace(case, quantity=(case.quantity or 0) + 1)


def test_vneid_costs_no_more_and_makes_nothing_known_or_unknown() -> None:
    for _, case, told in every_reckoning():
        if told.vneid is not None and case.filing is None:
            for kind in FeeKind:
                dear, cheap = (total_of(one.totals, kind) for one in (told, told.vneid))
                assert (dear is None) == (cheap is None)
                assert (cheap or 0) <= (dear or 0)
