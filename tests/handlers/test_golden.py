"""Twenty procedures are answered as they were when somebody read and signed the answers."""

from dataclasses import replace

import pytest

from handlers.desk import Office
from tests.handlers.golden import CODES, FILES, answers


@pytest.mark.parametrize("code", CODES)
async def test_an_answer_is_the_one_that_was_signed(office: Office, code: str) -> None:
    signed = replace(office, card=replace(office.card, fresh_days=180))
    async with signed.desk() as desk:
        procedure = desk.catalog.find(code)
        assert procedure is not None
        assert answers(procedure, desk) == (FILES / f"{code}.txt").read_text()
