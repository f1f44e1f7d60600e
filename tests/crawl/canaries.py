"""What the crawl reads: a full square, with a word hidden in each thing that is not for everybody, and who may read it."""

from app.core import clock as time
from app.core import settings
from app.core.text.plain import sort_key
from app.core.unit import unit
from app.ideas.models import IdeaTag
from app.moderation.cases.models import Case, Report
from app.reference.models import Organisation, Tag
from tests.support import square
from tests.support.make import Make
from tests.support.world import ELSEWHERE, HERE, INSIDERS, ROLES, World
from tests.test_routes import TABLE, address

PLACES = ("70", "70052", "67", "71140", "68030")
CHARGE = {"facilitator", "coordinator"}
INSIDE = {*INSIDERS, "coordinator"}
ALLOWED = {
    "canari-idee-draft": {"author"},
    "canari-idee-pending": {"author"} | CHARGE,
    "canari-idee-hidden": {"author"} | CHARGE,
    "canari-idee-draft-texte": {"author"},
    "canari-idee-hidden-texte": {"author"} | CHARGE,
    "canari-idee-deleted": set(),
    "canari-motif": {"author"} | CHARGE,
    "canari-etiquette": {"author"},
    "canari-commentaire-hidden": {"author"} | CHARGE,
    "canari-commentaire-deleted": set(),
    "canari-commentaire-unseen": {"author"},
    "canari-travaux-hidden": CHARGE,
    "canari-travaux-deleted": set(),
    "canari-action-visible": set(ROLES),
    "canari-action-visible-texte": set(ROLES),
    "canari-action-hidden": CHARGE,
    "canari-action-hidden-texte": CHARGE,
    "canari-nouvelle-visible": set(ROLES),
    "canari-nouvelle-hidden": {"author"} | CHARGE,
    "canari-nouvelle-deleted": set(),
    "canari-preuve": set(),
    "canari-nouvelle-unseen": set(),
    "canari-porteur-vu": set(ROLES),
    "canari-porteur-masque": CHARGE,
    "canari-commentaire-action": {"author"},
    "canari-presentation": set(),
    "canari-adresse": set(),
    "canari-parti": set(),
    "canari-appui": set(),
    "canari-idee-private": INSIDE,
    "canari-idee-private-texte": INSIDE,
    "canari-commentaire-private": INSIDE,
    "canari-travaux-private": INSIDE,
    "canari-cercle": INSIDE,
    "canari-commentaire-held": {"author"} | CHARGE,
    "canari-idee-merged": set(ROLES),
    "canari-idee-published": set(ROLES),
    "canari-commentaire-visible": set(ROLES),
    "canari-travaux-visible": set(ROLES),
    "canari-nomme": set(ROLES),
    "canari-invitation": {"coordinator"},
    **{
        f"canari-rencontre-{state}{part}": readers
        for part in ("", "-envie")
        for state, readers in (
            ("draft", CHARGE),
            ("published", set(ROLES)),
            ("closed", set(ROLES)),
            ("cancelled", set(ROLES)),
            ("hidden", {"author"} | CHARGE),
            ("private", INSIDE),
            ("deleted", set[str]()),
        )
    },
    # A topic is read with its forum: what waits, or was hidden, by its host and its team.
    **{
        f"canari-{word}-{state}": readers
        for word in ("sujet", "raison")
        for states, readers in (
            ("published convergence closed cancelled topic_of_guest topic_withdrawn", set(ROLES)),
            ("topic_waiting topic_hidden topic_refused hidden", {"author"} | CHARGE),
            ("draft", CHARGE),
            ("private", INSIDE),
            ("deleted topic_deleted", set[str]()),
        )
        for state in states.split()
    },
    # The link of the room is for who comes online, and for those who write the meeting.
    "canari-salle-draft": CHARGE,
    "canari-salle-published": CHARGE,
    "canari-salle-cancelled": CHARGE,
    "canari-salle-private": {"coordinator"},
    "canari-salle-closed": set(),
    "canari-salle-hidden": set(),
    "canari-salle-deleted": set(),
    "canari-compte-rendu-closed": set(ROLES),
    "canari-compte-rendu-hidden": {"author"} | CHARGE,
    "canari-compte-rendu-private": INSIDE,
    "canari-compte-rendu-deleted": set(),
    "canari-notes": CHARGE,
    "canari-modif": {"author"} | CHARGE,
    "canari-modif-texte": {"author"} | CHARGE,
    "canari-modif-refus": {"author"},
    "canari-reponse": CHARGE,
    "canari-reponse-texte": CHARGE,
    "canari-note": CHARGE,
    "canari-porte-published": CHARGE,
    "canari-besoin-published": CHARGE,
    "canari-porte-draft": set(),
    "canari-porte-deleted": set(),
    # Nobody who has this organisation shows it; coordinators keep the list of them all.
    "canari-organisme": {"coordinator"},
}
LISTS = (
    "/",
    "/?lang=en",
    "/ideas?lang=en",
    "/ideas?q=canari",
    "/ideas?q=canari-idee-hidden",
    "/search?q=canari",
    "/search?q=canari-idee-hidden",
    "/search?q=texte&sort=recent",
    "/search?q=canari-commentaire-hidden",
    "/ideas?sort=supported",
    "/ideas?sort=discussed",
    "/ideas?sort=least_discussed",
    "/ideas?status=published",
    "/ideas?community=canari-cercle",
    "/ideas?community=securite-alimentaire",
    "/ideas?tag=velo",
    "/ideas.csv?community=canari-cercle",
    "/territories/70",
    "/tags/bicyclette",
    "/ideas.atom?tag=velo",
    "/ideas.atom?q=canari",
    "/account/contributions",
    "/account/contributions?kind=comments",
    "/account/contributions?kind=updates",
    "/sitemap.xml",
    "/robots.txt",
    "/account",
    "/account/profile",
    "/register",
    "/reference/tags",
    "/reference/organisations",
    "/reference",
    "/communities/securite-alimentaire/updates",
)


HIDDEN = (
    "carrying",
    "quiet",
    "draft",
    "pending",
    "hidden",
    "deleted",
    "unseen",
    "visible",
    "published",
    "cancelled",
    "current",
    "merged",
    "private",
    "held",
    "secluded",
    "spent",
    "open",
    "refused",
    "orphan",
)


def build(make: Make) -> World:
    """Add to a full square what shares its moment, its count or its first letters with something else, and quiet people."""
    whole = add_quiet_people(make, square.build(make))
    author, idea = whole.people["author"], whole.ideas["full"]
    names = ("Zoé", "Élan vert", "Élan", "Eau", "eau-de-vie", "eau douce", "Œuvre", "Ouvre-boîte")
    tags = [make.add(Tag(slug=f"mot-{n}", name=name, sort_key=sort_key(name))) for n, name in enumerate(names)]
    for name in names:
        make.add(Organisation(name=f"Groupe {name}", sort_key=sort_key(f"Groupe {name}")))
        whole.people["charged"] = make.user(f"Personne {name}")
        make.facilitator(whole.people["charged"], HERE)
    for places in (PLACES, PLACES[::-1], PLACES[2:]):
        make.idea(
            author,
            HERE,
            territories=places,
            tags=tags,
            issues=["logement", "education"],
            communities=[ELSEWHERE, whole.rooms["archived"]],
        )
    for n in range(2):
        make.idea(author, HERE, merged_into=idea.id, title=f"Une idée jointe, sans trace {n}")
    case = make.add(Case(idea_id=idea.id, community_id=make.room(HERE).id))
    for reason in ("spam", "off_topic", "false", "insult", "other"):
        make.add(Report(case_id=case.id, user_id=make.user().id, reason=reason, words="Un mot"))
    whole.cases["open"] = case
    whole.people["two_steps"] = make.user(
        "Ada Deux", tf_primary_method="authenticator", tf_totp_secret="x", mf_recovery_codes=["a"]
    )
    whole.people["paused"] = make.user("Bob Pause")
    make.restriction(whole.people["paused"], is_administrative=True)
    with unit():
        settings.change(whole.people["admin"].id, new_links=2)
    return whole


def add_quiet_people(make: Make, world: World) -> World:
    organisation = make.add(Organisation(name="canari-organisme", sort_key="canari-organisme"))
    quiet = make.user(
        "Quentin Discret",
        about="canari-presentation",
        organisation_id=organisation.id,
        email="canari-adresse@example.org",
    )
    former = make.user("canari-parti", closed_at=time.now(), active=False)
    idea = world.ideas["published"]
    for writer in (quiet, former):
        make.comment(idea, writer, "Un mot de plus.")
    make.vote(former, idea, is_named=True)
    make.vote(make.user("canari-appui"), idea)
    make.vote(make.user("canari-nomme"), idea, is_named=True)
    make.at(world.ideas["hidden"], hidden_reason="canari-motif")
    tag = make.add(Tag(slug="canari-etiquette", name="canari-etiquette", sort_key="canari-etiquette"))
    make.add(IdeaTag(idea_id=world.ideas["draft"].id, tag_id=tag.id))
    return world


def starts(world: World, role: str) -> list[str]:
    """Return the addresses that answer this person of what is not for everybody (and of some that is), and lists of them."""
    rows = [row for row in TABLE if row.method == "GET" and row.codes((role,))[role] in (200, 301)]
    found = [address(world, row, state) for row in rows for state in row.states.split() if state in HIDDEN]
    return [*found, *LISTS, *(f"/people/{world.people[name].id}" for name in ("two_steps", "paused", "charged"))]
