"""Prints how long it takes to find what is there twice among 10,000 listings, and what is found."""

from __future__ import annotations

import random
import time

from portal.directory.duplicates import Entry, like, pairs_of

LISTINGS, TWICE = 10_000, 100
SECONDS, MILLISECONDS = 5, 500  # what all of them, and one that is being written, may take
WORDS = (
    "lean",
    "quality",
    "training",
    "advisor",
    "grant",
    "fund",
    "center",
    "export",
    "workforce",
    "apprenticeship",
    "robotics",
    "welding",
    "machine",
    "cyber",
    "design",
    "energy",
    "growth",
    "capital",
    "startup",
    "network",
    "alliance",
    "council",
    "institute",
    "supplier",
    "defense",
    "medical",
    "plastics",
    "precision",
    "digital",
)


def made_up(seed: int) -> list[Entry]:
    """Return programs of 600 organizations; TWICE of them once more, slightly changed."""
    chance = random.Random(seed)
    entries = []
    for number in range(LISTINGS - TWICE):
        syllables = (chance.choice("bcdfglmnprst") + chance.choice("aeiou") for _ in range(3))
        owner = chance.randrange(600)
        entries.append(
            Entry(
                key=str(number),
                name=" ".join([*chance.sample(WORDS, 3), "".join(syllables)]).title(),
                owner=str(owner),
                phone=f"508{chance.randrange(10**7):07d}",
                website=f"https://host{owner}.example/{number}",
            )
        )
    for entry in chance.sample(entries, TWICE):
        gap = chance.randrange(len(entry.name))
        slipped = entry.name[:gap] + entry.name[gap + 1 :]
        entries.append(Entry(f"again-{entry.key}", f"{slipped} Inc", owner="other"))
    return entries


def main() -> None:
    """Measure the queue of pairs, and the look-up while somebody types."""
    entries = made_up(7)
    start = time.perf_counter()
    found = pairs_of(entries)
    seconds = time.perf_counter() - start
    planted = sum(f"again-{pair.first}" == pair.second for pair in found)
    print(
        f"{LISTINGS:,} listings, {TWICE} of them twice with a letter missing: {planted} found, "
        f"{len(found) - planted} other pairs; {seconds:.1f} s (at most {SECONDS})"
    )
    start = time.perf_counter()
    like(Entry("new", "Lean Quality Training Bobaba"), entries)
    took = (time.perf_counter() - start) * 1000
    print(f"one that is being written: {took:.0f} ms (at most {MILLISECONDS})")


if __name__ == "__main__":
    main()
