"""Somebody signed in, without the form: a session by the same code, as the cookie that a browser would send."""

import contextvars

from flask import Flask
from flask_security import login_user
from flask_wtf.csrf import generate_csrf

from app.accounts.models.people import User
from app.core.db import db


def cookie(app: Flask, user_id: int) -> str:
    """Return the header Cookie of a browser in which this person has just signed in."""
    with app.app_context():
        db.session.rollback()
    return contextvars.Context().run(_sign_in, app, user_id)


def _sign_in(app: Flask, user_id: int) -> str:
    with app.test_request_context("/login", method="POST", base_url=app.config["SITE_URL"]) as context:
        login_user(db.session.get_one(User, user_id))
        # The first page gives a session its token.
        generate_csrf()
        db.session.commit()
        response = app.response_class()
        app.session_interface.save_session(app, context.session, response)
        return "; ".join(line.split(";")[0] for line in response.headers.getlist("Set-Cookie"))
