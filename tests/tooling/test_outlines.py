"""The outlines of counties: decoded, projected, simplified, small; every state is there."""

import json

import pytest

from tooling import outlines
from tooling.places import NODE_MODULES

# Two squares of one degree side by side on the equator's north: they share the arc 1.
#   0—1 and 1—2 degrees east, 40—41 degrees north; quantized to tenths.
SQUARES = {
    "type": "Topology",
    "transform": {"scale": [0.1, 0.1], "translate": [0.0, 40.0]},
    "arcs": [
        [[10, 10], [-10, 0], [0, -10], [10, 0]],  # round the left square, but for its right side
        [[10, 0], [0, 10]],  # the side that both have, upward
        [[10, 0], [10, 0], [0, 10], [-10, 0]],  # round the right square
    ],
    "objects": {
        "counties": {
            "type": "GeometryCollection",
            "geometries": [
                {
                    "type": "Polygon",
                    "id": "99001",
                    "properties": {"name": "Left"},
                    "arcs": [[0, 1]],
                },
                {
                    "type": "MultiPolygon",
                    "id": "99003",
                    "properties": {"name": "Right"},
                    "arcs": [[[2, -2]]],
                },
            ],
        },
        "states": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Polygon", "id": "99", "properties": {"name": "Two Squares"}, "arcs": []}
            ],
        },
    },
}


@pytest.fixture(scope="module")
def built() -> dict[str, bytes]:
    topology = json.loads((NODE_MODULES / "us-atlas" / "counties-10m.json").read_text("utf-8"))
    return dict(outlines.outlines(topology))


def test_differences_become_degrees():
    assert outlines.decoded(SQUARES)[0] == [(1, 41), (0, 41), (0, 40), (1, 40)]


def test_two_squares_keep_the_side_they_share():
    [(name, content)] = outlines.outlines(SQUARES)
    told = json.loads(content)

    assert name == "two-squares"
    assert told["name"] == "Two Squares"
    assert [county["name"] for county in told["counties"]] == ["Left", "Right"]
    assert [county["rings"] for county in told["counties"]] == [[[0, 1]], [[2, -2]]]
    # Two degrees east are 2 × cos 40.5° = 1.52 degrees north wide; the longer side is 1000.
    assert told["width"] == 1000
    assert 655 <= told["height"] <= 668
    x, y, dx, dy = told["arcs"][1]
    assert (x, dx) == (500, 0)  # the middle of the drawing, straight up
    assert dy == pytest.approx(-657, abs=6)
    assert y <= told["height"]


def test_an_equal_area_projection_keeps_areas_in_proportion():
    """On a sphere the band from 30° to 45° is sin 45° − sin 30° = 0.2071, 45° to 60° 0.1589."""

    def band(south: float, north: float) -> list[tuple[float, float]]:
        up = [(10.0, south + (north - south) * n / 100) for n in range(101)]
        along = [(10 - n / 10, north) for n in range(101)]
        down = [(0.0, north - (north - south) * n / 100) for n in range(101)]
        back = [(n / 10, south) for n in range(101)]
        return [*up, *along[1:], *down[1:], *back[1:]]

    low, high = outlines.projected([band(30, 45), band(45, 60)])

    sizes = [outlines.area([0], {0: arc}) for arc in (low, high)]
    assert sizes[0] / sizes[1] == pytest.approx(0.2071 / 0.1589, rel=0.001)


def test_what_deviates_little_is_drawn_straight_and_a_ring_stays_a_ring():
    assert outlines.simplified([(0, 0), (50, 0.4), (100, 0)]) == [(0, 0), (100, 0)]
    assert outlines.simplified([(0, 0), (50, 30), (100, 0)]) == [(0, 0), (50, 30), (100, 0)]
    ring = [(0, 0), (10, 0), (10, 10), (0, 10), (0, 0)]
    assert outlines.simplified(ring) == ring


def test_specks_are_left_out_unless_they_are_all_there_is():
    arcs = {
        0: [(0, 0), (10, 0), (10, 10), (0, 0)],
        1: [(0, 0), (1, 0), (1, 1), (0, 0)],
    }

    assert outlines.large_rings([[0], [1]], arcs) == [[0]]
    assert outlines.large_rings([[1]], arcs) == [[1]]


def test_the_date_line_does_not_tear_a_state():
    west, east = outlines.projected([[(-179.0, 52.0), (-170.0, 52.0)], [(179.0, 52.0), (178, 52)]])

    assert abs(west[0][0] - east[0][0]) < 0.05  # two degrees, not 358


def test_every_county_of_massachusetts_is_there_and_small(built):
    told = json.loads(built["massachusetts"])

    assert len(built["massachusetts"]) <= 12_000
    assert sorted(county["name"] for county in told["counties"]) == [
        "Barnstable",
        "Berkshire",
        "Bristol",
        "Dukes",
        "Essex",
        "Franklin",
        "Hampden",
        "Hampshire",
        "Middlesex",
        "Nantucket",
        "Norfolk",
        "Plymouth",
        "Suffolk",
        "Worcester",
    ]
    assert all(county["rings"] for county in told["counties"])
    assert told["width"] == 1000


def test_every_state_has_an_outline_so_that_another_catalogue_works(built):
    assert {"alaska", "new-york", "texas", "district-of-columbia", "puerto-rico"} <= set(built)
    assert len(built) == 56
    assert max(map(len, built.values())) < 60_000
