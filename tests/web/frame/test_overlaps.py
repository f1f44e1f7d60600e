"""Every form of what several people may change: what one wrote meanwhile stays, until the other chose otherwise."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import bs4
import pytest

from app.core.db import db
from app.reference import service as reference
from app.reference.models import Tag
from tests.support import rows
from tests.support.browser import Browser
from tests.support.make import Make

FORM = "main form.form"


class Shared(NamedTuple):
    """A form that two people open: the address, who may open it, a field that both change, and one that only one does."""

    path: Callable[[Make], str]
    role: str
    field: str
    values: tuple[str, str]
    other: tuple[str, str] | None = None
    more: Mapping[str, str] = MappingProxyType({})
    button: str | None = None


def at(path: str) -> Callable[[Make], str]:
    return lambda _make: path


def number(table: str) -> int:
    return int(db.session.execute(db.text(f"SELECT min(id) FROM {table}")).scalar_one())


def tag_path(make: Make) -> str:
    make.idea(tags=[make.add(Tag(slug="jardin", name="Jardin", sort_key="jardin"))])
    return f"/reference/tags/{number('tags')}/edit"


def organisation_path(_make: Make) -> str:
    return f"/reference/organisations/{reference.get_or_add_organisation('La Tablée')}/edit"


def answer_path(make: Make) -> str:
    return f"/ideas/{make.idea().id}/status"


WORDS = ("Des mots de ma collègue, bien à elle.", "Des mots à moi, bien à moi.")
FORMS = {
    "issue": Shared(
        lambda _make: f"/reference/issues/{number('issues')}/edit",
        "coordinator",
        "description",
        WORDS,
        ("name_en", "Learning"),
    ),
    "territory": Shared(
        lambda _make: f"/reference/territories/{number('territories')}/edit",
        "coordinator",
        "name",
        ("Le lieu A", "Le lieu B"),
    ),
    "organisation": Shared(organisation_path, "coordinator", "name", ("La Tablée A", "La Tablée B")),
    "tag": Shared(tag_path, "coordinator", "name", ("Jardins", "Potagers")),
    "community": Shared(
        at("/communities/securite-alimentaire/edit"),
        "coordinator",
        "answer_days",
        ("20", "40"),
        ("description", WORDS[0]),
    ),
    "settings": Shared(at("/settings"), "admin", "trust_days", ("9", "5"), ("new_links", "4")),
    "charter": Shared(
        at("/charter/edit"),
        "coordinator",
        "body",
        WORDS,
        ("body_en", "Their words."),
        {"summary": "Les mots changent."},
        "publish",
    ),
    "answer": Shared(answer_path, "team", "reason", WORDS, None, {"status": "under_review"}, "save"),
}


@pytest.fixture(params=FORMS)
def shared(request: Any) -> Shared:
    return FORMS[request.param]


@pytest.fixture
def pair(make: Make, sign_in: Any, shared: Shared) -> tuple[Browser, Browser]:
    """Return the browsers of a colleague and of the person who opened the form before."""
    kind = {"facilitates": ["securite-alimentaire"]} if shared.role == "team" else {"role": shared.role}
    one, two = (sign_in(make.user(**kind)) for _n in "ab")
    return one, two


def value(page: Any, name: str) -> str:
    """Return what a field of a page holds."""
    field: bs4.Tag = page.soup.select_one(f'{FORM} [name="{name}"]')
    return field.text.strip() if field.name == "textarea" else str(field["value"])


def press(browser: Browser, page: Any, shared: Shared, **typed: str) -> Any:
    return browser.submit(page, FORM, button=shared.button, **{**shared.more, **typed})


def test_what_both_changed_stays_as_the_first_wrote_it_until_it_is_chosen(
    make: Make, pair: tuple[Browser, Browser], shared: Shared
) -> None:
    colleague, me = pair
    path, (theirs, mine) = shared.path(make), shared.values
    page = me.get(path)
    assert press(colleague, path, shared, **{shared.field: theirs}).status_code == 303
    for _press in range(3):
        page = press(me, page, shared, **{shared.field: mine})
        assert page.status_code == 409 and value(me.get(path), shared.field) == theirs
    texts = [one.text.strip() for one in page.soup.select(f"#keep-{shared.field} .overlap-words")]
    assert texts == [theirs, mine] and value(page, shared.field) == mine
    assert press(me, page, shared, **{f"keep-{shared.field}": "yours"}).status_code == 303
    assert value(me.get(path), shared.field) == mine


def test_what_is_chosen_of_a_colleague_stays(make: Make, pair: tuple[Browser, Browser], shared: Shared) -> None:
    colleague, me = pair
    path, (theirs, mine) = shared.path(make), shared.values
    page = me.get(path)
    press(colleague, path, shared, **{shared.field: theirs})
    page = press(me, page, shared, **{shared.field: mine})
    answer = press(me, page, shared, **{f"keep-{shared.field}": "theirs"})
    # A charter that is the same as the one in force is no new version.
    assert answer.status_code == (422 if shared.field == "body" and shared.role == "coordinator" else 303)
    assert value(me.get(path), shared.field) == theirs


@pytest.mark.parametrize("shared", [one for one in FORMS.values() if one.other], ids=lambda one: one.field)
def test_what_only_one_of_the_two_changed_is_kept_and_said(
    make: Make, pair: tuple[Browser, Browser], shared: Shared
) -> None:
    assert shared.other
    colleague, me = pair
    path, (field, theirs), mine = shared.path(make), shared.other, shared.values[1]
    page = me.get(path)
    press(colleague, path, shared, **{field: theirs})
    answer = me.submit(page, FORM, button=shared.button, follow=True, **{**shared.more, shared.field: mine})
    assert answer.status_code == 200 and "a changé entre-temps : ce changement est gardé" in answer.words.replace(
        "\xa0", " "
    )
    assert (value(me.get(path), field), value(me.get(path), shared.field)) == (theirs, mine)


def test_a_form_without_what_it_showed_writes_over_nothing(make: Make, sign_in: Any) -> None:
    boss, path = sign_in(make.user(role="coordinator")), f"/reference/territories/{number('territories')}/edit"
    before = value(boss.get(path), "name")
    assert boss.forge(path, name="Un autre nom").status_code == 409 and value(boss.get(path), "name") == before
    assert boss.forge(path, name="Un autre nom", seen="name=? nothing = ?").status_code == 409
    assert boss.forge(path, name="Un autre nom", seen="x" * 2_001).status_code == 422


def test_a_saved_reply_of_a_team_is_guarded_too(make: Make, sign_in: Any) -> None:
    one, two = (sign_in(make.user(facilitates=["securite-alimentaire"])) for _n in "ab")
    replies = "/moderation/securite-alimentaire/replies"
    one.submit(replies, FORM, title="Merci", body="Merci beaucoup.")
    path = f"{replies}/{number('saved_replies')}/edit"
    page = two.get(path)
    one.submit(path, FORM, body="Merci, vraiment.")
    page = two.submit(two.submit(page, FORM, body="Merci bien."), FORM)
    assert page.status_code == 409 and value(two.get(path), "body") == "Merci, vraiment."


def test_what_one_person_writes_is_guarded_in_two_windows(make: Make, sign_in: Any) -> None:
    author = make.user(facilitates=["securite-alimentaire"])
    browser, update = sign_in(author), make.update(author, "securite-alimentaire")
    for path, field in (
        ("/account/profile", "about"),
        (f"/communities/securite-alimentaire/updates/{update.id}/edit", "body"),
    ):
        window = browser.get(path)
        browser.submit(path, FORM, **{field: "Je jardine."})
        page = browser.submit(browser.submit(window, FORM, **{field: "Je cuisine."}), FORM)
        assert page.status_code == 409 and value(browser.get(path), field) == "Je jardine."
        assert "Enregistré entre-temps" in page.words and "collègue" not in page.soup.select_one(".overlap").text


@pytest.mark.both_engines
def test_what_an_author_wrote_of_an_idea_in_another_window_stays(make: Make, sign_in: Any) -> None:
    author = make.user()
    idea, browser = make.idea(author=author), sign_in(author)
    path = f"/ideas/{idea.id}/edit"
    window = browser.get(path)
    browser.submit(path, FORM, button="publish", body="Ce que j'ai écrit dans l'autre fenêtre.")
    page = browser.submit(window, FORM, button="publish", body="Ce que j'ai écrit ici.", title="Un titre tout neuf")
    page = browser.submit(page, FORM, button="publish")
    assert page.status_code == 409 and rows.again(idea).body == "Ce que j'ai écrit dans l'autre fenêtre."
    assert browser.submit(page, FORM, button="publish", **{"keep-body": "theirs"}).status_code == 303
    assert (rows.again(idea).body, rows.again(idea).title) == (
        "Ce que j'ai écrit dans l'autre fenêtre.",
        "Un titre tout neuf",
    )
