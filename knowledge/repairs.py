"""What is said of the talk itself: it was not understood, was too long, took the wrong turning."""

from enum import StrEnum


class Repair(StrEnum):
    """A turn by which a citizen mends the talk instead of going on with it."""

    UNSURE = "unsure"
    """Does not know which of the choices."""
    PUZZLED = "puzzled"
    """Did not understand what was said."""
    AGAIN = "again"
    """Wants to hear it once more."""
    SHORTER = "shorter"
    """Found it too long."""
    BACK = "back"
    """Took the wrong turning."""
    OTHER_CASE = "other_case"
    """The case that was chosen is not the own one."""
    PERSON = "person"
    """Would rather ask a human being."""
