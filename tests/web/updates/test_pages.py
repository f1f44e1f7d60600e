from app.core import clock
from app.core.db import db
from app.updates.models import Update
from tests.support.queries import costs_alike
from tests.support.tampering import tamper

FIRST, OTHER = "securite-alimentaire", "transport-collectif"
BASE = f"/communities/{FIRST}/updates"


def test_a_facilitator_publishes_and_a_member_comments(make, sign_in, team):
    form = team.get(f"{BASE}/new")
    page = team.submit(form, "form.form", title="Un frigo de plus", body="Il est **là**", follow=True)
    assert page.soup.select_one("meta[name=kept-clear]")["content"] == form.soup.select_one("form.form")["data-keep"]
    assert page.soup.select_one("h1").get_text() == "Un frigo de plus" and page.soup.select_one("article strong")
    member = sign_in(make.user())
    page = member.submit(member.get(page.request.path), "#comment-form", body="Bravo à vous", follow=True)
    assert "1 commentaire" in page.words and "Bravo à vous" in page.soup.select_one("[data-autofocus]").get_text()
    list_page = member.get(BASE)
    assert "Un frigo de plus" in list_page.words and "1 commentaire" in list_page.words


def test_a_refused_update_comes_back_with_what_was_typed(team):
    answer = team.submit(f"{BASE}/new", "form.form", title="Court", body="Mon long texte")
    assert answer.status_code == 422 and answer.soup.select_one(".error-summary")
    assert "Mon long texte" in answer.soup.select_one("textarea").get_text()
    assert team.submit(f"{BASE}/new", "form.form", title="x" * 141, body="").status_code == 422
    assert tamper(team, f"{BASE}/new", "form.form", title="Un titre juste", body="x", lang="de").status_code == 422


def test_only_those_in_charge_find_the_form(make, sign_in, fae, ned):
    for user in (make.user(), ned, make.user(role="admin")):
        assert sign_in(user).get(BASE).soup.select_one("a[href$=new]") is None
    for user in (fae, make.user(role="coordinator")):
        assert sign_in(user).get(BASE).soup.select_one(f"a[href='{BASE}/new']")


def test_an_update_is_changed_and_taken_back_by_its_author(make, fae, team):
    update = make.update(author=fae, community=FIRST, title="Un premier titre")
    path = f"{BASE}/{update.id}"
    form = team.get(f"{path}/edit")
    assert form.soup.select_one("input[name=title]")["value"] == "Un premier titre"
    assert team.submit(form, "form.form", title="").status_code == 422
    page = team.submit(form, "form.form", title="Un second titre", follow=True)
    assert page.soup.select_one("h1").get_text() == "Un second titre" and "modifié" in page.words
    assert page.soup.select_one("meta[name=kept-clear]")["content"] == form.soup.select_one("form.form")["data-keep"]
    assert "ne seront plus lisibles" in team.get(f"{path}/deletion").words
    page = team.submit(f"{path}/deletion", "form.form", follow=True)
    assert page.status_code == 200 and "Un second titre" not in page.soup.select_one("main").get_text()
    assert team.get(path).status_code == 404


def test_a_hidden_update_is_kept_for_those_in_charge(make, sign_in):
    update = make.update(community=FIRST, hidden_at=clock.now(), hidden_reason="Erreur de date")
    page = sign_in(make.user(role="coordinator")).get(f"{BASE}/{update.id}")
    assert "Erreur de date" in page.words and page.soup.select_one("meta[name=robots]")["content"] == "noindex"


def test_an_update_has_one_address(make, visitor):
    update = make.update(community=FIRST)
    answer = visitor.get(f"/communities/{OTHER}/updates/{update.id}")
    assert answer.status_code == 301 and answer.location == f"{BASE}/{update.id}"
    assert visitor.get(f"{BASE}?after=x").status_code == 404


def test_the_list_goes_on_by_pages_and_says_when_it_is_empty(make, visitor, author):
    assert "Pas encore de travaux" in visitor.get(BASE).words
    for _n in range(21):
        make.update(author=author, community=FIRST)
    page = visitor.get(BASE)
    following = visitor.get(page.soup.select_one("a[rel=next]")["href"])
    assert (len(page.soup.select("li.update")), len(following.soup.select("li.update"))) == (20, 1)


def test_the_list_costs_the_same_whatever_it_holds(make, visitor, author):
    costs_alike(lambda times: [make.update(author, FIRST) for _n in range(times)], (visitor, BASE), most=3)


def test_an_update_published_stays_whole_in_the_table(make, sign_in, fae):
    sign_in(fae).submit(f"{BASE}/new", "form.form", title="Un frigo de plus", body="x" * 20_000)
    db.session.rollback()
    assert len(db.session.query(Update).one().body) == 20_000
