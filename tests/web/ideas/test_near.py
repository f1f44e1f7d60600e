"""What is near an idea: while its title is typed, on its preview, on its page."""
import pytest

TITLE = "Un frigo communautaire près de l'école"


@pytest.fixture
def published(make):
    return make.idea(make.user("Paule"), "securite-alimentaire", "under_review", title="Des frigos communautaires près des écoles")


def ask(browser, title, **more):
    page = browser.get("/ideas/new")
    return browser.submit(page, "form[data-keep^=idea]", to=page.soup.select_one("[data-near]")["hx-post"], title=title, **more)


def test_a_title_that_is_typed_is_answered_with_what_is_near(published, sign_in, make):
    page = sign_in(make.user()).get("/ideas/new")
    assert page.soup.select_one("[data-near]")["hx-post"] == "/ideas/near"
