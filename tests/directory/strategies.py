"""Random catalogues, valid ones and damaged ones, for property tests."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.conftest import DATA
from tests.directory.catalogues import (
    CENTRAL,
    METAL,
    NAMES,
    ORGANIZATION,
    PROGRAM,
    SHOPS,
    WESTERN,
    Cells,
)

NO_LINE = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])
WORDS = st.text(NO_LINE, min_size=1, max_size=30).map(str.strip).filter(bool)
PROSE = (
    st.text(st.one_of(NO_LINE, st.sampled_from("\n\",;'|")), min_size=1, max_size=80)
    .map(str.strip)
    .filter(bool)
)
ITEMS = WORDS.map(lambda text: text.replace("|", "/"))
SLUGS = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6}){0,2}", fullmatch=True)
MAYBE = st.booleans()


@st.composite
def catalogues(draw: st.DrawFn) -> dict[str, list[Cells]]:
    """A valid catalogue in which every column takes all the forms that it may."""

    def maybe(strategy: st.SearchStrategy[str]) -> str:
        return draw(st.one_of(st.just(""), strategy))

    def some(words: list[str], least: int = 0) -> str:
        if not words:
            return ""
        return "|".join(draw(st.lists(st.sampled_from(words), min_size=least, unique=True)))

    def items() -> str:
        return "|".join(draw(st.lists(ITEMS, unique=True, max_size=3)))

    regions = [CENTRAL, WESTERN] if draw(MAYBE) else [CENTRAL]
    names = [row["region"] for row in regions]
    regions = [{**row, "also_regions": "", "places": maybe(PROSE)} for row in regions]
    industries = [{**row, "title": draw(WORDS), "aliases": items()} for row in (SHOPS, METAL)]
    organizations = [
        {
            **ORGANIZATION,
            "id": slug,
            "name": draw(WORDS),
            "short_name": maybe(WORDS),
            "url": maybe(st.just("https://x.example/a?b=c,d")),
            "city": draw(st.sampled_from(["", "Boston", "Atlantis"])),
            "county": draw(st.sampled_from(["", "Worcester"])),
            "description": draw(PROSE),
            "founded_year": draw(st.sampled_from(["", "1600", "2026"])),
        }
        for slug in draw(st.lists(SLUGS, min_size=1, max_size=3, unique=True))
    ]
    slugs = draw(st.lists(SLUGS, max_size=4, unique=True))
    programs = []
    for slug in slugs:
        low = draw(st.sampled_from(["", "1", "10", "500"]))
        programs.append(
            {
                **PROGRAM,
                "id": slug,
                "organization_id": draw(st.sampled_from(organizations))["id"],
                "name": draw(WORDS),
                "short_description": draw(WORDS),
                "description": draw(PROSE),
                "forms": some(["marketing", "technology-cluster", "process-improvement"], 1),
                "audiences": some(["sme", "oem", "startup", "university"], 1),
                "min_employees": low,
                "max_employees": draw(st.sampled_from(["", "500", "1000000"])),
                "industries": some(["332", "332710", "any"], 1),
                "regions": "statewide" if draw(MAYBE) else some(names, 1),
                "cost_note": maybe(PROSE),
                "eligibility": maybe(PROSE),
                "topics": some(["lean", "CNC", "cnc mill", "C-n-c  Mill", "5S"]),
                "phone": maybe(st.just("617-555-0100 x1")),
                "email": maybe(st.just("a.b+c@x.example")),
                "connects": some(["sme-oem", "startup-oem"]),
                "status": draw(st.sampled_from(["active", "inactive", "uncertain"])),
                "alternate_name": items(),
                "pathway_next": some([other for other in slugs if other != slug]),
            }
        )
        if "cnc mill" in programs[-1]["topics"] and "C-n-c" in programs[-1]["topics"]:
            programs[-1]["topics"] = "C-n-c  Mill"
    synonyms = [
        {"term": term, "synonyms": draw(ITEMS)}
        for term in draw(st.lists(WORDS, max_size=3, unique=True))
    ]
    return {
        "organizations": organizations,
        "programs": programs,
        "regions": regions,
        "industries": industries,
        "synonyms": synonyms,
    }


MARKS = st.sampled_from([b"\0", b'"', b",", b"\n", b"\r", b"|", b"\xff", b"\xef\xbb\xbf"])
# Lone surrogates among them: bytes that only look like UTF-8.
TEXTS = st.text(max_size=12).map(lambda text: text.encode("utf-8", "surrogatepass"))


@st.composite
def accidents(draw: st.DrawFn) -> tuple[str, bytes]:
    """A file of the real catalogue after an accident."""
    name = draw(st.sampled_from(NAMES))
    data = (DATA / f"{name}.csv").read_bytes()
    position = draw(st.integers(0, len(data)))
    lines = data.split(b"\n")
    number = draw(st.integers(0, len(lines) - 1))
    match draw(st.sampled_from(["bytes", "end", "encoding", "line", "cell"])):
        case "bytes":
            garbage = draw(st.one_of(MARKS, st.binary(max_size=8)))
            return name, data[:position] + garbage + data[position + draw(st.integers(0, 3)) :]
        case "end":
            return name, data[:position]
        case "encoding":
            encoding = draw(st.sampled_from(["utf-16", "utf-32", "cp037", "utf-8-sig"]))
            return name, data.decode().encode(encoding)
        case "line":
            lines.insert(draw(st.integers(0, len(lines))), lines[number])
        case "cell":
            cells = lines[number].split(b",")
            garbage = draw(st.one_of(MARKS, TEXTS, st.just(b"x" * 11_000)))
            cells[draw(st.integers(0, len(cells) - 1))] = garbage
            lines[number] = b",".join(cells)
    return name, b"\n".join(lines)
