"""What an outline is told beside its sheet: the month, who the clients are, what the office has answered."""

from collections.abc import Callable
from dataclasses import dataclass, field

from zaitaku_xl.layouts.pieces import Answers, SheetRead
from zaitaku_xl.layouts.sheet import Sheet
from zaitaku_xl.model import Month
from zaitaku_xl.spelling import of_person


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """``clients``: the names that lists of clients hold, made comparable; ``surnames`` those of only one of them."""

    month: Month | None = None  # of 設定, or asked for
    clients: frozenset[str] = frozenset()
    answers: Answers = field(default_factory=dict)

    def is_client(self, name: str) -> bool:
        """Tell whether a name is a client's, in full or by the surname; where no list of clients is known, any is."""
        typed = of_person(name)
        return not self.clients or any(client == typed or client.startswith(typed) for client in self.clients)


Outline = Callable[[Sheet, Around], SheetRead | None]
