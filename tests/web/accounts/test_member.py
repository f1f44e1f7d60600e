"""A member's page: the name, and only what the person chose to show."""
from app.core import clock


def test_a_profile_shows_the_public_contributions_of_those_who_want_it(visitor, make):
    user = make.user(shows_activity=True, shows_about=True, about="Je cultive des bleuets.")
    make.idea(author=user, title="Des bleuets pour l'école")
    make.idea(author=user, title="Un brouillon sur les bleuets", status="draft")
    make.idea(author=user, title="Une idée masquée", hidden_at=clock.now())
    page = visitor.get(f"/members/{user.id}")
    assert "Je cultive" in page.words and "pour l'école" in page.words
    assert "brouillon" not in page.words and "masquée" not in page.words
