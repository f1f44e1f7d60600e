"""The report of a forum as the rows of a table."""

from collections.abc import Iterator

from flask import url_for
from flask_babel import gettext as _

from app.choices.models import Choice
from app.choices.ranks import Ranked
from app.web.choices.candidates import Candidate
from app.web.notes.fates import Fate
from app.web.notes.report_words import ReportWords, absolute, session_address


def list_rows(found: ReportWords) -> Iterator[list[str]]:
    """Yield the titles, then a row for each line said (an empty one where none was), then one for each candidate."""
    yield _titles()
    for session in found.sessions:
        count = "" if session.people_count is None else str(session.people_count)
        head, address = [session.topic.title, session.cell, count], session_address(session)
        for line in session.lines:
            row = line.row
            due = row.due_on.isoformat() if row.due_on else ""
            yield [*head, line.kind, row.text, row.holder, due, *_list_fate(line.fate), *[""] * 4, address]
        if not session.lines:
            yield [*head, *[""] * 13, address]
    if found.choice:
        address = absolute(url_for("choices.show", forum_id=found.forum.id))
        for place, one in found.choice.ranked:
            yield [_("Convergence"), "", "", *_list_chosen(found.choice.choice, place, one), address]


def _list_fate(fate: Fate | None) -> list[str]:
    if fate is None:
        return [""] * 5
    return [fate.label, fate.thing.title if fate.thing else "", fate.step, fate.reason, absolute(fate.url)]


def _list_chosen(choice: Choice, place: Ranked, one: Candidate) -> list[str]:
    decision, row = one.decision, place.candidate
    url, title = (decision and decision.link) or ("", "")
    rank = _("%(rank)s, à égalité", rank=place.rank) if place.is_tied else str(place.rank)
    nature = _("Proposition du choix")
    # Where they do not stand apart, one cell has all of them, and says so.
    together = _("%(num)s, papier compris", num=row.total)
    dots = (str(row.placed), str(row.on_paper)) if choice.is_apart else (together, "")
    holder, words = (decision.carried_by, decision.text) if decision else ("", "")
    return [
        *(nature, one.text, holder, "", "", title, "", "", absolute(url)),
        *(rank, *dots, words),
    ]


def _titles() -> list[str]:
    return [
        _("Séance"),
        _("Heure et salle"),
        _("Personnes"),
        _("Nature"),
        _("Ce qui s'est dit"),
        _("Qui s'en charge"),
        _("Pour quand"),
        _("Ce que c'est devenu"),
        _("Titre"),
        _("Étape"),
        _("Motif"),
        _("Où le suivre"),
        _("Rang"),
        _("Pastilles en ligne"),
        _("Pastilles sur papier"),
        _("Décision"),
        _("Adresse"),
    ]
