"""The published figures: how well and how fast questions find their procedures."""

from bot.bench.report import report

__all__ = ["report"]
