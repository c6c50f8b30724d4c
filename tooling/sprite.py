"""Joins our icons and the listed ones of USWDS into one SVG of symbols, each named for its file."""

from pathlib import Path
from xml.etree import ElementTree

from tooling.stops import Stop

SVG = "http://www.w3.org/2000/svg"

# What an icon says on its outermost element about all of its strokes.
DRAWING = {
    *("viewBox", "fill", "fill-rule"),
    *("stroke", "stroke-width", "stroke-linecap", "stroke-linejoin"),
}


def build_sprite(ours: Path, theirs: Path) -> bytes:
    """Join icons into a sprite.

    Args:
        ours: folder of our icons, and of uswds.txt: one name of a USWDS icon per line.
        theirs: folder of the USWDS icons.

    Raises:
        Stop: an icon is missing, unreadable, without viewBox, or named twice.
    """
    files = sorted(ours.glob("*.svg"))
    listed = (ours / "uswds.txt").read_text("utf-8").split()
    files += [theirs / f"{name}.svg" for name in sorted(listed)]
    ElementTree.register_namespace("", SVG)
    sprite = ElementTree.Element(f"{{{SVG}}}svg")
    names: set[str] = set()
    for file in files:
        if file.stem in names:
            raise Stop(f'Two icons are named "{file.stem}": rename ours or mend icons/uswds.txt.')
        names.add(file.stem)
        sprite.append(read_symbol(file))
    return ElementTree.tostring(sprite, encoding="unicode").encode()


def read_symbol(file: Path) -> ElementTree.Element:
    """Turn an icon's file into a symbol."""
    try:
        icon = ElementTree.parse(file).getroot()  # noqa: S314 - our own files and a hash-locked package only
    except FileNotFoundError:
        raise Stop(f'There is no USWDS icon "{file.stem}": mend icons/uswds.txt.') from None
    except ElementTree.ParseError as error:
        raise Stop(f"The icon {file.name} is not well-formed ({error}): mend it.") from None
    if "viewBox" not in icon.attrib:
        raise Stop(f"The icon {file.name} has no viewBox: add it, or it cannot be scaled.")
    drawing = {name: text for name, text in icon.attrib.items() if name in DRAWING}
    symbol = ElementTree.Element(f"{{{SVG}}}symbol", {"id": file.stem, **drawing})
    symbol.extend(icon)
    for element in symbol.iter():
        if not (element.text or "").strip():
            element.text = None
        element.tail = None
    return symbol
