"""What is neither a question nor friendly: insults, money under the table, one's own data."""

from dataclasses import replace

import pytest

from handlers.conversation import Conversation
from handlers.desk import Office
from handlers.texts import common
from tests.citizen import Citizen


@pytest.mark.parametrize(
    "words",
    ["tao bực quá chúng mày làm ăn như cc", "bọn mày làm việc như cứt", "bực mình quá", "đồ ngu"],
)
async def test_an_insult_is_met_calmly_with_the_way_to_complain(
    citizen: Citizen, words: str
) -> None:
    told = await citizen.says(words)
    assert told == common.abuse(citizen.conversation.office.card)
    assert common.GIVE_FEEDBACK.label in told
    assert common.GIVE_FEEDBACK.label in citizen.offered


@pytest.mark.parametrize(
    "words",
    ["trung tâm bức xạ gọi điện qua internet", "thủ tục thế nào vậy", "chung chi buc xa mat"],
)
async def test_words_spelt_like_an_insult_are_none(citizen: Citizen, words: str) -> None:
    assert await citizen.says(words) != common.abuse(citizen.conversation.office.card)


async def test_a_question_put_angrily_is_answered(citizen: Citizen) -> None:
    assert "X-quang" in await citizen.says("bực quá, gia hạn giấy phép máy X-quang phí bao nhiêu")


@pytest.mark.parametrize(
    "words",
    [
        "tôi đưa tiền bồi dưỡng cán bộ bao nhiêu thì nhanh",
        "có cần phong bì không",
        "kep phong bi bao nhieu thi duyet nhanh",
        "gia hạn giấy phép X-quang lót tay bao nhiêu",
    ],
)
async def test_no_money_is_taken_beside_the_fees(citizen: Citizen, words: str) -> None:
    assert await citizen.says(words) == common.NO_MONEY
    assert citizen.offered[0] == common.GIVE_FEEDBACK.label


async def test_who_is_asked_for_money_may_say_so(citizen: Citizen) -> None:
    assert "phản ánh" in await citizen.says("cán bộ đòi phong bì")


async def test_training_is_no_bribe(citizen: Citizen) -> None:
    assert await citizen.says("lớp bồi dưỡng nghiệp vụ bức xạ") != common.NO_MONEY


@pytest.mark.parametrize(
    "words",
    [
        "xóa tin nhắn của tôi",
        "xoa het tin nhan cua toi di",
        "dữ liệu của tôi được lưu ở đâu",
        "dữ liệu của tôi được lưu bao lâu",
        "ai đọc được tin này",
        "tin nhắn này có được bảo mật không",
        "có lưu số điện thoại của tôi không",
    ],
)
async def test_what_is_kept_is_told_with_the_days_of_the_card(office: Office, words: str) -> None:
    card = replace(office.card, keep_days=12, telephone="0123 456 789")
    citizen = Citizen(Conversation(replace(office, card=card)))
    told = await citizen.says(words)
    assert told.startswith(common.privacy(card))
    assert "12 ngày" in told
    assert "chưa có lệnh xóa" in told
    assert "0123 456 789" in told


@pytest.mark.parametrize(
    "words",
    ["xóa tên người đại diện sở hữu công nghiệp", "trung tâm dữ liệu của tôi phải đăng ký không"],
)
async def test_procedures_about_names_and_data_are_no_matter_of_privacy(
    citizen: Citizen, words: str
) -> None:
    assert "chưa có lệnh xóa" not in await citizen.says(words)


@pytest.mark.parametrize("words", ["email của sở", "cho xin email của sở", "địa chỉ email"])
async def test_that_no_mail_address_is_known_is_said(office: Office, words: str) -> None:
    card = replace(office.card, telephone="0123 456 789")
    told = await Citizen(Conversation(replace(office, card=card))).says(words)
    assert told.startswith(common.NO_MAIL)
    assert "0123 456 789" in told


@pytest.mark.parametrize(
    "words", ["số điện thoại của sở", "địa chỉ của sở", "địa chỉ sở", "có ai trực không"]
)
async def test_where_the_office_is_comes_from_its_card(citizen: Citizen, words: str) -> None:
    assert await citizen.says(words) == common.contact(citizen.conversation.office.card)


@pytest.mark.parametrize(
    "words", ["tôi muốn nhận tin hồ sơ qua zalo", "nhận thông báo hồ sơ qua sms"]
)
async def test_news_of_a_dossier_are_to_be_asked_for(citizen: Citizen, words: str) -> None:
    assert await citizen.says(words) == common.NO_NEWS
    assert citizen.offered[0] == common.FIND_DOSSIER.label


async def test_feedback_half_written_hears_no_bribe(citizen: Citizen) -> None:
    await citizen.says("/gopy")
    await citizen.says(citizen.reply.choices[0].sends)
    assert await citizen.says("Người ở quầy nói phải kẹp phong bì mới nhận") != common.NO_MONEY
