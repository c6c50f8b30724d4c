"""Walks the imports of portal/: who may touch what, one reader of time, one of the environment."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PORTAL = Path(__file__).resolve().parent.parent / "portal"
FILES = sorted(PORTAL.rglob("*.py"))

# Feature → features that it may import.
FEATURES = {
    "directory": set(),
    "mail": set(),
    "accounts": {"directory", "mail"},
    "listings": {"accounts", "directory"},
    "merging": {"accounts", "directory", "listings", "referrals", "upkeep"},
    "imports": {"accounts", "directory", "listings", "mail"},
    "search": {"directory"},
    "shortlist": {"directory"},
    "regions": {"directory", "search"},
    "opendata": {"directory", "search"},
    "wizard": {"directory", "mail", "search"},
    "vocabulary": {"accounts", "directory", "listings", "search", "wizard"},
    "upkeep": {"accounts", "directory", "mail"},
    "referrals": {"accounts", "directory", "mail", "search", "upkeep", "wizard"},
}
FLASK = {"flask", "flask_wtf", "wtforms", "flask_login", "werkzeug"}
PURE = {
    "paging.py",
    "accounts/passwords.py",
    "accounts/tokens.py",
    "directory/current_rounds.py",
    "directory/duplicates.py",
    "directory/formula_cells.py",
    "directory/identity.py",
    "directory/freshness.py",
    "directory/rounds.py",
    "directory/similar.py",
    "listings/bulk.py",
    "directory/topic_names.py",
    "listings/completeness.py",
    "listings/content.py",
    "listings/dates.py",
    "listings/diffs.py",
    "listings/discrimination.py",
    "merging/joining.py",
    "imports/bombs.py",
    "imports/encodings.py",
    "imports/hsds.py",
    "imports/hsds_json.py",
    "imports/hsds_names.py",
    "imports/hsds_package.py",
    "imports/mapping.py",
    "imports/rejected.py",
    "imports/planning.py",
    "imports/resuming.py",
    "imports/tables.py",
    "referrals/agreement.py",
    "referrals/business_days.py",
    "referrals/chain.py",
    "referrals/codes.py",
    "referrals/conditions.py",
    "referrals/folding.py",
    "referrals/introductions.py",
    "referrals/private_numbers.py",
    "referrals/offered.py",
    "referrals/redacting.py",
    "referrals/next_best.py",
    "referrals/reminding.py",
    "referrals/follow_up_codes.py",
    "referrals/follow_up_times.py",
    "referrals/ledger.py",
    "referrals/measures.py",
    "referrals/retention.py",
    "referrals/standing.py",
    "referrals/stamps.py",
    "referrals/states.py",
    "referrals/suspicion.py",
    "regions/labels.py",
    "regions/outlines.py",
    "search/analysis.py",
    "search/compounds.py",
    "search/demand.py",
    "search/documents.py",
    "search/engine.py",
    "search/evaluation.py",
    "search/finding.py",
    "search/formula.py",
    "search/highlighting.py",
    "search/meaning.py",
    "search/names.py",
    "search/neighbors.py",
    "search/parsing.py",
    "search/query.py",
    "search/searcher.py",
    "search/side_by_side.py",
    "search/snapshot.py",
    "search/spelling.py",
    "search/suggesting.py",
    "search/synonyms.py",
    "shortlist/comparison.py",
    "shortlist/selection.py",
    "upkeep/differences.py",
    "upkeep/ladder.py",
    "upkeep/link_rules.py",
    "vocabulary/kinds.py",
    "wizard/answers.py",
    "wizard/candidates.py",
    "wizard/criteria.py",
    "wizard/demand.py",
    "wizard/matching.py",
    "wizard/ordering.py",
    "wizard/path.py",
    "wizard/plan.py",
    "wizard/profile.py",
    "wizard/weights.py",
    "wizard/wishes.py",
}
# File name → packages that it may not import.
FORBIDDEN = {
    "models.py": FLASK | {"structlog"},
    "operations.py": FLASK | {"flask_babel"},
    "queries.py": FLASK | {"flask_babel"},
    "forms.py": {"sqlalchemy", "portal.extensions"},
}


def name_of(path: Path) -> str:
    return path.relative_to(PORTAL).as_posix()


def imports(path: Path) -> Iterator[tuple[str, ast.AST]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "", node
            for alias in node.names:
                yield f"{node.module}.{alias.name}", node


def matches(module: str, package: str) -> bool:
    return module == package or module.startswith(package + ".")


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_features_import_only_the_features_below_them(path):
    feature = path.relative_to(PORTAL).parts[0]
    if feature not in FEATURES:
        return
    for module, _ in imports(path):
        for other in FEATURES:
            if other != feature and other not in FEATURES[feature]:
                assert not matches(module, f"portal.{other}"), module
        assert not module.endswith(".views") or path.name == "views.py", module


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_layers_import_only_what_they_may(path):
    for module, _ in imports(path):
        for package in FORBIDDEN.get(path.name, set()):
            assert not matches(module, package), f"{name_of(path)} imports {module}"


@pytest.mark.parametrize("name", sorted(PURE))
def test_pure_modules_know_neither_flask_nor_database(name):
    for module, _ in imports(PORTAL / name):
        for package in (*FLASK, "flask_babel", "sqlalchemy", "portal.extensions"):
            assert not matches(module, package), f"{name} imports {module}"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_only_config_reads_the_environment_and_only_clock_the_time(path):
    source = path.read_text(encoding="utf-8")
    if path.name != "config.py":
        assert "os.environ" not in source
        assert "getenv" not in source
    if path.name != "clock.py":
        for node in ast.walk(ast.parse(source)):
            called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            assert called not in {
                "datetime.now",
                "datetime.utcnow",
                "date.today",
                "time.time",
                "datetime.today",
            }, called


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_no_file_is_two_things(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_nothing_is_imported_inside_a_function(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = [
        ast.unparse(node)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert not inside
