"""The letters of a CSV: which encoding it was saved in, or why it cannot be told."""

import codecs
import re

from zaitaku_xl.errors import Unreadable
from zaitaku_xl.sentence import Sentence, own

_REMEDY = "Excelで開き、「名前を付けて保存」で「Excelブック（*.xlsx）」として保存し直してください。"
_COPY_AGAIN = "元のファイルをコピーし直してください。"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_ESCAPE = re.compile(rb"\x1b(?:\$[@B]|\([BJI])")
_HALF_KATAKANA = re.compile("[｡-ﾟ]")
_LAYOUT = re.compile("[\r\n\t\u3000]")


def decoded(data: bytes) -> str:
    """Return the text of a CSV that Excel or another program saved; raises Unreadable with a sentence."""
    if not data.strip():
        raise Unreadable(f"ファイルの中身が空です（0バイト）。{_COPY_AGAIN}")
    text = _marked(data) or _without_mark(data)
    if "\0" in text:
        raise Unreadable(f"ファイルの中に0のバイト（NUL）があります。保存かコピーの途中で壊れています。{_COPY_AGAIN}")
    return text


def _marked(data: bytes) -> str | None:
    """Read what says its own encoding."""
    for mark, encoding, name in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeError as error:
                raise _cut_or_broken(error, name) from error
    if _ESCAPE.search(data) and data.isascii():
        try:
            return data.decode("iso2022_jp_ext")
        except UnicodeError as error:
            raise Unreadable(f"JIS（ISO-2022-JP）で書かれていて、読めない文字があります。{_REMEDY}") from error
    return None


def _without_mark(data: bytes) -> str:
    wide = _wide(data) if b"\0" in data else None
    if wide:
        return wide
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and error.start > len(data) // 2 and error.start:
            raise _cut_or_broken(error, "UTF-8") from error
    return _japanese(data)


def _wide(data: bytes) -> str | None:
    """Read UTF-16 that bears no mark: nothing in it may be a letter that nobody writes."""
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeError:
            continue
        if "\n" in text and _LAYOUT.sub("", text).isprintable():
            return text
    return None


def _japanese(data: bytes) -> str:
    """Read シフトJIS, or EUC where it would be half-width katakana throughout."""
    found = {encoding: _tried(data, encoding) for encoding in ("cp932", "euc_jp")}
    shift, euc = found["cp932"], found["euc_jp"]
    if euc and (
        not shift or len(_HALF_KATAKANA.findall(shift)) > len(_HALF_KATAKANA.findall(euc)) * 2 + len(shift) // 5
    ):
        return euc
    if shift is None:
        raise Unreadable(f"文字コードが分かりません（UTF-8かシフトJISのCSVを読みます）。{_REMEDY}")
    return shift


def _tried(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeError:
        return None


def _cut_or_broken(error: UnicodeError, name: str) -> Unreadable:
    is_cut = isinstance(error, UnicodeDecodeError) and error.reason in ("unexpected end of data", "truncated data")
    words = "{name}の印がありますが、{name}として読み取れません。保存かコピーの途中で壊れています。"
    if is_cut:
        words = "ファイルが途中で切れています（{name}の文字の途中で終わっています）。"
    return Unreadable(Sentence(words + _COPY_AGAIN, name=own(name)))
