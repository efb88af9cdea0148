"""From words to procedures: laws, talks in one line, and floors under the quality."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bench.noise import NOISES, slips, telex, vni
from bot.bench.quality import Asked, Share, hits, outcomes, parts, ranker, read_questions
from knowledge.cues import words_of
from knowledge.errors import UnreadableFileError
from knowledge.matching import Found, Matcher, Unclear, Unknown
from knowledge.matching.examples import load_examples
from knowledge.matching.foreign import Matter, foreign_to, load_foreign
from knowledge.matching.matcher import PLAUSIBLE
from knowledge.matching.synonyms import load_synonyms
from knowledge.matching.typing_methods import from_telex, from_vni
from knowledge.operations import Operation, of_title
from knowledge.procedures.catalog import Catalog
from knowledge.procedures.procedure import Facet, ProcedureCode
from knowledge.text import fold, strip_marks
from knowledge.vocabulary import Vocabulary
from tests.knowledge.examples import QUESTIONS, examples_among


@pytest.fixture(scope="module")
def questions() -> list[Asked]:
    return read_questions(QUESTIONS)


@pytest.fixture(scope="module")
def checking(questions: list[Asked]) -> list[Asked]:
    return [question for question in questions if question.half == "checking"]


def codes(matcher: Matcher, question: str) -> list[str]:
    return [match.procedure.code for match in matcher.answer(question).ranking]


def test_every_procedure_is_found_by_its_own_name(catalog: Catalog, matcher: Matcher) -> None:
    missed = [one.code for one in catalog if codes(matcher, one.name)[0] != one.code]
    assert missed == []


def test_every_procedure_is_found_by_its_name_without_marks(
    catalog: Catalog, matcher: Matcher
) -> None:
    missed = [one.code for one in catalog if codes(matcher, strip_marks(one.name))[0] != one.code]
    assert missed == []


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("giấy phép bưu chính nội tỉnh sắp hết hạn", "1.003633"),
        ("mất giấy phép bưu chính nội tỉnh", "1.004379"),
        ("sửa đổi giấy phép bưu chính nội tỉnh", "1.003687"),
        ("xin giấy phép bưu chính nội tỉnh lần đầu", "1.003659"),
        ("xin giấy phép bưu chính liên tỉnh lần đầu", "1.004376"),
    ],
)
def test_operation_and_scope_part_near_equal_titles(
    matcher: Matcher, question: str, code: str
) -> None:
    assert codes(matcher, question)[0] == code


def test_what_is_asked_for_and_the_scope_both_missing_is_unclear(matcher: Matcher) -> None:
    answer = matcher.answer("giấy phép bưu chính")
    assert isinstance(answer, Unclear)
    assert 2 <= len(answer.matches) <= 4


def test_the_length_of_a_title_alone_does_not_decide(matcher: Matcher) -> None:
    answer = matcher.answer("cấp chứng chỉ nhân viên bức xạ phí bao nhiêu")
    assert isinstance(answer, Unclear)
    assert {match.procedure.code for match in answer.matches} == {"1.014656", "1.014678"}


def offered(matcher: Matcher, question: str) -> tuple[ProcedureCode, ...]:
    return tuple(match.procedure.code for match in matcher.answer(question).ranking)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("gia hạn trong tỉnh", "1.003633"),
        ("gia hạn nội tỉnh", "1.003633"),
        ("mất, liên tỉnh", "1.004430"),
    ],
)
def test_words_tell_offered_procedures_apart(matcher: Matcher, words: str, code: str) -> None:
    question = "giấy phép bưu chính"
    assert matcher.choose(question, words, offered(matcher, question)) == code


def test_an_operation_alone_tells_a_family_apart(matcher: Matcher) -> None:
    question = "giấy phép bưu chính nội tỉnh"
    assert matcher.choose(question, "gia hạn", offered(matcher, question)) == "1.003633"


def test_a_new_question_is_no_choice(matcher: Matcher) -> None:
    question = "giấy phép bưu chính"
    choice = matcher.choose(question, "thanh lý nguồn phóng xạ", offered(matcher, question))
    assert choice is None


def test_another_office_s_business_is_told_as_such(matcher: Matcher) -> None:
    answer = matcher.answer("làm căn cước cho con ở đâu")
    assert isinstance(answer, Unknown)
    assert answer.matter is not None


def test_a_matter_that_the_catalogue_holds_is_not_foreign(
    catalog: Catalog, vocabulary: Vocabulary
) -> None:
    ours = Matter(name="Bưu chính", say=("giấy phép bưu chính",), whose="", where="", source="")
    matcher = Matcher(catalog, vocabulary, load_synonyms(), (ours,), {})
    assert not isinstance(matcher.answer("xin giấy phép bưu chính"), Unknown)


def test_no_matter_told_as_foreign_stands_in_a_title_of_ours(catalog: Catalog) -> None:
    matters = load_foreign()
    assert foreign_to((fold(one.title) for one in catalog), matters) == matters


@pytest.mark.parametrize(
    ("matter", "questions"),
    [
        ("Đăng ký nhãn hiệu", ("đăng ký bằng độc quyền sáng chế", "xin bằng độc quyền kiểu dáng",
         "gia hạn văn bằng bảo hộ nhãn hiệu", "dang ky bang doc quyen giai phap huu ich")),
        ("Kiểm định cân", ("cân điện tử cần giấy tờ gì", "cân đồng hồ phải đi kiểm định ở đâu",
         "nhà tôi có cái cân đồng hồ có phải kiểm định không", "đem cái cân đi kiểm định ở đâu")),
        ("Lắp camera", ("lắp camera an ninh có cần giấy phép không", "gắn camera trước nhà")),
        ("Kiểm tra hàng", ("mũ bảo hiểm nhập khẩu kiểm tra chất lượng nhà nước ở đâu",
         "nhap khau den led kiem tra chat luong o dau")),
        ("Chất lượng, đo lường trong bán xăng", ("xăng dầu kiểm tra chất lượng",)),
        ("Công bố hợp quy", ("đồ chơi trẻ em phải hợp quy không", "xin dấu hợp quy ở đâu")),
    ],
)  # fmt: skip
def test_things_of_other_offices_are_refused_however_they_are_put(
    matcher: Matcher, matter: str, questions: tuple[str, ...]
) -> None:
    for question in questions:
        answer = matcher.answer(question)
        assert isinstance(answer, Unknown), question
        assert answer.matter is not None
        assert answer.matter.name.startswith(matter)


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("mất bằng sáng chế", "1.013966"),
        ("cấp lại bằng độc quyền sáng chế", "1.013966"),
        ("hợp đồng li-xăng nhãn hiệu đăng ký sao", "1.013968"),
        ("xin thẻ kiểm định viên cân đồng hồ", "1.014882"),
        ("kiểm tra chất lượng hàng nhập khẩu thiết bị viễn thông", "1.002655"),
        ("phòng thử nghiệm mũ bảo hiểm đăng ký hoạt động thử nghiệm", "1.014888"),
    ],
)
def test_things_of_other_offices_beside_ours_refuse_nothing(
    matcher: Matcher, question: str, code: str
) -> None:
    answer = matcher.answer(question)
    assert isinstance(answer, Found)
    assert answer.match.procedure.code == code


@pytest.mark.parametrize(
    "question",
    [
        "xin chứng chỉ hành nghề",  # whose, nobody said
        "soi chiếu an ninh phí bao nhiêu",  # nothing of an amendment
        "cấp lại chứng chỉ nhân viên bức xạ bị mất phí bao nhiêu",
        "gia hạn chứng chỉ nhân viên bức xạ",
    ],
)
def test_a_title_that_serves_something_else_is_not_told_alone(
    matcher: Matcher, question: str
) -> None:
    assert isinstance(matcher.answer(question), Unclear)


@pytest.mark.parametrize(
    ("question", "operation"),
    [
        ("cấp lại chứng chỉ nhân viên bức xạ bị mất", Operation.REISSUE),
        ("gia hạn chứng chỉ nhân viên bức xạ", Operation.RENEW),
        ("cấp lại giấy phép bưu chính", None),
    ],
)
def test_an_operation_that_no_title_serves_is_told_with_what_is_near(
    matcher: Matcher, question: str, operation: Operation | None
) -> None:
    answer = matcher.answer(question)
    assert isinstance(answer, Unclear)
    assert answer.unserved is operation
    if operation is not None:
        titles = [fold(match.procedure.title) for match in answer.matches]
        assert all("chung chi nhan vien buc xa" in title for title in titles)


def test_trade_in_sources_is_not_their_disposal(matcher: Matcher) -> None:
    assert isinstance(matcher.answer("tôi muốn mua bán nguồn phóng xạ"), Unknown)
    disposal = matcher.answer("bán nguồn phóng xạ cũ, thanh lý sao")
    assert isinstance(disposal, Found)
    assert disposal.match.procedure.code == "1.014660"


@pytest.mark.parametrize(
    "text", ["", "?", "sở có nhận không", "phí bao nhiêu", "mấy ngày có", "dạ vâng ạ"]
)
def test_words_that_name_no_thing_name_nothing(matcher: Matcher, text: str) -> None:
    answer = matcher.answer(text)
    assert isinstance(answer, Unknown)
    assert answer.names_nothing


@given(st.text(max_size=300))
def test_any_text_gets_some_answer(matcher: Matcher, text: str) -> None:
    assert isinstance(matcher.answer(text), Found | Unclear | Unknown)


@given(st.text(alphabet="aâăeêioôơuưyđbcdghklmnpqrstvx ", max_size=60))
def test_raw_keys_read_back_as_their_syllables(text: str) -> None:
    for word in text.split():
        assert (from_vni(vni(word)) or vni(word)) == fold(word)


@pytest.mark.parametrize(
    ("keys", "syllable"),
    [("thur", "thu"), ("tucj", "tuc"), ("giaays", "giay"), ("phesp", "phep"), ("ddawng", "dang"),
     ("khoong", "khong"), ("dduwowcj", "duoc"), ("hoof", "ho"), ("sow", "so")],
)  # fmt: skip
def test_telex_keys_are_read_as_syllables(keys: str, syllable: str) -> None:
    assert from_telex(keys) == syllable


@pytest.mark.parametrize("keys", ["thu3", "thur", "thu"])
def test_a_question_in_raw_keys_is_understood(matcher: Matcher, keys: str) -> None:
    rest = (
        "tucj caaps giaays phesp buwu chinhs nooji tirnh"
        if keys == "thur"
        else "tuc cap giay phep buu chinh noi tinh"
    )
    assert codes(matcher, f"{keys} {rest}")[0] == "1.003659"


def test_an_abbreviation_is_read_by_its_neighbours(matcher: Matcher) -> None:
    assert codes(matcher, "gia hạn gp bc nội tỉnh")[0] == "1.003633"
    assert codes(matcher, "công nhận ttđmst cấp tỉnh, trung tâm đmst")[0] == "1.014438"


OLD_PLACES = (
    "Hà Nam", "Nam Định", "Hà Tây", "Bắc Giang", "Thái Bình", "Bình Phước", "Hải Dương",
    "Ninh Thuận", "Kon Tum", "Sóc Trăng", "Đắk Nông", "huyện Thạch Hà", "thị xã Sơn Tây",
    "Sở TTTT", "Sở Thông tin và Truyền thông",
)  # fmt: skip


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("gia hạn giấy phép máy x quang", "1.014679"),
        ("mất giấy phép bưu chính nội tỉnh", "1.004379"),
    ],
)
def test_names_of_places_and_offices_change_no_answer(
    matcher: Matcher, question: str, code: str
) -> None:
    for place in OLD_PLACES:
        for text in (f"{question} ở {place}", f"{strip_marks(place)} {strip_marks(question)}"):
            assert codes(matcher, text)[:1] == [code], text


def test_slips_of_the_finger_are_repaired(matcher: Matcher) -> None:
    assert codes(matcher, "giấy phpé bưu chínhh nội tỉnnh sắp hết hạn")[0] == "1.003633"


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("gi hạn giấy phép bưu chính nội tỉnnh", "gia"),  # a word made another word
        ("đợc cấp giấyy phép bưu chính nội tỉnh", "duoc"),  # đ, ơ and nặng are no "đọc"
        ("sửa đổ igiấy phép bưu chính nội tỉnnh", "doi"),  # the blank slipped
        ("b sung giấyy phép bưu chính nội tỉnh", "bo"),  # one letter is left
        ("gpbcc nội tỉnhh sắp hết hạn", "buu"),  # an abbreviation slipped
        ("đổo tên giấyy phép bưu chính", "doi"),  # no Telex: it has marks
    ],
)
def test_a_slip_that_made_another_word_is_repaired(
    matcher: Matcher, question: str, meant: str
) -> None:
    read_as = matcher.explain(question).splitlines()[0].split()
    assert meant in read_as


def test_what_is_well_written_stays(matcher: Matcher) -> None:
    question = "mời một giáo sư bên pháp sang làm việc hai tuần"
    assert fold(question) in matcher.explain(question).splitlines()[0]


def test_a_phrase_no_title_says_is_not_found_in_its_single_words(matcher: Matcher) -> None:
    # "hiệu" stands in "hiệu chuẩn" too, but a brand is industrial property.
    first = matcher.answer("nhãn hiệu").ranking[:3]
    assert all("sở hữu công nghiệp" in match.procedure.name for match in first)


def test_giving_a_licence_back_ends_it(matcher: Matcher) -> None:
    assert "end" in matcher.explain("trả lại giấy phép viễn thông").splitlines()[1]


def test_joined_words_are_parted(matcher: Matcher) -> None:
    assert codes(matcher, "giahan giayphep buuchinh noitinh")[0] == "1.003633"


@pytest.mark.parametrize(
    ("title", "operation"),
    [
        ("gia han giay phep buu chinh", Operation.RENEW),
        ("cap lai giay phep buu chinh khi het han", Operation.RENEW),
        ("cap lai giay phep buu chinh khi bi mat", Operation.LOST),
        ("cap doi giay phep su dung tan so", Operation.LOST),
        ("thu hoi giay phep", Operation.END),
        ("sua doi bo sung giay phep", Operation.AMEND),
        ("cap giay phep buu chinh", Operation.ISSUE),
    ],
)
def test_titles_tell_their_operation(title: str, operation: Operation) -> None:
    assert operation in of_title(title)


@pytest.mark.parametrize(
    ("question", "facets"),
    [
        ("phí bao nhiêu, mấy ngày có", (Facet.FEE, Facet.TIME)),
        ("cần giấy tờ gì, nộp ở đâu", (Facet.DOCUMENTS, Facet.PLACE)),
        ("xin kinh phí làm hội thảo", ()),
        ("máy bộ đàm", ()),
        ("cần mấy bộ hồ sơ", (Facet.DOCUMENTS,)),
    ],
)
def test_the_parts_asked_for_are_heard(
    vocabulary: Vocabulary, question: str, facets: tuple[Facet, ...]
) -> None:
    assert vocabulary.asked_facets(question) == facets


def test_a_cue_with_marks_is_not_heard_in_a_word_with_others(vocabulary: Vocabulary) -> None:
    (unlike,) = vocabulary.operations.hear(words_of("chưa thấy"))
    (like,) = vocabulary.operations.hear(words_of("thêm hai máy"))
    assert unlike.meaning.operation is None
    assert like.meaning.operation == Operation.AMEND


@pytest.mark.parametrize(
    ("question", "operations"),
    [
        ("mất chứng chỉ đại diện", "lost (1)"),  # a longer phrase than "mất chừng"
        ("mat chung chi dai dien", "lost (1)"),
        ("mất chừng mấy ngày", "none"),
        ("đã gia hạn hết mức, giờ xin cấp lại", "renew (1), reissue (2)"),
    ],
)
def test_the_operation_is_what_is_wished_not_what_was_done(
    matcher: Matcher, question: str, operations: str
) -> None:
    assert matcher.explain(question).splitlines()[1].split(maxsplit=1)[1] == operations


def test_why_names_what_was_heard(matcher: Matcher) -> None:
    why = matcher.explain("mất giấy phép bưu chính")
    assert "lost" in why
    assert "1.004379" in why


def test_each_synonym_has_a_reason_and_known_words(catalog: Catalog) -> None:
    known = {word for one in catalog for word in fold(one.title).split()}
    strange = [
        synonym.means for synonym in load_synonyms() if not known & {*fold(synonym.means).split()}
    ]
    assert strange == []


def test_the_examples_are_the_clear_tuning_questions_and_no_others(
    questions: list[Asked], catalog: Catalog
) -> None:
    examples = load_examples()
    assert examples == examples_among(questions)
    kept_apart = {one.text for one in questions if one.half != "tuning"}
    assert not kept_apart & {text for texts in examples.values() for text in texts}
    assert all(catalog.find(code) for code in examples)


def test_a_procedure_is_found_by_the_words_of_its_examples(
    catalog: Catalog, vocabulary: Vocabulary
) -> None:
    question = "zeppelin"
    assert Matcher(catalog, vocabulary, (), (), {}).answer(question).ranking[0].score < PLAUSIBLE
    examples = {"1.014642": ("mua chiếc zeppelin về chạy",)}
    taught = Matcher(catalog, vocabulary, (), (), examples).answer(question)
    assert taught.ranking[0].procedure.code == "1.014642"


def test_a_broken_file_of_examples_is_told_with_its_name(tmp_path: Path) -> None:
    path = tmp_path / "broken.json"
    for content in ('{"1.0": "no list"}', "no json", "\x00"):
        path.write_text(content)
        with pytest.raises(UnreadableFileError, match=r"broken\.json"):
            load_examples(path)


@pytest.mark.parametrize("content", ["[[synonym]]", "synonym = 3", "[[synonym", "\x00"])
def test_a_broken_file_of_words_is_told_with_its_name(tmp_path: Path, content: str) -> None:
    path = tmp_path / "broken.toml"
    path.write_text(content)
    for read in (load_synonyms, load_foreign, Vocabulary.load):
        with pytest.raises(UnreadableFileError, match=r"broken\.toml"):
            read(path)


# The floors below stand a little under what was reached; they stop a fall, not a breath.


def test_quality_on_the_checking_half_does_not_fall(
    checking: list[Asked], matcher: Matcher
) -> None:
    assert hits(checking, ranker(matcher), 1).value >= 0.94
    assert hits(checking, ranker(matcher), 3).value >= 0.985
    assert parts(checking, matcher).value >= 0.93


def test_noise_costs_little(checking: list[Asked], matcher: Matcher) -> None:
    clean = hits(checking, ranker(matcher), 1).value
    for name, most in (
        ("no marks", 0.01),
        ("raw Telex", 0.02),
        ("raw VNI", 0.02),
        ("slips", 0.05),
    ):
        noisy = [replace(question, text=NOISES[name](question.text)) for question in checking]
        assert clean - hits(noisy, ranker(matcher), 1).value <= most, name


def test_foreign_questions_are_not_answered_as_ours(
    checking: list[Asked], matcher: Matcher
) -> None:
    shares = outcomes(checking, matcher)
    assert shares["foreign, answered as ours"].value <= 0.02
    assert shares["ours, refused"].value <= 0.03


def test_noise_is_the_same_each_time() -> None:
    text = "Tôi muốn gia hạn giấy phép bưu chính nội tỉnh"
    assert slips(text) == slips(text) != text
    assert telex("giấy phép") == "giaays pheps"
    assert vni("đường") == "d9u7o7ng2"


def test_an_interval_holds_its_share() -> None:
    low, high = Share(9, 10).interval
    assert low < 0.9 < high
