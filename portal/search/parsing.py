"""What people type → a small tree of words, phrases, prefixes and operators (pure).

Whoosh's parser reads it: "exact words", begin*, AND, OR, NOT and brackets; anything else is words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from whoosh import query as whoosh_query
from whoosh.qparser import QueryParser, plugins, syntax

from portal.search.analysis import spoken_words, written

MAX_WORDS = 64


@dataclass(frozen=True, slots=True)
class Word:
    """One word as typed, its stem, and whether it is too common to search for."""

    spoken: str
    stem: str
    is_common: bool


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that must follow each other in one field: as typed and their stems, none common."""

    spoken: tuple[str, ...]
    stems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prefix:
    """The beginning of a word."""

    text: str


@dataclass(frozen=True, slots=True)
class Not:
    """Whatever its node finds must not be found."""

    node: Node


@dataclass(frozen=True, slots=True)
class All:
    """Each of the nodes must be found."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of the nodes must be found."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Request:
    """Words side by side: enough of them must be found."""

    nodes: tuple[Node, ...]


Node = Word | Phrase | Prefix | Not | All | Either | Request


class _Enough(whoosh_query.compound.Or):  # type: ignore[misc]  # Whoosh carries no types
    """Marks words side by side, to tell them from an OR that was typed."""


class _RequestGroup(syntax.GroupNode):  # type: ignore[misc]  # Whoosh carries no types
    qclass = _Enough


_PARSER = QueryParser(
    "text",
    schema=None,
    plugins=[
        plugins.WhitespacePlugin(),
        plugins.PhrasePlugin(),
        plugins.PrefixPlugin(),
        plugins.GroupPlugin(),
        plugins.OperatorsPlugin(AndNot=None, AndMaybe=None, Require=None),
    ],
    group=_RequestGroup,
)


def parse(text: str) -> Request:
    """Read what was typed.

    Whatever Whoosh's parser cannot read is taken as plain words: a search box never complains.
    """
    try:
        tree = _convert(_PARSER.parse(_within_limit(text), normalize=False))
    except Exception:
        tree = Request(tuple(_words_of(_within_limit(text))))
    return tree if isinstance(tree, Request) else Request((tree,) if tree else ())


def _within_limit(text: str) -> str:
    return " ".join(text.replace("“", '"').replace("”", '"').split()[:MAX_WORDS])


def _convert(tree: whoosh_query.Query) -> Node | None:
    if isinstance(tree, whoosh_query.Phrase):
        kept = [w for w in _words_of(" ".join(tree.words)) if not w.is_common]
        spoken, stems = tuple(w.spoken for w in kept), tuple(w.stem for w in kept)
        return Phrase(spoken, stems) if kept else None
    if isinstance(tree, whoosh_query.Prefix):
        return _beginning(tree.text)
    if isinstance(tree, whoosh_query.Not):
        node = _convert(tree.query)
        return Not(node) if node else None
    if isinstance(tree, whoosh_query.Term):
        return Request(tuple(_words_of(tree.text)))
    if isinstance(tree, whoosh_query.compound.CompoundQuery):
        return _compound(tree)
    return None


def _beginning(text: str) -> Node | None:
    """Read the beginning of a word; "iso-90" is a whole word and a beginning."""
    *whole, last = written(text) or [""]
    if not last:
        return None
    nodes: list[Node] = [word for part in whole for word in _words_of(part)]
    return All((*nodes, Prefix(last))) if whole else Prefix(last)


def _compound(tree: whoosh_query.compound.CompoundQuery) -> Node | None:
    nodes = [node for child in tree.subqueries if (node := _convert(child))]
    if isinstance(tree, _Enough):
        return Request(tuple(_flat(nodes)))
    filled = tuple(node for node in nodes if not isinstance(node, Request) or node.nodes)
    if not filled:
        return None
    return All(filled) if isinstance(tree, whoosh_query.And) else Either(filled)


def _flat(nodes: list[Node]) -> Iterator[Node]:
    """Put the words of terms side by side, so that synonyms of several words are seen."""
    for node in nodes:
        if isinstance(node, Request) and all(isinstance(inner, Word) for inner in node.nodes):
            yield from node.nodes
        else:
            yield node


def _words_of(text: str) -> Iterator[Word]:
    for spoken, stem, is_common in spoken_words(text):
        yield Word(spoken, stem, is_common)
