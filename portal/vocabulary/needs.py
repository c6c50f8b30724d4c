"""The wizard's needs: their words, what stands behind them, whether and where they are offered."""

from __future__ import annotations

from dataclasses import replace

from flask_babel import gettext as _

from portal.directory.operations import mark_catalogue_changed
from portal.directory.overrides import NEED, overrides_of, set_override
from portal.directory.vocabulary import english
from portal.i18n import translated
from portal.vocabulary.kinds import FEW, FIRST, Compared, Content, Effect, Entry, Found
from portal.wizard.coverage import reached
from portal.wizard.criteria import Outcome
from portal.wizard.index import Programs, wizard_index
from portal.wizard.needs import NEEDS, Need
from portal.wizard.offered_needs import SHIPPED, need_from, needs_with
from portal.wizard.profile import CompanyProfile

_TEXTS = tuple(
    f"{name}{language}" for name in ("label", "short", "hint") for language in ("", "_es", "_pt")
)
MOST_NAMED = 5  # programs in a warning


class NeedKind:
    """Needs that ship, and those that managers added; a code never changes."""

    fields = (*_TEXTS, "group", "other_forms", "topics", "is_common", "is_offered", "position")

    def entries(self) -> list[Entry]:
        """Return all needs in their order."""
        changed = overrides_of(NEED)
        return [
            Entry(
                need.code,
                str(need.label),
                ", ".join(need.topics),
                is_there=need.is_offered,
                is_edited=need.code in changed,
            )
            for need in needs_with(changed).all
        ]

    def present(self, key: str) -> Content | None:
        """Return a need as it stands."""
        return overrides_of(NEED).get(key) or self.shipped(key) or None

    def shipped(self, key: str) -> Content:
        """Return a need as it ships, with its translations."""
        need = SHIPPED.by_code.get(key)
        return _content_of(need) if need else {}

    def title(self, key: str, content: Content) -> str:
        """Return what an owner says."""
        return content.get("label") or key

    def effect(self, key: str, before: Content, after: Content) -> Effect:
        """Match a company that has only this need, before and after."""
        programs = wizard_index().refresh()
        old = need_from(key, before) if before else None
        new = need_from(key, after)
        fits = Compared(_("Programs that fit"), _fitting(programs, old), _fitting(programs, new))
        named = Compared(_("Programs that name it"), _naming(programs, old), _naming(programs, new))
        refusals, warnings = [], []
        if new.is_offered and not fits.after.count:
            refusals.append(_("No program fits this need: it would lead nowhere."))
        elif new.is_offered and named.after.count < FEW:
            warnings.append(_("Fewer than three programs name one of its topics."))
        changed = needs_with({**overrides_of(NEED), key: after})
        lost = reached(programs)[0] - reached(replace(programs, needs=changed))[0]
        if lost:
            names = [r.name for r in programs.candidates.records if r.slug in lost]
            warnings.append(
                _(
                    "No need would lead to these programs any more: %(names)s",
                    names=", ".join(names[:MOST_NAMED]),
                )
            )
        return Effect(lines=[fits, named], warnings=warnings, refusals=refusals)

    def store(self, key: str, content: Content) -> None:
        """Store it; one that says what ships is kept as no change."""
        set_override(NEED, key, {} if content == self.shipped(key) else content)
        mark_catalogue_changed()


def _content_of(need: Need) -> Content:
    texts = dict.fromkeys(_TEXTS, "")
    for name in ("label", "short"):
        text = getattr(need, name)
        texts[name] = english(text)
        for language in ("es", "pt"):
            texts[f"{name}_{language}"] = translated(text, language)
    return {
        **texts,
        "group": need.group,
        "other_forms": list(need.other_forms),
        "topics": list(need.topics),
        "is_common": need.is_common,
        "is_offered": True,
        "position": str(NEEDS.index(need) + 1),
    }


def _fitting(programs: Programs, need: Need | None) -> Found:
    if need is None or not need.is_offered:
        return Found(0)
    matching = programs.match(CompanyProfile(needs=(need.rule,)))
    yes = matching.outcomes["need"] == Outcome.YES
    records = programs.candidates.records
    first = [p for p in matching.order.tolist() if yes[p] and not matching.excluded[p]]
    return Found(int(yes.sum()), tuple(records[p].name for p in first[:FIRST]))


def _naming(programs: Programs, need: Need | None) -> Found:
    if need is None or not need.is_offered:
        return Found(0)
    named = programs.candidates.on_topic(need.topics)
    records = programs.candidates.records
    order = programs.match(CompanyProfile(needs=(need.rule,))).order.tolist()
    first = [records[p].name for p in order if named[p]]
    return Found(int(named.sum()), tuple(first[:FIRST]))
