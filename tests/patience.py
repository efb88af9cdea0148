"""How long a test waits, on any machine: only one that would hang else gets to this end."""

from typing import Final

PATIENCE: Final = 120.0  # seconds
