"""What `run` and `worker` start, replaced: a web server, a process, the consumer of the queue; and other settings."""

import io
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest import mock

import pytest
from flask import Flask

from app.cli import anew, serving
from app.core import schema_guard
from config import Config


@pytest.fixture
def launchers(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, mock.Mock]]:
    """Replace the web server, the worker and the consumer of the queue by mocks; yield the mocks by name."""
    monkeypatch.setitem(app.config, "PORT", 0)
    # What they would stop when the schema is another is this process.
    monkeypatch.setattr(schema_guard, "_stops", [])
    mocks = {"server": mock.Mock(), "worker": mock.Mock(), "consumer": mock.Mock()}
    process, mocks["worker_over"] = mocks["worker"].return_value, mock.Mock(wraps=threading.Event())
    process.stdin = io.BytesIO()
    process.wait.side_effect = lambda timeout=None: (
        mocks["worker_over"].set() if timeout else mocks["worker_over"].wait(20)
    )
    process.kill.side_effect = mocks["worker_over"].set
    # Each one that is started runs, though the one before was stopped.
    mocks["worker"].side_effect = lambda *_command, **_options: (mocks["worker_over"].clear(), mock.DEFAULT)[1]
    monkeypatch.setattr(serving, "Server", mocks["server"])
    mocks["server"].return_value.leave.return_value = None
    monkeypatch.setattr(serving, "listen", mock.Mock())
    monkeypatch.setattr(anew, "watch", mocks.setdefault("watch", mock.Mock()))
    monkeypatch.setattr(subprocess, "Popen", mocks["worker"])
    monkeypatch.setattr(app.extensions["huey"], "create_consumer", mock.Mock(return_value=mocks["consumer"]))
    yield mocks
    app.extensions.pop("began", None)
    logger = logging.getLogger("huey")
    logger.handlers.clear()
    logger.propagate = True


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., None]:
    """Set the environment anew, as another process would find it."""

    def set_environment(**values: str) -> None:
        for name in [name for name in os.environ if hasattr(Config, name.removesuffix("_FILE"))]:
            monkeypatch.delenv(name)
        for name, value in ({"REFLEXE_ENV": "development", "DATA_DIR": str(tmp_path / "data")} | values).items():
            monkeypatch.setenv(name, value)
        monkeypatch.delitem(sys.modules, "config", raising=False)

    return set_environment
