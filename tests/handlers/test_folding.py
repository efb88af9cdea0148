"""Long texts in pages: every line is shown once, and nothing ends without saying so."""

from hypothesis import given
from hypothesis import strategies as st

from handlers.texts import folding
from knowledge.procedures.catalog import Catalog
from knowledge.procedures.procedure import Facet
from tests.citizen import Citizen

LINES = st.lists(st.text(alphabet="ab .", max_size=700), max_size=20)


@given(LINES)
def test_no_line_is_lost_or_told_twice(lines: list[str]) -> None:
    pages = folding.pages_of("\n".join(lines))
    told = [line for page in pages for line in page.split("\n") if line]
    assert told == [line for line in lines if line]


@given(LINES)
def test_a_page_is_longer_than_a_page_only_where_a_line_is(lines: list[str]) -> None:
    for page in folding.pages_of("\n".join(lines)):
        assert len(page) <= 1500 + 300 or max(map(len, page.split("\n"))) > 300


@given(LINES, st.integers(-3, 30))
def test_only_the_last_page_ends_without_saying_how_to_go_on(lines: list[str], at: int) -> None:
    text = "\n".join(lines)
    page = folding.page(text, at)
    assert page.goes_on == ("Xem tiếp" in page.text)
    assert page.goes_on == (max(at, 1) < len(folding.pages_of(text)))


async def test_a_long_answer_is_read_page_by_page(citizen: Citizen, catalog: Catalog) -> None:
    longest = max(
        (one for one in catalog if one.legal_basis),
        key=lambda one: sum(len(law.title) for law in one.legal_basis),
    )
    first = await citizen.says(f"/tt {longest.code} {Facet.LEGAL}")
    rest = await citizen.taps("Xem tiếp")
    for law in longest.legal_basis:
        assert (law.title in first) != (law.title in rest)
    assert "Xem tiếp" not in citizen.offered
