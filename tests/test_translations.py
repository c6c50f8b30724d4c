"""Spanish and Portuguese say all that the English pages say, with the same figures in it."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.frontend import parse_mapping_cfg
from babel.support import Translations

from portal.config import LANGUAGES
from portal.i18n import LOCALES
from tooling import translations

TRANSLATED = LANGUAGES[1:]
PLACEHOLDER = re.compile(r"%%|%\(\w+\)[#0\- +]*\d*(?:\.\d+)?[a-zA-Z]|%.?")
# By language: whether 0 is said like 1, as Brazilians and CLDR do.
ZERO_IS_SINGULAR = {"es": False, "pt": True}
# The same in English and in the other language.
LOANWORDS = {
    "es": {"%(num)s local", "PDF", "No", "no"},
    "pt": {"%(num)s local", "PDF", "Startup", "marketing"},
}


@pytest.fixture(scope="module")
def found() -> Catalog:
    """What code and templates say now."""
    return translations.collect()


@pytest.fixture(scope="module", params=TRANSLATED)
def language(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def catalog(language: str) -> Catalog:
    return translations.read(translations.catalogs()[language])


def texts(message: Message) -> tuple[list[str], list[str]]:
    """The English forms of a message and, one for one, its translations."""
    if message.pluralizable:
        return list(message.id), list(message.string)
    return [message.id], [message.string]


def pairs(catalog: Catalog) -> list[tuple[str, str]]:
    """Each English form with its translation; both languages have two forms, as English has."""
    both = [zip(*texts(message), strict=True) for message in catalog if message.id]
    return [(english, translated) for pair in both for english, translated in pair if translated]


def test_each_language_of_the_portal_has_a_catalog():
    assert set(translations.catalogs()) == set(TRANSLATED)


def test_texts_are_found_in_code_and_in_templates(found):
    places = {Path(name).suffix for message in found for name, _ in message.locations}

    assert places == {".py", ".html"}


def test_blocks_of_text_keep_their_blanks_alike_in_the_portal_and_in_the_collection(app):
    with translations.MAPPING.open(encoding="utf-8") as file:
        _, options = parse_mapping_cfg(file)
    trimmed = options["portal/templates/**.html"].get("trimmed", "false") == "true"

    assert app.jinja_env.policies["ext.i18n.trimmed"] is trimmed


def test_every_text_of_code_and_templates_is_in_the_catalog(catalog, found):
    missing = [m.id for m in found if m.id and catalog.get(m.id, m.context) is None]

    assert not missing, "Run python -m tooling.translations extract, then translate."


def test_every_text_is_translated(catalog):
    empty = [m.id for m in catalog if m.id and not all(text.strip() for text in texts(m)[1])]

    assert not empty


def test_no_translation_is_a_guess(catalog):
    assert not [m.id for m in catalog if m.id and m.fuzzy]


def test_no_text_is_kept_that_the_portal_does_not_say_any_more(catalog, found):
    orphans = [m.id for m in catalog if m.id and found.get(m.id, m.context) is None]

    assert not orphans
    assert not catalog.obsolete


def test_texts_with_a_number_have_every_plural_form(catalog, found):
    for message in found:
        if message.id:
            known = catalog.get(message.id, message.context)
            assert known.pluralizable == message.pluralizable, message.id
            if message.pluralizable:
                assert known.id == message.id
                assert len(known.string) == catalog.num_plurals, message.id


def test_zero_takes_the_plural_form_that_the_language_wants(catalog, language):
    assert catalog.num_plurals == 2
    assert catalog.plural_expr == ("(n > 1)" if ZERO_IS_SINGULAR[language] else "(n != 1)")


def test_placeholders_are_those_of_the_english_text(catalog):
    for english, translated in pairs(catalog):
        wanted = Counter(PLACEHOLDER.findall(english))
        assert Counter(PLACEHOLDER.findall(translated)) == wanted, (english, translated)


def test_markup_blanks_and_final_marks_are_those_of_the_english_text(catalog):
    for english, translated in pairs(catalog):
        for pattern in (r"<[^>]*>", r"^\s*", r"\s*$", r"[.:]?\s*$"):
            wanted = re.findall(pattern, english)
            assert re.findall(pattern, translated) == wanted, (english, translated)


def test_no_english_text_stands_for_a_translation(catalog, language):
    words = re.compile(r"[^\W\d_]+")
    same = {
        english
        for english, translated in pairs(catalog)
        if english == translated and words.search(PLACEHOLDER.sub("", english))
    }

    assert same <= LOANWORDS[language]


def test_compiled_catalogs_are_found_under_the_locales_of_the_portal(language, catalog, tmp_path):
    source = translations.catalogs()[language]
    target = tmp_path / source.relative_to(translations.TRANSLATIONS)
    target.parent.mkdir(parents=True)
    shutil.copy(source, target)

    translations.compile_all(tmp_path)

    loaded = Translations.load(tmp_path, [Locale.parse(LOCALES[language])])
    assert loaded.gettext("Organizations") == catalog.get("Organizations").string
    singular, plural = "%(number)s program", "%(number)s programs"
    forms = catalog.get(singular).string
    zero = forms[0] if ZERO_IS_SINGULAR[language] else forms[1]
    said = [loaded.ngettext(singular, plural, n) for n in (0, 1, 2)]
    assert said == [zero, forms[0], forms[1]]


def test_a_compiled_catalog_is_written_only_when_it_says_something_else(tmp_path):
    path = tmp_path / "es" / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True)
    shutil.copy(translations.catalogs()["es"], path)
    translations.compile_all(tmp_path)
    compiled = path.with_suffix(".mo")
    first = compiled.stat()

    translations.compile_all(tmp_path)
    assert compiled.stat().st_ino == first.st_ino

    path.write_text(path.read_text("utf-8").replace('"Organizaciones"', '"Entidades"'), "utf-8")
    translations.compile_all(tmp_path)
    assert compiled.stat().st_ino != first.st_ino
    assert Translations.load(tmp_path, ["es_US"]).gettext("Organizations") == "Entidades"
