"""A hidden profile is appealed, undone, judged by another, and by one person at a time."""

from app.accounts import service as accounts
from app.accounts.models.people import Profile, User
from app.core.db import db
from app.moderation.appeals.models import Appeal
from app.moderation.cases import service
from app.moderation.cases.models import Case, Report
from app.moderation.measures.models import Measure
from app.moderation.measures.service import contents as measures
from tests.support.make import PASSWORD
from tests.support.races import at_once
from tests.support.rows import every
from tests.web.moderation.profiles.hiding import ABOUT, NAME, REASON, SHOWS, WHY, hide


def test_the_person_appeals_and_somebody_else_judges(abuser, page, make, sign_in, visitor, boss):
    hide(boss, page)
    mine = sign_in(abuser)
    form_page = mine.get(mine.get(page).soup.select_one(f'a[href="{page}/appeal"]')["href"], follow_redirects=True)
    mine.submit(form_page, "form.form", words="C'est le nom de ma grand-mère, écrit ainsi.")
    appeal = f"/moderation/appeals/{every(Appeal)[0].id}"
    assert boss.get(appeal).soup.select_one("form.form") is None
    colleague = sign_in(make.user(role="coordinator"))
    appeal_page = colleague.get(appeal)
    assert NAME in appeal_page.words
    colleague.submit(appeal_page, "form.form", button="grant", reason="La personne a raison.")
    assert NAME in visitor.get(page).words and ABOUT in visitor.get(page).words
    assert [measure.kind for measure in every(Measure)] == ["hide", "restore"]


def test_the_coordination_undoes_what_it_did(abuser, page, visitor, boss):
    hide(boss, page)
    boss.submit(f"/measures/{every(Measure)[0].id}/undoing", "form.form", reason="Une erreur de notre part.")
    assert NAME in visitor.get(page).words and boss.get(f"{page}/restoration").status_code == 404


def test_nobody_judges_themselves(make, sign_in):
    boss = make.user(role="coordinator")
    own = sign_in(boss)
    sign_in(make.user()).submit(f"/members/{boss.id}/report", "form.form", **WHY)
    assert own.get(f"/members/{boss.id}/hiding").status_code == 404
    assert (
        own.get("/moderation/cases/1").status_code == 404
        and "/moderation/cases/1" not in own.get("/moderation?queue=cases").text
    )


def test_what_comes_at_once_is_one_case_and_hides_what_was_written_last(app, abuser, make, people):
    user_id, reporters = abuser.id, [make.actor() for _n in range(4)]
    me, boss = make.actor(abuser), people["coordinator"]

    def account():
        return db.session.get_one(User, user_id)

    def edit():
        accounts.edit_profile(
            me, account(), name="Canari-nom en vitesse", about="", territory_id=None, organisation="", shows=SHOWS
        )

    at_once(app, [lambda actor=actor: service.report_profile(actor, account(), reason="insult") for actor in reporters])
    assert len(every(Profile)) == len(every(Case)) == 1 and len(every(Report)) == 4
    at_once(app, [lambda: measures.hide_profile(boss, account(), reason=REASON["reason"]), edit])
    profile = every(Profile)[0]
    assert account().name == "Nom masqué" and profile.name == "Canari-nom en vitesse"


def test_a_colleague_who_was_faster_is_said_and_the_reason_stays(page, abuser, boss):
    first, again = boss.get(f"{page}/hiding"), boss.get(f"{page}/hiding")
    boss.submit(first, "form.form", **REASON)
    late = boss.submit(again, "form.form", **REASON)
    assert late.status_code == 409 and REASON["reason"] in late.soup.select_one("textarea").get_text()


def test_a_person_who_leaves_takes_their_hidden_words_along(abuser, page, sign_in, boss):
    hide(boss, page)
    sign_in(abuser).submit("/account/closing", "main form", password=PASSWORD)
    [row] = every(Profile)
    assert (row.name, row.about, row.organisation_id, row.is_deleted) == ("", "", None, True)
    for path in (page, f"{page}/restoration", f"{page}/hiding"):
        assert boss.get(path).status_code == 404
    assert "Contenu supprimé" in boss.get("/moderation/measures").words
