"""What a load of the catalogue did, and in which words it says so (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portal.directory.catalog_problems import Problem


@dataclass(frozen=True, slots=True)
class FileCount:
    """How the rows of one file fared; `kept` rows are in the database and not in the file."""

    file: str
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0
    kept: int = 0

    @property
    def read(self) -> int:
        """All rows of the file."""
        return self.loaded + self.unchanged + self.rejected

    @property
    def loaded(self) -> int:
        """Rows that were written."""
        return self.added + self.changed

    def __str__(self) -> str:
        return (
            f"{self.file}: read {self.read} = loaded {self.loaded} "
            f"({self.added} added, {self.changed} changed) "
            f"+ unchanged {self.unchanged} + rejected {self.rejected}"
        )


@dataclass(frozen=True, slots=True)
class LoadReport:
    """A load: counts by file, problems, and whether anything was written.

    `has_changed` may be true without a loaded row: the order of rows or the state's ZIP codes.
    """

    files: tuple[FileCount, ...]
    problems: tuple[Problem, ...] = ()
    rows_with_errors: int = 0
    unreadable_files: int = 0
    has_changed: bool = False
    is_dry_run: bool = False

    @property
    def is_rejected(self) -> bool:
        """Whether the files were sent back."""
        return bool(self.problems)

    @property
    def total(self) -> FileCount:
        """The counts of all files together."""
        return _sum(self.files)

    def total_line(self) -> str:
        """Say in one line how all rows fared."""
        return str(self.total)

    def lines(self) -> Iterator[str]:
        """Say all that there is to say: problems, counts by file and in total, what it means."""
        for problem in self.problems:
            yield str(problem)
        for count in self.files:
            yield str(count)
        yield self.total_line()
        if self.is_rejected:
            yield self._rejection()
        elif kept := [count for count in self.files if count.kept]:
            names = ", ".join(f"{count.file} {count.kept}" for count in kept)
            yield (
                f"{_count(self.total.kept, 'row')} in the database "
                f"{'is' if self.total.kept == 1 else 'are'} not in these files and "
                f"{'was' if self.total.kept == 1 else 'were'} kept ({names})."
            )
        if self.has_changed and not self.total.loaded:
            yield "No row changed, but the order of rows or the state's ZIP codes did."
        if self.is_dry_run:
            yield "Dry run: nothing was written."
        elif self.is_rejected:
            yield "Nothing was written."

    def _rejection(self) -> str:
        reasons = []
        if self.unreadable_files:
            reasons.append(f"{_count(self.unreadable_files, 'file')} cannot be read")
        if self.rows_with_errors:
            verb = "has" if self.rows_with_errors == 1 else "have"
            reasons.append(f"{_count(self.rows_with_errors, 'row')} {verb} errors")
        if not reasons:
            reasons.append("the files contradict rows that the database keeps")
        back = self.total.rejected
        return (
            f"{' and '.join(reasons)}; a catalogue loads whole or not at all, "
            f"so {_count(back, 'row')} {'was' if back == 1 else 'were'} sent back."
        )


def _sum(counts: Sequence[FileCount]) -> FileCount:
    return FileCount(
        file="Total",
        added=sum(count.added for count in counts),
        changed=sum(count.changed for count in counts),
        unchanged=sum(count.unchanged for count in counts),
        rejected=sum(count.rejected for count in counts),
        kept=sum(count.kept for count in counts),
    )


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
