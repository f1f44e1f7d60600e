"""A member's page: the name, and only what the person chose to show."""
from app.core import clock


def test_a_profile_shows_nothing_but_the_name_unless_its_owner_chose_so(visitor, make):
    user = make.user(name="Maude Mésange", about="Je cultive des bleuets.")
    make.idea(author=user, title="Des bleuets pour l'école")
    page = visitor.get(f"/members/{user.id}")
    assert "Maude Mésange" in page.words and "bleuets" not in page.words and user.email not in page.text


def test_a_profile_shows_the_public_contributions_of_those_who_want_it(visitor, make):
    user = make.user(shows_activity=True, shows_about=True, about="Je cultive des bleuets.")
    make.idea(author=user, title="Des bleuets pour l'école")
    make.idea(author=user, title="Un brouillon sur les bleuets", status="draft")
    make.idea(author=user, title="Une idée masquée", hidden_at=clock.now())
    page = visitor.get(f"/members/{user.id}")
    assert "Je cultive" in page.words and "pour l'école" in page.words
    assert "brouillon" not in page.words and "masquée" not in page.words


def test_an_account_that_is_closed_or_waits_has_no_page(visitor, make):
    for user in (make.user(closed_at=clock.now()), make.user(confirmed=False)):
        assert visitor.get(f"/members/{user.id}").status_code == 404
