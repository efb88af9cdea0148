"""States are kept as text between two messages, and drawn in a diagram."""

import re
from dataclasses import fields
from pathlib import Path
from typing import Final, get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers import states
from handlers.messages import Choice
from handlers.states import IDLE, Memory, State, dump, load

MEMBERS: Final = get_args(State)
DIAGRAM: Final = Path(states.__file__).with_suffix(".mmd")


def any_of(member: type[State]) -> st.SearchStrategy[State]:
    """Fill every field, those with a default too."""
    hints = get_type_hints(member)
    return st.builds(
        member, **{field.name: st.from_type(hints[field.name]) for field in fields(member)}
    )


@given(
    state=st.one_of([any_of(member) for member in MEMBERS]),
    offered=st.lists(st.from_type(Choice), max_size=3).map(tuple),
)
def test_every_state_reads_back_as_it_was_written(
    state: State, offered: tuple[Choice, ...]
) -> None:
    memory = Memory(state, offered)
    assert load(dump(memory)) == memory


@pytest.mark.parametrize(
    "text", [None, "", "{", "[]", "null", '{"state": {"kind": "gone"}}', '{"state": {}}']
)
def test_an_unreadable_state_is_idle(text: str | None) -> None:
    assert load(text) == Memory(IDLE)


@given(text=st.text())
def test_any_text_reads_as_some_state(text: str) -> None:
    assert isinstance(load(text), Memory)


def test_the_diagram_draws_every_state_and_no_other() -> None:
    arrows = re.findall(r"^\s*(\S+) --> (\w+)", DIAGRAM.read_text(encoding="utf-8"), re.MULTILINE)
    drawn = {name for arrow in arrows for name in arrow} - {"[*]"}
    assert drawn == {member.__name__ for member in MEMBERS}
