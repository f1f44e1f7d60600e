"""What describes a control to those who hear it."""

import pytest
from flask import Flask

from app.forms.charges import PersonForm
from app.web.frame import controls


@pytest.mark.one_engine
def test_the_help_each_error_and_the_counter_describe_a_control(app: Flask) -> None:
    with app.test_request_context("/"):
        field = PersonForm(formdata=None).email
        assert controls.description_ids(field) == ""
        field.errors = ["Une chose.", "Une autre."]
        assert controls.description_ids(field, "De l'aide", 20) == "email-help email-error email-error1 email-count"
