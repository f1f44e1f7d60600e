"""Fragments with holes: what is put in a hole is a fragment, or is escaped as any text is."""

from typing import Any

from markupsafe import Markup

from app.web.frame.drawings import fill, hole


def test_a_text_that_no_template_escaped_is_escaped_in_its_hole() -> None:
    page = Markup("<p>") + hole(1) + Markup("</p>") + hole("<2>") + hole("empty")
    contents: dict[str, Any] = {"1": "<script>", "&lt;2&gt;": Markup("<b>2</b>")}
    assert fill(page, contents) == "<p>&lt;script&gt;</p><b>2</b>"
