"""How a client's town is called in a sentence, and what it calls its papers: words we use for any, and its own."""

from collections.abc import Mapping
from typing import NamedTuple

ASKERS = {"national": "国の通知", "national_2015": "平成27年のハンドブック", "house": "在宅点検の目安"}  # else the town


class Local(NamedTuple):
    """The words that a town may have of its own. A sentence holds their names in braces."""

    town: str = "市町村"
    papers: str = "市町村が求める書類"  # handed in for a new term
    proof: str = "決定通知や受給者証"  # where the time of use at home can be read
    decision: str = "決定"  # what use at home waits for: a decision, or a filing

    def filled(self, words: str) -> str:
        """
        >>> Local(town="長崎市").filled("{town}に確かめてください。")
        '長崎市に確かめてください。'
        """
        if "{" not in words:
            return words
        for name, word in self._asdict().items():
            words = words.replace(f"{{{name}}}", word)
        return words


ANYWHERE = Local()
OWN_WORDS: Mapping[str, type] = {"papers": str, "proof": str, "decision": str}  # of the table [words] in a town's text


def local_of(town: str, words: Mapping[str, str]) -> Local:
    """Return the words of a town; what its text does not name is called as anywhere."""
    return ANYWHERE._replace(town=town, **words)
