"""The pages of imports: upload, preview, confirmation, rejected rows to be mended."""

from __future__ import annotations

import json
import uuid
from contextlib import suppress
from typing import Any

from flask import Blueprint, Response, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from portal import clock
from portal.accounts.models import Account
from portal.accounts.signing import keep_private, settings
from portal.database import write_unit
from portal.extensions import csrf, db
from portal.imports import operations, queries, storage
from portal.imports.bombs import DangerousArchiveError, check_archive
from portal.imports.forms import ENCODING_LABELS, ConfirmForm, UploadForm, chosen_encodings
from portal.imports.mapping import REASON
from portal.imports.models import AT_WORK, FAILED, READY, WAITING, ImportJob
from portal.imports.planning import Verdict
from portal.imports.rejected import rejected_file
from portal.imports.wording import MEGABYTE, STATES, STEPS, VERDICTS, refusal
from portal.paging import PageLink, asked_page, page_links
from portal.permissions import Permission, requires

MAX_UPLOAD_BYTES = 25 * MEGABYTE  # of this route alone; all others keep the portal's limit
ZIP_BEGINNING = b"PK"

bp = Blueprint("imports", __name__, url_prefix="/manage/imports")
bp.after_request(keep_private)


@bp.route("", methods=["GET", "POST"])
# Asked below: the usual check would read the body before its limit is raised.
@csrf.exempt  # type: ignore[untyped-decorator]  # Flask-WTF comes without types
@requires(Permission.IMPORT_RUN)
def overview() -> ResponseReturnValue:
    """Take files, and list the last imports."""
    if request.method == "GET":
        return _overview(UploadForm(formdata=None))
    request.max_content_length = MAX_UPLOAD_BYTES
    try:
        csrf.protect()
        form = UploadForm()
    except RequestEntityTooLarge:
        return _overview(UploadForm(formdata=None), refused="too-large", status=413)
    if not form.validate_on_submit():
        return _overview(form, status=400)
    return _start(form)


def _start(form: UploadForm) -> ResponseReturnValue:
    """Keep the files, refuse archives that must not be opened, and lead to the preview."""
    id_, author = uuid.uuid4(), g.actor.id
    try:
        paths = storage.keep(settings(), id_, [file.stream for file in form.chosen])
        for sent in form.chosen:
            sent.close()
        for path in paths:
            with path.open("rb") as file:
                is_archive = file.read(2) == ZIP_BEGINNING
            if is_archive:
                check_archive(path)
        files = [(name, path.stat().st_size) for name, path in zip(form.names, paths, strict=True)]
        db.session.rollback()
        with write_unit():
            by = db.session.get_one(Account, author)
            operations.start_import(id_, files, by=by, now=clock.now())
            db.session.commit()
    except DangerousArchiveError as error:
        storage.forget(settings(), id_)
        return _overview(form, refused=str(error.danger), status=400)
    except BaseException:
        storage.forget(settings(), id_)
        raise
    return redirect(url_for("imports.preview", id_=id_), 303)


def _overview(form: UploadForm, *, refused: str = "", status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "imports/overview.html",
        form=form,
        refused=refused,
        refusal=refusal(refused, {}) if refused and refused != "too-large" else "",
        megabytes=MAX_UPLOAD_BYTES // MEGABYTE,
        kept_days=operations.KEPT.days,
        jobs=queries.latest_jobs(),
        states=STATES,
    )
    return page, status


@bp.get("/<uuid:id_>")
@requires(Permission.IMPORT_RUN)
def preview(id_: uuid.UUID) -> ResponseReturnValue:
    """Show how far an import is, what it would do, or what it did."""
    job = _job_or_404(id_)
    if job.state in AT_WORK:
        return render_template("imports/progress.html", job=job, steps=STEPS)
    if job.state == FAILED:
        details: dict[str, Any] = json.loads(job.failure_details)
        return render_template(
            "imports/failed.html",
            job=job,
            words=refusal(job.failure, details),
            details=details,
            encodings=ENCODING_LABELS,
        )
    verdict, page, pages = _asked(job)
    return render_template(
        "imports/preview.html",
        job=job,
        tables=[table for table in queries.tables_of(job) if "file" in table],
        skipped=[table["skipped"] for table in queries.tables_of(job) if "skipped" in table],
        verdict=verdict,
        verdicts=VERDICTS,
        counts={each: getattr(job, each) for each in Verdict},
        rows=queries.rows_of(job, verdict, page),
        pages=pages,
        confirm_form=ConfirmForm(formdata=None, seen=job.generation),
        encodings=ENCODING_LABELS,
        is_ready=job.state == READY,
    )


def _asked(job: ImportJob) -> tuple[Verdict, int, list[PageLink]]:
    """Return which rows were asked for: a verdict, a page of it, and links to the others."""
    counts = {each: int(getattr(job, each)) for each in Verdict}
    first = next((v for v in reversed(Verdict) if counts[v] and v is not Verdict.UNCHANGED), None)
    asked = request.args.get("rows", "")
    verdict = Verdict(asked) if asked in list(Verdict) else first or Verdict.UNCHANGED
    last = max(1, -(-counts[verdict] // queries.ROWS_OF_A_PAGE))
    page = asked_page(request.args.get("page", ""), last)
    return (
        verdict,
        page,
        page_links(
            page,
            last,
            lambda number: url_for("imports.preview", id_=job.id, rows=verdict, page=number),
        ),
    )


@bp.post("/<uuid:id_>/confirm")
@requires(Permission.IMPORT_RUN)
def confirm(id_: uuid.UUID) -> ResponseReturnValue:
    """Let what the preview shows be written."""
    form = ConfirmForm()
    if not form.validate_on_submit():
        abort(400)
    author = g.actor.id
    db.session.rollback()
    with write_unit():
        job = _job_or_404(id_)
        if job.state == READY and job.to_write:
            by = db.session.get_one(Account, author)
            with suppress(operations.PreviewIsOldError):  # its page says so
                operations.confirm(job, seen=form.seen.data or 0, by=by)
        db.session.commit()
    return redirect(url_for("imports.preview", id_=id_), 303)


@bp.post("/<uuid:id_>/encoding")
@requires(Permission.IMPORT_RUN)
def encoding(id_: uuid.UUID) -> ResponseReturnValue:
    """Read the files anew in other encodings."""
    chosen = chosen_encodings(request.form.getlist("encoding"))
    db.session.rollback()
    with write_unit():
        job = _job_or_404(id_)
        if len(chosen) != len(job.files):
            abort(400)
        if job.state in (READY, FAILED):
            operations.choose_encodings(job, chosen)
        db.session.commit()
    return redirect(url_for("imports.preview", id_=id_), 303)


@bp.post("/<uuid:id_>/discard")
@requires(Permission.IMPORT_RUN)
def discard(id_: uuid.UUID) -> ResponseReturnValue:
    """Throw an import away that was not written."""
    db.session.rollback()
    with write_unit():
        job = _job_or_404(id_)
        if job.state not in (READY, FAILED, WAITING):
            abort(400)
        operations.forget_import(id_)
        db.session.commit()
    storage.forget(settings(), id_)
    return redirect(url_for("imports.overview"), 303)


@bp.get("/<uuid:id_>/rejected/<int:table>.csv")
@requires(Permission.IMPORT_RUN)
def rejected(id_: uuid.UUID, table: int) -> ResponseReturnValue:
    """Return the rejected rows of a table as a file to be mended and sent again."""
    job = _job_or_404(id_)
    tables = queries.tables_of(job)
    if table >= len(tables) or "file" not in tables[table]:
        abort(404)
    found = ((row.cells, row.reason) for row in queries.rejected_rows(job, table))
    text = "".join(rejected_file(tables[table]["columns"], found, REASON))
    name = f"rejected-{tables[table]['catalogue_file']}"
    return Response(
        text,
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _job_or_404(id_: uuid.UUID) -> ImportJob:
    job = queries.job_of(id_)
    if job is None:
        abort(404)
    return job
