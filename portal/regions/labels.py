"""Where the names of regions stand on the map: inside if they fit, else beside it (pure).

The map is laid out on a raster of small squares, each known to be of one region or of none.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from portal.regions.outlines import RegionShape, Ring

CELL = 10  # units of the drawing
LETTER = 0.58  # mean width of a bold letter, in heights of a letter
LINE = 1.15  # from line to line, in heights of a letter
GAP = 1  # cells kept free around a name that stands beside the map
CROSSING = 6  # cells of way that one cell of another region under a leader is worth
MARGIN = 0.42  # how far a name may stand beyond the drawing, in widths of it

Cell = tuple[int, int]
Cells = dict[Cell, str]


@dataclass(frozen=True, slots=True)
class Label:
    """A name: its lines, its middle, and where its leader starts if it stands beside the region.

    `x` and `y` are the middle of the text; `leader` is (x1, y1, x2, y2) or None.
    """

    code: str
    lines: tuple[str, ...]
    x: float
    y: float
    leader: tuple[float, float, float, float] | None


@dataclass(frozen=True, slots=True)
class Layout:
    """All names in letters of one size, and the box of the drawing with them."""

    letter: int
    labels: tuple[Label, ...]
    left: float
    top: float
    width: float
    height: float


def layout(
    shapes: Sequence[RegionShape], names: Mapping[str, str], *, size: tuple[int, int], letter: int
) -> Layout:
    """Place the names of regions so that none covers another or a region that is not its own.

    Args:
        shapes: the regions.
        names: code → what people read.
        size: width and height of the drawing.
        letter: height of a letter in units of the drawing.
    """
    land = {cell: shape.code for shape in shapes for cell in _cells(shape.rings)}
    taken: set[Cell] = set()
    labels: list[Label] = []
    boxes: list[tuple[float, float, float, float]] = [(0, 0, *size)]
    middles = {shape.code: _middle(shape.code, land) for shape in shapes}
    beside = []
    for shape in shapes:
        lines, spot = _inside(shape.code, names[shape.code], land, middles[shape.code], letter)
        if spot is None:
            beside.append((shape.code, lines))
            continue
        taken.update(_box(spot, lines, letter))
        labels.append(Label(shape.code, lines, *_units(spot), None))
    for code, lines in sorted(beside, key=lambda pair: middles[pair[0]][1]):
        spot = _beside(code, lines, land, taken, middles[code], size, letter)
        x, y = _units(spot)
        wide, high = _extent(lines, letter)
        leader = _leader((x, y), wide, _units(middles[code]))
        taken.update(_box(spot, lines, letter, GAP), _under(leader))
        labels.append(Label(code, lines, x, y, leader))
        boxes.append((x - wide / 2 - CELL, y - high / 2, x + wide / 2 + CELL, y + high / 2))
    left, top = min(b[0] for b in boxes), min(b[1] for b in boxes)
    right, bottom = max(b[2] for b in boxes), max(b[3] for b in boxes)
    return Layout(letter, tuple(labels), left, top, right - left, bottom - top)


def _cells(rings: Iterable[Ring]) -> Iterator[Cell]:
    """Yield the cells whose middle lies within the rings, by the even-odd rule."""
    crossings: dict[int, list[float]] = {}
    for ring in rings:
        for (x1, y1), (x2, y2) in pairwise(ring):
            low, high = sorted((y1, y2))
            for row in range(math.ceil(low / CELL - 0.5), math.ceil(high / CELL - 0.5)):
                along = ((row + 0.5) * CELL - y1) / (y2 - y1)
                crossings.setdefault(row, []).append(x1 + along * (x2 - x1))
    for row, found in crossings.items():
        found.sort()
        for start, end in zip(found[::2], found[1::2], strict=False):
            for column in range(math.ceil(start / CELL - 0.5), math.ceil(end / CELL - 0.5)):
                yield column, row


def _middle(code: str, land: Cells) -> Cell:
    """Return the cell of a region that is farthest from its border, near its center of mass."""
    own = {cell for cell, whose in land.items() if whose == code}
    if not own:
        return 0, 0
    center = sum(c for c, _ in own) / len(own), sum(r for _, r in own) / len(own)

    def depth(cell: Cell) -> int:
        reach = 1
        while reach < 12 and all(
            (cell[0] + dx * reach, cell[1] + dy * reach) in own
            for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, -1), (1, -1), (-1, 1))
        ):
            reach += 1
        return reach

    return max(own, key=lambda cell: (depth(cell) - math.dist(cell, center) / 8, cell))


def _inside(
    code: str, name: str, land: Cells, middle: Cell, letter: int
) -> tuple[tuple[str, ...], Cell | None]:
    """Return the lines of a name and the cell of its region where they fit, None if nowhere."""
    own = [cell for cell, whose in land.items() if whose == code]
    for lines in _breaks(name):
        fits = [cell for cell in own if all(land.get(c) == code for c in _box(cell, lines, letter))]
        if fits:
            return lines, min(fits, key=lambda cell: (math.dist(cell, middle), cell))
    return _breaks(name)[-1], None


def _beside(
    code: str,
    lines: tuple[str, ...],
    land: Cells,
    taken: set[Cell],
    middle: Cell,
    size: tuple[int, int],
    letter: int,
) -> Cell:
    """Return the free cell near a region whose leader crosses the least of anything else."""
    wide, high = (math.ceil(length / CELL) for length in size)
    out = math.ceil(wide * MARGIN)
    spots = sorted(
        (math.dist((column, row), middle), (column, row))
        for column in range(-out, wide + out)
        for row in range(high)
    )
    best, spot_of_best = math.inf, middle
    for distance, spot in spots:
        if distance >= best:
            break
        if any(cell in land or cell in taken for cell in _box(spot, lines, letter, GAP)):
            continue
        leader = _leader(_units(spot), _extent(lines, letter)[0], _units(middle))
        crossed = sum(c in taken or land.get(c, code) != code for c in _under(leader))
        if distance + CROSSING * crossed < best:
            best, spot_of_best = distance + CROSSING * crossed, spot
    return spot_of_best


def _breaks(name: str) -> tuple[tuple[str, ...], ...]:
    """Return a name on one line and, if it has a blank or a slash, on two of like length."""
    cuts = [n + 1 for n, letter in enumerate(name) if letter in " /" and 0 < n < len(name) - 1]
    if not cuts:
        return ((name,),)
    cut = min(cuts, key=lambda n: abs(n - len(name) / 2))
    return (name,), (name[:cut].rstrip(), name[cut:])


def _extent(lines: Sequence[str], letter: int) -> tuple[float, float]:
    return max(map(len, lines)) * LETTER * letter, len(lines) * LINE * letter


def _box(spot: Cell, lines: Sequence[str], letter: int, gap: int = 0) -> Iterator[Cell]:
    wide, high = (math.ceil(length / CELL / 2) + gap for length in _extent(lines, letter))
    for column in range(spot[0] - wide, spot[0] + wide + 1):
        for row in range(spot[1] - high, spot[1] + high + 1):
            yield column, row


def _units(cell: Cell) -> tuple[float, float]:
    return (cell[0] + 0.5) * CELL, (cell[1] + 0.5) * CELL


def _under(line: tuple[float, float, float, float]) -> set[Cell]:
    """Return the cells that a line runs through."""
    x1, y1, x2, y2 = line
    steps = max(1, math.ceil(math.dist((x1, y1), (x2, y2)) / CELL * 2))
    along = [n / steps for n in range(steps + 1)]
    return {
        (math.floor((x1 + (x2 - x1) * t) / CELL), math.floor((y1 + (y2 - y1) * t) / CELL))
        for t in along
    }


def _leader(
    label: tuple[float, float], wide: float, middle: tuple[float, float]
) -> tuple[float, float, float, float]:
    """Return the line from the near side of a name to its region."""
    side = wide / 2 + CELL / 2
    if abs(middle[0] - label[0]) < side:
        return label[0], label[1], *middle
    x = label[0] - side if middle[0] < label[0] else label[0] + side
    return x, label[1], *middle
