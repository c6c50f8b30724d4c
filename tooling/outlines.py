"""Outlines of each state's counties, from the TopoJSON of the package us-atlas.

Counties keep sharing their arcs, so that borders meet exactly and the portal can tell a border
between two regions from one within a region.
"""

import json
import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

Point = tuple[float, float]
Arc = list[Point]

GRID = 1000  # units of the longer side of a drawing
TOLERANCE = 0.7  # units; what deviates less is drawn straight
SMALLEST = 6.0  # square units; a smaller island is left out, unless it is all there is


def outlines(topology: dict[str, Any]) -> Iterator[tuple[str, bytes]]:
    """Yield (slug of the state's name, its outline as JSON) for each state.

    An outline holds `width` and `height`, `arcs` as [x, y, dx, dy, …] in whole units with y down,
    and `counties` with `name`, `id` (FIPS code) and `rings`: arc numbers, ~n for one run backwards.

    Args:
        topology: with the objects `states` and `counties`, ids being FIPS codes.
    """
    arcs = decoded(topology)
    counties: dict[str, list[dict[str, Any]]] = {}
    for county in topology["objects"]["counties"]["geometries"]:
        counties.setdefault(county["id"][:2], []).append(county)
    for state in topology["objects"]["states"]["geometries"]:
        if own := counties.get(state["id"]):
            name = state["properties"]["name"]
            drawing = outline(name, sorted(own, key=lambda county: str(county["id"])), arcs)
            yield slug(name), json.dumps(drawing, separators=(",", ":")).encode()


def slug(name: str) -> str:
    """Write a state's name as files do: "New York" → new-york."""
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", folded).strip("-")


def decoded(topology: dict[str, Any]) -> list[Arc]:
    """Return the arcs as degrees (longitude, latitude) from their quantized differences.

    Source: the TopoJSON format, https://github.com/topojson/topojson-specification, section 2.1.2.
    """
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        arc = []
        for dx, dy in steps:
            x, y = x + dx, y + dy
            arc.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
        arcs.append(arc)
    return arcs


def outline(name: str, counties: Sequence[dict[str, Any]], arcs: Sequence[Arc]) -> dict[str, Any]:
    """Draw the counties of one state."""
    rings = {county["id"]: rings_of(county) for county in counties}
    used = sorted({own(n) for shapes in rings.values() for ring in shapes for n in ring})
    drawn = fitted(projected([arcs[number] for number in used]))
    whole = {number: simplified(arc) for number, arc in zip(used, drawn, strict=True)}
    kept = {id_: large_rings(shapes, whole) for id_, shapes in rings.items()}
    numbers = sorted({own(n) for shapes in kept.values() for ring in shapes for n in ring})
    new = {old: number for number, old in enumerate(numbers)}
    points = [point for number in numbers for point in whole[number]]
    return {
        "name": name,
        "width": math.ceil(max(x for x, _ in points)),
        "height": math.ceil(max(y for _, y in points)),
        "arcs": [stepped(whole[number]) for number in numbers],
        "counties": [
            {
                "name": county["properties"]["name"],
                "id": county["id"],
                "rings": [
                    [new[n] if n >= 0 else ~new[~n] for n in ring] for ring in kept[county["id"]]
                ],
            }
            for county in counties
        ],
    }


def own(reference: int) -> int:
    """Return the number of an arc, whichever way it is run."""
    return reference if reference >= 0 else ~reference


def rings_of(geometry: dict[str, Any]) -> list[list[int]]:
    """Return all rings of a polygon or of several, as arc references."""
    if geometry["type"] == "Polygon":
        return list(geometry["arcs"])
    return [ring for polygon in geometry["arcs"] for ring in polygon]


def projected(arcs: Sequence[Arc]) -> list[Arc]:
    """Return arcs in Albers' equal-area conic projection of a sphere of radius 1, y up.

    The standard parallels stand a sixth of the height within the northern and southern ends.

    Source: J. P. Snyder (1987), Map Projections: A Working Manual, U.S. Geological Survey
    Professional Paper 1395, equations 14-1 to 14-6, page 100; the rule of the sixth, page 99.
    """
    longitudes = [x for arc in arcs for x, _ in arc]
    latitudes = [math.radians(y) for arc in arcs for _, y in arc]
    # Alaska reaches over the 180th meridian.
    across = max(longitudes) - min(longitudes) > 180
    longitudes = [x - 360 if across and x > 0 else x for x in longitudes]
    south, north = min(latitudes), max(latitudes)
    middle = math.radians((min(longitudes) + max(longitudes)) / 2)
    first, second = south + (north - south) / 6, north - (north - south) / 6
    n = (math.sin(first) + math.sin(second)) / 2
    c = math.cos(first) ** 2 + 2 * n * math.sin(first)
    base = math.sqrt(c - 2 * n * math.sin((south + north) / 2)) / n

    def place(x: float, y: float) -> Point:
        radius = math.sqrt(c - 2 * n * math.sin(math.radians(y))) / n
        turn = n * (math.radians(x - 360 if across and x > 0 else x) - middle)
        return radius * math.sin(turn), base - radius * math.cos(turn)

    return [[place(x, y) for x, y in arc] for arc in arcs]


def fitted(arcs: Sequence[Arc]) -> list[Arc]:
    """Return arcs moved and scaled to the grid, y down."""
    xs = [x for arc in arcs for x, _ in arc]
    ys = [y for arc in arcs for _, y in arc]
    left, top = min(xs), max(ys)
    unit = GRID / max(max(xs) - left, top - min(ys))
    return [[((x - left) * unit, (top - y) * unit) for x, y in arc] for arc in arcs]


def simplified(arc: Arc) -> Arc:
    """Return an arc with fewer points, its ends kept, in whole units.

    Source: D. H. Douglas and T. K. Peucker (1973), Cartographica 10(2), 112-122. A ring is cut
    at the point farthest from its start, since it has no two ends.
    """
    if arc[0] == arc[-1] and len(arc) > 3:
        far = max(range(len(arc)), key=lambda n: math.dist(arc[0], arc[n]))
        points = _reduced(arc[: far + 1])[:-1] + _reduced(arc[far:])
    else:
        points = _reduced(arc)
    whole: Arc = []
    for x, y in points:
        rounded = (float(round(x)), float(round(y)))
        if not whole or rounded != whole[-1]:
            whole.append(rounded)
    return whole


def _reduced(arc: Arc) -> Arc:
    keep, parts = {0, len(arc) - 1}, [(0, len(arc) - 1)]
    while parts:
        start, end = parts.pop()
        far, distance = start, TOLERANCE
        for number in range(start + 1, end):
            away = _distance(arc[number], arc[start], arc[end])
            if away > distance:
                far, distance = number, away
        if far != start:
            keep.add(far)
            parts += [(start, far), (far, end)]
    return [arc[number] for number in sorted(keep)]


def _distance(point: Point, start: Point, end: Point) -> float:
    """Return how far a point is from the stretch between two others."""
    length = math.dist(start, end)
    if not length:
        return math.dist(point, start)
    along = sum((p - s) * (e - s) for p, s, e in zip(point, start, end, strict=True)) / length**2
    along = min(1.0, max(0.0, along))
    near = (start[0] + along * (end[0] - start[0]), start[1] + along * (end[1] - start[1]))
    return math.dist(point, near)


def large_rings(rings: Sequence[list[int]], arcs: dict[int, Arc]) -> list[list[int]]:
    """Return the rings that can be seen; the largest in any case."""
    sizes = [area(ring, arcs) for ring in rings]
    least = min(SMALLEST, max(sizes))
    return [ring for ring, size in zip(rings, sizes, strict=True) if size >= least]


def area(ring: Sequence[int], arcs: dict[int, Arc]) -> float:
    """Return the area within a ring."""
    points = [p for n in ring for p in (arcs[n] if n >= 0 else arcs[~n][::-1])]
    turned = zip(points, points[1:] + points[:1], strict=True)
    return abs(sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in turned)) / 2


def stepped(arc: Arc) -> list[int]:
    """Return an arc as its first point and the steps from there: [x, y, dx, dy, …]."""
    steps = [int(arc[0][0]), int(arc[0][1])]
    for (x, y), (next_x, next_y) in pairwise(arc):
        steps += [int(next_x - x), int(next_y - y)]
    return steps
