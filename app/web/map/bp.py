"""The blueprint of this package: every view of it stands on it."""

from flask import Blueprint

bp = Blueprint("map", __name__)
