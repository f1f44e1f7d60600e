"""The form of what a person follows."""
from wtforms import SelectField

from app.forms.base import Form


class FollowForm(Form):
    level = SelectField(choices=["all", "steps"], default="all")
