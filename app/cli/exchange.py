"""import: bring in ideas and comments from another platform, a plan from a spreadsheet, shapes from a map."""

import click

from app.cli.ideas_file import import_ideas
from app.cli.plan_file import import_plan
from app.cli.shapes import import_shapes


@click.group("import")
def import_() -> None:
    """Bring in ideas and comments from another platform, a plan from a spreadsheet, or shapes for the maps."""


for command in (import_ideas, import_plan, import_shapes):
    import_.add_command(command)
