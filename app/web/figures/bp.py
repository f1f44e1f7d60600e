"""The blueprint of this package: every view of it stands on it."""

from flask import Blueprint

bp = Blueprint("figures", __name__)
