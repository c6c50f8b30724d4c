"""Groups of unmet needs: kind of help × industry × region, with what points to each (pure).

A closed request is a task for somebody and is counted as it is. Searches and plans are counts of
visitors: from 1 to 10 they are hidden on every page and in every file.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

HIDDEN_UP_TO = 10
HIDDEN = "c"  # what stands for a count from 1 to HIDDEN_UP_TO


@dataclass(frozen=True, slots=True)
class Key:
    """What a group is; a blank value was not said, or was several."""

    form: str = ""
    industry: str = ""
    region: str = ""


@dataclass(slots=True)
class Group:
    """A group with the counts of each source.

    Attributes:
        key: what it is.
        requests: requests that were closed with the need unmet.
        codes: the same by code of UnmetCode.
        searches: searches that found nothing.
        plans: plans without a dedicated program.
        none_of_these: plans whose owner found none of the needs to be theirs.
    """

    key: Key
    requests: int = 0
    codes: dict[str, int] = field(default_factory=dict)
    searches: int = 0
    plans: int = 0
    none_of_these: int = 0


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that groups are made of."""

    forms: Collection[str]
    industries: Collection[str]
    regions: Collection[str]

    def fold(self, key: Key) -> Key:
        """Return a group in these words: an industry as the narrowest known one that holds it."""
        prefixes = (key.industry[:length] for length in range(len(key.industry), 1, -1))
        return Key(
            key.form if key.form in self.forms else "",
            next((code for code in prefixes if code in self.industries), ""),
            key.region if key.region in self.regions else "",
        )


def shown(count: int) -> str:
    """Return a count of visitors as it may be shown: 0, c (1 to 10), or the number."""
    return HIDDEN if 0 < count <= HIDDEN_UP_TO else str(count)


def order_of(group: Group) -> tuple[object, ...]:
    """Return what groups are sorted by: requests first, then what may be shown of the rest.

    Hidden counts are not told apart, so that the order does not give them away.
    """
    visible = [_visible(n) for n in (group.plans, group.none_of_these, group.searches)]
    return (-group.requests, *(-n for n in visible), *_names(group.key))


def _names(key: Key) -> tuple[str, str, str]:
    return key.form, key.industry, key.region


def _visible(count: int) -> int:
    return 1 if 0 < count <= HIDDEN_UP_TO else count


def grouped(
    *,
    requests: Iterable[tuple[Key, str]],
    searches: Iterable[tuple[str, str, int]],
    plans: Iterable[tuple[Key, str, int]],
    kept: Iterable[Key] = (),
    none_kind: str,
    fold: Callable[[Key], Key] = lambda key: key,
) -> list[Group]:
    """Put all sources together, the most pressing group first.

    Args:
        requests: (group, code of the unmet need), one for each closed request.
        searches: (chosen filters, regions of the ZIP, how often), as the search writes them.
        plans: (group, kind, how often).
        kept: groups that somebody has taken on, shown even when nothing points to them any more.
        none_kind: the kind of plans whose owner said "none of these".
        fold: what a group is called in the words of the catalogue.
    """
    groups: dict[Key, Group] = {}

    def of(key: Key) -> Group:
        folded = fold(key)
        return groups.setdefault(folded, Group(folded))

    for key in kept:
        of(key)
    for key, code in requests:
        group = of(key)
        group.requests += 1
        group.codes[code] = group.codes.get(code, 0) + 1
    for facets, near, count in searches:
        of(key_of_search(facets, near)).searches += count
    for key, kind, count in plans:
        group = of(key)
        if kind == none_kind:
            group.none_of_these += count
        else:
            group.plans += count
    return sorted(groups.values(), key=order_of)


def key_of_search(facets: str, near: str) -> Key:
    """Return the group that a search points to.

    A filter with several values, as a ZIP in several regions, says none of them.

    Args:
        facets: `form=marketing;region=central,metro-west`.
        near: codes of regions, separated by commas.
    """
    chosen = dict(part.split("=", 1) for part in facets.split(";") if "=" in part)
    region = chosen.get("region", "") or near
    return Key(
        _single(chosen.get("form", "")), _single(chosen.get("industry", "")), _single(region)
    )


def _single(values: str) -> str:
    return "" if "," in values else values


def filtered(
    groups: Iterable[Group],
    *,
    wanted: Mapping[str, str],
    status_of: Callable[[Key], str],
) -> list[Group]:
    """Return the groups that have all wanted values; blank: any.

    Args:
        groups: in their order.
        wanted: form, industry, region, status, source ("requests", "plans", "searches").
        status_of: group → its status.
    """

    def fits(group: Group) -> bool:
        key = group.key
        values = {
            "form": key.form,
            "industry": key.industry,
            "region": key.region,
            "status": status_of(key),
        }
        if any(wanted.get(name) not in ("", None, value) for name, value in values.items()):
            return False
        counts = {
            "requests": group.requests,
            "plans": group.plans + group.none_of_these,
            "searches": group.searches,
        }
        return not wanted.get("source") or counts[wanted["source"]] > 0

    return [group for group in groups if fits(group)]
