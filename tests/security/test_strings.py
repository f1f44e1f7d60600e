"""Odd strings through every text field: what is shown is what was typed (NFC), or the form says no; never an error."""

import random
import unicodedata

import pytest

from app.accounts.models.documents import Document
from app.accounts.models.people import User
from app.comments.models import Comment
from app.communities.models import Community
from app.core.text.plain import has_visible
from app.events.models.contents import EventMove
from app.events.models.meetings import Event
from app.events.models.minutes import EventMinutesVersion
from app.events.models.registrations import EventRegistration, Registrant
from app.ideas.models import Answer, Idea, Revision, StatusChange
from app.moderation.measures.models import Measure
from app.reference.models import Issue, Organisation, Tag, Territory
from app.updates.models import Update
from tests.security.acts import Act, acts
from tests.support import tables
from tests.support.browser import Browser
from tests.support.world import World

# What text a column takes is told by each engine.
pytestmark = pytest.mark.both_engines

DRAW = 20
SEEN = (
    "Élan d'été à l'œuvre",
    "E\u0301lan de\u0301compose\u0301",
    "ﬁn de ligne ①②③",
    "İstanbul ıI",
    "ß ẞ ﬆ",
    "Ω Å K",
    "日本語のアイデア",
    "한국어 아이디어",
    "각각 조합",
    "العربية من اليمين",
    "עברית מימין",
    "हिन्दी क्षेत्र",
    "ไทยไม่มีช่องว่าง",
    "ᐃᓄᒃᑎᑐᑦ ᓄᓇᕗᑦ",
    "Пошук ідей",
    "👩‍👩‍👧‍👦 famille réunie",
    "🏳️‍🌈 🏴󠁧󠁢󠁳󠁣󠁴󠁿 🇨🇦",
    "👍🏽 d'accord ici",
    "e" + "\u0301\u0323" * 40 + " tempête",
    "𝕬𝖇𝖈 mathématique",
    "Ａｌｐｈａ large",
    "a\u00a0b insécable",
    "« Guillemets » – tiret — cadratin…",
    "l’apostrophe courbe",
    "0 00 null None undefined",
    "<b>balise</b> & entité &amp;",
    "\"'`\\/{}[]()%$#",
    "{{ 7*7 }} {% x %} ${x}",
    "DROP TABLE ideas; --",
    "http://example.org/?a=b&c=d",
    "Scunthorpe Penistone",
    "١٢٣ ४५६ chiffres",
    "́accent seul au début",
    "ﷺ ﷽ ligatures",
    "𐍈 🜁 hors du plan",
    "a\u034fb joints",
    "🤷‍♀️ 🧑🏿‍🤝‍🧑🏻 gens",
    "Z̸͍̓a̷͔̿l̴̰͝g̶̱̈o̵͎͊ texte",
    "mot\u2060lié",
    "A" * 60,
    "é" * 60,
    "𝔸" * 60,
    "a b  c   d espaces",
)
UNSEEN = (
    "\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b",
    "\u202e\u202d\u2066\u2069\u200e\u200f\u061c\u202a\u202b\u202c\u2067",
    "\ufeff" * 12,
    "\u00ad" * 12,
    "\u3164" * 12,
    "\u2800" * 12,
    "\u115f\u1160" * 6,
    "\u00a0\u2003\u3000\t  \u2028\u2029\u0085   ",
    "\U000e0041" * 12,
    "\u034f" * 12,
    "\u0000" * 12,
    "\u001f" * 12,
    "\ufe0f" * 12,
    "\u180e" * 12,
    "\u17b4\u17b5" * 6,
    "\u0301" * 12,
)
TRICKS = (
    "titre \u202egnp.exe\u202c caché",
    "a\u200bb\u200cc\u200dd invisibles",
    "nul\x00au milieu ici",
    "\x1b[31mrouge\x1b[0m terminal",
    "\ufffe\uffff non-caractères",
    "\r\n\r\nretours de ligne",
    "tab\tulation vue",
    "\u2028séparateur\u2029 ligne",
    "\u0085suite de ligne",
    "fin\u200f\u200e droite",
    "\U000e0001\U000e0041 étiquettes",
    "é" * 100_000,
    "e\u0301" * 50_000,
    "a" + "\u0301" * 100_000,
    "👨‍👩‍👧‍👦" * 20_000,
    "\u202e" * 100_000,
)
TEXTS = {
    "title",
    "body",
    "body_en",
    "name",
    "about",
    "organisation",
    "reason",
    "description",
    "name_en",
    "description_en",
    "spot",
    "summary",
    "tags",
    "lead",
    "needs",
}
LONG = {"body", "body_en", "about", "reason", "description", "description_en", "needs"}
# A title or a name is refused where nothing can be seen; these are not asked.
OPTIONAL = ("autosave", "door/welcomes")
# A name is refused for what it means too, and a tag or a place has its own shape.
KEPT = {
    "ideas": (Idea, ("title", "body", "spot")),
    "revisions": (Revision, ("title", "body", "spot", "summary")),
    "comments": (Comment, ("body",)),
    "updates": (Update, ("title", "body")),
    "users": (User, ("name", "about")),
    "status_changes": (StatusChange, ("reason",)),
    "answers": (Answer, ("reason",)),
    "documents": (Document, ("body", "body_en", "summary")),
    "measures": (Measure, ("reason",)),
    "events": (Event, ("title", "lead", "body", "cancelled_reason")),
    "event_minutes_versions": (EventMinutesVersion, ("body", "reason")),
    "event_moves": (EventMove, ("reason",)),
    "event_registrations": (EventRegistration, ("needs",)),
    "registrants": (Registrant, ("name",)),
    "communities": (Community, ("name", "name_en", "description", "description_en")),
    "issues": (Issue, ("name", "name_en", "description", "description_en")),
    "territories": (Territory, ("name",)),
    "organisations": (Organisation, ("name",)),
    "tags": (Tag, ("name",)),
}


PAIRS = [(kind, text) for kind, texts in {"seen": SEEN, "unseen": UNSEEN, "trick": TRICKS}.items() for text in texts]
random.Random(DRAW).shuffle(PAIRS)
PAIRS.sort(key=lambda pair: "\x00" not in pair[1])  # What PostgreSQL alone does not store comes first.


def test_every_text_field_keeps_what_can_be_seen_and_refuses_what_can_not(
    world: World, people: dict[str, Browser], is_sample: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each field is given one string, the next one another, and a title one that can't be seen; in the soak, all.

    On PostgreSQL, the fields of one act in three.
    """
    before, wrong, count = tables.photo(), [], 0
    for act in acts(world, people, monkeypatch):
        if act.row.rule.endswith(("/publication", "/status/review")):
            continue  # It reads what is kept, not what is sent.
        for name in sorted(act.fields & TEXTS):
            turn = count % len(PAIRS)
            chosen = [PAIRS[turn]] if is_sample else [*PAIRS]
            chosen += [("unseen", UNSEEN[count % len(UNSEEN)])] if name in ("title", "name") else []
            for kind, text in chosen:
                wrong += check(act, people, before, name, kind, text)
            count += 1
    assert count > 20
    assert not wrong, "\n".join(wrong)


def check(act: Act, people: dict[str, Browser], before: tables.Photo, name: str, kind: str, text: str) -> list[str]:
    words = f"{text} {text}" if kind == "seen" and name == "title" and len(text) < 10 else text
    answer = act.do(people, **{name: words})
    place = f"{act.row.rule} {name}={text[:40]!r} ({kind}): {answer.status_code}"
    if answer.status_code >= 400:
        is_kind = answer.status_code == 409 or (
            answer.status_code in (422, 413) and not (kind == "seen" and name in LONG)
        )
        return [] if is_kind else [place]
    after = tables.photo()
    values = [
        value
        for table in tables.changed_tables(before, after)
        for row in after[table].values()
        if row not in before[table].values()
        for column, value in row.items()
        if isinstance(value, str) and column in KEPT.get(table, (None, ()))[1]
    ]
    wrong = [
        f"{place} keeps {value[:40]!a}"
        for value in values
        if unicodedata.normalize("NFC", value) != value or bad(value)
    ]
    if (
        kind == "seen"
        and name not in ("tags", "organisation", "summary")
        and values
        and unicodedata.normalize("NFC", collapse_spaces(words)) not in map(collapse_spaces, values)
        and not any(sign in words for sign in "\u034f\u2060")
    ):
        wrong.append(f"{place} keeps {[value[:40] for value in values]!a}")
    if answer.status_code == 303 and (page := people[act.role].get(answer.headers["Location"])).status_code >= 500:
        wrong.append(f"{place} then {page.status_code}")
    tables.restore(before)
    return wrong + (
        [f"{place} is taken for a text"]
        if kind == "unseen" and name in ("title", "name") and not act.row.rule.endswith(OPTIONAL)
        else []
    )


def collapse_spaces(text: str) -> str:
    return " ".join(text.split())


def bad(value: str) -> bool:
    """Tell whether what is kept holds a control, a direction or half a character, or nothing that is seen."""
    return (
        bool(value and not has_visible(value))
        or any(sign in value for sign in "\x00\x1b\u202e\u202d\u2066\u2067\ufffe\uffff")
        or "\ud800" <= max(value, default="") <= "\udfff"
    )
