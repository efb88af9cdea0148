"""Everything that can go wrong outside this house, told apart by class."""

from pathlib import Path


class KnowledgeError(Exception):
    """What we need to know could not be had; the message is one line for a person."""


class UnreadableFileError(KnowledgeError):
    """A file that an officer gave us is broken; every problem names its place."""

    def __init__(self, path: Path, problems: list[str]) -> None:
        self.path = path
        self.problems = problems
        super().__init__("\n".join(f"{path}: {problem}" for problem in problems))


class StoreError(KnowledgeError):
    """The database cannot be opened, or is of another release."""


class UnkeepableError(KnowledgeError):
    """No database would keep this; told before it spoils what is written beside it."""
