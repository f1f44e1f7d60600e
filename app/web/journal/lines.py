"""The public journal: what was decided and why, and all that it takes to verify it."""
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any

from flask import Flask, current_app, url_for
from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from app.communities import policy as communities
from app.core import clock
from app.core.actor import Actor
from app.journal import policy, queries
from app.journal.models import Entry, sealed_fields
from app.web.frame import links, words
from app.web.frame.filters import label
from app.web.frame.locale import ZONE
from app.web.frame.params import number, single
from app.web.frame.session import me, rooms
from app.web.frame.support import public, render
from app.web.journal.bp import bp

MOST_MONTHS = 60
SCRIPT = "verify_journal.py"
# What a line says of how it ended, by the `state` among its facts.
OUTCOMES = {
    "appeal": {
        "open": _l("Nouvel examen demandé"), "granted": _l("Nouvel examen : la demande est accueillie"),
        "refused": _l("Nouvel examen : la demande est refusée"),
    },
    "case": {
        "open": _l("Signalement rouvert"), "handled": _l("Signalement retenu"),
        "dismissed": _l("Signalement classé sans suite"),
    },
}

@dataclass(frozen=True)
class Line:
    """A line as its reader sees it; a sealed one shows its hashes alone."""

    entry: Entry
    sentence: str
    community: Any = None
    title: str = ""
    url: str = ""
    is_open: bool = True


@bp.get("/journal")
@public(policy.READ_LINE)
def index() -> str:
    kind, slug = single("kind", words.JOURNAL), single("community", seen())
    months = all_months()
    month, room = single("month", months), rooms().by_slug.get(slug)
    since, until = months.get(month, (None, None))
    asked = queries.Filters(kind, room.id if room else None, since, until)
    listing = queries.listing(me(), asked, before=number("after"))
    kept = {name: value for name, value in (("kind", kind), ("community", slug), ("month", month)) if value}
    return render(
        "journal/index.html", listing=listing, lines=read(me(), list(listing.items)), kept=kept, last=queries.last(),
        options=options(months))


@bp.get("/journal/verification")
@public(policy.READ_LINE)
def verification() -> str:
    return render("journal/verification.html", script=script().read_text(encoding="utf-8"), last=queries.last())


@bp.get(f"/journal/{SCRIPT}")
@public(policy.READ_LINE)
def verify() -> Response:
    return Response(script().read_bytes(), content_type="text/x-python; charset=utf-8")


@bp.get("/journal.jsonl")
@public(policy.READ_LINE)
def export() -> Response:
    """Give every line, one JSON object each, as it is sealed; what the reader may not open is a digest."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # the proxy hides it
    parts = written(app, me())
    # The first lines are read before the answer begins, which may still be another one.
    return Response(chain([next(parts, "")], parts), content_type="application/jsonl; charset=utf-8")


def written(app: Flask, actor: Actor) -> Iterator[str]:
    """Write the journal some lines at a time; no connection is held while somebody slow reads them."""
    after, text = 0, ""
    while True:
        with app.app_context():
            lines = queries.lines_after(after)
            text = "".join(json.dumps(_told(actor, entry), ensure_ascii=False) + "\n" for entry in lines)
            after = lines[-1].id if lines else after
        if not text:
            return
        yield text


def _told(actor: Actor, entry: Entry) -> dict[str, Any]:
    seals = {"digest": entry.digest, "previous": entry.previous, "hash": entry.hash}
    return (sealed_fields(entry) if policy.READ_LINE.permits(actor, entry) else sealed_line(entry)) | seals


def sealed_line(entry: Entry) -> dict[str, Any]:
    return {"n": entry.id, "at": entry.at.isoformat(timespec="microseconds"), "sealed": True}


def script() -> Path:
    return Path(current_app.root_path).parent / "docs" / SCRIPT


def seen() -> dict[str, Any]:
    """Give the communities that the reader sees, by the end of their address."""
    return {room.slug: room for room in rooms().all if communities.READ.permits(me(), room)}


def all_months() -> dict[str, tuple[datetime, datetime]]:
    """Give the months of the journal, the last first, each with its two ends."""
    found: dict[str, tuple[datetime, datetime]] = {}
    day = clock.now().astimezone(ZONE)
    begun = (queries.first_at() or day).astimezone(ZONE)
    while (day.year, day.month) >= (begun.year, begun.month) and len(found) < MOST_MONTHS:
        start = datetime(day.year, day.month, 1, tzinfo=ZONE)
        end = datetime(day.year + day.month // 12, day.month % 12 + 1, 1, tzinfo=ZONE)
        found[f"{start:%Y-%m}"] = (start, end)
        day = datetime(day.year - (day.month == 1), (day.month - 2) % 12 + 1, 1, tzinfo=ZONE)
    return found


def options(months: Iterable[str]) -> dict[str, list[tuple[Any, ...]]]:
    """Give the choices of the filters, as (value, label, no count)."""
    return {
        "kinds": [(code, said, None) for code, said in words.JOURNAL.items()],
        "communities": [(slug, label(room), None) for slug, room in seen().items()],
        "months": [(code, month_name(code), None) for code in months]}


def month_name(code: str) -> str:
    """Write a month out: septembre 2026."""
    return str(format_date(datetime.strptime(code, "%Y-%m").date(), "MMMM y"))


def read(actor: Actor, entries: list[Entry]) -> list[Line]:
    """Put lines in words, with the title of an idea only where its reader may read it now."""
    opened = [entry for entry in entries if policy.READ_LINE.permits(actor, entry)]
    ideas = queries.ideas_of(actor, opened)
    return [_line(entry, ideas.get(entry.idea_id or 0), is_open=entry in opened) for entry in entries]


def _line(entry: Entry, idea: Any, *, is_open: bool) -> Line:
    if not is_open:
        return Line(entry, _("Ligne scellée : elle concerne une communauté privée."), is_open=False)
    room = rooms().by_id.get(entry.community_id or 0)
    title, url = (idea.title, links.idea(idea)) if idea else _charter(entry)
    return Line(entry, sentence(entry), room, title, url)


def _charter(entry: Entry) -> tuple[str, str]:
    """Lead from a change of the charter to the version that came of it."""
    number = (entry.facts or {}).get("version") if entry.kind == "charter" else None
    return (_("Version %(n)s", n=number), url_for("site.charter_version", number=number)) if number else ("", "")


def sentence(entry: Entry) -> str:
    """Say what was decided; a kind that has no words yet is still a decision."""
    facts = entry.facts or {}
    states = OUTCOMES.get(entry.kind, {})
    said = str(states.get(facts.get("state", "")) or words.JOURNAL.get(entry.kind, words.DECISION))
    status, on = words.STEPS.get(facts.get("status", "")), words.SUBJECTS.get(facts.get("on", ""))
    became = status or words.ROLES.get(facts.get("role", ""))
    if became and facts.get("by") == "author":
        return _("%(said)s : %(detail)s (par la personne qui l'a écrite)", said=said, detail=became)
    if became:
        return _("%(said)s : %(detail)s", said=said, detail=became)
    on = words.MEASURES_TAKEN.get(facts.get("measure", ""), on)
    keys = ", ".join(str(words.SETTINGS[key]) for key in str(facts.get("keys", "")).split() if key in words.SETTINGS)
    detail = keys or (str(on) if on else "")
    return _("%(said)s (%(detail)s)", said=said, detail=detail) if detail else said
