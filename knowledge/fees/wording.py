"""The figures in fee lines as the source writes them: money, percentages, days."""

from datetime import date
from fractions import Fraction
from typing import Final

from babel.dates import parse_date
from babel.numbers import parse_decimal, parse_number

from knowledge.procedures.procedure import Fee

_LOCALE: Final = "vi"

MONEY: Final = r"\d{1,3}(?:\.\d{3})+"
DAY: Final = r"\d{1,2}/\d{1,2}/\d{4}"
SPAN: Final = rf"từ (?:ngày )?(?P<first>{DAY}) đến (?:hết )?(?:ngày )?(?P<last>{DAY})"


def money(text: str) -> int:
    """Read 5.000.000 as five million."""
    return int(parse_number(text, locale=_LOCALE))


def percentage(text: str) -> Fraction:
    """Read 0,1 as a thousandth."""
    return Fraction(parse_decimal(text, locale=_LOCALE)) / 100


def day(text: str) -> date:
    """Read 01/4/2026.

    Raises:
        ValueError: the calendar has no such day.
    """
    return parse_date(text, locale=_LOCALE)


def is_same(fee: Fee, written: str | None) -> bool:
    """Say whether the words write the amount that the catalogue holds, or none."""
    return written is None or money(written) == fee.amount
