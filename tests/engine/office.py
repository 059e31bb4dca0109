"""A LibreOffice of our own, spoken to over UNO through a pipe: one a test process, on a profile nobody else uses."""

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.tools import FRESH_PROFILE, MISSING, needs

UNO = Path("/usr/lib/python3/dist-packages")  # where Debian's python3-uno lies; a virtual environment does not see it
_SECONDS = 60


def uno() -> ModuleType:
    """Return Debian's binding, loaded by its file, so that nothing else of that folder comes along; skips without it."""
    if "uno" in sys.modules:
        return sys.modules["uno"]
    if not (UNO / "uno.py").is_file():
        pytest.skip(MISSING + "python3-uno", allow_module_level=True)
    for name in ("uno", "unohelper"):
        spec = importlib.util.spec_from_file_location(name, UNO / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        module = sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return sys.modules["uno"]


def struct(kind: str, **values: object) -> Any:
    made = uno().createUnoStruct(kind)
    for name, value in values.items():
        setattr(made, name, value)
    return made


def properties(**values: object) -> tuple[Any, ...]:
    return tuple(struct("com.sun.star.beans.PropertyValue", Name=name, Value=value) for name, value in values.items())


def _uno_error() -> type[Exception]:
    """What the binding raises, known only once it is loaded."""
    from com.sun.star.uno import Exception as Error  # type: ignore[import-not-found]

    return Error  # type: ignore[no-any-return]


class Office:
    """A headless LibreOffice that ends with us, by its own id."""

    def __init__(self) -> None:
        program = Path(needs("soffice")).resolve().with_name("soffice.bin")
        uno()
        self.profile = Path(tempfile.mkdtemp(prefix="zaitaku_xl-office-"))
        self._pipe = f"zaitaku{uuid.uuid4().hex[:12]}"
        self._command = [
            str(program), "--headless", "--norestore", "--nologo", "--nodefault", f"--accept=pipe,name={self._pipe};urp;",
            f"-env:UserInstallation={self.profile.as_uri()}",
        ]  # fmt: skip
        self._start()
        self.context = self._connected()
        self.desktop = self.context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", self.context)

    @property
    def pid(self) -> int:
        return self._process.pid

    def _start(self) -> None:
        # LibreOffice has a Python of its own, which must not meet ours.
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
        self._process = subprocess.Popen(
            self._command, env=kept | {"PATH": os.defpath}, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def _connected(self) -> Any:
        local = uno().getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        end = time.monotonic() + _SECONDS
        from com.sun.star.connection import NoConnectException  # type: ignore[import-not-found]

        while True:
            try:
                return resolver.resolve(f"uno:pipe,name={self._pipe};urp;StarOffice.ComponentContext")
            except NoConnectException:
                code = self._process.poll()
                if code == FRESH_PROFILE:
                    self._start()
                elif code is not None or time.monotonic() > end:
                    self.stop()
                    raise
                time.sleep(0.05)

    def lost(self) -> str | None:
        """Say how LibreOffice was lost; None while it answers."""
        code = self._process.poll()
        if code is not None:
            return f"LibreOffice ended with {code}"
        try:
            self.desktop.getName()  # asked over the pipe
        except _uno_error() as error:
            return f"LibreOffice runs, and its pipe is closed: {error}"
        return None

    def opened(self, url: str, **how: object) -> Any:
        """Return the document; a stale lock makes LibreOffice give nothing at all, without a word."""
        document = self.desktop.loadComponentFromURL(url, "_blank", 0, properties(**how))
        if document is None:
            raise OSError(f"LibreOffice could not open {url}")
        return document

    def stop(self) -> None:
        """End what we started: asked first, so that it takes its lock files along, then by its id."""
        try:
            self.desktop.terminate()
        except (_uno_error(), AttributeError):  # it ended before, or never began
            self._process.terminate()
        try:
            self._process.wait(8)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self.profile, ignore_errors=True)
