"""Talks in which papers are ticked off by their names, and a question leaves the list open."""

from knowledge.asked_papers import AskedPaper, listed_in
from knowledge.procedures.catalog import Catalog
from knowledge.procedures.papers import papers_of
from knowledge.vocabulary import Vocabulary
from tests.citizen import Citizen

POSTAL = "1.003659"


async def test_a_question_about_the_procedure_leaves_its_list_open(citizen: Citizen) -> None:
    await citizen.says(f"/ds {POSTAL} c0")
    code = citizen.reply.page.rpartition("/")[2]
    for question in ("phí bao nhiêu", "bao lâu thì có", "nộp ở đâu"):
        assert f"Mã thủ tục: {POSTAL}." in await citizen.says(question)
        assert f"Mã danh sách: {code}." in await citizen.says("có số 1")
        assert f"Mã danh sách: {code}." in await citizen.says("bỏ số 1")


async def test_the_one_paper_that_is_named_is_ticked_off(
    citizen: Citizen, catalog: Catalog, vocabulary: Vocabulary
) -> None:
    procedure, name = next(
        (procedure, name)
        for procedure in catalog
        for name, phrases in vocabulary.names.items()
        if name in {"điều lệ", "hợp đồng"} or "dieu le" in phrases
        if len(papers_of(procedure, ())) > 1
        and len(
            [
                paper
                for paper in listed_in(procedure, AskedPaper(name, phrases, is_known=True))
                if paper in papers_of(procedure, ())
            ]
        )
        == 1
    )
    await citizen.says(f"/ds {procedure.code} c0")
    code = citizen.reply.page.rpartition("/")[2]
    told = await citizen.says(f"tôi có {name} rồi")
    assert "Đã có 1 trên" in told
    assert f"Mã danh sách: {code}." in told
