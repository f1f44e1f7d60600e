"""A full square, and the address of every kind of page in it, by who reads it."""

from typing import Any

from app.accounts.models.documents import CHARTER, Document
from app.core.db import db
from app.core.text.plain import sort_key
from app.core.text.slug import slugify
from app.core.unit import unit
from app.ideas.models import Answer, Relation, Revision
from app.journal import service as journal
from app.moderation.merges.models import Merge
from app.notifications.service import notices
from app.reference.models import Issue, Tag, Territory
from app.reference.service import TAG
from tests.support import world, world_of_the_plan
from tests.support.make import Make
from tests.support.world import ELSEWHERE, HERE, World

TEAM = f"/communities/{HERE}/facilitators"
LONG = "Anticonstitutionnellement" * 5
TITLE = f"Une idée dont un mot est très long : {LONG}"
BODY = f"""## Ce qui manque

Un texte avec [un lien](https://example.org/{LONG}), `{LONG}` et {LONG}.

> Une personne l'a dit, en toutes lettres.

| Municipalité | Trajets | Remarque |
|---|---|---|
| Beauharnois | 12 | {LONG} |

1. Une étape
2. Une autre

```
{LONG} {LONG}
```
"""


def build(make: Make) -> World:
    """Store a square with something on every page, long words among it."""
    square = world.build(make)
    author, other = square.people["author"], square.people["somebody"]
    name = LONG[: TAG[1]]
    square.tags["long"] = make.add(Tag(slug=slugify(name), name=name, sort_key=sort_key(name)))
    idea = square.ideas["full"] = make.idea(
        author,
        HERE,
        "under_review",
        title=TITLE[:140],
        body=BODY,
        votes=12,
        issues=["education", "logement"],
        territories=["70052", "70022"],
        tags=[square.tags["kept"], square.tags["long"]],
        revisions_count=2,
    )
    make.add(
        Revision(
            idea_id=idea.id,
            number=2,
            title=idea.title,
            body=idea.body + "\n\nUn ajout.",
            body_html=idea.body_html,
            summary=LONG,
        )
    )
    _talk(make, square, idea, author, other)
    make.update(square.people["facilitator"], HERE, TITLE[:140], BODY)
    _kin(make, square, idea)
    _member(make, square)
    square.comments["own"] = make.comment(idea, square.people["member"], "Un commentaire que je peux corriger.")
    _decisions(make, square, idea)
    _charter(make, square)
    world_of_the_plan.measure(make, square, f"Ménages servis {LONG}")
    return square


def _member(make: Make, square: World) -> None:
    """Fill in what a member can: a profile, a support, and three ideas (published, waiting, a draft) in all places."""
    member, places = (
        square.people["member"],
        {
            "issues": ["education", "logement"],
            "territories": ["70052", "70"],
            "communities": [ELSEWHERE],
            "tags": [square.tags["kept"], square.tags["merged"]],
        },
    )
    square.ideas["own"] = make.idea(member, HERE, **places)
    square.ideas["waiting"] = make.idea(member, HERE, "pending", suspect="first", **places)
    square.ideas["rough"] = make.idea(member, HERE, "draft", title="", **places)
    make.vote(member, square.ideas["full"], is_named=True)
    place = db.session.query(Territory).filter_by(code="70052").one()
    make.at(member, territory_id=place.id, organisation_id=square.organisation.id, shows_organisation=True)


def _decisions(make: Make, square: World, idea: Any) -> None:
    """Lines of the journal, notices of each kind that leads somewhere, and an account that waits for somebody to look."""
    room, member = make.room(HERE).id, square.people["member"].id
    person = square.people["frozen"] = make.user(f"Zoé {LONG}"[:80])
    make.restriction(person, kind="freeze")
    make.idea(person, HERE, "pending", title=TITLE[:140], suspect="first burst links:4 fast:2")
    make.comment(idea, person, f"Encore {LONG}", status="pending", suspect="first burst")
    with unit():
        journal.record(
            "status", reason=f"Nous en parlons. {LONG}", community_id=room, idea_id=idea.id, status="under_review"
        )
        journal.record("hide", reason="Contraire à la charte.", community_id=room, on="comment")
        journal.record(
            "hide", reason="Entre nous.", community_id=make.room(world.SECLUDED).id, is_private=True, on="idea"
        )
        journal.record("charter", reason="Il reste une règle.", version=2)
        for kind in ("measure.hide", "status", "report.handled"):
            notices.tell(member, kind, "1", idea_id=idea.id, reason=f"Un motif. {LONG}", status="retained")


def _charter(make: Make, square: World) -> None:
    """A second version, which `neighbour` alone has yet to accept."""
    for number, summary in enumerate(("", "Il reste une règle."), 1):
        make.add(
            Document(
                name=CHARTER,
                number=number,
                body=BODY[: number * 90],
                body_en=BODY[: number * 80],
                summary=summary,
                asks_again=number > 1,
            )
        )
    for name, person in square.people.items():
        make.at(person, charter_version=1 if name == "neighbour" else 2)


def _kin(make: Make, square: World, idea: Any) -> None:
    """Join an idea to the full one, and relate another to it."""
    team = square.people["facilitator"]
    duplicate = square.ideas["joined"] = make.idea(
        square.people["somebody"], HERE, title=f"Jointe {TITLE}"[:140], merged_into=idea.id, votes=2
    )
    make.add(Merge(idea_id=duplicate.id, into_id=idea.id, reason=f"La même chose {LONG}", by_id=team.id))
    make.comment(duplicate, square.people["author"], f"Sous celle qui est jointe : {LONG}")
    make.add(Relation(idea_id=idea.id, other_id=square.ideas["published"].id, kind="related", by_id=team.id))
    make.add(Answer(idea_id=square.ideas["published"].id, status="retained", reason=BODY.strip(), by_id=team.id))


def _talk(make: Make, square: World, idea: Any, author: Any, other: Any) -> None:
    first = square.comments["first"] = make.comment(idea, other, f"Un mot long : {LONG}", intent="wonder")
    answer = first
    for n in range(5):
        answer = make.comment(idea, author if n % 2 else other, f"Une réponse {n}.", parent=answer)
    for n in range(22):
        make.comment(idea, other, f"Une réponse de plus, {n}.", parent=first)
    for n, intent in enumerate(("appreciate", "suggest", "offer", None) * 2):
        make.comment(idea, other, f"Un commentaire, {n}.", intent=intent)


def read_by_all(square: World) -> list[str]:
    """The pages of the public."""
    ideas, room = square.ideas, f"/communities/{HERE}"
    full = ideas["full"]
    return [
        "/",
        "/about",
        "/privacy",
        "/accessibility",
        "/charter",
        "/login",
        "/register",
        "/forgot",
        "/confirm",
        "/ideas",
        "/ideas?kind=idea&community=securite-alimentaire&q=id%C3%A9e",
        "/ideas?q=introuvable",
        "/search",
        "/search?q=id%C3%A9e&kind=idea",
        "/search?q=introuvable",
        f"/ideas/{full.id}-{full.slug}",
        _of(ideas["locked"]),
        _of(ideas["joined"]),
        _of(ideas["withdrawn"]),
        f"/ideas/{full.id}/near",
        f"/ideas/{full.id}/revisions",
        f"/ideas/{full.id}/revisions/2",
        f"/comments/{square.comments['first'].id}/branch",
        "/communities",
        room,
        f"/communities/{square.rooms['archived']}",
        f"{room}/updates",
        _news(square, "visible"),
        _news(square, "locked"),
        "/issues",
        "/issues/education",
        "/territories",
        "/territories/70052",
        "/territories/70",
        "/tags/velo",
        f"/organisations/{square.organisations['carrying'].id}",
        f"/tags/{square.tags['long'].slug}",
        f"/members/{square.people['author'].id}",
        "/ideas/987654",
        "/ideas?kind=inconnu",
        "/charter/versions",
        "/charter/versions/2",
        "/journal",
        "/journal?kind=hide",
        "/journal/figures",
        "/journal/verification",
        *world_of_the_plan.read_by_all(square),
    ]


def read_by_programs(square: World) -> list[str]:
    """What the public's programs ask for."""
    full, room = square.ideas["full"], f"/communities/{HERE}"
    return [
        "/sitemap.xml",
        "/robots.txt",
        "/ideas.atom",
        f"/ideas.atom?community={HERE}&kind=idea&sort=supported",
        "/ideas.atom?kind=inconnu",
        f"/ideas/{full.id}.atom",
        "/picture.png",
        f"/ideas/{full.id}/picture.png?lang=en",
        f"{room}/picture.png",
        f"/ideas/{square.ideas['hidden'].id}.atom",
        f"{room}.atom",
        f"{room}/updates.atom",
        f"{_news(square, 'visible')}.atom",
        "/journal.atom",
        *world_of_the_plan.read_by_programs(square),
    ]


def read_by_a_member(square: World) -> list[str]:
    """The pages that ask for an account (read by the one who wrote something)."""
    own, rough, comment = square.ideas["own"].id, square.ideas["rough"].id, square.comments["own"].id
    waiting = square.ideas["waiting"].id
    return [
        "/",
        "/ideas/new",
        f"/ideas/{rough}/edit",
        f"/ideas/{own}/edit",
        f"/ideas/{waiting}/edit",
        "/account/contributions",
        "/account/contributions?kind=comments",
        _of(square.ideas["full"]),
        _of(square.ideas["own"]),
        f"/ideas/{rough}/discard",
        f"/ideas/{own}/withdrawal",
        f"/comments/{comment}/edit",
        f"/comments/{comment}/deletion",
        f"/comments/{square.comments['first'].id}/reply?quote=1",
        f"/comments/{square.comments['first'].id}/branch",
        f"/communities/{HERE}",
        _news(square, "visible"),
        "/account",
        "/account/profile",
        "/account/email",
        "/account/password",
        "/account/sessions",
        "/account/two-factor",
        "/account/recovery-codes",
        "/account/verify",
        "/account/closing",
        f"/members/{square.people['member'].id}",
        "/reference",
        "/notifications",
        "/notifications?unread=1",
        "/notifications/preferences",
        "/follows",
        "/account/reports",
        "/account/accesses",
        f"/members/{square.people['author'].id}/report",
        f"/ideas/{square.ideas['full'].id}/report",
        f"/comments/{square.comments['first'].id}/report",
        f"/communities/{HERE}/updates/{square.updates['visible'].id}/report",
        *(f"/plan/{things}/{getattr(square, things)['visible'].id}/report" for things in ("actions", "bulletins")),
        *world_of_the_plan.read_by_a_member(square),
    ]


def read_by_an_author(square: World) -> list[str]:
    """The pages of the one whose texts met a measure."""
    measure = square.measures["standing"].id
    request, other = (f"/ideas/{square.ideas[name].id}/move/request" for name in ("locked", "full"))
    revisions = [f"/held-revisions/{square.revisions[state].id}" for state in ("open", "refused")]
    return [
        _of(square.ideas["hidden"]),
        request,
        other,
        *revisions,
        _of(square.ideas["locked"]),
        f"/ideas/{square.ideas['locked'].id}/edit",
        f"/measures/{measure}/appeal",
        f"/measures/{square.measures['appealed'].id}/appeal",
        *world_of_the_plan.read_by_an_author(square),
    ]


def read_by_an_administrator(square: World) -> list[str]:
    """The pages that look after accounts and the site."""
    one = f"/people/{square.people['facilitator'].id}"
    acts = ("role", "charge", "signing-out", "suspension")
    return ["/people", "/people?role=facilitator", one, *(f"{one}/{act}" for act in acts), "/access-log", "/settings"]


def read_by_a_neighbour(square: World) -> list[str]:
    """What changed in the charter, before the next act; and the notice of it."""
    return ["/charter/acceptance?next=/ideas/new", "/"]


def read_by_a_facilitator(square: World) -> list[str]:
    """The pages of the one who animates a community."""
    ideas, comments = square.ideas, square.comments
    news, locked_news = _news(square, "visible"), _news(square, "locked")
    return [
        _of(ideas["full"]),
        f"/ideas/{ideas['full'].id}/status",
        f"/ideas/{ideas['full'].id}/hiding",
        f"/ideas/{ideas['full'].id}/lock",
        f"/ideas/{ideas['locked'].id}/unlock",
        _of(ideas["hidden"]),
        f"/ideas/{ideas['locked'].id}/merge",
        f"/ideas/{ideas['locked'].id}/merge?q=mot",
        f"/ideas/{ideas['locked'].id}/merge?into={ideas['full'].id}",
        f"/ideas/{ideas['full'].id}/merge",
        f"/ideas/{ideas['published'].id}/status",
        f"/ideas/{ideas['joined'].id}/parting",
        f"/ideas/{ideas['full'].id}/split",
        f"/ideas/{ideas['full'].id}/relations",
        f"/ideas/{ideas['hidden'].id}/restoration",
        f"/comments/{comments['other'].id}/hiding",
        f"/comments/{comments['hidden'].id}/restoration",
        f"/communities/{HERE}",
        f"/communities/{HERE}/updates/new",
        f"{news}/edit",
        f"{news}/deletion",
        f"{news}/hiding",
        f"{news}/lock",
        f"{locked_news}/unlock",
        news,
        f"{_news(square, 'hidden')}/restoration",
        _of(ideas["pending"]),
        f"/ideas/{ideas['pending'].id}/refusal",
        "/moderation/cases",
        f"/moderation/cases/{square.cases['open'].id}",
        f"/moderation/cases/{square.cases['handled'].id}",
        "/moderation/appeals",
        f"/moderation/appeals/{square.appeals['open'].id}",
        f"/moderation/appeals/{square.appeals['granted'].id}",
        f"/members/{square.people['frozen'].id}/freeze",
        f"/moderation/{HERE}/bulk",
        "/moderation",
        f"/moderation/{HERE}?queue=unread",
        "/moderation?queue=cases",
        f"/held-revisions/{square.revisions['open'].id}",
        f"/held-revisions/{square.revisions['open'].id}/refusal",
        "/moderation?queue=changes",
        "/moderation?queue=appeals",
        "/moderation?queue=frozen",
        f"/moderation/{HERE}/replies",
        f"/moderation/{HERE}/replies/{square.reply.id}/edit",
        f"/ideas/{ideas['published'].id}/notes",
        _of(ideas["published"]),
        f"/ideas/{ideas['pending'].id}/refusal?back=pending////",
        *_measures(square),
    ]


def _measures(square: World) -> list[str]:
    """Where measures are taken, listed and undone."""
    idea, comment = square.ideas["full"].id, square.comments["other"].id
    author = f"/members/{square.people['author'].id}"
    return [
        f"/ideas/{idea}/slow-mode",
        f"/ideas/{idea}/move",
        f"/ideas/{square.ideas['locked'].id}/move/request",
        _of(square.ideas["locked"]),
        f"/comments/{comment}/move",
        f"{author}/measures",
        f"{author}/warning",
        f"{author}/suspension",
        f"{author}/block",
        "/moderation/measures",
        f"/measures/{square.measures['standing'].id}/undoing",
        "/moderation/handovers",
        f"/moderation/handovers/{square.handovers['open'].id}",
        *world_of_the_plan.read_by_a_facilitator(square),
    ]


def read_by_the_coordination(square: World) -> list[str]:
    """The pages in which the platform itself is kept."""
    issue, place = (db.session.query(model).order_by(model.id).first() for model in (Issue, Territory))
    return [
        *(
            f"/reference{end}"
            for end in (
                "",
                "/communities",
                "/issues",
                "/tags",
                "/territories",
                "/organisations",
                "/issues/new",
                f"/issues/{issue.id}/edit",
            )
        ),
        f"/reference/tags/{square.tags['kept'].id}/edit",
        f"/reference/tags/{square.tags['long'].id}/edit",
        f"/reference/territories/{place.id}/edit",
        f"/reference/organisations/{square.organisation.id}/edit",
        "/communities",
        "/communities/new",
        f"/communities/{HERE}",
        f"/communities/{HERE}/edit",
        TEAM,
        "/charter/edit",
        f"{TEAM}?q={square.people['member'].name[:3]}",
        f"{TEAM}/{square.people['facilitator'].id}/withdrawal",
        f"/members/{square.people['author'].id}/hiding",
        *world_of_the_plan.read_by_the_coordination(square),
    ]


def _of(idea: Any) -> str:
    return f"/ideas/{idea.id}-{idea.slug}"


def _news(square: World, state: str) -> str:
    return f"/communities/{HERE}/updates/{square.updates[state].id}"


READERS = {
    "anyone": read_by_all,
    "member": read_by_a_member,
    "facilitator": read_by_a_facilitator,
    "coordinator": read_by_the_coordination,
    "author": read_by_an_author,
    "admin": read_by_an_administrator,
    "neighbour": read_by_a_neighbour,
}
EMPTY = {
    "anyone": [
        "/",
        "/ideas",
        "/communities",
        f"/communities/{HERE}",
        f"/communities/{HERE}/updates",
        "/issues/education",
        "/territories",
        "/territories/70052",
        "/journal",
        "/journal/figures",
        "/charter/versions",
        "/plan",
        "/plan/all",
    ],
    "member": [
        "/account/contributions",
        "/account/contributions?kind=comments",
        "/account/contributions?kind=updates",
        "/account",
        "/account/sessions",
        "/notifications",
        "/notifications?unread=1",
        "/follows",
        "/account/reports",
        "/account/accesses",
        "/plan/mine",
    ],
    "coordinator": [
        "/plan/all",
        "/reference/tags",
        "/reference/organisations",
        f"/communities/{HERE}/facilitators",
        "/moderation/cases",
        "/moderation/appeals",
        f"/moderation/{HERE}/bulk",
        "/access-log",
        "/moderation",
        "/moderation?queue=late",
        "/moderation/measures",
        "/moderation/handovers",
    ],
    "admin": ["/", "/account", "/settings/reset"],
}
