"""Sends files to the import page as a manager's browser does, and lets the worker work."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from werkzeug.test import TestResponse

from portal.config import Settings
from portal.directory.catalog_rows import Catalogue
from portal.directory.exporting import stored_catalogue
from portal.extensions import db
from portal.imports import jobs
from tests.browser import Page
from tests.directory.catalogues import Cells
from tests.signed_browser import SignedBrowser

IMPORTS = "/manage/imports"


def as_csv(rows: Iterable[Mapping[str, str]], encoding: str = "utf-8") -> bytes:
    """Write rows as a CSV file."""
    rows = list(rows)
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue().encode(encoding)


def as_zip(entries: Mapping[str, bytes | str]) -> bytes:
    """Pack entries into an archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def upload(signed: SignedBrowser, **files: bytes) -> TestResponse:
    """Send files; `programs_csv` stands for programs.csv."""
    sent = [
        (io.BytesIO(data), ".".join(name.rsplit("_", 1)).replace("__", "-"))
        for name, data in files.items()
    ]
    answer = signed.send(IMPORTS, form="form.import-form", files=sent)
    answer.request.environ["wsgi.input"].close()  # a file, where much was sent
    return answer


def work(signed: SignedBrowser) -> int:
    """Let the worker do what is due."""
    app = signed.client.application
    settings: Settings = app.config["PORTAL"]
    with app.app_context():
        taken = jobs.run_due(settings)
        db.session.remove()
    return taken


def previewed(signed: SignedBrowser, **files: bytes) -> Page:
    """Send files and open their preview."""
    answer = upload(signed, **files)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    work(signed)
    return signed.get(answer.location)


def confirmed(signed: SignedBrowser, page: Page) -> Page:
    """Confirm an open preview, let it be written and open the page again."""
    path = page.response.request.path
    answer = signed.send_from(page, path, form="#confirm")
    assert answer.status_code == 303
    work(signed)
    return signed.get(path)


def catalogue_of(signed: SignedBrowser) -> Catalogue:
    """Return the catalogue as it stands."""
    with signed.client.application.app_context():
        found = stored_catalogue()
        db.session.remove()
    return found


def files_of(signed: SignedBrowser) -> list[Path]:
    """Return the files that the portal keeps."""
    folder = signed.client.application.config["PORTAL"].instance / "imports"
    return sorted(path for path in folder.rglob("*") if path.is_file())


def sum_of(page: Page) -> str:
    """Return the line that counts the rows."""
    tag = page.select_one("#sum")
    assert tag is not None, page.text
    return " ".join(tag.get_text().split())


def program(**cells: str) -> Cells:
    """Return a program of MassMEP that a portal with the real catalogue can take."""
    return {
        "id": "massmep-zebra",
        "organization_id": "massmep",
        "name": "Zebra striping",
        "short_description": "Stripes for machines.",
        "description": "A coach paints the stripes with you.",
        "forms": "process-improvement",
        "audiences": "sme",
        "min_employees": "",
        "max_employees": "",
        "industries": "any",
        "regions": "statewide",
        "delivery": "on-site",
        "cost_kind": "fee",
        "cost_note": "",
        "eligibility": "",
        "topics": "zebra",
        "application_url": "",
        "url": "https://massmep.org/zebra",
        "phone": "",
        "email": "",
        "level": "point-solution",
        "side": "supply",
        "connects": "",
        "evidence": "page",
        "source_url": "https://massmep.org/zebra",
        "as_of": "2025-06",
        "status": "active",
        "alternate_name": "",
        "pathway_next": "",
        **cells,
    }
