"""Talks about papers: those of the citizen's own case, and lists to tick off."""

import re
from datetime import timedelta
from itertools import chain, product

import pytest

from handlers.conversation import Conversation
from handlers.texts import checklists as texts
from handlers.texts import papers as paper_texts
from knowledge.checklists import Checklists
from knowledge.people import Chat
from knowledge.procedures.catalog import Catalog
from knowledge.procedures.papers import by_case, cases_in, cases_of, papers_of
from knowledge.procedures.procedure import Procedure
from knowledge.store.store import Store
from knowledge.text import fold
from tests.citizen import NOON, Citizen
from tests.knowledge.test_parts_asked import ASKED

ME = Chat("console", "an")
CHANGED = "1.014390"  # a procedure whose papers differ by what has changed
LONG = "1.004429"  # one whose papers are far too many to be told at once


@pytest.fixture
def changed(catalog: Catalog) -> Procedure:
    found = catalog.find(CHANGED)
    assert found is not None
    return found


def list_code(told: str) -> str:
    found = re.search(r"DS-[0-9A-Z]{6}", told)
    assert found is not None
    return found[0]


async def open_list(citizen: Citizen) -> str:
    await citizen.says(f"/tt {CHANGED} documents")
    await citizen.taps("Lập danh sách để đánh dấu")
    return await citizen.taps("Thay đổi người đứng đầu tổ chức")


async def test_the_papers_of_one_case_are_told_without_those_of_others(citizen: Citizen) -> None:
    await citizen.says(f"/tt {CHANGED} documents")
    told = await citizen.taps("Trường hợp: Thay đổi người đứng đầu tổ chức")
    assert "Lý lịch khoa học" in told
    assert "đổi tên" not in told
    more = await citizen.taps("Thêm trường hợp: Thay đổi tên của tổ chức")
    assert "Lý lịch khoa học" in more
    assert "đổi tên" in more


async def test_a_case_in_the_question_is_heard(citizen: Citizen) -> None:
    await citizen.says(CHANGED)
    told = await citizen.says("đổi người đứng đầu thì cần giấy tờ gì")
    assert "Lý lịch khoa học" in told
    assert "trụ sở chính" not in told


async def test_far_too_many_papers_lead_to_the_question_which_case(citizen: Citizen) -> None:
    told = await citizen.says(f"/tt {LONG} documents")
    assert paper_texts.WHICH_CASE in told
    assert sum(label.startswith("Trường hợp: ") for label in citizen.offered) == 3


async def test_a_paper_is_ticked_by_tap_number_and_words(citizen: Citizen) -> None:
    assert "Chưa có giấy nào trên 3 giấy." in await open_list(citizen)
    assert "Đã có 1 trên 3 giấy, còn 2." in await citizen.taps("Số 2: đã có")
    assert "Đã có 2 trên 3 giấy, còn 1." in await citizen.says("3")
    assert "Đã có 2 trên 3 giấy, còn 1." in await citizen.says("3")
    assert "Đã có cả 3 giấy" in await citizen.says("có 1 rồi ạ")
    assert "Đã có 1 trên 3 giấy" in await citizen.says("chưa có số 1, 2")
    assert "Đã có cả 3 giấy" in await citizen.says("có hết rồi")


async def test_a_number_beyond_the_list_changes_nothing(citizen: Citizen) -> None:
    await open_list(citizen)
    assert await citizen.says("có 1, 44") == texts.NO_SUCH_NUMBER
    assert "Chưa có giấy nào" in await citizen.taps("Còn thiếu gì?")


async def test_a_list_is_resumed_after_days_and_other_talk(citizen: Citizen) -> None:
    await open_list(citizen)
    await citizen.says("2")
    await citizen.says("cảm ơn")
    await citizen.says("giấy phép bưu chính nội tỉnh phí bao nhiêu")
    assert "Đã có 1 trên 3 giấy" in await citizen.says("còn thiếu gì nữa?")
    assert "Đã có 1 trên 3 giấy" in await citizen.says(f"/ds {CHANGED}")


async def test_a_question_while_a_list_is_open_is_about_its_procedure(citizen: Citizen) -> None:
    await open_list(citizen)
    assert f"Mã thủ tục: {CHANGED}" in await citizen.says("nộp ở đâu")


async def test_a_list_is_the_same_on_another_channel(
    citizen: Citizen, conversation: Conversation
) -> None:
    code = list_code(await open_list(citizen))
    elsewhere = Citizen(conversation, channel="telegram", chat="7")
    assert "Chưa có giấy nào" in await elsewhere.says(f"cho xem {code.lower()}")
    await elsewhere.says("1")
    assert "Đã có 1 trên 3 giấy" in await citizen.says("còn thiếu gì")


async def test_ticks_are_taken_away_only_after_a_second_yes(citizen: Citizen) -> None:
    await open_list(citizen)
    await citizen.says("có 1, 2")
    assert await citizen.taps("Làm lại từ đầu") == texts.SURE_TO_CLEAR
    assert "Đã có 2 trên 3 giấy" in await citizen.taps("Giữ nguyên")
    await citizen.taps("Làm lại từ đầu")
    assert "Chưa có giấy nào" in await citizen.taps("Xóa mọi dấu")


async def test_of_several_lists_one_is_chosen(citizen: Citizen) -> None:
    await open_list(citizen)
    await citizen.says("/ds 1.005444")
    await citizen.says("cảm ơn")
    assert await citizen.says("còn thiếu gì") == texts.WHICH_LIST
    assert "Chưa có giấy nào" in await citizen.says("1")


async def test_what_is_no_list_is_said_to_be_none(citizen: Citizen) -> None:
    assert await citizen.says("còn thiếu gì") == texts.NONE_YET
    assert await citizen.says("/conthieu") == texts.NONE_YET
    assert await citizen.says("DS-222222") == texts.NOT_KEPT
    for command in ("/co DS-222222 x", "/conthieu DS-222222", "/dslai DS-222222", "/dslai"):
        assert await citizen.says(command) == texts.NOT_KEPT


async def test_a_stranger_to_the_list_ticks_no_paper_of_another(citizen: Citizen) -> None:
    code = list_code(await open_list(citizen))
    assert "Chưa có giấy nào" in await citizen.says(f"/co {code} 00000000 ../x")


async def test_lists_that_nobody_uses_are_forgotten(citizen: Citizen, store: Store) -> None:
    await open_list(citizen)
    await citizen.says("1")
    async with store.transaction() as session:
        await Checklists(session).forget_before(NOON)
        assert len(await Checklists(session).held([ME])) == 1
        await Checklists(session).forget_before(NOON + timedelta(seconds=1))
        assert await Checklists(session).held([ME]) == []


def test_papers_that_all_need_come_before_those_of_a_case(catalog: Catalog) -> None:
    for procedure in catalog:
        cases = [paper.case for paper in by_case(papers_of(procedure))]
        assert None not in cases[cases.count(None) :], procedure.code


def test_no_paper_is_lost_between_the_cases(catalog: Catalog) -> None:
    for procedure in catalog:
        told = {
            paper.key
            for case in (None, *cases_of(procedure))
            for paper in papers_of(procedure, () if case is None else (case,))
        }
        assert told == {paper.key for paper in papers_of(procedure)}
        assert len(told) == len(procedure.documents), "two papers share a key"


def test_a_case_named_in_its_own_words_is_read(catalog: Catalog) -> None:
    read = [
        cases_in(case, procedure) in {(case,), ()}
        for procedure in catalog
        for case in cases_of(procedure)
    ]
    assert all(read)


def test_a_title_and_any_part_asked_for_name_no_case(catalog: Catalog) -> None:
    asked = ["", "cần giấy tờ gì", *chain.from_iterable(ASKED.values())]
    for procedure, words in product(catalog, asked):
        for said in (f"{procedure.title} {words}", fold(f"{words} {procedure.title}")):
            assert cases_in(said, procedure) == (), f"{procedure.code}: {said}"


def test_most_cases_are_named_by_their_own_words(catalog: Catalog) -> None:
    """The others stand in a title with others, or say no more than "có thay đổi thông tin"."""
    all_cases = [(one, case) for one in catalog for case in cases_of(one)]
    unnamed = {one.code for one, case in all_cases if cases_in(case, one) == ()}
    assert unnamed == {
        *("1.010293", "1.010295", "1.014437", "1.014440"),
        *("1.014451", "1.014452", "1.014883"),
    }
    for procedure, case in all_cases:
        if procedure.code not in unnamed:
            assert cases_in(fold(f"{procedure.title} {case} cần giấy tờ gì"), procedure) == (case,)


@pytest.mark.parametrize(
    ("code", "said", "case"),
    [
        (
            "1.003659",
            "giấy phép cung ứng dịch vụ bưu chính cần tất cả giấy tờ gì",
            None,
        ),
        ("1.003659", "bưu chính nội tỉnh, tôi ở nước ngoài, giấy tờ gì", None),
        ("1.003659", "bưu chính nội tỉnh có đối tác nước ngoài thì giấy tờ gì", "Có đối tác"),
        ("1.003659", "hợp tác cung ứng với công ty khác cần giấy tờ gì", "Hợp tác cung ứng"),
        ("1.014389", "thành lập tổ chức khoa học công nghệ cần giấy tờ gì", None),
        ("1.013927", "bên nhận dùng vốn nhà nước thì cần giấy tờ gì", "Bên nhận chuyển giao"),
        ("1.002655", "chưa có giấy tờ gì", None),
        ("1.002655", "chua co giay hop quy", "Trường hợp hàng hóa nhập khẩu chưa có"),
        ("1.014876", "chưa được cấp bao giờ cần giấy gì", None),
        ("1.014876", "phòng chưa được công nhận thì cần giấy gì", "Chưa được công nhận"),
    ],
)
def test_a_case_is_rather_not_assumed(
    catalog: Catalog, code: str, said: str, case: str | None
) -> None:
    procedure = catalog.find(code)
    assert procedure is not None
    named = cases_in(said, procedure)
    assert (not named) if case is None else (len(named) == 1 and named[0].startswith(case))


async def test_who_names_no_case_is_told_all_of_them_and_asked_for_the_list(
    citizen: Citizen,
) -> None:
    told = await citizen.says("giấy phép bưu chính trong tỉnh cần giấy tờ gì")
    assert "Trường hợp: Hợp tác cung ứng" in told
    assert "Trường hợp: Có đối tác nước ngoài" in told
    assert await citizen.taps("Lập danh sách để đánh dấu") == texts.WHICH_CASE


def test_no_paper_names_its_form_twice(catalog: Catalog) -> None:
    number = re.compile(r"[Mm]ẫu số 0?(\d+)\b.*(\d+/20\d\d/[A-ZĐ]+-?[A-ZĐ]*)")
    for paper in (paper for procedure in catalog for paper in papers_of(procedure)):
        told = paper_texts.paper_line(paper)
        named, form = number.search(paper.name), number.search(paper.form or "")
        if paper.form and paper.form not in paper.name and named and form:
            assert (f"theo {paper.form}" in told) == (named.groups() != form.groups()), told


def test_a_form_that_the_name_does_not_tell_is_told(catalog: Catalog) -> None:
    lines = [paper_texts.paper_line(one) for p in catalog for one in papers_of(p)]
    assert any("tóm tắt kinh nghiệm hoạt động đánh giá (Mẫu số 03)" in one for one in lines)
    assert any("theo Mẫu số 03 NĐ 22/2026/NĐ-CP" in one for one in lines)


def test_a_list_without_any_application_is_said_to_be_doubtful(catalog: Catalog) -> None:
    doubtful = {one.code for one in catalog if "không nêu đơn" in paper_texts.documents(one)}
    assert doubtful == {"1.013916", "1.013924", "1.013925", "1.013973", "1.013974"}
    agent = catalog.find("1.013916")
    assert agent is not None
    assert "Giấy tờ cần nộp, mọi trường hợp:" in paper_texts.documents(agent)
    assert "Trường hợp: Cấp theo khoản 2a" in paper_texts.documents(agent)


def test_remarks_of_those_who_keep_the_data_stay_with_them(catalog: Catalog) -> None:
    for procedure in catalog:
        told = paper_texts.documents(procedure) + paper_texts.forms(procedure)
        assert not re.search(r"[;(] ?cổng (?:ghi|gộp|chỉ|liệt kê)|như trên", told)


async def test_a_case_is_added_to_an_open_list_and_its_ticks_stay(citizen: Citizen) -> None:
    await open_list(citizen)
    await citizen.says("1")
    told = await citizen.taps("Thêm trường hợp: Thay đổi tên của tổ chức")
    assert "Trường hợp: Thay đổi người đứng đầu tổ chức; Thay đổi tên của tổ chức" in told
    assert "Đã có 1 trên 4 giấy, còn 3." in told


async def test_papers_that_may_not_be_needed_are_told_apart(citizen: Citizen) -> None:
    assert "1 giấy trong đó chỉ cần trong một số trường hợp." in await citizen.says("/ds 1.014679")
