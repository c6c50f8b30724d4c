"""The page with the map: each region with its counties and its programs, on the way to search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue

from portal.assets import built_file
from portal.config import Settings
from portal.directory.labels import shown_label
from portal.directory.vocabulary import slug_of
from portal.permissions import public
from portal.regions import outlines, queries
from portal.regions.labels import Layout, layout
from portal.regions.queries import CountyLine
from portal.search.addresses import services_url
from portal.search.index import search_index
from portal.search.query import SearchQuery

bp = Blueprint("regions", __name__)

WIDE_LETTER, NARROW_LETTER = 27, 44  # units of a map 1,000 wide: 18 px on a desk, 12 on a phone


@dataclass(frozen=True, slots=True)
class RegionLine:
    """A region as map and table show it; `parts` are counties of other regions that reach in."""

    number: int  # from 1; decides the color
    code: str
    name: str
    url: str
    total: int
    local: int
    counties: tuple[CountyLine, ...]
    parts: tuple[CountyLine, ...]

    @property
    def statewide(self) -> int:
        """Programs for the whole state, which are no local ones."""
        return self.total - self.local


@bp.get("/regions")
@public
def regions() -> ResponseReturnValue:
    """Show the regions on a map and in a table."""
    lines = _region_lines(queries.counties())
    drawing = _drawing(lines)
    return render_template(
        "regions/regions.html",
        regions=lines,
        drawing=drawing,
        layouts=_layouts(drawing, lines) if drawing else {},
        paths={shape.code: shape.path for shape in drawing.shapes} if drawing else {},
    )


def _region_lines(counties: Sequence[CountyLine]) -> list[RegionLine]:
    """Return the regions in the order of their facet; the whole state is none of them."""
    result = search_index().search(SearchQuery())
    named = {county.region for county in counties}.union(*(c.also_regions for c in counties))
    values = [v for v in result.facets.get("region", ()) if v.value in named]
    return [
        RegionLine(
            number=number,
            code=value.value,
            name=shown_label("region", value.value, value.label),
            url=services_url(SearchQuery(facets=(("region", (value.value,)),))),
            total=value.count,
            local=value.dedicated or 0,
            counties=tuple(c for c in counties if c.region == value.value),
            parts=tuple(c for c in counties if value.value in c.also_regions),
        )
        for number, value in enumerate(values, 1)
    ]


def _drawing(lines: Sequence[RegionLine]) -> outlines.RegionMap | None:
    """Return the map of the portal's state; None if no outline was built for it."""
    settings: Settings = current_app.config["PORTAL"]
    file = built_file(f"outline-{slug_of(settings.state_name)}.json")
    if file is None or not lines:
        return None
    region_of = tuple((county.name, line.code) for line in lines for county in line.counties)
    return _joined(file, region_of, tuple(line.code for line in lines))


@lru_cache(maxsize=4)
def _joined(
    file: Path, region_of: tuple[tuple[str, str], ...], order: tuple[str, ...]
) -> outlines.RegionMap:
    return outlines.region_map(
        outlines.read(file.read_text(encoding="utf-8")), dict(region_of), order
    )


def _layouts(drawing: outlines.RegionMap, lines: Sequence[RegionLine]) -> dict[str, Layout]:
    names = tuple((line.code, line.name) for line in lines)
    return {
        "wide": _layout(drawing, names, WIDE_LETTER),
        "narrow": _layout(drawing, names, NARROW_LETTER),
    }


@lru_cache(maxsize=12)
def _layout(drawing: outlines.RegionMap, names: tuple[tuple[str, str], ...], letter: int) -> Layout:
    size = (drawing.width, drawing.height)
    return layout(drawing.shapes, dict(names), size=size, letter=letter)
