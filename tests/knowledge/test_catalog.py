"""The catalogue: the shipped one is the source to the letter; a broken one is refused whole."""

import json
import unicodedata
from pathlib import Path
from typing import Any, Final

import pytest

from knowledge.errors import UnreadableFileError
from knowledge.procedures.catalog import Catalog
from knowledge.procedures.procedure import Procedure
from knowledge.procedures.readers import FORMAT, read_catalog, write_catalog

ROOT: Final = Path(__file__).parents[2]
SOURCE: Final = ROOT.parent / "shared" / "catalog" / "skhcn.json"
BARE: Final = {"code": "1.000001", "name": "Cấp giấy", "field": "Bưu chính", "source": "công báo"}


@pytest.fixture(scope="session")
def source() -> dict[str, dict[str, Any]]:
    if not SOURCE.exists():
        pytest.skip("the collected list, from which the catalogue was made, is not at hand")
    return {record["code"]: record for record in json.loads(SOURCE.read_text(encoding="utf-8"))}


def write(path: Path, *records: object) -> Path:
    whole = {"format": FORMAT, "title": "", "procedures": records}
    path.write_text(json.dumps(whole, indent=1), encoding="utf-8")
    return path


def problems_of(path: Path) -> list[str]:
    with pytest.raises(UnreadableFileError) as caught:
        read_catalog(path)
    assert str(caught.value).count(f"{path}: ") == len(caught.value.problems)
    return caught.value.problems


def test_the_shipped_catalogue_is_complete(catalog: Catalog) -> None:
    assert len(catalog) == 178
    assert sum(catalog.fields().values()) == len(catalog)
    assert sum(len(procedure.documents) for procedure in catalog) == 616
    assert sum(len(procedure.fees) for procedure in catalog) == 300
    assert sum(fee.amount is not None for one in catalog for fee in one.fees) == 128
    assert [one.code for one in catalog if one.completeness == "name_only"] == ["1.014675"]


def test_codes_are_unique_in_order_and_find_their_procedure(catalog: Catalog) -> None:
    codes = [procedure.code for procedure in catalog]
    assert codes == sorted(set(codes))
    assert all(catalog.find(procedure.code) is procedure for procedure in catalog)
    assert catalog.find("9.999999") is None


def test_the_shipped_catalogue_is_the_source_to_the_letter(
    catalog: Catalog, source: dict[str, dict[str, Any]]
) -> None:
    assert {procedure.code for procedure in catalog} == set(source)
    for procedure in catalog:
        assert facts(procedure) == facts_of_source(source[procedure.code])


def test_the_collected_list_reads_as_the_shipped_catalogue(catalog: Catalog) -> None:
    if not SOURCE.exists():
        pytest.skip("the collected list is not at hand")
    assert read_catalog(SOURCE) == catalog


def test_what_is_written_reads_back(catalog: Catalog, tmp_path: Path) -> None:
    path = tmp_path / "catalog.json"
    write_catalog(path, catalog, "Thủ tục")
    assert read_catalog(path) == catalog


def test_titles_lose_only_stray_punctuation(catalog: Catalog) -> None:
    assert all(procedure.name.startswith(procedure.title) for procedure in catalog)
    assert not [one.title for one in catalog if one.title[-1] in " -;.,"]


def test_broken_json_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "broken.json"
    path.write_text('{\n "format": }', encoding="utf-8")
    assert problems_of(path) == ["line 2: Expecting value"]


@pytest.mark.parametrize(
    ("fact", "told"),
    [
        ({"name": 5}, "name: Input should be a valid string"),
        ({"code": "12"}, "code: String should match pattern"),
        ({"steps": "một"}, "steps: Input should be a valid tuple"),
        ({"hello": 1}, "hello: Extra inputs are not permitted"),
        ({"documents": [{"name": " "}]}, "documents.0.name: String should have at least 1"),
        ({"fees": [{"kind": "phí", "amount": -1}]}, "fees.0.amount: Input should be greater than"),
        ({"fees": [{"kind": "phí"}]}, "fees.0.amount: Field required"),
        ({"checked_on": "31/12"}, "checked_on: Input should be a valid date"),
    ],
)
def test_a_wrong_fact_is_told_with_its_line_and_procedure(
    tmp_path: Path, fact: dict[str, object], told: str
) -> None:
    good = BARE | {"code": "1.000002"}
    [problem] = problems_of(write(tmp_path / "catalog.json", good, BARE | fact))
    assert problem.startswith("line 12, procedure 2 (")
    assert told in problem


def test_a_code_that_stands_twice_is_told_at_its_second_place(tmp_path: Path) -> None:
    [problem] = problems_of(write(tmp_path / "catalog.json", BARE, BARE))
    assert problem == "line 12, procedure 2 (1.000001): code 1.000001 stands here once more"


def test_every_problem_is_told_up_to_a_screenful(tmp_path: Path) -> None:
    problems = problems_of(write(tmp_path / "catalog.json", *[BARE | {"name": ""}] * 60))
    assert len(problems) == 51
    assert problems[-1] == "and 10 more problems"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[]", "it holds no procedure"),
        ('{"format": "other"}', 'neither a "motcua-catalog-1" catalogue nor a list'),
        ("5", 'neither a "motcua-catalog-1" catalogue nor a list'),
        ("[5]", "procedure 1 (no code): code: Field required"),
    ],
)
def test_a_file_of_another_form_is_refused(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "other.json"
    path.write_text(text, encoding="utf-8")
    assert problems_of(path)[0].startswith(told)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert problems_of(tmp_path / "nowhere.json") == ["No such file or directory"]


def test_a_file_that_is_not_utf_8_is_told(tmp_path: Path) -> None:
    path = tmp_path / "old.json"
    path.write_bytes("[“Thủ tục”]".encode("utf-16"))
    assert problems_of(path) == ["is not UTF-8 text"]


def test_a_list_of_titles_is_read_without_what_is_between_offices(tmp_path: Path) -> None:
    path = tmp_path / "titles.csv"
    path.write_text(
        "\ufeffcode,name,field\n1.000001,Cấp giấy,Bưu chính\n6.000001,Nội bộ,\n2.000001,Gia hạn,",
        encoding="utf-8",
    )
    first, second = read_catalog(path)
    assert (first.name, first.field, first.completeness) == ("Cấp giấy", "Bưu chính", "name_only")
    assert second.field == "Chưa rõ lĩnh vực"


def test_a_wrong_title_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "titles.csv"
    path.write_text("code,name\n1.000001,Cấp giấy\n1.2,Gia hạn\n3\n", encoding="utf-8")
    problems = problems_of(path)
    assert [problem.partition(":")[0] for problem in problems] == ["line 3", "line 4", "line 4"]


def facts(procedure: Procedure) -> dict[str, object]:
    return {
        "said": (procedure.name, procedure.field, procedure.level, procedure.agency),
        "documents": [
            (one.name, one.originals, one.copies, one.form, one.note, one.case)
            for one in procedure.documents
        ],
        "fees": [(one.kind, one.amount, one.words, one.legal_source) for one in procedure.fees],
        "terms": [(one.way, one.duration, one.unit, one.note) for one in procedure.terms],
        "ways": [str(way) for way in procedure.ways],
        "steps": list(procedure.steps),
        "laws": [(one.number, one.title) for one in procedure.legal_basis],
        "told": (procedure.result, procedure.conditions, procedure.decision),
        "online": procedure.full_online,
        "trust": (str(procedure.portal_url), procedure.source, str(procedure.checked_on)),
    }


def facts_of_source(record: dict[str, Any]) -> dict[str, object]:
    documents = ("name", "originals", "copies", "form", "note", "case")
    fees = ("kind", "amount_vnd", "description", "source_law")
    terms = ("channel", "duration", "unit", "description")
    return {
        "said": _row(record, "name", "field", "level", "agency"),
        "documents": [_row(one, *documents) for one in record["documents"] or []],
        "fees": [_row(one, *fees) for one in record["fees"] or []],
        "terms": [_row(one, *terms) for one in record["processing_time"] or []],
        "ways": record["channels"] or [],
        "steps": [_said(step) for step in record["steps"] or []],
        "laws": [_row(one, "number", "title") for one in record["legal_basis"] or []],
        "told": _row(record, "result", "requirements", "decision"),
        "online": record["full_online"],
        "trust": (str(record["portal_url"]), _said(record["source"]), str(record["as_of"])),
    }


def _row(record: dict[str, Any], *names: str) -> tuple[object, ...]:
    return tuple(_said(record.get(name)) for name in names)


def _said(value: object) -> object:
    return unicodedata.normalize("NFC", value).strip() if isinstance(value, str) else value
