"""What citizens read, checked over the whole catalogue: nothing invented, nothing broken."""

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from typing import Final

import pytest

from handlers.desk import OfficeCard
from handlers.messages import Choice
from handlers.states import ConfirmingFeedback
from handlers.texts import asking_back, common, dossiers, feedback, procedures
from knowledge.dossiers.code import DossierCode
from knowledge.dossiers.dossier import Dossier, Status
from knowledge.feedback import Feedback, FeedbackCode, FeedbackKind, FeedbackStatus
from knowledge.procedures.catalog import Catalog
from knowledge.procedures.procedure import Facet, Fee, FeeKind, Procedure
from tests.citizen import NOON

LONGEST_CALLBACK: Final = 64  # bytes, Telegram's limit
FREE: Final = re.compile(r"không thu|miễn phí|(?<![\d.])0 đồng", re.IGNORECASE)
MONEY: Final = re.compile(r"\d[\d.]*\s*đồng")
NOT_FREE: Final = "không có nghĩa là miễn phí"
DOSSIER: Final = Dossier(
    code=DossierCode("H57.132-260804-0583"),
    procedure_name="Cấp giấy phép bưu chính",
    status=Status.IN_PROGRESS,
    received_at=NOON - timedelta(days=3),
    due_at=NOON + timedelta(days=7),
)


def said_in(value: object) -> list[str]:
    """Give every sentence of a record, the longest first."""
    match value:
        case dict():
            return said_in(list(value.values()))
        case list():
            return sorted((text for part in value for text in said_in(part)), key=len)[::-1]
        case _:
            return [str(value)]


def source_of(procedure: Procedure) -> list[str]:
    return said_in(procedure.model_dump(mode="json"))


def without_source(told: str, procedure: Procedure) -> str:
    """Leave only the words that are ours."""
    for words in (NOT_FREE, *source_of(procedure)):
        told = told.replace(words, "")
    return told


def all_replies(procedure: Procedure) -> list[str]:
    return [procedures.card(procedure), *(procedures.parts(procedure, (one,)) for one in Facet)]


@pytest.mark.parametrize("facet", Facet)
def test_every_part_of_every_procedure_is_told_whole(catalog: Catalog, facet: Facet) -> None:
    for procedure in catalog:
        told = procedures.parts(procedure, (facet,))
        assert procedure.code in told
        assert procedure.title in told
        assert "None" not in told
        assert "\n\n\n" not in told


def test_every_answer_says_where_it_comes_from(catalog: Catalog) -> None:
    for procedure in catalog:
        for told in all_replies(procedure):
            assert "Căn cứ: " in told
            assert "Dữ liệu đối chiếu ngày: " in told
            assert "https://dichvucong.gov.vn" in told


def test_every_figure_of_money_stands_in_the_catalogue(catalog: Catalog) -> None:
    for procedure in catalog:
        known = {common.money(fee.amount) for fee in procedure.fees if fee.amount is not None}
        for kind in FeeKind:  # what an overview adds up
            known.add(
                common.money(sum(one.amount or 0 for one in procedure.fees if one.kind is kind))
            )
        said = {money for told in all_replies(procedure) for money in MONEY.findall(told)}
        source = "\n".join(source_of(procedure))
        assert not {money for money in said - known if money not in source}, procedure.code


def test_nothing_is_called_free_that_the_catalogue_does_not_call_free(catalog: Catalog) -> None:
    for procedure in catalog:
        if any(fee.amount == 0 for fee in procedure.fees):
            continue
        for told in all_replies(procedure):
            assert not FREE.search(without_source(told, procedure)), procedure.code


def test_a_fee_and_a_charge_are_never_one_range(catalog: Catalog) -> None:
    procedure = _with_fees(catalog, (FeeKind.FEE, 5_000_000), (FeeKind.CHARGE, 100_000))
    assert "Phí, lệ phí: phí 5.000.000 đồng; lệ phí 100.000 đồng\n" in procedures.card(procedure)


@pytest.mark.parametrize(
    ("amounts", "told"),
    [
        ((None,), "chưa có số tiền trong dữ liệu"),
        ((0,), "phí không thu"),
        ((0, None), "phí tùy trường hợp"),
        ((200_000,), "phí 200.000 đồng"),
        ((200_000, None), "phí 200.000 đồng (còn khoản tùy trường hợp)"),
        ((200_000, 0), "phí 200.000 đồng (còn khoản tùy trường hợp)"),
        ((200_000, 200_000), "phí 200.000 đồng cho mỗi khoản hoặc trường hợp"),
        ((200_000, 50_000), "phí 50.000 đồng hoặc 200.000 đồng, tùy khoản và trường hợp"),
        ((), "chưa có số tiền trong dữ liệu"),
    ],
)
def test_fees_are_summed_up_without_a_word_too_much(
    catalog: Catalog, amounts: tuple[int | None, ...], told: str
) -> None:
    procedure = _with_fees(catalog, *((FeeKind.FEE, amount) for amount in amounts))
    assert f"\nPhí, lệ phí: {told}\n" in procedures.card(procedure)


def test_an_unknown_fee_beside_a_free_charge_is_still_unknown(catalog: Catalog) -> None:
    procedure = _with_fees(catalog, (FeeKind.FEE, None), (FeeKind.CHARGE, 0))
    assert "phí chưa có số tiền; lệ phí không thu" in procedures.card(procedure)


def test_every_button_fits_the_tightest_channel(catalog: Catalog) -> None:
    menus = (*common.MENU, common.CANCEL, asking_back.NEITHER, feedback.SEND, feedback.REWRITE)
    choices = [*menus, feedback.ABOUT_CONDUCT, feedback.ABOUT_REGULATION, feedback.CHECK_EARLIER]
    for procedure in catalog:
        choices += procedures.part_choices(procedure)
        choices += [
            asking_back.procedure_choice(procedure, "", some) for some in combinations(Facet, 3)
        ]
    assert not [choice for choice in choices if not _fits(choice)]


def test_what_a_button_sends_is_cut_to_whole_words(catalog: Catalog) -> None:
    choice = asking_back.procedure_choice(catalog.procedures[0], "", tuple(Facet))
    assert _fits(choice)
    assert set(choice.sends.split()[2:]) <= set(Facet)


def test_only_parts_that_a_procedure_has_are_offered(catalog: Catalog) -> None:
    full = [procedure for procedure in catalog if procedure.completeness == "full"]
    for procedure in full:
        *some, _ = procedures.part_choices(procedure)
        offered = [Facet(one.sends.split()[-1]) for one in some]
        for facet in set(offered) - {Facet.FEE, Facet.PLACE}:
            assert common.NOT_SAID not in procedures.parts(procedure, (facet,))


def test_a_procedure_known_by_name_only_leads_to_a_person(catalog: Catalog) -> None:
    bare = next(one for one in catalog if one.completeness == "name_only")
    assert common.CONTACT in procedures.part_choices(bare)
    assert "mới chỉ có mã và tên" in procedures.card(bare)


@pytest.mark.parametrize("status", Status)
def test_every_status_tells_its_label_and_what_to_do_next(status: Status) -> None:
    told = dossiers.status_card(replace(DOSSIER, status=status))
    assert f"Tình trạng: {status.label}. " in told
    assert re.search(r"^Việc cần làm: \w.+\.$", told, re.MULTILINE)


def test_the_words_of_the_handling_system_stand_beside_the_label() -> None:
    told = dossiers.status_card(replace(DOSSIER, source_status="Chờ ký duyệt"))
    assert "Tình trạng: Đang xử lý (Chờ ký duyệt). " in told


def test_a_dossier_tells_its_days_as_people_write_them() -> None:
    told = dossiers.status_card(DOSSIER)
    assert "Nhận hồ sơ: 12 giờ 00, ngày 18/11/2026" in told
    assert "Hẹn trả kết quả: 12 giờ 00, ngày 28/11/2026" in told


def test_a_day_without_an_hour_is_told_as_a_day() -> None:
    told = dossiers.status_card(replace(DOSSIER, due_at=NOON.replace(hour=0)))
    assert "Hẹn trả kết quả: ngày 21/11/2026" in told


@pytest.mark.parametrize("status", FeedbackStatus)
@pytest.mark.parametrize("kind", FeedbackKind)
def test_every_state_of_feedback_has_its_words(status: FeedbackStatus, kind: FeedbackKind) -> None:
    given = Feedback(
        code=FeedbackCode("PA-261121-7K3M9Q"),
        kind=kind,
        content="",
        name="",
        contact="",
        received_at=NOON,
        status=status,
    )
    assert feedback.status(given).endswith("Nhận lúc: 12 giờ 00, ngày 21/11/2026")


def test_a_draft_is_read_back_whole() -> None:
    told = feedback.confirm(ConfirmingFeedback(FeedbackKind.CONDUCT, "chậm", "An", "Huế"))
    assert all(f": {words}\n" in told for words in ("chậm", "An", "Huế"))


def test_the_office_says_of_itself_only_what_it_was_told() -> None:
    assert "chưa nhập địa chỉ" in common.contact(OfficeCard(name="Sở"))
    told = common.contact(OfficeCard(name="Sở", address="12 Lê Lợi", hours="7:30-17:00"))
    assert "Địa chỉ: 12 Lê Lợi." in told
    assert "Điện thoại" not in told


def test_a_day_of_check_is_told_or_said_to_be_unknown(catalog: Catalog) -> None:
    procedure = catalog.procedures[0].model_copy(update={"checked_on": date(2026, 4, 5)})
    assert "đối chiếu ngày: 05/04/2026." in procedures.trust(procedure)
    unchecked = procedure.model_copy(update={"checked_on": None})
    assert "đối chiếu ngày: chưa rõ." in procedures.trust(unchecked)


def _with_fees(catalog: Catalog, *fees: tuple[FeeKind, int | None]) -> Procedure:
    told = tuple(Fee(kind=kind, amount=amount) for kind, amount in fees)
    return catalog.procedures[0].model_copy(update={"fees": told})


def _fits(choice: Choice) -> bool:
    return len(choice.sends.encode()) <= LONGEST_CALLBACK
