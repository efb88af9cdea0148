"""From a citizen's question to procedures: found, unclear, or an honest no."""

from knowledge.matching.answers import CERTAIN, Answer, Found, Match, Unclear, Unknown
from knowledge.matching.examples import Examples, load_examples
from knowledge.matching.foreign import Matter, load_foreign
from knowledge.matching.matcher import Matcher
from knowledge.matching.synonyms import load_synonyms

__all__ = [
    "CERTAIN",
    "Answer",
    "Examples",
    "Found",
    "Match",
    "Matcher",
    "Matter",
    "Unclear",
    "Unknown",
    "load_examples",
    "load_foreign",
    "load_synonyms",
]
