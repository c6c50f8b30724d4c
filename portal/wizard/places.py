"""The places of the state, as answers name them (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from portal.wizard.answers import Answers


@dataclass(frozen=True, slots=True)
class Places:
    """The places of the state: county → its regions, ZIP → its county and its regions."""

    regions_of_county: Mapping[str, tuple[str, ...]]
    county_of_zip: Mapping[str, str]
    regions_of_zip: Mapping[str, tuple[str, ...]]

    def regions_of(self, answers: Answers) -> tuple[str, ...]:
        """Return the codes of the regions that a company's place may lie in."""
        if answers.zip in self.regions_of_zip:
            return self.regions_of_zip[answers.zip]
        return self.regions_of_county.get(answers.county, ())
