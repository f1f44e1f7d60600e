"""Each act that the desk offers or leads to comes back to it, at the next thing, whatever page stands between."""

from urllib.parse import parse_qs, urlsplit

import pytest

from app.core import clock
from app.desk.queries.queues import QUEUES
from app.moderation.cases.models import Case
from app.moderation.measures.service import contents as measures
from app.web.frame import desk_return
from tests.support import tables
from tests.support.world import HERE
from tests.web.moderation import desk_to_empty

ELSEWHERE, WHY = "transport-collectif", {"reason": "Pour que chacun le sache."}
# What a person gives with the form of each act, and the button that they press, if there are several.
FILLED = {
    **{
        act: {}
        for act in (
            "moderation.admit_idea",
            "moderation.admit_comment",
            "moderation.admit_held_revision",
            "moderation.assign_idea",
            "moderation.assign_case",
            "moderation.cancel_handover",
            "moderation.mark_read",
            "ideas.drop_answer",
            "notes.make_idea",
            "notes.join_idea",
            "plan.relieve",
        )
    },
    **dict.fromkeys(
        (
            "moderation.refuse_idea",
            "moderation.refuse_comment",
            "moderation.refuse_held_revision",
            "moderation.hide_idea",
            "moderation.hide_comment",
            "moderation.hide_action",
            "moderation.hide_bulletin",
            "moderation.hide_profile",
            "moderation.restore_profile",
            "moderation.lock_idea",
            "moderation.lock_action",
            "moderation.review_frozen",
            "moderation.confirm_undoing",
            "moderation.warn_member",
            "moderation.suspend_member",
            "moderation.block_member",
            "plan.link_idea",
            "plan.end_link",
        ),
        WHY,
    ),
    "moderation.slow_idea": WHY | {"minutes": "15"},
    "moderation.slow_action": WHY | {"minutes": "15"},
    "moderation.decide_case": WHY | {"button": "dismiss"},
    "moderation.judge_appeal": WHY | {"button": "refuse"},
    "moderation.answer_handover": {"button": "accept"},
    "moderation.answer_move_request": {"button": "accept"},
    "moderation.move_idea": WHY | {"community": ELSEWHERE},
    "moderation.move_comment": WHY | {"idea": "3"},
    "ideas.write_answer": WHY | {"status": "declined", "button": "publish"},
    "ideas.send_answer_to_review": {"button": "agree"},
    "notes.put_aside": WHY | {"lines": ["1"]},
    "ideas.split_off": WHY | {"title": "Une autre idée", "part": "Un autre besoin, aussi."},
    "plan.answer_link": {"button": "accept"},
    "plan.post_bulletin": {"body": "Nous en sommes là."},
    "plan.change_part": {"button": "save"},
    "plan.holders": {"email": "chantal@example.org"},
}
# What somebody goes on with at the same page, with what they give: the way back goes along.
GOES_ON = {
    ("reviews", "ideas.write_answer"): {"button": "save"},
    # One line of a forum after the other, then the end of its review: tests/web/notes/test_from_the_desk.py.
    **{("said", act): FILLED[act] for act in ("notes.make_idea", "notes.join_idea", "notes.put_aside")},
}


@pytest.fixture
def browser(make, sign_in):
    return sign_in(desk_to_empty.build(make))


class Walk:
    """From a row of the desk to each form of an act, through the pages that stand between."""

    def __init__(self, browser, slot, far):
        self.browser, self.slot, self.far = browser, slot, far
        self.routes = browser.application.url_map.bind("localhost")
        self.faults = []

    def forms(self):
        """Yield, for each act, the addresses of the pages that lead to its form (none where it stands in the row)."""
        found = {}
        for form in self.slot.select("form[method=post]"):
            found.setdefault(self.endpoint(form["action"], "POST"), ())
        near, far = (self.slot.select(f"{part} a[href]") for part in (".slot-acts", ".slot-head"))
        waiting = [*(((link["href"],), set(found)) for link in near), *(((link["href"],), self.far) for link in far)]
        while waiting:
            way, seen = waiting.pop(0)
            if (key := self.endpoint(way[-1], "GET")) in seen and len(way) > 1:
                continue
            seen.add(key)
            page = self.browser.get(way[-1], follow_redirects=True)
            assert page.status_code == 200, way
            self.look(page, way)
            for act in (act for form in page.soup.select("main form[method=post]") for act in self.acts_of(form, way)):
                if desk_return.is_act(act) and (f"act {act}" not in seen or seen is not self.far):
                    found.setdefault(act, way)
                    seen.add(f"act {act}")
            waiting += [
                ((*way, link["href"]), seen)
                for link in page.soup.select("main a[href]")
                if desk_return.is_act(self.endpoint(link["href"], "GET"))
            ]
        return found

    def look(self, page, way):
        """Note what would lose the way back: a link to an act, a form, what gives it up."""
        for link in page.soup.select("main a[href]"):
            endpoint, words = self.endpoint(link["href"], "GET"), link.get_text(" ", strip=True)
            if desk_return.is_act(endpoint) and "back=" not in link["href"]:
                self.faults.append(f"{way}: {endpoint} without the way back")
            if words in ("Annuler", "Retour") and not link["href"].startswith("/moderation?"):
                self.faults.append(f"{way}: {words} leads to {link['href']}")
        if not page.soup.select_one(".desk-way a"):
            self.faults.append(f"{way}: no way back is shown")

    def acts_of(self, form, way):
        """Return the endpoints to which a form, and each of its buttons, is sent."""
        return [
            self.endpoint(address, "POST")
            for address in (
                form.get("action") or way[-1],
                *(button["formaction"] for button in form.select("button[formaction]")),
            )
        ]

    def endpoint(self, address, method):
        path = urlsplit(address)
        if path.netloc or not path.path or not self.routes.test(path.path, method):
            return ""
        return self.routes.match(path.path, method)[0]


def find_form(browser, queue, key, way, act, walk):
    """Return the page and the form of an act, found again by its way."""
    page = browser.get(way[-1], follow_redirects=True) if way else browser.get(f"/moderation?queue={queue}")
    forms = page.soup.select(f"#item-{key} form[method=post]" if not way else "main form[method=post]")
    return page, next(form for form in forms if act in walk.acts_of(form, way))


def test_each_act_that_a_queue_offers_or_leads_to_comes_back_to_the_next_thing(browser):
    before, far = tables.photo(), set()
    faults = [f"{queue}: {fault}" for queue in QUEUES for fault in list_faults(browser, queue, before, far)]
    assert not faults, "\n".join(faults)


def list_faults(browser, queue, before, far):
    """Do each act of a queue once for each kind of thing in it, on the rows of before; return what went wrong.

    What stands on the page of the thing itself, as for any reader of it, is done once for all queues: `far` notes it.
    """
    faults, kinds = [], set()
    slots = browser.get(f"/moderation?queue={queue}").soup.select(".slot")
    if len(slots) < 2:
        return ["there is nothing in this queue: put two things in it in `desk_to_empty`"]
    keys = [slot["id"].removeprefix("item-") for slot in slots]
    for slot, key, following in zip(slots, keys, [*keys[1:], "list-0"], strict=True):
        if (kind := key.partition("-")[0]) in kinds:
            continue
        kinds.add(kind)
        walk = Walk(browser, slot, far)
        found = walk.forms()
        faults += walk.faults
        faults += [] if found else [f"nothing can be done with {key}"]
        for act, way in found.items():
            tables.restore(before)
            why = do(browser, queue, key, following, way, act, walk)
            if why:
                faults.append(f"{key} {act} by {way}: {why}")
    tables.restore(before)
    return faults


def choose(form):
    """Choose the first answer of each question of a form that has none yet."""
    radios = {
        one["name"]: one.find_parent("form").select(f"input[type=radio][name='{one['name']}']")
        for one in form.select("input[type=radio]")
    }
    found = {
        name: ones[0]["value"] for name, ones in radios.items() if not any(one.has_attr("checked") for one in ones)
    }
    return found | {
        one["name"]: option["value"]
        for one in form.select("select")
        if not one.select_one("option[selected]")
        for option in [next((option for option in one.select("option") if option.get("value")), None)]
        if option
    }


def do(browser, queue, key, following, way, act, walk):
    """Do an act, after a first try without a reason where it asks for one; say what is wrong with where it leads."""
    if act not in FILLED:
        return "say in FILLED what a person gives with it"
    page, form = find_form(browser, queue, key, way, act, walk)
    given = choose(form) | GOES_ON.get((queue, act), FILLED[act])
    button = given.pop("button", None)
    asks = "reason" in given
    answer = browser.submit(page, form, button=button, **given | ({"reason": ""} if asks else {}))
    if asks and answer.status_code == 422:
        walk.look(answer, way)
        forms = answer.soup.select("main form[method=post]")
        form = next(one for one in forms if act in walk.acts_of(one, way))
        answer = browser.submit(answer, form, button=button, **given)
    if answer.status_code != 303:
        return f"{answer.status}: {[one.get_text(' ', strip=True) for one in answer.soup.select('.errors, .error, [role=alert]')]}"
    if (queue, act) in GOES_ON:
        return "" if "back=" in answer.location else f"it leads to {answer.location}, without the way back"
    asked = parse_qs(urlsplit(answer.location).query)
    if (
        urlsplit(answer.location).path != "/moderation"
        or asked.get("queue") != [queue]
        or asked.get("at") != [following]
    ):
        return f"it leads to {answer.location}, not to {following}"
    desk = browser.get(answer.location)
    focus = desk.soup.select_one("[data-autofocus]")
    if focus is None or not (focus.get("id") == f"item-{following}" or following == "list-0"):
        return f"the focus is on {focus and focus.get('id')}"
    return ""


def test_at_the_end_of_a_queue_an_act_comes_back_to_what_is_left_of_it(team, make):
    cases = [
        make.add(Case(idea_id=make.idea(make.user(), HERE).id, community_id=make.room(HERE).id)) for _n in range(2)
    ]
    for case, rest in ((cases[1], f"item-case-{cases[0].id}"), (cases[0], None)):
        page = team.get("/moderation?queue=cases").soup.select_one(f"#item-case-{case.id} .slot-acts a")["href"]
        answer = team.submit(page, "#main form.form", button="dismiss", follow=True, **WHY)
        focus = answer.soup.select_one("[data-autofocus]")
        assert answer.request.path == "/moderation" and focus.get("id") == rest and "classé sans suite" in answer.words
    assert focus.select_one(".empty")


def test_a_first_post_that_is_published_then_joined_to_another_comes_back_after_the_second_act(team, make):
    other = make.idea(make.user(), HERE, title="Un jardin collectif à Beauharnois")
    ideas = [
        make.at(
            make.idea(make.user(), HERE, "pending", title=f"Un jardin collectif, {n}", suspect="first"),
            saved_at=clock.ago(hours=9 - n),
        )
        for n in range(2)
    ]
    row = team.get("/moderation?queue=pending").soup.select_one(f"#item-idea-{ideas[0].id}")
    compared = team.get(row.select_one("[hx-get]")["hx-get"] + f"&beside={other.id}")
    check = team.submit(compared, "#main form.post", button=str(other.id), follow=True)
    assert check.request.path == f"/ideas/{ideas[0].id}/merge" and check.soup.select_one(".desk-way a")[
        "href"
    ].startswith("/moderation?queue=pending")
    answer = team.submit(check, "#main form.form", **WHY)
    assert answer.location == f"/moderation?queue=pending&at=idea-{ideas[1].id}#item-idea-{ideas[1].id}"


def test_giving_an_act_up_leads_back_to_the_thing_that_one_left(team, make):
    ideas = [make.at(make.idea(make.user(), HERE), status_at=clock.ago(days=40 - n)) for n in range(2)]
    row = team.get(f"/moderation/{HERE}?queue=unanswered").soup.select_one(f"#item-idea-{ideas[0].id}")
    page = team.get(row.select_one(".slot-acts a")["href"])
    cancel = next(link["href"] for link in page.soup.select("main a") if link.get_text(strip=True) == "Annuler")
    assert (
        cancel
        == page.soup.select_one(".desk-way a")["href"]
        == f"/moderation/{HERE}?queue=unanswered&at=idea-{ideas[0].id}#item-idea-{ideas[0].id}"
    )
    assert team.get(cancel).soup.select_one("[data-autofocus]")["id"] == f"item-idea-{ideas[0].id}"


def test_the_way_back_is_for_the_team_alone_and_stays_out_of_what_is_kept_for_all(team, make, sign_in, visitor):
    idea = make.idea(make.user(), HERE)
    path = f"/ideas/{idea.id}-{idea.slug}"
    for browser in (team, visitor, sign_in(make.user()), visitor):
        page = browser.get(f"{path}?back=unanswered////list-0/idea-{idea.id}")
        assert (
            bool(page.soup.select_one(".desk-way"))
            == ("back=" in page.soup.select_one("main").decode())
            == (browser is team)
        )
        assert "back=" not in browser.get(path).soup.select_one("main").decode()


def test_what_is_drawn_once_for_many_pages_holds_no_way_back(team, fae, make, coordinator):
    """The tools of a comment are kept by what they show, and a token is none of it."""
    idea = make.idea(make.user(), HERE)
    comment = make.comment(idea, fae, "Luc ment.")
    measures.hide(coordinator, comment, reason="Il vise une personne.")
    team.submit(f"/comments/{comment.id}/edit", "main form.form", body="Je ne suis pas de cet avis.")
    path = f"/ideas/{idea.id}-{idea.slug}"
    team.get(f"{path}?back=unanswered////list-0/idea-{idea.id}")
    link = team.get(path).soup.select_one(f"#comment-{comment.id} a[href^='/held-revisions/']")
    assert "back=" not in link["href"]


def test_nobody_without_a_charge_is_led_to_the_desk(make, sign_in):
    """A link to a page of ours may hold any token; the act of a member ends on its own page."""
    idea, member = make.idea(make.user(), HERE), sign_in(make.user())
    answer = member.forge(f"/ideas/{idea.id}/vote?back=unanswered////list-0/idea-{idea.id}")
    assert answer.location.startswith(f"/ideas/{idea.id}-")


def test_a_way_back_that_is_not_ours_leads_nowhere(team, make):
    idea = make.at(make.idea(make.user(), HERE), status_at=clock.ago(days=40))
    for token in ("https://example.org", "cases////list-0/../x", "cases////list-0&back=cases////list-0"):
        answer = team.submit(
            f"/ideas/{idea.id}/status?back={token}", "#answer-form", button="publish", status="declined", **WHY
        )
        assert answer.location.startswith(f"/ideas/{idea.id}-"), token
        make.at(idea, status="published")
