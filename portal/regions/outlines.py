"""A state's counties as drawn at set-up (tooling/outlines.py), joined into regions (pure).

A border within a region and one between two regions are told apart by who shares an arc.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

Point = tuple[int, int]
Ring = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """A drawing `width` by `height` units, y down; `counties` maps names to rings of arcs.

    A ring is a row of arc numbers; ~n is arc n run backwards.
    """

    width: int
    height: int
    arcs: tuple[Ring, ...]
    counties: Mapping[str, tuple[tuple[int, ...], ...]]

    def points(self, ring: Sequence[int]) -> Ring:
        """Return the points of a ring in order."""
        found: list[Point] = []
        for number in ring:
            arc = self.arcs[number] if number >= 0 else self.arcs[~number][::-1]
            found.extend(arc[1:] if found else arc)
        return tuple(found)


@dataclass(frozen=True, slots=True)
class RegionShape:
    """A region on the map: SVG path data, and its rings for placing its label."""

    code: str
    path: str
    rings: tuple[Ring, ...]


@dataclass(frozen=True, slots=True)
class RegionMap:
    """All regions, and the lines over them as SVG path data, each drawn once."""

    width: int
    height: int
    shapes: tuple[RegionShape, ...]
    unassigned: str  # counties that no region names
    county_lines: str
    region_lines: str


def read(text: str) -> Outline:
    """Read an outline as the build wrote it."""
    told = json.loads(text)
    counties: defaultdict[str, tuple[tuple[int, ...], ...]] = defaultdict(tuple)
    for county in told["counties"]:  # in Virginia a city may bear the name of a county
        counties[county["name"]] += tuple(tuple(ring) for ring in county["rings"])
    arcs = tuple(_points(steps) for steps in told["arcs"])
    return Outline(told["width"], told["height"], arcs, dict(counties))


def region_map(
    outline: Outline, region_of: Mapping[str, str], order: Iterable[str] = ()
) -> RegionMap:
    """Join counties into regions.

    Args:
        outline: of the state.
        region_of: name of a county → code of its region; a county may be missing.
        order: codes in the order they are shown; others follow.
    """
    rings: defaultdict[str, list[tuple[int, ...]]] = defaultdict(list)
    sides: defaultdict[int, list[str]] = defaultdict(list)
    for name, shapes in outline.counties.items():
        code = region_of.get(name, "")
        rings[code].extend(shapes)
        for number in (number for ring in shapes for number in ring):
            sides[max(number, ~number)].append(code)
    inner = [n for n, codes in sides.items() if len(codes) > 1 and len(set(codes)) == 1]
    outer = [n for n in sides if n not in set(inner)]
    codes = [code for code in dict.fromkeys((*order, *rings)) if code in rings and code]
    return RegionMap(
        width=outline.width,
        height=outline.height,
        shapes=tuple(_shape(outline, code, rings[code]) for code in codes),
        unassigned=_path((outline.points(ring) for ring in rings.get("", ())), closed=True),
        county_lines=_path(outline.arcs[number] for number in inner),
        region_lines=_path(outline.arcs[number] for number in outer),
    )


def _shape(outline: Outline, code: str, rings: Iterable[tuple[int, ...]]) -> RegionShape:
    points = tuple(outline.points(ring) for ring in rings)
    return RegionShape(code, _path(points, closed=True), points)


def _points(steps: Sequence[int]) -> Ring:
    x = y = 0
    points = []
    for dx, dy in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + dx, y + dy
        points.append((x, y))
    return tuple(points)


def _path(lines: Iterable[Ring], *, closed: bool = False) -> str:
    """Return SVG path data: M x y l dx dy …, with z when closed."""
    parts = []
    for line in lines:
        steps = [f"{x - last_x} {y - last_y}" for (last_x, last_y), (x, y) in pairwise(line)]
        parts.append(f"M{line[0][0]} {line[0][1]}l{' '.join(steps)}{'z' if closed else ''}")
    return "".join(parts)
