"""Text that cannot act on what shows it: what moves the cursor, ends a line, turns the direction or is no character is spelled out."""

import re

_ACTING = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_NO_CHARACTER = re.compile("[\ud800-\udfff]")
_BYTES = range(0xDC80, 0xDD00)  # a byte of a file name that is no text, as Python carries it


def visible(text: str, *, lines: bool = False) -> str:
    r"""Return the text with what acts spelled out; with *lines* it may go on over several of them.

    >>> visible("\x1b[31m山田\u202e"), visible("日\n報"), visible("日\n報", lines=True)
    ('\\x1b[31m山田\\u202e', '日\\x0a報', '日\n報')
    >>> visible(b"\x93\xfa.xlsx".decode("utf-8", "surrogateescape"))
    '\\x93\\xfa.xlsx'
    """
    if text.isprintable():
        return text
    return _ACTING.sub(lambda found: found[0] if lines and found[0] in "\n\t" else _spelled(found[0]), text)


def path_as_text(path: str) -> str:
    r"""Return a path that every program can open: bytes that are no text are spelled out.

    >>> path_as_text(b"\x93\xfa.xlsx".decode("utf-8", "surrogateescape"))
    '_x93_xfa.xlsx'
    """
    return _NO_CHARACTER.sub(lambda found: _spelled(found[0]).replace("\\", "_"), path)


def file_name(text: str) -> str:
    r"""Return words of a record as a part of a file's name: nothing in it acts, nothing leads to another folder.

    >>> file_name("山田\n花子/\u202e")
    '山田_x0a花子__u202e'
    """
    return re.sub(r'[/\\:*?"<>|]', "_", visible(text))


def in_json(text: str) -> str:
    r"""Return the text of a JSON document that says the same and does nothing to a terminal.

    >>> in_json('"\u202e"')
    '"\\u202e"'
    """
    return text if text.isprintable() else _ACTING.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    if found[0] == "\n":  # between two values: inside them JSON has escaped it
        return "\n"
    data = found[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{data[at] << 8 | data[at + 1]:04x}" for at in range(0, len(data), 2))


def _spelled(character: str) -> str:
    code = ord(character)
    if code in _BYTES:
        code -= 0xDC00
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
