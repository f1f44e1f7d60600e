"""Change the law and the votes, one sign at a time, and see whether a test notices (`python -m tests.support.mutants`).

It works on a copy of the tree. It names the changes that nobody notices, and ends with 1 when they are more than 5 %.
"""

import json
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

from app import HOUSE

TOOLS = HOUSE / ".venv-soak" / "bin"
# The share, in hundredths, that may go unnoticed.
MOST = 5
POLICIES = [
    str(file.relative_to(HOUSE)) for form in ("*/policy.py", "*/policy/*.py") for file in HOUSE.glob(f"app/**/{form}")
]
# The code that is changed, and the tests that are to notice.
GROUPS = {
    "permissions": (
        ["app/core/permits.py", *sorted(POLICIES)],
        "test_permissions.py ideas/test_policy.py comments/test_policy.py web/comments/test_marks.py accounts/test_rights.py"
        " updates/test_service.py plan ideas/test_answers_law.py moderation/measures/test_law.py moderation/merges/test_law.py"
        " moderation/cases moderation/appeals moderation/first_posts moderation/moves"
        " desk/test_assignments.py desk/test_own_words.py communities notifications events/test_law.py forum"
        " notes/test_law.py choices/test_law.py",
    ),
    "votes": (
        [f"app/votes/{name}.py" for name in ("service", "queries", "inheriting", "reactions")],
        "votes/test_service.py votes/test_queries.py web/votes/test_support.py votes/test_inheriting.py"
        " votes/test_inheriting_model.py",
    ),
}
# What says a type, and not what is done (`int | None`); and what is the same of a small number or of a name (`==`, `is`).
UNSAID = (
    "core/ReplaceBinaryOperator_BitOr%",
    "core/ReplaceComparisonOperator_Eq_Is",
    "core/ReplaceComparisonOperator_NotEq_IsNot",
)
CONFIG = """[cosmic-ray]
module-path = {modules}
timeout = 120.0
excluded-modules = []
test-command = {command}

[cosmic-ray.distributor]
name = "local"
"""


def main() -> int:
    groups = sys.argv[1:] or list(GROUPS)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "tree"
        shutil.copytree(HOUSE, copy, ignore=shutil.ignore_patterns(".*", "var", "__pycache__"))
        return max(_group(name, copy, Path(folder)) for name in groups)


def _group(name: str, copy: Path, folder: Path) -> int:
    modules, names = GROUPS[name]
    tests = [f"tests/{one}" for one in names.split()]
    command = [sys.executable, "-m", "pytest", "-q", "-x", "--engine", "sqlite", "-p", "no:cacheprovider", *tests]
    config, session = folder / f"{name}.toml", folder / f"{name}.sqlite"
    config.write_text(CONFIG.format(modules=json.dumps(modules), command=json.dumps(" ".join(command))))
    _run(copy, "cosmic-ray", "baseline", config)
    _run(copy, "cosmic-ray", "init", config, session)
    _leave_types(session)
    _run(copy, "cosmic-ray", "exec", config, session)
    print(name, _run(copy, "cr-report", "--surviving-only", session), flush=True)
    return subprocess.run([TOOLS / "cr-rate", "--fail-over", str(MOST), session], check=False).returncode


def _run(copy: Path, tool: str, *arguments: object) -> str:
    result = subprocess.run([TOOLS / tool, *map(str, arguments)], cwd=copy, capture_output=True, text=True, check=False)
    if result.returncode:
        raise SystemExit(f"{tool} {arguments[0]}: {result.stdout[-2000:]}{result.stderr[-2000:]}")
    return result.stdout


def _leave_types(session: Path) -> None:
    with sqlite3.connect(session) as database:
        for sign in UNSAID:
            rows = database.execute("SELECT job_id FROM mutation_specs WHERE operator_name LIKE ?", (sign,)).fetchall()
            for table in ("mutation_specs", "work_items"):
                database.executemany(f"DELETE FROM {table} WHERE job_id = ?", rows)


if __name__ == "__main__":
    sys.exit(main())
