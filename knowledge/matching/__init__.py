"""From a citizen's question to procedures: found, unclear, or an honest no."""

from knowledge.matching.answers import Answer, Found, Match, Unclear, Unknown
from knowledge.matching.matcher import Matcher

__all__ = ["Answer", "Found", "Match", "Matcher", "Unclear", "Unknown"]
