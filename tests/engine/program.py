"""The program and the engine by which xlwings knows it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import xlwings as xw
from xlwings import base_classes

from tests.engine import com
from tests.engine.books import FILTERS, Book, Sheet
from tests.engine.cells import Range
from tests.engine.office import Office
from zaitaku_xl.hosts.live.values import ERROR_CODES


class Engine:
    """Registered under the name of the real one: the function server asks for it by name."""

    name, type = "excel", "desktop"

    def __init__(self) -> None:
        self.apps = Apps()

    @staticmethod
    def prepare_xl_data_element(x: object, _: object) -> object:
        return "" if x is None else x

    @staticmethod
    def clean_value_data(data: Any, datetime_builder: Any, empty_as: Any, number_builder: Any, err_to_str: bool) -> Any:
        codes = {code: text for text, code in ERROR_CODES.items()}

        def clean(value: Any) -> Any:
            if value is None or value == "":
                return empty_as
            if isinstance(value, dt.datetime):
                return datetime_builder(
                    year=value.year, month=value.month, day=value.day, hour=value.hour, minute=value.minute,
                    second=value.second, microsecond=value.microsecond, tzinfo=None,
                )  # fmt: skip
            if isinstance(value, int) and not isinstance(value, bool) and value in codes:
                return codes[value] if err_to_str else None
            return number_builder(value) if number_builder and isinstance(value, float) else value

        return [[clean(value) for value in row] for row in data]


class Apps(base_classes.Apps):
    def __init__(self) -> None:
        self.all: list[App] = []

    def keys(self) -> list[int]:
        return [app.pid for app in self.all]

    def add(self, spec: Any = None, add_book: Any = None, xl: Any = None, visible: Any = None) -> App:
        self.all.insert(0, App(Office()))
        return self.all[0]

    def __iter__(self) -> Iterator[App]:
        return iter(list(self.all))

    def __len__(self) -> int:
        return len(self.all)

    def __getitem__(self, pid: int) -> App:
        return next(app for app in self.all if app.pid == pid)


class App(base_classes.App):
    """The program. ``said`` keeps every message, ``answers`` and ``folders`` what the person will answer."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.said: list[str] = []
        self.status: list[object] = []
        self.answers: list[str] = []
        self.folders: list[str] = []
        self.screen: list[bool] = []
        self._screen_updating = self._display_alerts = self._enable_events = True
        self._status_bar: object = False

    engine = property(lambda self: ENGINE)
    api = property(lambda self: com.Application(self))
    pid = property(lambda self: self.office.pid)
    hwnd = property(lambda self: None)
    visible = property(lambda self: False, lambda self, value: None)
    version = property(lambda self: "16.0")
    books = property(lambda self: Books(self))

    def awake(self) -> Office:
        """Return the program, started anew where it was lost: the books that were open are gone."""
        if self.office.lost():
            self.office.stop()
            self.office = Office()
        return self.office

    def activate(self, steal_focus: bool = False) -> None:
        ENGINE.apps.all.sort(key=lambda app: app is not self)

    @property
    def screen_updating(self) -> bool:
        return self._screen_updating

    @screen_updating.setter
    def screen_updating(self, value: bool) -> None:
        if value != self._screen_updating:
            for book in self.books:
                book.hold_still(not value)
        self._screen_updating = value
        self.screen.append(value)

    @property
    def display_alerts(self) -> bool:
        return self._display_alerts

    @display_alerts.setter
    def display_alerts(self, value: bool) -> None:
        self._display_alerts = value

    @property
    def enable_events(self) -> bool:
        return self._enable_events

    @enable_events.setter
    def enable_events(self, value: bool) -> None:
        self._enable_events = value

    @property
    def status_bar(self) -> object:
        return self._status_bar

    @status_bar.setter
    def status_bar(self, value: object) -> None:
        self._status_bar = value
        self.status.append(value)

    def alert(self, prompt: str, title: str, buttons: str, mode: str, callback: str) -> str:
        self.said.append(prompt)
        return self.answers.pop(0) if self.answers else buttons.split("_", maxsplit=1)[0]

    @property
    def selection(self) -> Range | None:
        book = self.books.active
        selected = book.uno.CurrentSelection
        if not hasattr(selected, "RangeAddress"):
            return None
        return Range.of(Sheet(book, book.uno.Sheets.getByIndex(selected.RangeAddress.Sheet)), selected.RangeAddress)

    def calculate(self) -> None:
        for book in self.books:
            book.uno.calculateAll()

    def quit(self) -> None:
        self.office.stop()
        ENGINE.apps.all.remove(self)


class Books(base_classes.Books):
    def __init__(self, app: App) -> None:
        self.app = app

    api = property(lambda self: None)

    def _documents(self) -> Iterator[Any]:
        found = self.app.office.desktop.Components.createEnumeration()
        while found.hasMoreElements():
            document = found.nextElement()
            if document.supportsService("com.sun.star.sheet.SpreadsheetDocument"):
                yield document

    def __iter__(self) -> Iterator[Book]:
        return (Book(self.app, document) for document in self._documents())

    def __len__(self) -> int:
        return sum(1 for _ in self._documents())

    @property
    def active(self) -> Book:
        return Book(self.app, self.app.office.desktop.getCurrentComponent() or next(self._documents()))

    def __call__(self, key: int | str) -> Book:
        books = list(self)
        if isinstance(key, int):
            return books[key - 1]
        for book in books:
            if book.name.lower() == key.lower():
                return book
        raise KeyError(key)

    def add(self) -> Book:
        return Book(self.app, self.app.awake().opened("private:factory/scalc"))

    def open(self, fullname: str, *_: object, macros: bool = False, **__: object) -> Book:
        how = {"MacroExecutionMode": 4 if macros else 0}
        if Path(fullname).suffix == ".xlam":
            how["FilterName"] = FILTERS[".xlam"]  # type: ignore[assignment]
        return Book(self.app, self.app.awake().opened(Path(fullname).resolve().as_uri(), **how))


ENGINE = Engine()


def start() -> xw.App:
    """Make LibreOffice the Excel of this process and return it, started."""
    xw.engines.add(xw.Engine(impl=ENGINE))
    xw.engines["excel"].activate()
    return xw.App(add_book=False)
