"""What is said of the form files that the office itself hands out."""

from collections.abc import Iterable
from urllib.parse import quote

from handlers.desk import OfficeCard
from knowledge.procedures.forms import FormFile


def addresses(files: Iterable[FormFile], card: OfficeCard) -> str:
    """Tell where each file is to be had; nothing where the office has no address."""
    if not card.public_url:
        return ""
    base = card.public_url.rstrip("/")
    return "".join(f"\nTải {one.name}: {base}/forms/{quote(one.path)}" for one in files)
