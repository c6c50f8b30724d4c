"""The portal's words in its languages: collects them, compiles them, tells what is missing.

Runs in .venv as `python -m tooling.translations extract|compile|check`. A language is a folder
with a messages.po; `extract` keeps translations and drops those whose English words are gone.
"""

import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tooling.places import ROOT, TRANSLATIONS
from tooling.steps import say

MAPPING = ROOT / "babel.cfg"
COMMENT = "Translators:"

KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "_l": None,
    "lazy_gettext": None,
    "lazy_ngettext": (1, 2),
    "lazy_pgettext": ((1, "c"), 2),
}

# Babel's own header names the time and its version, and so changes without a change of words.
HEADER = """\
msgid ""
msgstr ""
"Project-Id-Version: industrial-commons\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""
PLURALS = '"Plural-Forms: {forms}\\n"\n'

# A compiled catalogue has dates; these make it the same bytes each time.
NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)

USAGE = """\
Usage: python -m tooling.translations COMMAND

  extract   collect the words from code and templates into messages.pot and each messages.po
  compile   make each messages.mo that is not up to date
  check     list what is not translated, or not any more in the code\
"""


def catalogs(folder: Path = TRANSLATIONS) -> dict[str, Path]:
    """Name the languages and their catalogues."""
    return {path.parts[-3]: path for path in sorted(folder.glob("*/LC_MESSAGES/messages.po"))}


def collect(root: Path = ROOT) -> Catalog:
    """Read the words to translate from code and templates."""
    with MAPPING.open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    found = Catalog(charset="utf-8")
    for name, line, words, comments, context in extract_from_dir(
        root,
        methods,
        options,
        KEYWORDS,
        [COMMENT],
        strip_comment_tags=True,
        # Of this folder only: .venv and node_modules hold thousands of others.
        directory_filter=lambda path: (root / "portal") in (Path(path), *Path(path).parents),
    ):
        found.add(words, locations=[(name, line)], auto_comments=comments, context=context)
    return found


def read(path: Path) -> Catalog:
    """Read a catalogue; its header tells its language and plural forms."""
    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)


def written(catalog: Catalog) -> bytes:
    """Write a catalogue as text that changes only where words change: no dates, no line numbers."""
    body = BytesIO()
    write_po(
        body,
        catalog,
        width=0,
        omit_header=True,
        sort_by_file=True,
        ignore_obsolete=True,
        include_lineno=False,
    )
    head = HEADER.format(language=catalog.locale or "")
    if catalog.locale:
        head += PLURALS.format(forms=catalog.plural_forms)
    return head.encode() + b"\n" + body.getvalue().rstrip() + b"\n"


def compiled(catalog: Catalog) -> bytes:
    """Compile a catalogue; what is fuzzy or not translated stays English."""
    catalog.creation_date = catalog.revision_date = NO_TIME
    content = BytesIO()
    write_mo(content, catalog)
    return content.getvalue()


def replace(path: Path, content: bytes) -> bool:
    """Write a file in one step, unless it says the same already.

    Returns:
        Whether it was written.
    """
    if path.exists() and path.read_bytes() == content:
        return False
    draft = path.with_name(f"{path.name}.new")
    draft.write_bytes(content)
    draft.replace(path)
    return True


def extract() -> int:
    """Bring messages.pot and each messages.po up to date; no translation is guessed."""
    found = collect()
    replace(TRANSLATIONS / "messages.pot", written(found))
    for language, path in catalogs().items():
        catalog = read(path)
        catalog.update(found, no_fuzzy_matching=True)
        replace(path, written(catalog))
        missing = sum(1 for _ in untranslated(catalog, found))
        say(f"{language}: {len(found)} texts, {missing} to translate.")
    return 0


def compile_all(folder: Path = TRANSLATIONS) -> int:
    """Make each messages.mo whose catalogue says something else now."""
    for path in catalogs(folder).values():
        replace(path.with_suffix(".mo"), compiled(read(path)))
    return 0


def check() -> int:
    """Tell what is missing, in each language."""
    found = collect()
    lines = [
        f"{language}: {line}" for language, path in catalogs().items() for line in gaps(path, found)
    ]
    for line in lines:
        say(line)
    return 1 if lines else 0


def gaps(path: Path, found: Catalog) -> Iterator[str]:
    """Say what keeps a catalogue from being whole."""
    catalog = read(path)
    for message in untranslated(catalog, found):
        known = catalog.get(message.id, message.context)
        reason = "to be checked (fuzzy)" if known and known.fuzzy else "not translated"
        yield f"{reason}: {english(message)}"
    for message in (*catalog, *catalog.obsolete.values()):
        if message.id and found.get(message.id, message.context) is None:
            yield f"not in the code any more: {english(message)}"


def untranslated(catalog: Catalog, found: Catalog) -> Iterator[Message]:
    """List the texts that have no finished translation."""
    for message in found:
        known = catalog.get(message.id, message.context)
        if message.id and not (known and _is_finished(known, message, catalog)):
            yield message


def english(message: Message) -> str:
    """Return the English words, of several forms the first."""
    return message.id if isinstance(message.id, str) else message.id[0]


def _is_finished(known: Message, message: Message, catalog: Catalog) -> bool:
    if known.fuzzy or known.pluralizable != message.pluralizable:
        return False
    texts = known.string or ""
    if isinstance(texts, str):
        return bool(texts)
    return len(texts) == catalog.num_plurals and all(texts)


COMMANDS = {"extract": extract, "compile": compile_all, "check": check}


def main(arguments: list[str]) -> int:
    """Run one command and return its exit code."""
    if len(arguments) == 1 and arguments[0] in COMMANDS:
        return COMMANDS[arguments[0]]()
    say(USAGE)
    return 2


if __name__ == "__main__":
    os.umask(0o022)
    sys.exit(main(sys.argv[1:]))
