"""What a script does in the place of the server, the server does alike: the same words typed become the same text."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask_babel import force_locale, ngettext
from playwright.sync_api import Page, expect

from app.desk.models import SavedReply
from app.ideas.models import Idea
from tests.support.rows import every
from tests.test_scripts import BEHAVIOURS

Open = Callable[..., Page]
HERE, REPLY = "securite-alimentaire", "On en parle\nà la rencontre de mai."
# Each behaviour, and the test that compares it with what the server does without it, or why there is nothing to compare.
TWINS = {
    "replies.js": "test_a_saved_reply_is_put_in_the_same_place",
    "counter.js": "test_the_counter_counts_as_the_server",
    "00-js.js": "test_a_count_has_the_plural_of_the_catalogue",
    "answered.js": "browser/test_redisplay.py::test_what_was_typed_since_comes_back_too",
    "01-fields.js": "it gives tools to keep.js",
    "autosave.js": "test_a_draft_that_keeps_itself_is_the_draft_of_the_button",
    "editor.js": "test_the_preview_of_a_text_is_what_is_published",
    "notices.js": "browser/test_notices.py::test_the_bell_leads_to_what_one_is_told_and_following_it_marks_it_as_read",
    "keep.js": "the server keeps nothing of a form that is not sent",
    "near.js": "the server says what is near, when the form is previewed",
    "check-all.js": "it ticks boxes, which are sent as they are",
    "02-outbox.js": "the server keeps nothing of a press that is not sent",
    "02-pieces.js": "browser/test_live.py::test_what_comes_by_itself_is_what_the_page_shows_once_it_is_read_again",
    "live.js": "browser/test_live.py::test_without_javascript_the_page_says_when_it_was_read",
    "02-marks.js": "it gives tools to marks.js",
    "02-notes.js": "it gives tools to notes.js",
    "02-stores.js": "it gives tools to notes.js",
    "notes.js": "browser/test_session_notes.py::test_a_text_that_saves_itself_is_that_of_the_button",
    "marks.js": "browser/test_marks.py::test_a_press_does_the_same_with_a_script_and_without",
    "door-find.js": "browser/test_door.py::test_a_name_is_found_in_the_page_as_the_site_finds_it",
    "door-presses.js": "it takes names out of what waits, which the server has not",
    "door.js": "browser/test_door.py::test_it_works_without_javascript",
    "focus.js": "it moves the focus, and changes no text",
    "ballot.js": "it sends the form of the page, or leaves the page as it is",
    "besides.js": "browser/test_form_offers.py::test_the_box_of_the_community_that_is_chosen_is_out_of_the_way",
    "messages.js": "it takes away a message, or a button that undoes nothing any more",
    "several.js": "browser/test_form_offers.py::test_tags_are_suggested_after_a_comma_too",
    "menus.js": "it opens and closes what the page has",
    "projector.js": "browser/test_projector.py::test_without_javascript_the_next_page_is_a_link_and_it_reloads",
    "reveal.js": "it opens what the page has",
    "share.js": "it sends nothing here",
    "triage.js": "its keys press the buttons of the page",
}


def test_each_behaviour_says_what_it_is_compared_with() -> None:
    assert sorted(TWINS) == [file.name for file in BEHAVIOURS]
    named = {twin.rpartition("::") for twin in TWINS.values() if "test_" in twin}
    assert [
        test
        for file, _mark, test in named
        if f"def {test}(" not in (Path(__file__).parent.parent / file if file else Path(__file__)).read_text()
    ] == []


@pytest.mark.parametrize("typed", ["", "Merci Luz.", "Merci Luz. \n\n", "Merci,\nLuz.", "   "])
def test_a_saved_reply_is_put_in_the_same_place(page_for: Open, make: Any, fae: Any, typed: str) -> None:
    idea, texts = make.idea(community=HERE), []
    make.add(SavedReply(community_id=make.room(HERE).id, title="Plus tard", body=REPLY, by_id=fae.id))
    for javascript in (True, False):
        page = page_for(fae, javascript=javascript)
        page.goto(f"/ideas/{idea.id}/lock")
        page.get_by_label("Motif").fill(typed)
        page.get_by_label("Motif").press("Home")
        page.get_by_label("Commencer par une réponse type").select_option(label="Plus tard")
        page.get_by_role("button", name="Ajouter au motif").press("Enter")
        expect(page.get_by_label("Commencer par une réponse type")).to_have_value("")
        texts.append(page.get_by_label("Motif").input_value())
    assert texts[0] == texts[1] == (f"{typed.rstrip()}\n\n{REPLY}" if typed.strip() else REPLY)


@pytest.mark.parametrize(
    ("field", "text", "is_over"),
    [
        ("reason", "ligne\n" * 83 + "ab", False),
        ("reason", "ligne\n" * 83 + "abc", True),
        ("reason", "e\u0301" * 500, False),
        ("reason", "e\u0301" * 501, True),
        ("reason", "😀" * 500, False),
        ("title", "  " + "a" * 69 + "   " + "b" * 70 + "  ", False),
        ("title", "a" * 141, True),
    ],
)
def test_the_counter_counts_as_the_server(
    page_for: Open, make: Any, fae: Any, field: str, text: str, is_over: bool
) -> None:
    page, path = page_for(fae), f"/ideas/{make.idea(community=HERE).id}/lock" if field == "reason" else "/ideas/new"
    page.goto(path)
    page.locator(f"#{field}").fill(text)
    counter = page.locator(f"[data-counter={field}]")
    assert counter.evaluate("one => one.classList.contains('is-over')") == is_over, counter.text_content()
    page.locator("main form.form").get_by_role(
        "button", name="Verrouiller" if field == "reason" else "Publier", exact=field != "reason"
    ).click()
    page.wait_for_load_state()
    expect(page.locator(f"#{field}-error").filter(has_text="caractères")).to_have_count(int(is_over))


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_count_has_the_plural_of_the_catalogue(app: Any, page_for: Open, lang: str) -> None:
    page = page_for(lang=lang)
    page.goto("/about")
    with app.test_request_context(), force_locale(lang):
        for number in (0, 1, 2, 20):
            said = page.evaluate("n => window.reflexe.plural(n, '1 one', '{n} many')", number)
            form = (
                "one"
                if ngettext("%(num)s chose à corriger", "%(num)s choses à corriger", number)
                in (f"{number} chose à corriger", f"{number} thing to correct")
                else "many"
            )
            assert said == f"{number} {form}"


def test_a_draft_that_keeps_itself_is_the_draft_of_the_button(page_for: Open, make: Any) -> None:
    texts = []
    for javascript in (True, False):
        page = page_for(make.user(), javascript=javascript)
        if javascript:
            page.clock.install()
        page.goto("/ideas/new")
        page.locator("[name=kind][value=need]").check()
        page.get_by_role("textbox", name="Titre").fill("  Un titre   à garder ")
        page.get_by_role("textbox", name="Texte").fill("Deux lignes,\n\net une   autre. ")
        page.get_by_label("Communauté de pratique qui la porte").select_option(label="5e élément")
        if javascript:
            page.clock.fast_forward(3000)
            expect(page.locator("[data-autosave-status]")).to_contain_text("Brouillon enregistré")
        else:
            page.get_by_role("button", name="Garder comme brouillon").click()
        idea = every(Idea)[-1]
        texts.append((idea.status, idea.kind, idea.title, idea.body, idea.community_id))
    assert texts[0] == texts[1]


def test_the_preview_of_a_text_is_what_is_published(page_for: Open, make: Any) -> None:
    idea, text = make.idea(), "**Fort** et <b>doux</b>\n\n- un\n- deux\n\n#1 https://exemple.org"
    page = page_for(make.user())
    page.goto(f"/ideas/{idea.id}")
    page.get_by_role("textbox", name="Votre commentaire").fill(text)
    page.get_by_role("tab", name="Aperçu").click()
    preview = page.locator("[data-pane=preview]")
    expect(preview.locator("strong")).to_have_text("Fort")
    shown = preview.inner_text()
    page.get_by_role("button", name="Publier mon commentaire").click()
    expect(page.locator(".comment:focus .prose")).to_have_text(shown, use_inner_text=True)
