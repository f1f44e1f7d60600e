"""The lines of the public journal, to export and to verify; `days.py` shows them."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from flask import Flask, url_for
from flask.globals import app_ctx
from flask_babel import format_date, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from app.core import clock, version
from app.core.actor import Actor
from app.journal import policy, queries
from app.journal.models import Entry, sealed_fields
from app.reference.queries import get_catalogue
from app.web.frame import links, team_words, words
from app.web.frame.filters import label
from app.web.frame.params import single_param
from app.web.frame.responses import render
from app.web.frame.routes import public
from app.web.frame.session import me, rooms
from app.web.journal.bp import bp

MOST_MONTHS = 60
SCRIPT = "verify_journal.py"
PROGRAM = (version.HOUSE / "docs" / SCRIPT).read_text(encoding="utf-8")
Months = dict[str, tuple[datetime, datetime]]
# What a line says of how it ended, by the `state` among its facts.
OUTCOMES = {
    "appeal": {
        "open": _l("Nouvel examen demandé"),
        "granted": _l("Nouvel examen : la demande est accueillie"),
        "refused": _l("Nouvel examen : la demande est refusée"),
    },
    "case": {
        "open": _l("Signalement rouvert"),
        "handled": _l("Signalement retenu"),
        "dismissed": _l("Signalement classé sans suite"),
    },
    "event": {
        "published": _l("Rencontre annoncée"),
        "moved": _l("Rencontre déplacée"),
        "cancelled": _l("Rencontre annulée"),
        "minutes": _l("Compte rendu d'une rencontre publié"),
        "corrected": _l("Compte rendu d'une rencontre corrigé"),
        "forum_before": _l("Forum ouvert, étape : avant la rencontre"),
        "forum_marketplace": _l("Forum ouvert, étape : la place du marché"),
        "forum_sessions": _l("Forum ouvert, étape : les séances"),
        "forum_convergence": _l("Forum ouvert, étape : la convergence"),
        "forum_closed": _l("Forum ouvert clos"),
    },
    "holder": {
        "named": _l("Une personne tient maintenant cette action à jour"),
        "relieved": _l("Une personne ne tient plus cette action à jour"),
    },
    "link": {
        "accepted": _l("Contribution liée à une action du plan"),
        "declined": _l("Lien demandé entre une contribution et une action du plan : refusé"),
        "ended": _l("Lien retiré entre une contribution et une action du plan"),
    },
    "action": {
        "planned": _l("Action du plan : à venir"),
        "underway": _l("Action du plan : en cours"),
        "achieved": _l("Action du plan : réalisée"),
        "dropped": _l("Action du plan : abandonnée"),
        "corrected": _l("Ce qui était dit d'une action du plan est corrigé"),
        "withdrawn": _l("Ce qui était dit d'une action du plan est retiré par qui l'avait écrit"),
    },
    "plan": {
        "current": _l("Ce plan d'action est maintenant le plan courant"),
        "archived": _l("Ce plan d'action est maintenant aux archives"),
        "unarchived": _l("Ce plan d'action n'est plus aux archives"),
    },
}


@dataclass(frozen=True)
class JournalLine:
    """A line as its reader sees it; one that is not open shows its hashes alone.

    `leads` are the title and the address of what it is about, as far as the reader may read it now.
    """

    entry: Entry
    sentence: str
    community: Any = None
    leads: Sequence[tuple[str, str]] = ()
    is_open: bool = True


def read_filters(months: Months) -> tuple[dict[str, str], queries.Filters]:
    """Read the filters in the address; return those in force as they were written, and what they leave."""
    active = {
        "kind": single_param("kind", words.JOURNAL),
        "community": single_param("community", list_slugs()),
        "month": single_param("month", months),
    }
    room, (since, until) = rooms().by_slug.get(active["community"]), months.get(active["month"], (None, None))
    filters = queries.Filters(active["kind"], room.id if room else None, since, until)
    return {name: value for name, value in active.items() if value}, filters


@bp.get("/journal/verification")
@public(policy.VERIFY)
def verification() -> str:
    return render("journal/verification.html", script=PROGRAM, last=queries.get_last_line())


@bp.get(f"/journal/{SCRIPT}")
@public(policy.VERIFY)
def verify() -> Response:
    return Response(PROGRAM, content_type="text/x-python; charset=utf-8")


@bp.get("/journal.jsonl")
@public(policy.READ_LINE, lists=queries.open_to)
def export() -> Response:
    """Send every line, one JSON object each, as it is sealed; what the reader may not open is a digest."""
    parts = write_lines(app_ctx.app, me())
    # The first lines are read before the answer begins, which may still be another one.
    return Response(chain([next(parts, "")], parts), content_type="application/jsonl; charset=utf-8")


def write_lines(app: Flask, actor: Actor) -> Iterator[str]:
    """Write the journal some lines at a time; no connection is held while somebody slow reads them."""
    after, text = 0, ""
    while True:
        with app.app_context():
            entries = queries.list_entries_after(after)
            text = "".join(json.dumps(_export(actor, entry), ensure_ascii=False) + "\n" for entry in entries)
            after = entries[-1].id if entries else after
        if not text:
            return
        yield text


def _export(actor: Actor, entry: Entry) -> dict[str, Any]:
    is_open = policy.READ_LINE.permits(actor, entry)
    line = sealed_fields(entry) if is_open else seal_line(entry)
    return line | {"digest": entry.digest, "previous": entry.previous, "hash": entry.hash}


def seal_line(entry: Entry) -> dict[str, Any]:
    return {"n": entry.id, "at": entry.at.isoformat(timespec="microseconds"), "sealed": True}


def list_slugs() -> list[str]:
    """Return the slugs of the communities that the reader sees."""
    return [room.slug for room in rooms().all]


def list_months(began_at: datetime | None) -> Months:
    """Return the months of a journal that began then, the last first, each with its two ends."""
    months: Months = {}
    day = clock.now().astimezone(clock.ZONE)
    first = (began_at or day).astimezone(clock.ZONE)
    while (day.year, day.month) >= (first.year, first.month) and len(months) < MOST_MONTHS:
        start = datetime(day.year, day.month, 1, tzinfo=clock.ZONE)
        end = datetime(day.year + day.month // 12, day.month % 12 + 1, 1, tzinfo=clock.ZONE)
        months[f"{start:%Y-%m}"] = (start, end)
        day = datetime(day.year - (day.month == 1), (day.month - 2) % 12 + 1, 1, tzinfo=clock.ZONE)
    return months


def get_options(months: Iterable[str]) -> dict[str, list[tuple[Any, ...]]]:
    """Return the choices of the filters, as (value, label, no count)."""
    return {
        "kinds": [(code, name, None) for code, name in words.JOURNAL.items()],
        "communities": [(room.slug, label(room), None) for room in rooms().all],
        "months": [(code, month_name(code), None) for code in months],
    }


def month_name(code: str) -> str:
    """Write a month in full: septembre 2026."""
    return str(format_date(datetime.strptime(code, "%Y-%m").date(), "MMMM y"))


def build_lines(actor: Actor, entries: list[Entry]) -> list[JournalLine]:
    """Return entries as lines, with the title of an idea or an action only where the actor may read it now."""
    readable = [entry for entry in entries if policy.READ_LINE.permits(actor, entry)]
    found = [
        find(actor, readable)
        for find in (queries.get_ideas, queries.get_actions, queries.get_events, queries.get_plans)
    ]
    return [_line(entry, _leads(entry, *found)) if entry in readable else _sealed(entry) for entry in entries]


def _sealed(entry: Entry) -> JournalLine:
    return JournalLine(entry, _("Ligne scellée : elle concerne une communauté privée."), is_open=False)


def _line(entry: Entry, leads: Sequence[tuple[str, str]]) -> JournalLine:
    return JournalLine(entry, write_sentence(entry), rooms().by_id.get(entry.community_id or 0), leads)


def _leads(entry: Entry, ideas: Any, actions: Any, events: Any, plans: Any) -> Sequence[tuple[str, str]]:
    """Return the title and the address of what an entry is about, among what the reader may read."""
    facts = entry.facts or {}
    idea, action, plan = ideas.get(entry.idea_id), actions.get(facts.get("action")), plans.get(facts.get("plan"))
    event = events.get(facts.get("event"))
    version = facts.get("version") if entry.kind == "charter" else None
    found = [
        (idea.title, links.idea_url(idea)) if idea else None,
        (action.title, url_for("plan.action", action_id=action.id)) if action else None,
        (event.title, links.event_url(event)) if event else None,
        (
            _("%(title)s, version %(n)s", title=plan.title, n=facts.get("version")),
            url_for("plan.version", plan_id=plan.id, number=facts["version"]),
        )
        if plan
        else None,
        (_("Version %(n)s", n=version), url_for("site.charter_version", number=version)) if version else None,
    ]
    return [lead for lead in found if lead]


def write_sentence(entry: Entry) -> str:
    """Say what was decided; a kind without a text of its own is called a decision."""
    facts = entry.facts or {}
    outcome = OUTCOMES.get(entry.kind, {}).get(facts.get("state", ""))
    text = str(outcome or words.JOURNAL.get(entry.kind, words.DECISION))
    steps = words.STATUSES if entry.kind == "answer" else words.STEPS
    detail = steps.get(facts.get("status", "")) or words.ROLES.get(facts.get("role", ""))
    if detail and facts.get("by") == "author":
        return _("%(said)s : %(detail)s (par la personne qui l'a écrite)", said=text, detail=detail)
    if detail:
        return _("%(said)s : %(detail)s", said=text, detail=detail)
    detail = (
        _settings(facts)
        or _milestones(facts)
        or _kinds(facts)
        or _issues(facts)
        or str(team_words.MEASURES_TAKEN.get(facts.get("measure", "")) or words.SUBJECTS.get(facts.get("on", "")) or "")
    )
    return _("%(said)s (%(detail)s)", said=text, detail=detail) if detail else text


def _milestones(facts: dict[str, Any]) -> str:
    """Say how many milestones an action of the plan reached, or reached no longer, and how many figures it gave."""
    reached, reopened, figures = (int(facts.get(name) or 0) for name in ("milestones", "reopened", "figures"))
    return ", ".join(
        filter(
            None,
            [
                ngettext("%(num)s jalon franchi", "%(num)s jalons franchis", reached) if reached else "",
                ngettext("%(num)s jalon rouvert", "%(num)s jalons rouverts", reopened) if reopened else "",
                ngettext("%(num)s mesure", "%(num)s mesures", figures) if figures else "",
            ],
        )
    )


def _kinds(facts: dict[str, Any]) -> str:
    """Say of which kind a contribution was, and is now."""
    former, kind = (words.KINDS.get(facts.get(name, "")) for name in ("from", "to"))
    return _("de « %(former)s » à « %(kind)s »", former=former, kind=kind) if former and kind else ""


def _issues(facts: dict[str, Any]) -> str:
    """Name the issues that a community covers from then on; "" where it covers none."""
    catalogue = get_catalogue().issue
    ids = [int(number) for number in str(facts.get("issues", "")).split()]
    return ", ".join(label(catalogue[issue_id]) for issue_id in ids if issue_id in catalogue)


def _settings(facts: dict[str, Any]) -> str:
    """Name the settings that an entry says were changed."""
    return ", ".join(str(words.SETTINGS[key]) for key in str(facts.get("keys", "")).split() if key in words.SETTINGS)
