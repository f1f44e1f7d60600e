"""seed: reference data, the demonstration, and bulk rows for measurements."""

import click
from flask import current_app
from flask_security import hash_password

from app.cli.terminal import answer, as_json, bar, on_app, tell
from app.figures import jobs as figures
from app.operations import reference
from app.operations.bench import bulk
from app.operations.demo import story
from app.results import jobs as results


@click.group("seed")
def seed() -> None:
    """Sow reference data, the demonstration, or bulk; running it again adds only what is missing."""


@seed.command("reference")
@as_json
@on_app()
def seed_reference(as_json: bool) -> None:
    """Add the communities, issues, territories, acronyms and shapes that are missing; change nothing that is there."""
    counts = sow_reference()
    if as_json:
        answer(counts)


@seed.command("demo")
@as_json
@on_app()
def seed_demo(as_json: bool) -> None:
    """Add the demonstration: people, ideas, comments, supports and updates. Never in production."""
    if current_app.config["REFLEXE_ENV"] == "production":
        raise click.ClickException("Demonstration content and accounts never enter a production database.")
    sow_reference()
    counts = sow_demo()
    if as_json:
        answer(counts)


@seed.command("bench")
@click.option("--ideas", type=click.IntRange(0), default=1000, show_default=True)
@click.option("--comments", type=click.IntRange(0), default=10000, show_default=True)
@click.option("--votes", type=click.IntRange(0), default=20000, show_default=True)
@as_json
@on_app()
def seed_bench(ideas: int, comments: int, votes: int, as_json: bool) -> None:
    """Add synthetic rows for measurements, the same ones each time. Never in production."""
    if current_app.config["REFLEXE_ENV"] == "production":
        raise click.ClickException("Synthetic rows never enter a production database.")
    sow_reference()
    with bar("Synthetic rows", ideas + comments + votes) as progress:
        counts = bulk.seed(ideas=ideas, comments=comments, votes=votes, step=progress.update)
    answer(counts) if as_json else tell(_sentence("Synthetic rows", counts))


def sow_reference() -> dict[str, int]:
    """Sow the reference, and say what was added."""
    counts = reference.seed()
    tell(_sentence("Reference", counts))
    return counts


def sow_demo() -> dict[str, int]:
    """Sow the demonstration under a progress bar, count what the worker counts, and say what was added."""
    with bar("Demonstration", story.count_steps()) as progress:
        counts = story.seed(hash_password, step=progress.update)
    if any(counts.values()):
        results.count_words()
        figures.count_comments()
        figures.count_persons()
    tell(_sentence("Demonstration", counts))
    return counts


def _sentence(what: str, counts: dict[str, int]) -> str:
    parts = [f"{number} {name}" for name, number in counts.items() if number]
    return f"{what}: {', '.join(parts)} added." if parts else f"{what}: all there already."
