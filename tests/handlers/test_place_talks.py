"""Talks about where and when: the post, opening hours, names that are no more."""

from dataclasses import replace

import pytest

from handlers.conversation import Conversation
from handlers.desk import Office
from handlers.texts import common
from knowledge.calendar.hours import OpeningHours
from knowledge.old_names import load_old_names
from tests.citizen import Citizen

BY_POST = "1.005444"
HOURS = "T2-T6 07:30-11:30, 13:30-17:00"


async def test_the_post_is_explained_where_a_dossier_may_be_posted(citizen: Citizen) -> None:
    told = await citizen.says(f"/tt {BY_POST} place")
    assert "Cước bưu điện trả riêng, ngoài phí, lệ phí." in told
    assert "bưu điện" not in await citizen.says("/tt 1.003659 place")


async def test_whoever_asks_for_people_learns_whether_they_are_there(office: Office) -> None:
    card = replace(office.card, hours=HOURS)
    terms = replace(office.terms, hours=OpeningHours.parse(HOURS))
    citizen = Citizen(Conversation(replace(office, card=card, terms=terms)))
    assert "Bây giờ cơ quan đang đóng cửa." in await citizen.says("mấy giờ làm việc")


async def test_an_old_department_is_told_todays_name_and_place(citizen: Citizen) -> None:
    told = await citizen.says("so thong tin va truyen thong o dau")
    assert told.startswith(common.contact(citizen.conversation.office.card))
    assert "nay là Sở Khoa học và Công nghệ" in told


async def test_a_province_that_is_no_more_changes_no_answer(citizen: Citizen) -> None:
    plain = await citizen.says("giấy phép bưu chính nội tỉnh phí bao nhiêu")
    told = await citizen.says("tỉnh Bắc Kạn giấy phép bưu chính nội tỉnh phí bao nhiêu")
    assert told.startswith(plain)
    assert told.removeprefix(plain).startswith("\n\nBắc Kạn nay thuộc tỉnh Thái Nguyên")


@pytest.mark.parametrize(
    ("text", "now"),
    [
        ("em o bac kan", ["tỉnh Thái Nguyên"]),
        ("công ty ở Vũng Tàu, chi nhánh tại Bình Dương", ["thành phố Hồ Chí Minh"] * 2),
        ("ubnd huyện Na Rì", [""]),
        ("nhà văn hóa hòa bình", []),
        ("hoa binh", []),
        ("cơ quan nào", []),
        ("co quan nao", []),
    ],
)
def test_old_names_are_heard_only_where_they_are_names(text: str, now: list[str]) -> None:
    assert [name.now for name in load_old_names().heard_in(text)] == now
