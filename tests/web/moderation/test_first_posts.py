"""The first posts of a newcomer, from their form to the team that lets them appear; the traps; the door of registration."""

import pytest
from itsdangerous import TimestampSigner
from sqlalchemy import func, select

from app.accounts.models.people import User
from app.comments.models import Comment
from app.core.db import db
from app.ideas.models import Idea
from app.moderation.measures.models import Measure
from tests.support.browser import Browser
from tests.support.persons import keep
from tests.support.queries import costs_alike
from tests.support.rows import last
from tests.support.tampering import tamper
from tests.web.ideas.test_write import autosave

HERE = "securite-alimentaire"
TITLE, BODY = "Un bac à compost au marché", "Le samedi, les restes partent aux ordures."
LINKS = "https://a.test https://b.test https://c.test"


def propose(browser, make, send=Browser.submit, **fields):
    defaults = {"title": TITLE, "body": BODY, "community": str(make.room(HERE).id)}
    return send(browser, "/ideas/new", "main form", **defaults | fields)


def say(browser, idea, body="Bonne idée!", send=Browser.submit, **fields):
    return send(browser, f"/ideas/{idea.id}-{idea.slug}", "#comment-form", body=body, **fields)


def test_the_first_idea_of_a_newcomer_waits_and_they_are_told_what_happens(make, newcomer, sign_in, visitor):
    browser = sign_in(newcomer)
    assert "Vos premières contributions sont relues" in browser.get("/ideas/new").words
    assert "Envoyer à l’équipe" in browser.get("/ideas/new").words
    page = browser.get(propose(browser, make).headers["Location"])
    assert page.soup.select_one("#moment h1").get_text().startswith("Merci, ")
    assert "vous aurez un avis" in page.words.lower() and TITLE in page.soup.select_one("#words h2").get_text()
    idea = last(Idea)
    assert (idea.status, idea.suspect) == ("pending", "first")
    assert visitor.get(f"/ideas/{idea.id}-{idea.slug}").status_code == 404 and TITLE not in visitor.get("/ideas").words
    assert TITLE in browser.get("/account/contributions").words


def test_somebody_who_is_known_publishes_at_once_and_reads_nothing_of_it(make, visitor, member):
    form = member.get("/ideas/new").words
    assert "sont relues" not in form and "Envoyer à l’équipe" not in form
    propose(member, make, body=LINKS)
    assert last(Idea).status == "published" and TITLE in visitor.get("/ideas").words


def test_a_team_publishes_a_first_idea_in_one_press(make, newcomer, sign_in, team, visitor, clock):
    idea = make.idea(newcomer, HERE, "pending", suspect="first links:4 fast:2")
    path = f"/ideas/{idea.id}-{idea.slug}"
    page = team.get(path)
    assert "Suspect" in page.words and "première contribution, 4 liens, 2 secondes pour écrire" in page.words
    assert team.submit(page, f"form[action$='{idea.id}/admission']").status_code == 303
    assert visitor.get(path).status_code == 200 and last(User).trusted_at is not None
    clock.forward(minutes=1)
    assert sign_in(newcomer).get("/notifications").soup.select_one(".notices").get_text().count("prend la route") == 1
    assert db.session.get_one(User, newcomer.id).trusted_at is None


def test_a_team_trusts_somebody_in_the_same_press(make, newcomer, sign_in, team, visitor):
    idea = make.idea(newcomer, HERE, "pending", suspect="first")
    page = team.get(f"/ideas/{idea.id}-{idea.slug}")
    assert "Suspect" not in page.soup.select_one(".team").get_text()
    team.submit(page, f"form[action$='{idea.id}/admission']", button="1")
    say(sign_in(newcomer), make.idea(community=HERE))
    assert last(Comment).status == "published"


def test_a_team_refuses_with_a_reason_that_the_author_reads(make, newcomer, sign_in, team, visitor):
    idea = make.idea(newcomer, HERE, "pending", suspect="first", body="Mes mots à moi")
    path = f"/ideas/{idea.id}-{idea.slug}"
    page = team.get(f"/ideas/{idea.id}/refusal")
    assert "l’envoyer de nouveau" in page.words
    assert team.submit(page, "form.form", reason="C'est une annonce.").status_code == 303
    page = sign_in(newcomer).get(path)
    assert (
        "n'est pas publié" in page.words.replace("’", "'")
        and "une annonce." in page.words
        and "Mes mots à moi" in page.words
    )
    assert visitor.get(path).status_code == 404 and last(Measure).kind == "refuse"
    assert "admission" not in team.get(path).text


def test_a_comment_that_waits_is_seen_by_its_author_and_the_team_alone(make, newcomer, sign_in, team, visitor):
    idea, browser = make.idea(community=HERE), sign_in(newcomer)
    path = f"/ideas/{idea.id}-{idea.slug}"
    assert "sont relues" in browser.get(path).words
    page = browser.get(say(browser, idea).headers["Location"])
    comment = last(Comment)
    assert (
        comment.status == "pending"
        and "Bonne idée!" in page.words
        and "Votre commentaire est entre les mains" in page.words
    )
    assert (
        "Bonne idée!" not in visitor.get(path).words
        and "Bonne idée" in browser.get("/account/contributions?kind=comments").words + page.words
    )
    assert f"Commentaire sous « {idea.title} »" in browser.get("/account/contributions?kind=comments").words.replace(
        "\u00a0", " "
    ).replace("\u202f", " ")
    team.submit(path, f"form[action$='{comment.id}/admission']")
    assert "Bonne idée!" in visitor.get(path).words and "1 commentaire" in visitor.get(path).words.replace(
        "\u00a0", " "
    )


def test_a_team_trusts_or_refuses_under_a_comment(make, newcomer, sign_in, team):
    idea = make.idea(community=HERE)
    first, second = (make.comment(idea, newcomer, f"Mot {n}", status="pending", suspect="first") for n in (1, 2))
    page = team.get(f"/ideas/{idea.id}-{idea.slug}")
    assert len(page.soup.select(f"#comment-{first.id} form[action$='admission']")) == 2
    answer = team.submit(f"/comments/{second.id}/refusal", "form.form", reason="Cela ne respecte pas la charte.")
    assert answer.status_code == 303 and "Mot 2" in team.get(answer.headers["Location"]).words
    team.submit(page, f"#comment-{first.id} form:has([name=trust])")
    assert db.session.get_one(User, newcomer.id).trusted_at and last(Measure).data["trusts"] is True


@pytest.mark.parametrize("fields", [{"trust": ["1", "1"]}, {"into": "9" * 400}], ids=["twice", "no number"])
def test_a_press_with_a_field_given_twice_or_a_number_of_nothing_lets_nothing_through(make, newcomer, team, fields):
    idea = make.idea(newcomer, HERE, "pending")
    assert team.forge(f"/ideas/{idea.id}/admission", data=fields).status_code == 400
    assert last(Idea).status == "pending"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (LINKS, "2 liens à la fois ; il y en a 3 ici"),
        ("@ana @bob @cyd @dan", "écrire 3 noms avec @ à la fois ; il y en a 4 ici"),
    ],
)
def test_the_limits_of_a_new_account_are_told_beside_its_text_which_is_kept(make, newcomer, sign_in, body, message):
    browser, other = sign_in(newcomer), make.idea(community=HERE)
    own = make.idea(newcomer, HERE)
    mine = make.comment(other, newcomer, status="pending")
    answers = [
        propose(browser, make, body=body),
        say(browser, other, body),
        browser.submit(f"/ideas/{own.id}/edit", "main form", body=body),
        browser.submit(f"/comments/{mine.id}/edit", "main form", body=body),
    ]
    draft = make.idea(newcomer, HERE, "draft", body=body)
    answers.append(browser.submit(f"/ideas/{draft.id}-{draft.slug}", "form[action$='/publication']"))
    for answer in answers:
        assert answer.status_code == 422
        assert message in answer.soup.select_one("[id^=body][id$=error]").get_text().replace("\u00a0", " ").replace(
            "\u202f", " "
        )
        assert answer.soup.select_one("textarea").get_text().strip() == body
    assert db.session.scalar(select(func.count()).where(Idea.status == "pending")) == 0


def test_a_new_account_posts_less_in_an_hour_and_is_told_until_when(make, newcomer, sign_in, clock):
    keep(new_posts_per_hour=2)
    browser, idea = sign_in(newcomer), make.idea(community=HERE)
    assert [say(browser, idea, f"Mot {n}").status_code for n in range(2)] == [303, 303]
    answer = say(browser, idea, "Mot de trop")
    assert answer.status_code == 429 and "Mot de trop" in answer.text
    assert answer.soup.select_one(".error-summary h2").get_text(strip=True) == "Pas tout de suite", (
        "nothing is to be corrected"
    )
    assert "au plus 2 fois par heure" in answer.soup.select_one(".error-summary").get_text().replace("\u00a0", " ")
    assert propose(browser, make).status_code == 429
    clock.forward(minutes=61)
    assert propose(browser, make).status_code == 303


@pytest.mark.usefixtures("slow")
def test_what_was_typed_faster_than_anybody_types_is_told_to_the_team(make, newcomer, sign_in, clock):
    browser, idea = sign_in(newcomer), make.idea(community=HERE)
    page = browser.get(f"/ideas/{idea.id}-{idea.slug}")
    browser.submit(page, "#comment-form", body="Vite")
    assert last(Comment).suspect in ("first fast:0", "first fast:1")
    page = browser.get(f"/ideas/{idea.id}-{idea.slug}")
    clock.forward(days=2)
    browser.submit(page, "#comment-form", body="Après deux jours")
    assert last(Comment).suspect == "first"


@pytest.mark.usefixtures("slow")
def test_a_draft_that_was_kept_tells_how_long_it_took(make, newcomer, sign_in, clock):
    browser = sign_in(newcomer)
    old = make.idea(newcomer, HERE, "draft", created_at=clock.now())
    browser.submit(f"/ideas/{old.id}-{old.slug}", "form[action$='/publication']")
    assert last(Idea).suspect in ("first fast:0", "first fast:1")
    draft = make.idea(newcomer, HERE, "draft", created_at=clock.now())
    clock.forward(seconds=20)
    browser.submit(f"/ideas/{draft.id}/edit", "main form", title=TITLE)
    assert last(Idea).suspect == "first"
    page = browser.get("/ideas/new")
    clock.forward(seconds=20)
    autosave(browser, page, title="Un troisième, tapé tranquillement")
    browser.submit(
        page,
        "main form",
        title="Un troisième, tapé tranquillement",
        body="Les mots.",
        community=str(draft.community_id),
    )
    assert last(Idea).status == "pending" and last(Idea).suspect == "first"


@pytest.mark.parametrize(
    "fields",
    [
        {"stamp": None},
        {"website": None},
        {"stamp": ""},
        {"stamp": "faux"},
        {"stamp": "a.b.c"},
        {"form_key": "une autre clé"},
    ],
)
def test_a_form_that_is_not_one_of_ours_is_suspect_and_refused_by_nobody(make, newcomer, sign_in, fields):
    browser, idea = sign_in(newcomer), make.idea(community=HERE)
    assert say(browser, idea, send=tamper, **fields).status_code == 303
    assert last(Comment).suspect == "first form"
    assert propose(browser, make, send=tamper, **fields).status_code == 303 and last(Idea).suspect == "first form"


def test_a_stamp_signed_with_another_key_is_worth_nothing_and_one_of_a_former_key_is(
    app, make, newcomer, sign_in, monkeypatch
):
    browser, idea = sign_in(newcomer), make.idea(community=HERE)
    page = browser.get(f"/ideas/{idea.id}-{idea.slug}")
    key = page.soup.select_one("#comment-form [name=form_key]")["value"]
    stamps = {name: TimestampSigner(name, salt="form").sign(key).decode() for name in ("autre", "ancienne")}
    monkeypatch.setitem(app.config, "SECRET_KEY_FALLBACKS", ["ancienne"])
    for body, key, suspect in (("Un", "autre", "first form"), ("Deux", "ancienne", "first")):
        tamper(browser, page, "#comment-form", body=body, stamp=stamps[key])
        assert last(Comment).suspect == suspect


def test_whoever_fills_the_trap_waits_even_if_they_are_known(make, sign_in):
    browser, idea = sign_in(make.user()), make.idea(community=HERE)
    say(browser, idea, website="https://machine.test")
    assert (last(Comment).status, last(Comment).suspect) == ("pending", "trap")
    propose(browser, make, website="x")
    assert last(Idea).suspect == "trap"
    assert (
        "confiance" not in sign_in(make.user(role="coordinator")).get(f"/ideas/{last(Idea).id}-{last(Idea).slug}").words
    )


def test_what_waits_costs_the_same_for_one_and_for_twenty(make, newcomer, sign_in):
    idea = make.idea(community=HERE)

    def fill(times):
        for _n in range(times):
            make.idea(newcomer, HERE, "pending")
            make.comment(idea, newcomer, status="pending")

    costs_alike(fill, (sign_in(newcomer), "/account/contributions"))
