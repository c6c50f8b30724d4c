"""Counties joined into regions, and where the names of regions stand."""

from __future__ import annotations

import json

from portal.regions import labels, outlines, views
from portal.regions.labels import layout

# Three squares in a row, 100 units wide; arcs 1 and 2 are the sides that two of them share.
THREE = outlines.read(
    json.dumps(
        {
            "name": "Three",
            "width": 300,
            "height": 100,
            "arcs": [
                [100, 0, -100, 0, 0, 100, 100, 0],
                [100, 100, 0, -100],
                [200, 100, 0, -100],
                [100, 100, 100, 0],
                [200, 0, -100, 0],
                [200, 100, 100, 0, 0, -100, -100, 0],
            ],
            "counties": [
                {"name": "Left", "id": "1", "rings": [[0, 1]]},
                {"name": "Middle", "id": "2", "rings": [[3, 2, 4, -2]]},
                {"name": "Right", "id": "3", "rings": [[5, -3]]},
            ],
        }
    )
)


def test_a_ring_runs_through_its_arcs_forward_and_backward():
    assert THREE.points((3, 2, 4, -2)) == (
        (100, 100),
        (200, 100),
        (200, 0),
        (100, 0),
        (100, 100),
    )


def test_a_side_within_a_region_is_a_county_line_and_one_between_two_a_border():
    drawn = outlines.region_map(THREE, {"Left": "a", "Middle": "a", "Right": "b"})

    assert [shape.code for shape in drawn.shapes] == ["a", "b"]
    assert drawn.county_lines == "M100 100l0 -100"
    assert "M200 100l0 -100" in drawn.region_lines
    assert drawn.region_lines.count("M") == 5  # each line once
    assert drawn.shapes[1].path == "M200 100l100 0 0 -100 -100 0 0 100z"


def test_a_county_without_region_is_drawn_without_link():
    drawn = outlines.region_map(THREE, {"Left": "a", "Right": "b"}, ("b", "a"))

    assert [shape.code for shape in drawn.shapes] == ["b", "a"]
    assert drawn.unassigned.startswith("M100 100l100 0")


def test_a_name_stands_inside_its_region_where_it_fits_and_else_beside_with_a_line():
    drawn = outlines.region_map(THREE, {"Left": "a", "Middle": "a", "Right": "b"})

    placed = layout(drawn.shapes, {"a": "West", "b": "Far far east"}, size=(300, 100), letter=20)

    inside, beside = placed.labels
    assert (inside.lines, inside.leader) == (("West",), None)
    assert 0 < inside.x < 200
    assert beside.lines == ("Far", "far east")
    assert beside.leader is not None
    assert beside.x > 300 or beside.x < 0
    assert beside.leader[2] > 200  # it leads into its own region


def test_no_name_of_the_shipped_map_covers_another_or_a_region_that_is_not_its_own(context):
    with context.test_request_context("/regions"):
        lines = views._region_lines(views.queries.counties())
        drawing = views._drawing(lines)
        layouts = views._layouts(drawing, lines)
    land = {cell: s.code for s in drawing.shapes for cell in labels._cells(s.rings)}

    for placed in layouts.values():
        taken: dict[tuple[int, int], str] = {}
        assert len(placed.labels) == 7
        for label in placed.labels:
            cell = int(label.x // labels.CELL), int(label.y // labels.CELL)
            for each in labels._box(cell, label.lines, placed.letter):
                assert land.get(each, label.code) == label.code
                assert taken.setdefault(each, label.code) == label.code
