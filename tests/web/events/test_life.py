"""A meeting from draft to public page, moved, cancelled, deleted, begun again: by its team, through its forms."""

FIRST = "securite-alimentaire"
TYPED = {
    "title": "Se loger près de son travail",
    "starts_on": "2027-02-18",
    "starts_hour": "18:30",
    "ends_on": "2027-02-18",
    "ends_hour": "20:30",
    "mode": "online",
    "room_url": "https://salle.exemple.test/secret",
}


def test_a_team_drafts_a_meeting_publishes_it_and_the_public_reads_it(clock, fae, sign_in, visitor):
    clock.at("2027-01-10")
    team = sign_in(fae)
    page = team.submit("/events/new", "form.form", follow=True, **TYPED)
    assert page.status_code == 200 and "n’est vu que de votre équipe" in page.words
    assert visitor.get(page.request.path).status_code == 404
    assert "on peut s’y inscrire" in team.get(f"{page.request.path}/publication").words.lower()
    team.submit(f"{page.request.path}/publication", "form.form")
    shown = visitor.get(page.request.path)
    assert shown.status_code == 200 and "jeudi 18 février 2027, 18 h 30 à 20 h 30" in shown.words
    assert "salle.exemple.test" not in shown.text
