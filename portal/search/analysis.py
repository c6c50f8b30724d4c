"""Text → words as the index knows them, by Whoosh's analyzers (pure).

Accents are folded, case is lowered, common words are dropped, endings are stemmed (Porter).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from whoosh.analysis import (
    CharsetFilter,
    LowercaseFilter,
    RegexTokenizer,
    StemFilter,
    StopFilter,
)
from whoosh.lang.stopwords import stoplists
from whoosh.support.charset import accent_map

JOINT = " . "  # between texts that stand in one field

# Letters and digits, with inner apostrophes and ampersands: can't, R&D, 7(a) → 7, a.
WORD = r"\w+(?:['’&]\w+)*"

# Words of a request that say nothing of what is wanted.
REQUEST_WORDS = frozenset(
    {"get", "getting", "got", "help", "need", "needed", "needs", "want", "wanted", "wants"}
    | {"find", "look", "looking", "say", "says", "tell", "please", "like", "us", "also"}
    | {"anyone", "one", "someone", "something", "way"}
)
STOP_WORDS = frozenset(word for word in stoplists["en"]) | {"can't", "cannot", "don't", "i'm"}

_tokens = RegexTokenizer(WORD) | LowercaseFilter() | CharsetFilter(accent_map)
_everything = _tokens | StemFilter(cachesize=50_000)
_written = _tokens | StopFilter(stoplist=STOP_WORDS, minsize=1)
ANALYZER = _written | StemFilter(cachesize=50_000)


def words(text: str) -> list[str]:
    """Return the stems of a text in order, common words dropped."""
    return [token.text for token in ANALYZER(_plain(text))]


def all_words(text: str) -> list[str]:
    """Return the stems of a text in order, common words kept (they count in synonyms)."""
    return [token.text for token in _everything(_plain(text))]


def written_words(text: str) -> list[tuple[str, str]]:
    """Return (folded word as it is written, stem) of a text in order, common words dropped."""
    return [(token.text, stem(token.text)) for token in _written(_plain(text))]


def written(text: str) -> list[str]:
    """Return the folded words of a text in order, as they are written."""
    return [token.text for token in _tokens(_plain(text))]


def spoken_words(text: str) -> list[tuple[str, str, bool]]:
    """Return (word as typed, stem, common) for each word of a text, in order."""
    spoken = [token.text for token in RegexTokenizer(WORD)(_plain(text))]
    return [(word, stem(word), is_common(word)) for word in spoken]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return the stem of one word; the word itself when nothing is left of it."""
    stems = [token.text for token in _everything(word)]
    return stems[0] if stems else word.lower()


def is_common(word: str) -> bool:
    """Whether a word is too common to search for."""
    return word.lower().replace("’", "'") in STOP_WORDS


def fold(text: str) -> str:
    """Return a text without accents and in lower case, for sorting and comparing."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).lower()


def join(texts: Iterable[str]) -> str:
    """Return texts as one, kept apart so that no phrase runs across two of them."""
    return JOINT.join(text for text in texts if text)


def parted(text: str) -> list[str]:
    """Return the texts that were joined."""
    return text.split(JOINT)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace("’", "'")


def initials(name: str) -> str:
    """Return the acronym that people may make of a name; blank for fewer than three words.

    `Massachusetts Manufacturing Extension Partnership` → MMEP.
    """
    spoken = [token.text for token in RegexTokenizer(WORD)(_plain(name))]
    letters = [word[0] for word in spoken if word[0].isupper() and not is_common(word)]
    return "".join(letters) if len(letters) >= 3 else ""
