"""An abusive profile: reported by a member, hidden by the coordination, written anew by its author, shown again."""

import pytest

from app.accounts.models.people import Profile, User
from app.core.db import db
from app.journal.models import Entry
from app.moderation.cases.models import Case, Report
from app.moderation.measures.models import Measure
from app.web.notices.immediate_mails import write_mails
from tests.crawl.canaries import LISTS
from tests.support.link_walk import walk
from tests.support.rows import every
from tests.support.world import HERE
from tests.web.moderation.profiles.hiding import ABOUT, CLUB, NAME, REASON, WHY, WORDS, hide, notices, write


def test_a_member_reports_a_profile_from_its_page_once(abuser, page, make, sign_in, visitor):
    reporter = make.user()
    browser = sign_in(reporter)
    link = browser.get(page).soup.select_one(f'a[href="{page}/report"]')
    assert link.get_text(strip=True) == "Signaler ce profil"
    form_page = browser.get(f"{page}/report")
    assert NAME in form_page.words and ABOUT in form_page.words and CLUB in form_page.words
    refusal = browser.submit(form_page, "form.form", why="other", words=" ")
    assert refusal.status_code == 422 and not every(Case)
    assert "vous dira ce qu" in browser.submit(form_page, "form.form", follow=True, **WHY).words
    assert "déjà signalé" in browser.get(f"{page}/report").words
    sign_in(make.user()).submit(f"{page}/report", "form.form", **WHY)
    assert len(every(Case)) == len(every(Profile)) == 1 and len(every(Report)) == 2
    for other in (visitor, sign_in(abuser), sign_in(make.user(is_confirmed=False))):
        assert f"{page}/report" not in other.get(page).text


def test_the_coordination_hides_it_and_everybody_concerned_is_told_why(abuser, page, make, sign_in, boss):
    reporter, facilitator = make.user(), make.user(facilitates=[HERE])
    browser = sign_in(reporter)
    browser.submit(f"{page}/report", "form.form", **WHY)
    case = boss.get("/notifications").soup.select_one('.notices a[href^="/moderation/cases"]')["href"]
    assert boss.get("/moderation?queue=cases").soup.select_one(f'.slots a[href^="{case}?back="]')
    read = boss.get(case)
    assert f"Profil de {NAME}" in read.words and ABOUT in read.words and WHY["words"] in read.words
    assert sign_in(facilitator).get(case).status_code == 404
    boss.submit(read, "form.form", button="hide", **REASON)
    assert notices(abuser) == [("measure.hide_profile", REASON["reason"])]
    assert notices(reporter) == [("report.handled", REASON["reason"])]
    own = browser.get("/account/reports")
    assert "plus lisible" in own.words and REASON["reason"] in own.words and "canari" not in own.text
    assert [(line.kind, line.facts, line.idea_id) for line in every(Entry)] == [
        ("hide", {"on": "profile"}, None),
        ("case", {"state": "handled", "on": "profile"}, None),
    ]
    assert "(un profil)" in browser.get("/journal").words
    assert boss.submit(case, "form.form", **REASON).status_code == 303
    assert "canari" not in browser.get(page).text, "a case that is opened again leaves hidden what is hidden"


def canaries(text: str, path: str = "") -> set[str]:
    """Return the hidden words in a text, without what the address itself asks for."""
    text = text.lower().replace(path.partition("q=")[2].split("&")[0] or "canari-rien", "")
    return {word for word in WORDS if word in text}


def said(answer):
    """Return what an answer says; a picture says its title in words too."""
    return answer.get_data().decode("utf-8", "replace")


def test_what_is_hidden_is_read_by_nobody_else(abuser, page, make, sign_in, visitor, boss, outbox, is_sample):
    starts = [
        page,
        "/ideas/1",
        "/ideas/2",
        "/ideas?q=canari-nom",
        "/ideas?q=injure",
        f"/communities/{HERE}",
        "/journal.jsonl",
        *LISTS,
    ]
    english = [f"{path}{'&' if '?' in path else '?'}lang=en" for path in starts]
    assert set().union(*(canaries(said(answer), path) for path, answer in walk(visitor, starts))) == set(WORDS)
    member, admin = sign_in(make.user()), sign_in(make.user(role="admin"))
    member.submit(f"{page}/report", "form.form", **WHY)
    hide(boss, page)
    for browser in (visitor, member, admin):
        places = [*starts, "/people", "/people?q=canari", "/people?q=injure", "/notifications"]
        found = {
            path: words
            for path, answer in walk(browser, places + ([] if is_sample and browser is not visitor else english))
            for words in [canaries(said(answer) + str(answer.headers), path)]
            if words
        }
        assert not found
    assert not admin.get("/people?q=canari").soup.select(".list b") and admin.get("/people?q=masque").soup.select(
        ".list b"
    )
    assert "Nom masqué" in visitor.get("/ideas/1?lang=fr", follow_redirects=True).words
    assert "Hidden name" in visitor.get("/ideas/1?lang=en", follow_redirects=True).words
    write_mails()
    mails = [(mail.recipient, canaries(mail.subject + mail.text + mail.html)) for mail in outbox]
    assert abuser.email in dict(mails) and not [mail for mail in mails if mail[1]]


def test_the_person_reads_theirs_with_the_reason_and_what_they_write_waits_to_be_read(
    abuser, page, sign_in, visitor, boss
):
    hide(boss, page)
    mine = sign_in(abuser)
    for path in (page, "/account", "/account/profile"):
        assert REASON["reason"] in mine.get(path).words
    form = mine.get("/account/profile").soup
    assert (form.select_one("#name")["value"], form.select_one("#organisation")["value"]) == (NAME, CLUB)
    before = every(Profile)[0].version
    assert write(mine).status_code == 200 and every(Profile)[0].version == before == ""
    assert "La coordination les lit" in write(mine, name="Canari-nom encore", about="Des excuses").words
    assert "canari" not in visitor.get(page).text.lower()
    assert boss.get("/notifications").soup.select_one(f'.notices a[href="{page}"]')
    row = boss.get("/moderation?queue=pending").soup.select_one(f'.slots .slot-acts a[href^="{page}/hiding?back="]')
    assert row.get_text(strip=True) == "Laisser ce profil masqué"
    left = boss.submit(f"{page}/hiding", "form.form", follow=True, reason="Ce nom vise encore quelqu'un.")
    assert "reste masqué" in left.words and "attend d'être lu" not in left.words
    assert notices(abuser)[-1] == ("measure.hide_profile", "Ce nom vise encore quelqu'un.")
    write(mine, name="Abel Neuf", about="Bonjour à tous", organisation="")
    assert "Abel Neuf" not in visitor.get(page).text
    boss.submit(f"{page}/restoration", "form.form", follow=True, reason="Merci d'avoir changé.")
    profile_page = visitor.get(page)
    assert (
        "Abel Neuf" in profile_page.words and "Bonjour à tous" in profile_page.words and CLUB not in profile_page.text
    )
    assert notices(abuser)[-1] == ("measure.restore_profile", "Merci d'avoir changé.")
    user, profile = db.session.get(User, abuser.id), every(Profile)[0]
    assert (user.name, user.sort_key) == ("Abel Neuf", "abel neuf") and (profile.name, profile.about) == ("", "")
    assert "enregistré" in write(mine, name="Abel Neuf Deux").words and "Abel Neuf Deux" in visitor.get(page).words


def test_words_that_nobody_read_are_never_shown(abuser, page, make, sign_in, visitor, boss):
    hide(boss, page)
    mine = sign_in(abuser)
    write(mine, name="Abel Poli")
    form_page = boss.get(f"{page}/restoration")
    write(mine, name="Canari-nom pire")
    late = boss.submit(form_page, "form.form", reason="Ce nom va bien.")
    assert late.status_code == 409 and "Canari-nom pire" in late.words and "Ce nom va bien." in late.text
    assert "canari" not in visitor.get(page).text.lower()
    # Undoing the measure, or finding the person right, would show what was written since.
    measure = every(Measure)[0].id
    assert boss.get(f"/measures/{measure}/undoing").soup.select_one("form.form") is None
    assert boss.forge(f"/measures/{measure}/undoing", **REASON).status_code == 409
    assert "canari" not in visitor.get(page).text.lower()


@pytest.mark.parametrize("is_hidden", [True, False])
def test_a_case_leaves_hidden_no_word_that_nobody_read(abuser, page, make, sign_in, boss, is_hidden):
    sign_in(make.user()).submit(f"{page}/report", "form.form", **WHY)
    case, mine = f"/moderation/cases/{every(Case)[0].id}", sign_in(abuser)
    form_page = boss.get(case)
    hide(boss, page)
    write(mine, name="Abel Poli")
    form_page = boss.get(case) if is_hidden else form_page
    write(mine, name="Abel Pire")
    late = boss.submit(form_page, "form.form", button="hide", reason="Ce nom blesse encore.")
    assert (
        late.status_code == 409
        and "Abel Pire" in late.words
        and "Ce nom blesse encore." in late.soup.select_one("textarea").get_text()
    )
    assert every(Profile)[0].changed_at and every(Case)[0].state == "open"
    assert "Abel Pire" in boss.get("/moderation?queue=pending").words
    assert boss.submit(late, "form.form", button="hide").status_code == 303
    assert not every(Profile)[0].changed_at and every(Case)[0].state == "handled"
