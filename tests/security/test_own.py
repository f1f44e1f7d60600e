"""Nobody decides on what they wrote, nor on what they reported: every right of the book, and every act at its address."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

import app.core.permits as permits
from app.accounts.models.changes import HeldRevision
from app.accounts.models.people import Profile
from app.comments import policy as comments
from app.communities import policy as communities
from app.core.permits import Permission
from app.forum import policy as forums
from app.moderation.appeals import policy as appeals
from app.moderation.cases import policy as cases
from app.moderation.cases.models import Case, Report
from app.moderation.first_posts import policy as first_posts
from app.moderation.measures import policy as measures
from app.moderation.merges import policy as merges
from app.moderation.moves import policy as moves
from tests.matrix import REASON, Row
from tests.support import tables
from tests.support.browser import Browser
from tests.support.make import Make
from tests.support.world import ELSEWHERE, HERE, ROLES, World
from tests.test_routes import COUNTED, TABLE, address, ask

# One idea, in each room's words: what is decided on is of another.
OF_ANOTHER = {
    permits.is_of_another,
    comments.thread_is_of_another,
    forums.topic_is_of_another,
    communities.account_is_another,
    cases.case_is_of_another,
    appeals.is_on_another,
    first_posts.change_is_of_another,
    measures.target_is_another,
    moves.offer_is_of_another,
    merges.are_of_others,
}
# Every other right, and why it decides on nobody's content. A new one is written here, or asks one of the above.
TO_READ = """access:read account:read appeal:read case:list case:read charter:read comment:read comment:read_own community:read
community:list_members
content:read content:read_own desk:read handover:follow handover:list handover:read held_revision:read idea:read idea:read_own idea:export idea:moderate
notes:read notes:read_unpublished
invitation:open journal:read journal:verify measure:follow measure:list measure:read member:follow move_request:read note:read notice:read page:read
plan:read objective:read action:read action:read_own bulletin:read bulletin:read_own profile:read profile:read_own reference:read search:ask site:ask site:choose site:visit update:read update:read_own
link:read link:consider event:read event:read_own event:read_door event:read_people event:export calendar:read forum:read forum:read_report
topic:read topic:read_own choice:read figures:read"""
OF_ONES_OWN = """account:manage account:register account:signed_in comment:delete comment:edit comment:own content:contest
notes:become_author
content:report held_revision:withdraw idea:discard idea:edit idea:publish idea:support idea:withdraw idea:write invitation:accept measure:appeal
notes:write notes:publish notes:send_late
move_request:ask move_request:withdraw note:delete thread:post comment:reply update:delete update:edit update:publish community:join community:leave
comment:mark_useful comment:mark_used link:propose action:feed notice:open notice:unsubscribe action:report_on bulletin:edit bulletin:delete
event:register forum:enter forum:be_there forum:pitch topic:edit topic:withdraw topic:be_interested forum:take_pause topic:go topic:offer_to_host topic:accept_host choice:cast"""
OF_THE_SITE = """account:administer account:change account:protect charter:edit community:edit community:grant
notes:review
community:invite community:moderate community:part community:take_the_lead desk:mark_read reference:edit reply:keep setting:edit sitting:open plan:write plan:change plan:archive plan:unarchive plan:delete holder:name plan_import:confirm
notes:correct notes:withdraw_line
event:create event:edit event:publish event:move event:cancel event:close event:clone event:delete event:give_charge event:keep_door event:release_place
event:erase_guest event:write_minutes forum:create forum:arrange forum:move_phase forum:remove forum:rehearse forum:end_rehearsal
forum:copy_wall forum:announce topic:count_hands topic:join topic:place choice:run choice:decide"""
OTHERWISE = {
    "idea:answer": "alone on the site, a coordinator answers their own idea, which is marked so",
    "link:make": "the team of the idea, of another unless nobody else is there (as `idea:answer`)",
    "link:answer": "as `link:make`",
    "link:end": "as `link:make`; who proposed a link takes it back",
    "answer:review": "who may answer the idea (`idea:answer`), and did not write the answer",
    "answer:many": "each idea is asked of `idea:answer`",
    "note:write": "what a team says among itself: not to whoever wrote the idea",
    "thread:take_in": "where a comment of another goes: the comment is asked of `comment:move`",
    "thread:take_back": "where a comment of another goes back: its measure is asked of `measure:undo`",
}
# What the team does beside deciding, at the address of a content.
BESIDE = {
    "POST /ideas/<id:idea_id>/comments",
    "POST /communities/<slug>/updates/<id:update_id>/comments",
    # Whoever is concerned asks for another look: that decides nothing.
    "POST /measures/<id:measure_id>/appeal",
    "POST /plan/actions/<id:action_id>/comments",
    "POST /plan/actions/<id:action_id>/report",
    "POST /plan/bulletins/<id:bulletin_id>/report",
    # A link from one's own idea, or from what one reported, is proposed: another person answers it.
    "POST /ideas/<id:idea_id>/links",
    "POST /plan/actions/<id:action_id>/links",
    # Where an action is, and who says so, decides on nobody's words.
    "POST /plan/actions/<id:action_id>/bulletins/new",
    "POST /plan/actions/<id:action_id>/holders",
    "POST /plan/actions/<id:action_id>/holders/<id:user_id>/withdrawal",
    # The thread under an action is its team's.
    *(f"POST /plan/actions/<id:action_id>/{act}" for act in ("lock", "unlock", "slow-mode")),
    "POST /ideas/<id:idea_id>/vote",
    "POST /ideas/<id:idea_id>/vote/withdrawal",
    "POST /ideas/<id:idea_id>/vote/name",
    *(
        f"POST {place}/follow{act}"
        for act in ("", "/withdrawal")
        for place in (
            "/ideas/<id:idea_id>",
            "/communities/<slug>/updates/<id:update_id>",
            "/plan/actions/<id:action_id>",
        )
    ),
    # A meeting is its team's, with its door, its minutes and the thread under it; one comes to it and reports it as anybody.
    *(
        f"POST /events/<id:event_id>/{act}"
        for act in (
            *("publication", "edit", "move", "cancellation", "deletion", "clone", "minutes", "forum"),
            *("lock", "unlock", "slow-mode", "comments", "report"),
            *("registration", "coming", "follow", "follow/withdrawal"),
            *("door/hall", "door/hall/withdrawal", "door/welcomes"),
            *(f"door/<id:registration_id>/{act}" for act in ("arrival", "arrival/withdrawal", "release")),
            *(f"me/<token>{end}" for end in ("", "/seat", "/cancellation", "/erasure")),
            "guests/<id:registration_id>/erasure",
            *(f"charges/<any(door, secretary):kind>{end}" for end in ("", "/<id:user_id>/withdrawal")),
        )
    ),
    "POST /comments/<id:comment_id>/useful",
    "POST /comments/<id:comment_id>/useful/withdrawal",
    "POST /ideas/<id:idea_id>/notes",
    "POST /ideas/<id:idea_id>/notes/<id:note_id>/deletion",
    "POST /ideas/<id:idea_id>/report",
    "POST /comments/<id:comment_id>/report",
    "POST /communities/<slug>/updates/<id:update_id>/report",
    "POST /members/<id:user_id>/report",
    # A topic is reported by anybody; that it stands on the wall, and with how many hands, is the business of its forum.
    "POST /topics/<id:topic_id>/report",
    *(
        f"POST /forums/<id:forum_id>/topics/<id:topic_id>/{act}"
        for act in ("edit", "withdrawal", "interest", "interest/withdrawal", "hands", "joining")
    ),
    # What is said in a session is written by whoever is in it.
    *(
        f"POST /forums/<id:forum_id>/topics/<id:topic_id>/notes/{act}"
        for act in ("text", "lines", "people", "publication", "clashes/<id:clash_id>")
    ),
    *(f"POST /forums/<id:forum_id>/topics/<id:topic_id>/notes/lines/<id:line_id>{end}" for end in ("", "/removal")),
    # Whoever wrote a line takes it out themselves; that one was withdrawn once published stands there, with its reason.
    "POST /forums/<id:forum_id>/topics/<id:topic_id>/notes/withdrawal/<id:line_id>",
    # Who belongs to a private community, and who has the charge of one, is about no content.
    "POST /communities/<slug>/members/<id:user_id>/removal",
    "POST /communities/<slug>/facilitators/<id:user_id>/withdrawal",
    *(
        # The thread under the news of a team is its team's; the news are their author's to correct and to take back.
        f"POST /communities/<slug>/updates/<id:update_id>/{act}"
        for act in ("lock", "unlock", "slow-mode", "edit", "deletion")
    ),
}
CONTENTS = (
    "idea_id>",
    "comment_id>",
    "update_id>",
    "action_id>",
    "bulletin_id>",
    "event_id>",
    "topic_id>",
    "case_id>",
    "measure_id>",
    "appeal_id>",
    "handover_id>",
    "held_id>",
    "user_id>",
    "<slug>/bulk",
)
# Nobody is frozen on the square: the table has no answer but 404.
UNFREEZE = Row("POST /members/<id:user_id>/freeze", "", "401 anyone; 303 coordinator; 404 *", data=REASON)


def test_every_right_to_decide_asks_whose_it_is() -> None:
    guards = {
        name
        for name, right in Permission.book.items()
        if all(OF_ANOTHER.intersection(clause) for clause in right.clauses)
    }
    names = [*TO_READ.split(), *OF_ONES_OWN.split(), *OF_THE_SITE.split(), *OTHERWISE]
    assert sorted(Permission.book.keys() - guards) == sorted(names)


def test_each_of_these_laws_has_a_name_of_its_own() -> None:
    """The printed book says each by its name alone: no other law that somebody asks is called the same."""
    laws = {holds for right in Permission.book.values() for clause in right.clauses for holds in clause} | OF_ANOTHER
    names = [holds.__name__ for holds in laws]
    assert {law.__name__ for law in OF_ANOTHER if names.count(law.__name__) > 1} == set()


def acts() -> Iterator[Row]:
    """Yield what the team may do of a content."""
    for row in TABLE:
        codes = row.codes(ROLES)
        if row.method == "POST" and row.rule not in BESIDE and any(name in row.rule for name in CONTENTS):
            if codes["coordinator"] in (200, 303):
                yield row


@pytest.fixture
def world(world: World, make: Make) -> World:
    """The square; `author` would also say something else of themselves, and a colleague may read it."""
    by = world.people["author"].id
    world.revisions["profile"] = make.add(
        HeldRevision(user_id=by, by_id=by, state="open", words={"about": "Autre chose."}, suspect="trap")
    )
    world.people["colleague"] = make.user("Cleo Collègue", role="coordinator")
    return world


def test_no_act_of_the_team_is_taken_on_what_one_wrote(
    world: World, make: Make, sign_in: Callable[[Any], Browser]
) -> None:
    """`author`, who wrote the ideas and the comments, has every charge; so has `facilitator`, who wrote the news."""
    for who in ("author", "facilitator"):
        make.at(world.people[who], site_role="coordinator")
        for place in (HERE, ELSEWHERE):
            make.facilitator(world.people[who], place) if (who, place) != ("facilitator", HERE) else None
    people = {who: sign_in(world.people[who]) for who in ("author", "facilitator")}
    wrong = [
        fault
        for row in acts()
        if row.codes(ROLES)["author"] >= 400
        for fault in find_changes(
            world, row, people["facilitator" if "update_id" in row.rule else "author"], own(world)
        )
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.one_engine
@pytest.mark.parametrize("state", ["open", "dismissed"])
def test_no_act_of_the_team_is_taken_on_what_one_reported(
    world: World, make: Make, sign_in: Callable[[Any], Browser], state: str
) -> None:
    """Nor on who wrote it: while it is examined, and later from the page that names what was reported."""
    judge, rows = world.people["coordinator"], list(acts())
    report(world, make, judge, state)
    if state == "open":
        make.restriction(world.people["author"], kind="freeze")
        rows.append(UNFREEZE)
    browser, colleague = sign_in(judge), sign_in(world.people["colleague"])

    def is_asked(row: Row, thing: str) -> bool:
        # What is on their author, and about no content, is anybody's again.
        return state == "open" or not ("measure_id>" in row.rule and thing == "warned")

    wrong = [fault for row in rows for fault in find_changes(world, row, browser, is_asked)]
    assert not wrong, "\n".join(wrong)
    of_persons = [row for row in rows if "user_id>" in row.rule or ("held_id>" in row.rule and "open" in row.states)]
    assert len(of_persons) > 5
    idle = [row.rule for row in of_persons if not list(find_changes(world, row, colleague, lambda *_: True))]
    assert not idle, f"a colleague does this: {idle}"


def report(world: World, make: Make, judge: Any, state: str) -> None:
    """Let this person have reported all there is, and every case be in this state."""
    profile = make.add(Profile(author_id=world.people["author"].id))
    for column, things in (
        ("idea_id", world.ideas),
        ("comment_id", world.comments),
        ("update_id", world.updates),
        ("action_id", world.actions),
        ("bulletin_id", world.bulletins),
        ("event_id", world.events),
        ("topic_id", world.topics),
        ("profile_id", {"author": profile}),
    ):
        for thing in things.values():
            case = next((case for case in world.cases.values() if getattr(case, column) == thing.id), None)
            case = case or make.add(Case(**{column: thing.id}))
            make.add(Report(case_id=case.id, user_id=judge.id, reason="insult"))
            if state != "open":
                make.at(case, state=state, decided_at=case.opened_at, reason="Rien à redire.")


def own(world: World) -> Callable[[Row, str], bool]:
    """Tell what the persons of this test wrote: all of the square, but for a few comments and the case of one."""

    def is_own(row: Row, state: str) -> bool:
        of_others = {
            "case_id>": {"open"},
            "update_id>": {"private"},
            "measure_id>": {"on_update"},
            "comment_id>": {"other", "reply"},
            "topic_id>": {"topic_of_guest"},
        }
        return not any(name in row.rule and state in states for name, states in of_others.items())

    return is_own


def find_changes(world: World, row: Row, browser: Browser, is_asked: Callable[[Row, str], bool]) -> Iterator[str]:
    """Yield a line for each change that an act made, in two of the states in which it changes something for others."""
    states = row.states.split() or [""]
    if "held_id>" in row.rule and "open" in states:
        states = ["open", "profile"]
    about = f"?about=comment-{world.comments['visible'].id}" if row.rule.startswith("POST /members/") else ""
    for state in [state for state in states if is_asked(row, state)][:2]:
        base = tables.photo()
        code = ask(browser, row, address(world, row, state) + about)
        tables_changed = tables.changed_tables(base, tables.photo()) - COUNTED
        if tables_changed:
            yield f"{row.rule} [{state}]: {code}, changes {sorted(tables_changed)}"
            tables.restore(base)
