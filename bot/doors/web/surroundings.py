"""What stands around this door, as the settings tell it."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What the door cannot see for itself."""

    secure_cookies: bool = False
    """Citizens come by HTTPS only."""
    behind_proxy: bool = False
    """A proxy of ours stands before the door and names the address of whoever comes."""
    framed_by: tuple[str, ...] = ()
    """Origins whose pages may hold ours in a frame."""


NOTHING: Final = Surroundings()
