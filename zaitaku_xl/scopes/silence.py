"""Words that stand in a cell and record nothing (A-34): neither a record nor none.

Each is the whole text of its cell, or the whole text denies clearly that anything was done; a text that goes on to tell
what was done is a record. The words are data (law/words.toml).
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

from zaitaku_xl.law.words import words_of

_LONGEST = 60  # a longer text tells something
_LONGEST_WORD = 24  # of those that say nothing, with what stands around them
_ENDS = ("でございます", "でした", "です", "だった", "である")
_SAME = (("無し", "なし"), ("ナシ", "なし"), ("無い", "ない"), ("ございません", "ありません"))
_SIGN = r"[、,。.・;:!?()「」『』\[\]【】<>〈〉~〜\-ー…→]"
# Every denial and every attempt without answer has one of these: most texts are through with one look. Each branch
# begins with a letter and not with a choice of some, so that the search leaps from one such letter to the next.
_DENIAL_HINT = re.compile(
    r"未|ず|ズ|無|不|休|欠|止|断|延|な[しシい]|ナ[しシい]|なかっ|キャンセル|やめ|送り|送った|ｷｬﾝｾﾙ|ﾅｼ"
)
_ATTEMPT_HINT = re.compile(
    r"不在|不通|留守|な[しシくいか]|ナ[しシくいか]|無|ず|ズ|ません|未|圏外|話中|話し中|電源|のみ|着信|待"
)
_AROUND = "、,。.・;:!?~〜-ー…→"
_WRAPPED = re.compile(r"[(「『\[【<〈]([^()「」『』\[\]【】<>〈〉]*)[)」』\]】>〉]")
_RATINGS = frozenset("○◯〇◎●△▲×✕")


def says_nothing(text: str | None) -> bool:
    """True of 「なし」, 「同上」, 「-」 and their like, in whatever cell.

    >>> [says_nothing(text) for text in ("（特に無し）", "〃", "…", "忘れ物なし", None)]
    [True, True, True, False, False]
    """
    return text is not None and len(text) <= _LONGEST_WORD and _says_nothing(text)


def is_no_log(text: str | None) -> bool:
    """True where 訓練内容 or 支援記録 says nothing, or that nothing was done.

    >>> [is_no_log(text) for text in ("体調不良のため未実施", "変わりなし", "午前は入力、午後は体調不良のため未実施")]
    [True, True, False]
    """
    return text is not None and len(text) <= _LONGEST and _is_no_log(text)


def has_no_content(text: str | None) -> bool:
    """True where 連絡内容 says nothing or is a tick: an attempt without answer is told, though it is no contact.

    >>> has_no_content("○"), has_no_content("応答なし")
    (True, False)
    """
    return text is not None and _is_short_and_nothing(text)


def is_no_contact(text: str | None) -> bool:
    """True where 連絡内容 says nothing, or tells of an attempt that nobody answered.

    >>> [is_no_contact(text) for text in ("2回電話するも応答なし", "不在のため留守電に伝言", "不在だったが折り返しがあり進み具合を確認")]
    [True, True, False]
    """
    return text is not None and len(text) <= _LONGEST and _is_no_contact(text)


def is_no_evaluation(text: str | None) -> bool:
    """True where 内容, 達成度 or 訓練目標 says nothing; a mark like ○ is an evaluation.

    >>> [is_no_evaluation(text) for text in ("面談できず", "－", "○", "未達成")]
    [True, True, False, False]
    """
    return text is not None and len(text) <= _LONGEST and _is_no_evaluation(text)


def is_ditto(text: str | None) -> bool:
    """True where the text only points at another cell.

    >>> is_ditto("〃"), is_ditto("なし")
    (True, False)
    """
    return (
        text is not None and len(text) <= _LONGEST_WORD and (_bare(text) in _listed("ditto") or text.strip() in "〃″")
    )


@lru_cache(maxsize=4096)
def _says_nothing(text: str) -> bool:
    if not _of_their_signs().fullmatch(text):
        return False
    bare = _bare(text)
    return bare in _listed("any") or bare in _listed("ditto") or (not bare and _RATINGS.isdisjoint(text))


@lru_cache(maxsize=4096)
def _is_no_log(text: str) -> bool:
    return _is_short_and_nothing(text, "log") or _denies(text)


@lru_cache(maxsize=4096)
def _is_no_contact(text: str) -> bool:
    return _is_short_and_nothing(text) or (bool(_ATTEMPT_HINT.search(text)) and _tells_of_an_attempt(text))


@lru_cache(maxsize=4096)
def _is_no_evaluation(text: str) -> bool:
    return says_nothing(text) or _denies(text)


def _is_short_and_nothing(text: str, *lists: str) -> bool:
    if len(text) > _LONGEST_WORD or not _of_their_signs().fullmatch(text):
        return False
    bare = _bare(text)
    return not bare or any(bare in _listed(name) for name in ("any", "ditto", "ticks", *lists))


def _folded(text: str) -> str:
    words = "".join(unicodedata.normalize("NFKC", text).split()).lower()
    for word, same in _SAME:
        words = words.replace(word, same)
    return words


def _bare(text: str) -> str:
    """The text without blanks, signs and brackets, and without a polite end."""
    words = "".join([sign for sign in _folded(text) if unicodedata.category(sign)[0] in "LN" and sign != "ー"])
    end = next((end for end in _ENDS if words.endswith(end) and words != end), "")
    return words.removesuffix(end)


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(_bare(word) for word in words_of("says_nothing")[name]) - {""}


@cache
def _of_their_signs() -> re.Pattern[str]:
    """A text with any other sign is none of the words that say nothing: most are through with one look."""
    signs = {sign for words in words_of("says_nothing").values() for word in words for sign in word}
    signs |= {sign for pair in _SAME for word in pair for sign in word} | {sign for end in _ENDS for sign in end}
    every = "".join(re.escape(sign) for sign in sorted(signs))
    return re.compile(rf"[{every}\W_a-zA-Z0-9ａ-ｚＡ-Ｚ０-９ｦ-ﾟー]*")


def _denies(text: str) -> bool:
    """「体調不良のため、訓練は未実施」."""
    if not _DENIAL_HINT.search(text):
        return False
    found = _not_done().fullmatch(_without_signs_around(text))
    if found is None:
        return False
    reason = found["reason"] or found["bracketed"] or ""
    return not any(word in reason for word in words_of("not_done")["done_before"])


def _tells_of_an_attempt(text: str) -> bool:
    words = _folded(text)
    return bool(_attempt().fullmatch(words)) and bool(_unanswered().search(words))


def _without_signs_around(text: str) -> str:
    words = _folded(text).strip(_AROUND)
    whole = _WRAPPED.fullmatch(words)
    return whole[1].strip(_AROUND) if whole else words


@cache
def _not_done() -> re.Pattern[str]:
    """No two neighbours take the same signs, so that there is one way to read a text."""
    words = words_of("not_done")
    because, when, what, denied = (_any_of(words[name]) for name in ("because", "when", "what", "denied"))
    pause = rf"{_SIGN}?"
    reason = rf"(?:(?P<reason>[^、,。.;・]{{1,20}}?){because}{pause})?"
    end = r"(?:と(?:する|した|なる|なった)|に(?:する|した|なる|なった)|する|した|しました|です|でした|だった)?"
    bracketed = r"(?:\((?P<bracketed>[^()]{1,20})\))?"
    return re.compile(
        rf"{reason}(?:{when}[はもの]?{pause})?(?:{what}[はもをがの]?{pause})?{denied}{end}{pause}{bracketed}"
    )


@cache
def _unanswered() -> re.Pattern[str]:
    words = words_of("attempt")
    return re.compile(
        rf"{_any_of(words['alone'])}|{_any_of(words['answerless'])}[がはもを]?{_any_of(words['without'])}"
    )


@cache
def _attempt() -> re.Pattern[str]:
    """One word after the other, none taken back: a text of sixty signs is read in sixty steps."""
    around = _any_of(words_of("attempt")["around"])
    return re.compile(rf"(?>{_unanswered().pattern}|{around}|\d|{_SIGN})++")


def _any_of(words: Iterable[str]) -> str:
    """The longest word first, so that none is taken for the beginning of another."""
    return "(?:" + "|".join(map(re.escape, sorted(map(_folded, words), key=len, reverse=True))) + ")"
