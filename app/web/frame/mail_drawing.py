"""What mails draw without any picture: how high the sun stands, and the colours that stylesheets hold elsewhere."""

from typing import NamedTuple

# By state of an idea: how much sky there is above the sun.
SKY = {"published": 48, "under_review": 40, "retained": 30, "planned": 22, "underway": 22, "achieved": 6}


class Ink(NamedTuple):
    """A colour of a community, as `tokens.css` has it: on light paper, and on dark."""

    light: str
    dark: str


INKS = {
    "food": Ink("#2f6b35", "#93cf95"),
    "school": Ink("#835400", "#e6bd6a"),
    "transit": Ink("#1f5a9e", "#8fbdf0"),
    "housing": Ink("#a33a20", "#f2a692"),
    "fifth": Ink("#6d3a86", "#d1abe7"),
    "neutral": Ink("#4c5361", "#b7bdc8"),
}
