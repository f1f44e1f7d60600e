"""A volunteer at the door with a phone: presses, finds, loses the network, gets it back; and the papers."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from app.core import clock as time
from app.events.models.registrations import EventRegistration
from app.events.queries import door
from tests.browser.screen import WatchedPage, answer_later
from tests.browser.test_keyboard import reach
from tests.support.door import comes, keep_door, meeting
from tests.support.rows import every

Open = Callable[..., WatchedPage]
# How long a press waits before it is sent again, in milliseconds.
AGAIN = 10_000
# In how many milliseconds two presses are one that was doubled.
TWICE = 2_000


@pytest.fixture
def event(make: Any) -> Any:
    event = meeting(make)
    comes(make, event, "Josée Couleuvre", code="K7M2PQ", party=3, needs="fauteuil")
    comes(make, event, "Antoine Coulemelle", code="AAA222")
    comes(make, event, "Ruth Courlis", code="BBB222")
    return event


@pytest.fixture
def luc(make: Any, event: Any) -> Any:
    return keep_door(make, event, make.user(name="Luc"))


def row(page: Page, name: str) -> Any:
    return page.locator(".guests > li", has_text=name)


def state(page: Page) -> Any:
    return page.locator("[data-door-state]")


def arrived() -> dict[str, Any]:
    """Map who arrived to the press that let them in, in the order of the rows."""
    return {one.code: one for one in every(EventRegistration) if one.arrived_at}


def cut(page: Page) -> None:
    page.context.set_offline(True)


def reconnect(page: WatchedPage) -> None:
    page.context.set_offline(False)
    page.troubles.clear()


def test_one_press_says_who_came_without_leaving_the_list(page_for: Open, event: Any, luc: Any, axe: Any) -> None:
    page = page_for(luc, width=320)
    page.clock.install()
    page.goto(f"/events/{event.id}/door")
    page.get_by_label("Nom, ou code").press_sequentially("COU jo")
    expect(row(page, "Antoine")).to_be_hidden()
    page.get_by_label("Nom, ou code").fill("bbb2")
    expect(row(page, "Ruth")).to_be_visible()
    expect(row(page, "Josée")).to_be_hidden()
    page.get_by_label("Nom, ou code").fill("")
    row(page, "Josée").get_by_role("button").click()
    expect(row(page, "Josée")).to_contain_text(re.compile(r"\d\sh(\s\d\d)?, par Luc"))
    expect(page.locator("#door-sum")).to_contain_text("3arrivées")
    expect(state(page)).to_have_text("Tout est envoyé.")
    expect(page.locator("#live")).to_contain_text("Josée Couleuvre")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    axe(page)
    page.clock.fast_forward(TWICE)
    row(page, "Josée").get_by_role("button", name="Annuler").click()
    expect(row(page, "Josée").get_by_role("button", name="Arrivée")).to_be_visible()
    # The row says so at once; the sums, once it is stored.
    expect(page.locator("#door-sum")).to_contain_text("0arrivée")
    assert not arrived()


def test_presses_wait_without_a_network_and_go_once_in_their_order_when_it_is_back(
    page_for: Open, event: Any, luc: Any, axe: Any
) -> None:
    page = page_for(luc, width=360)
    page.clock.install()
    page.goto(f"/events/{event.id}/door")
    cut(page)
    row(page, "Josée").get_by_role("button").click()
    expect(row(page, "Josée")).to_contain_text("en attente d’envoi")
    expect(state(page)).to_contain_text("Le réseau ne répond pas")
    row(page, "Antoine").get_by_role("button").dblclick()
    expect(row(page, "Antoine")).to_contain_text("en attente d’envoi")
    page.clock.fast_forward(TWICE)
    row(page, "Antoine").get_by_role("button", name="Annuler").click()
    page.get_by_label("Nom (facultatif)").fill("Kim Roy")
    page.get_by_role("button", name="Ajouter").click()
    expect(row(page, "Kim Roy")).to_contain_text("en attente d’envoi")
    expect(state(page)).to_contain_text("En attente ici, depuis")
    expect(state(page)).to_contain_text(": 4.")
    assert not arrived()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    reconnect(page)
    expect(state(page)).to_have_text("Tout est envoyé.", timeout=60_000)
    expect(row(page, "Kim Roy")).to_have_count(1)
    expect(row(page, "Kim Roy")).to_contain_text("par Luc")
    expect(row(page, "Antoine").get_by_role("button", name="Arrivée")).to_be_visible()
    kinds = [url.rsplit("/", 1)[1] for url in sent]
    assert kinds == ["arrival", "arrival", "withdrawal", "welcomes"]
    assert [one.is_walk_in for one in arrived().values()] == [False, True] and "K7M2PQ" in arrived()
    axe(page)


def test_what_waits_outlives_the_page_and_keeps_its_hour(page_for: Open, event: Any, luc: Any) -> None:
    page = page_for(luc, width=360)
    page.goto(f"/events/{event.id}/door")
    cut(page)
    row(page, "Josée").get_by_role("button").click()
    expect(row(page, "Josée")).to_contain_text("en attente d’envoi")
    key = f"door:{event.id}:{luc.id}"
    page.evaluate(
        "key => localStorage.setItem(key, JSON.stringify("
        "JSON.parse(localStorage.getItem(key)).map((one) => ({...one, at: one.at - 600000}))))",
        key,
    )
    reconnect(page)
    page.goto("/about")
    page.goto(f"/events/{event.id}/door")
    expect(row(page, "Josée")).to_contain_text("par Luc", timeout=60_000)
    late = time.now() - arrived()["K7M2PQ"].arrived_at
    assert timedelta(minutes=5) < late < timedelta(minutes=20)


def test_a_press_whose_answer_is_lost_is_sent_again_and_counts_once(page_for: Open, event: Any, luc: Any) -> None:
    page = page_for(luc, width=360)
    page.goto(f"/events/{event.id}/door")
    lost = iter([True, False])

    def lose(route: Route) -> None:
        """Let the site have the press, and the browser have no answer to the first one."""
        answer = route.fetch()
        route.abort() if next(lost, False) else route.fulfill(response=answer)

    page.route("**/welcomes", lose)
    page.get_by_role("button", name="Ajouter").click()
    expect(state(page)).to_contain_text("Le réseau ne répond pas")
    page.troubles.clear()
    expect(state(page)).to_have_text("Tout est envoyé.", timeout=60_000)
    assert len(every(EventRegistration)) == 4 and len(arrived()) == 1
    expect(row(page, "Une personne de plus")).to_have_count(1)


def test_two_volunteers_press_for_the_same_person(page_for: Open, make: Any, event: Any, luc: Any) -> None:
    ruth = keep_door(make, event, make.user(name="Mina"))
    pages = [page_for(person, width=360) for person in (luc, ruth)]
    for page in pages:
        page.goto(f"/events/{event.id}/door")
    for page in pages:
        row(page, "Josée").get_by_role("button").click()
        expect(row(page, "Josée")).to_contain_text("par Luc")
    assert len(arrived()) == 1


def test_a_session_that_ended_keeps_what_waits_and_says_so(page_for: Open, event: Any, luc: Any) -> None:
    page = page_for(luc, width=360)
    page.goto(f"/events/{event.id}/door")
    cookies = page.context.cookies()
    page.context.clear_cookies()
    row(page, "Josée").get_by_role("button").click()
    expect(state(page)).to_contain_text("Votre session est terminée")
    page.troubles.clear()
    page.context.add_cookies([{"name": one["name"], "value": one["value"], "url": page.url} for one in cookies])
    page.goto(f"/events/{event.id}/door")
    expect(row(page, "Josée")).to_contain_text("par Luc", timeout=60_000)
    assert list(arrived()) == ["K7M2PQ"]


@pytest.mark.parametrize("code", [429, 503])
def test_a_site_that_asks_to_wait_is_said_as_such_and_sent_to_when_it_says(
    page_for: Open, event: Any, luc: Any, code: int
) -> None:
    page = page_for(luc, width=360)
    page.clock.install()
    page.goto(f"/events/{event.id}/door")
    asked = answer_later(page, "**/arrival", 120, code)
    row(page, "Josée").get_by_role("button").click()
    expect(state(page)).to_contain_text(re.compile(r"^Le site demande d’attendre.*: 1. Nouvel essai à \d{1,2}\sh"))
    page.clock.run_for(10 * AGAIN)
    assert len(asked) == 1 and not arrived()
    page.unroute("**/arrival")
    page.troubles.clear()
    page.clock.run_for(3 * AGAIN)
    expect(row(page, "Josée")).to_contain_text("par Luc")
    assert list(arrived()) == ["K7M2PQ"]


def test_what_the_site_refuses_is_told_and_waits_no_more(page_for: Open, make: Any, event: Any, luc: Any) -> None:
    page = page_for(luc, width=360)
    page.goto(f"/events/{event.id}/door")
    gone = next(one for one in every(EventRegistration) if one.code == "K7M2PQ")
    make.at(gone, state="cancelled")
    row(page, "Josée").get_by_role("button").click()
    expect(row(page, "Josée")).to_contain_text("Non pris")
    page.troubles.clear()
    row(page, "Antoine").get_by_role("button").click()
    expect(row(page, "Antoine")).to_contain_text("par Luc")
    assert list(arrived()) == ["AAA222"]


def test_it_works_without_javascript(page_for: Open, event: Any, luc: Any) -> None:
    page = page_for(luc, javascript=False, width=360)
    page.goto(f"/events/{event.id}/door")
    page.get_by_label("Nom, ou code").fill("jos")
    page.get_by_role("button", name="Chercher").click()
    expect(row(page, "Antoine")).to_have_count(0)
    row(page, "Josée").get_by_role("button").click()
    expect(row(page, "Josée")).to_contain_text("par Luc")
    page.get_by_label("Nom (facultatif)").fill("Kim Roy")
    page.get_by_role("button", name="Ajouter").click()
    expect(row(page, "Kim Roy")).to_contain_text("par Luc")
    assert len(arrived()) == 2


def test_a_name_is_found_in_the_page_as_the_site_finds_it(page_for: Open, make: Any, event: Any, luc: Any) -> None:
    for n, name in enumerate(["Ève L'Heureux", "Marie-Soleil Hibou", "Nils Ørnulf", "Jo 2"]):
        comes(make, event, name, code=f"C{n}D{n}E{n}")
    page = page_for(luc)
    page.goto(f"/events/{event.id}/door")
    for typed in ["eve heu", "L’HEUREUX", "marie-sol", "soleil, hibou", "c1d1", "orn", "2", "&", "œ", "jo jo", "zz"]:
        page.get_by_label("Nom, ou code").fill(typed)
        here = set(page.locator(".guests > li:visible").evaluate_all("rows => rows.map(row => row.id)"))
        found = {f"guest-{guest.id}" for guest in door.list_guests(event.id) if guest.is_found(typed)}
        assert here == found, typed


def test_the_page_says_where_nobody_is_found_and_brings_nobody_back(page_for: Open, event: Any, luc: Any) -> None:
    page = page_for(luc, width=360)
    page.clock.install()
    page.goto(f"/events/{event.id}/door")
    page.get_by_label("Nom (facultatif)").fill("Kim Roy")
    page.get_by_role("button", name="Ajouter").click()
    expect(row(page, "Kim Roy")).to_contain_text("par Luc")
    page.clock.fast_forward(TWICE)
    row(page, "Kim Roy").get_by_role("button", name="Annuler").click()
    expect(row(page, "Kim Roy")).to_be_hidden()
    words, nobody = page.get_by_label("Nom, ou code"), page.get_by_role("status").get_by_text("Personne de ce nom")
    expect(nobody).to_be_hidden()
    words.fill("kim")
    expect(nobody).to_be_visible()
    for typed in ("jo", ""):
        words.fill(typed)
        expect(nobody).to_be_hidden()
        expect(row(page, "Josée")).to_be_visible()
        expect(row(page, "Kim Roy")).to_be_hidden()


def test_a_door_is_kept_without_a_mouse_and_each_press_is_said(page_for: Open, event: Any, luc: Any) -> None:
    page = page_for(luc, width=360)
    page.clock.install()
    page.goto(f"/events/{event.id}/door")
    guest, live = row(page, "Josée"), page.locator("#live")
    for act, words in (("Arrivée", ": arrivée à"), ("Annuler", ": arrivée annulée")):
        reach(page, guest.get_by_role("button", name=f"{act} – Josée Couleuvre", exact=True))
        page.keyboard.press("Enter")
        expect(guest).to_be_focused()
        expect(live).to_contain_text(words)
        page.clock.fast_forward(TWICE)
    reach(page, page.get_by_label("Nom (facultatif)"))
    page.keyboard.type("Kim Roy")
    page.keyboard.press("Enter")
    expect(live).to_contain_text("Kim Roy")
    expect(page.get_by_label("Nom (facultatif)")).to_be_focused()
    expect(page.get_by_label("Nom (facultatif)")).to_have_value("")


def test_a_name_is_whole_on_its_tag_whatever_its_length_and_its_letters(
    page_for: Open, make: Any, event: Any, luc: Any
) -> None:
    for name in ("Marie-Ève Bouton-d’Or de la Rochefoucauld", "Nguyễn Thị Hương", "Maximilienne-Alexandrine"):
        comes(make, event, name)
    for width, media in ((320, "screen"), (700, "print")):
        page = page_for(luc, width=width)
        page.emulate_media(media=media)
        page.goto(f"/events/{event.id}/door/tags")
        cut = "tags => tags.filter((tag) => tag.scrollHeight > tag.clientHeight || tag.scrollWidth > tag.clientWidth).length"
        assert page.locator(".name-tags li, .name-tags b").evaluate_all(cut) == 0, media


@pytest.mark.parametrize("format", ["Letter", "A4"])
def test_the_papers_fit_the_sheets_of_both_countries(
    page_for: Open, make: Any, event: Any, luc: Any, format: str
) -> None:
    for number in range(11):  # With the two children, sixteen people: two sheets of tags, and an empty one.
        comes(make, event, f"Personne {number}")
    page = page_for(luc)
    sheets = {}
    for paper in ("list", "needs", "tags", "sign"):
        page.goto(f"/events/{event.id}/door/{paper}")
        sheets[paper] = len(re.findall(rb"/Type\s*/Page\b", page.pdf(format=format)))
    assert sheets == {"list": 2, "needs": 1, "tags": 3, "sign": 1}


def test_signing_out_leaves_no_name_in_the_phone_and_what_waits_still_goes(
    page_for: Open, event: Any, luc: Any
) -> None:
    page = page_for(luc, width=360)
    page.goto(f"/events/{event.id}/door")
    page.route("**/welcomes", lambda route: route.abort())
    page.get_by_label("Nom (facultatif)").fill("Kim Roy")
    page.get_by_role("button", name="Ajouter").click()
    expect(row(page, "Kim Roy")).to_contain_text("en attente d’envoi")
    page.troubles.clear()
    page.goto("/account")
    page.locator("form[data-forget] button").first.evaluate("button => button.click()")
    page.wait_for_url(lambda url: not url.endswith("/account"))
    kept = page.evaluate("JSON.stringify(localStorage)")
    assert "Kim" not in kept and "welcomes" in kept
