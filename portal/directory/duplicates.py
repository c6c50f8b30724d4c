"""Which entries of a list may be the same thing twice, with a score and the reasons (pure).

Evidence is a name, a short name, a phone, a website, a place. What many entries share (the phone of
a state office, the website of a large organization) is no evidence, and a place alone never is.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz import fuzz

NAME, SHORT_NAME, PHONE, WEBSITE, EMAIL, PLACE = (
    "name",
    "short-name",
    "phone",
    "website",
    "email",
    "place",
)
SHOWN_FROM = 0.75  # of a pair, to be put before somebody
ALIKE_FROM = 65.0  # percent; names less alike are no evidence
SAME_WORD_FROM = 75.0  # percent; words less alike are two words
SHARED_AT_MOST = 4  # entries that have the same phone or website; more: it is nobody's own
BLOCK_AT_MOST = 60  # entries that share a part of the name; more: it is an everyday word
WORDS_PAIRED = 6  # of a name
# How much each kind of evidence says by itself, between 0 and 1; a name by how alike it is.
WEIGHTS = {SHORT_NAME: 0.5, PHONE: 0.6, WEBSITE: 0.5, EMAIL: 0.4, PLACE: 0.25}
# Words that say what form a body has, or nothing.
EMPTY_WORDS = frozenset(
    {"inc", "incorporated", "llc", "llp", "ltd", "limited", "corp", "corporation", "co", "company"}
    | {"pllc", "pc", "lp", "the", "of", "and", "for", "at", "in", "a", "an"}
)
# Long and short ways to write one word.
SAME_WORDS = {
    "mass": "massachusetts",
    "ma": "massachusetts",
    "mfg": "manufacturing",
    "mfr": "manufacturer",
    "manufacturers": "manufacturer",
    "univ": "university",
    "assn": "association",
    "assoc": "association",
    "ctr": "center",
    "centre": "center",
    "dept": "department",
    "tech": "technology",
    "technologies": "technology",
    "programme": "program",
    "intl": "international",
}
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of an organization or a program; blank: nothing."""

    key: str  # tells it from the others
    name: str
    other_names: tuple[str, ...] = ()
    owner: str = ""  # of a program: its organization
    phone: str = ""
    website: str = ""
    email: str = ""
    city: str = ""
    postal_code: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of evidence; `percent` says how alike two names are."""

    kind: str
    text: str = ""  # what both have
    percent: int = 0


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entries that may be one; `score` is between 0 and 1."""

    first: str
    second: str
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """An entry, brought to a form that can be compared."""

    entry: Entry
    names: tuple[tuple[str, ...], ...]  # the words of each
    said: frozenset[str]  # short names that it has
    initials: frozenset[str]
    phone: str
    website: str
    email: str
    place: str


def words_of(name: str) -> tuple[str, ...]:
    """Return the words of a name: no case, accents, legal forms; one way to write each."""
    plain = unicodedata.normalize("NFKD", name.replace("&", " and ").replace("'", ""))
    bare = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    found = [SAME_WORDS.get(word, word) for word in _WORD.findall(bare.replace("’", ""))]
    return tuple(word for word in found if word not in EMPTY_WORDS) or tuple(found)


def digits_of(phone: str) -> str:
    """Return the ten digits of a phone number without the country; blank if there are not ten."""
    digits = "".join(c for c in phone.partition("x")[0] if c.isdigit())
    digits = digits[1:] if len(digits) == 11 and digits.startswith("1") else digits
    return digits if len(digits) == 10 else ""


def site_of(address: str, *, with_path: bool) -> str:
    """Return the host of a web address without "www.", with its path if that is wanted."""
    bare = re.sub(r"^[a-z]+://", "", address.strip().casefold()).partition("#")[0]
    host, _, path = bare.removeprefix("www.").partition("/")
    path = path.rstrip("/")
    return f"{host}/{path}" if with_path and path else host


def pairs_of(entries: Sequence[Entry]) -> list[Pair]:
    """Return the pairs that may be one thing, the surest first.

    Only entries that share something are compared, so that it stays quick for many.

    Args:
        entries: of one kind, each key once.
    """
    known = [_known(entry) for entry in entries]
    common = _common(known)
    found = []
    for one, other in _candidates(known, common):
        pair = _judged(known[one], known[other], common)
        if pair is not None:
            found.append(pair)
    return sorted(found, key=lambda pair: (-pair.score, pair.first, pair.second))


def like(wanted: Entry, entries: Sequence[Entry], *, limit: int = 3) -> list[Pair]:
    """Return what may be the same as an entry that is being written, the surest first.

    Args:
        wanted: the one being written; an entry with its key is left out.
        entries: those that are there.
        limit: how many at most.
    """
    known = [_known(entry) for entry in entries if entry.key != wanted.key]
    own, common = _known(wanted), _common(known)
    judged = (_judged(own, other, common) for other in known)
    found = sorted((p for p in judged if p), key=lambda pair: (-pair.score, pair.second))
    return found[:limit]


def _known(entry: Entry) -> _Known:
    names = [words for name in (entry.name, *entry.other_names) if (words := words_of(name))]
    said = {"".join(words_of(name)) for name in entry.other_names if len(name.split()) == 1}
    main = [word for word in _WORD.findall(entry.name.casefold()) if word not in EMPTY_WORDS]
    initials = {"".join(word[0] for word in main)} if len(main) > 2 else set()
    whole = {"".join(names[0])} if names and len(names[0]) == 1 else set()
    city = " ".join(words_of(entry.city)) if entry.city else ""
    return _Known(
        entry=entry,
        names=tuple(dict.fromkeys(names)),
        said=frozenset(word for word in said | whole if len(word) > 2),
        initials=frozenset(initials),
        phone=digits_of(entry.phone),
        # One organization's programs share its host, so of a program the whole address counts.
        website=site_of(entry.website, with_path=bool(entry.owner)),
        email=entry.email.strip().casefold(),
        place=f"{city} {entry.postal_code}".strip(),
    )


def _shared(known: _Known) -> Iterator[tuple[str, str]]:
    """Yield what can be the same to the letter, place excepted."""
    yield PHONE, known.phone
    yield WEBSITE, known.website
    yield EMAIL, known.email
    for word in known.said | known.initials:
        yield SHORT_NAME, word


def _common(known: Iterable[_Known]) -> frozenset[tuple[str, str]]:
    """Return what too many share for it to say anything."""
    counts = Counter(evidence for one in known for evidence in set(_shared(one)))
    return frozenset(evidence for evidence, n in counts.items() if n > SHARED_AT_MOST)


def _candidates(
    known: Sequence[_Known], common: frozenset[tuple[str, str]]
) -> Iterator[tuple[int, int]]:
    blocks: defaultdict[tuple[str, ...], set[int]] = defaultdict(set)
    for place, one in enumerate(known):
        for evidence in _shared(one):
            if evidence[1] and evidence not in common:
                blocks[evidence].add(place)
        for words in one.names:
            sounds = sorted({_sound(word) for word in words})[:WORDS_PAIRED]
            for key in [(sound,) for sound in sounds] + list(combinations(sounds, 2)):
                blocks[("sound", *key)].add(place)
            blocks[("whole", *sorted(words))].add(place)
    seen: set[tuple[int, int]] = set()
    for members in blocks.values():
        if 2 <= len(members) <= BLOCK_AT_MOST:
            seen.update(combinations(sorted(members), 2))
    yield from seen


def _sound(word: str) -> str:
    """Return a word without what slips of the finger change most: vowels and doubled letters."""
    if word.isdigit():
        return word
    rest = re.sub(r"[aeiouy]", "", word[1:])
    return re.sub(r"(.)\1", r"\1", word[0] + rest)


def _judged(one: _Known, other: _Known, common: frozenset[tuple[str, str]]) -> Pair | None:
    percent = _alike(one, other)
    reasons = [Reason(NAME, percent=round(percent))] if percent >= ALIKE_FROM else []
    doubt = 1 - _name_weight(percent)
    theirs = set(_shared(other))
    kinds = set()
    for kind, text in _shared(one):
        if text and kind not in kinds and (kind, text) in theirs - common:
            kinds.add(kind)
            if kind == SHORT_NAME and (percent == 100 or text not in one.said | other.said):
                continue  # the same said twice; initials of both say less than their names
            reasons.append(Reason(kind, text))
            doubt *= 1 - WEIGHTS[kind]
    if reasons and one.place and one.place == other.place and not one.entry.owner:
        reasons.append(Reason(PLACE, one.entry.city))
        doubt *= 1 - WEIGHTS[PLACE]
    if not reasons or 1 - doubt < SHOWN_FROM:
        return None
    return Pair(one.entry.key, other.entry.key, 1 - doubt, tuple(reasons))


def _name_weight(percent: float) -> float:
    """Return how much names that are so alike say: nothing at ALIKE_FROM, 0.95 when the same."""
    share = max(0.0, percent - ALIKE_FROM) / (100 - ALIKE_FROM)
    return float(0.95 * share)


def _alike(one: _Known, other: _Known) -> float:
    """Return how alike two names are, in percent: the name of one with any name of the other.

    Two other names say little: programs of one house are often known by that house's name.
    """
    # A name without a letter has no words, so there may be no first one.
    pairs = [(words, name) for words in one.names[:1] for name in other.names]
    pairs += [(words, name) for words in other.names[:1] for name in one.names]
    return max((likeness(words, others) for words, others in pairs), default=0.0)


def likeness(words: Sequence[str], others: Sequence[str]) -> float:
    """Return how alike two names are, in percent, word by word in any order.

    A word counts by its letters. Names with different numbers (ISO 9001, ISO 13485) are names of
    different things, and a word that is another (Minority, Women-owned) is not half alike.
    """
    if "".join(words) == "".join(others):
        return 100.0
    if {word for word in words if word.isdigit()} != {word for word in others if word.isdigit()}:
        return 0.0
    left, shared = list(others), 0.0
    for word in sorted(words, key=len, reverse=True):
        best = max(left, key=lambda rest: fuzz.ratio(word, rest), default="")
        ratio = fuzz.ratio(word, best)
        if best and ratio >= SAME_WORD_FROM:
            left.remove(best)
            shared += ratio / 100 * (len(word) + len(best))
    return 100 * shared / sum(map(len, (*words, *others)))
