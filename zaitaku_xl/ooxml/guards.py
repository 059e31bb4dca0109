"""What a package must look like before anything is inflated, parsed or written; every refusal is said here."""

import re
import zipfile
from collections.abc import Iterable, Sequence

from zaitaku_xl.errors import Unreadable
from zaitaku_xl.sentence import Sentence, typed

MAX_ENTRIES = 20_000
MAX_PART = 256 << 20
MAX_TOTAL = 1 << 30
MAX_RATIO = 400
RATIO_COUNTS_FROM = 1 << 20  # a small part of blanks compresses better than any bomb and harms nobody
OWNER_FILE_SIZE = 165  # Excel's ~$ file, there while a workbook is open

_COMPOUND = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_DECLARED = re.compile(rb"""^(?:\xef\xbb\xbf)?<\?xml[^>]*?\bencoding\s*=\s*["']([\w.\-]+)["']""")
_DECLARATION = re.compile(r"^<\?xml[^>]*\?>")
_RESAVE = "Excelで開き、「名前を付けて保存」で「Excelブック（*.xlsx）」として保存し直してください。"


def damaged(where: str) -> Unreadable:
    """Return the refusal for a file whose inside does not hold together."""
    return _about(
        "ファイルが壊れています（{name}）。元のファイルをコピーし直すか、Excelで開いて修復してください。", where
    )


def _about(template: str, name: str) -> Unreadable:
    """A refusal that names a part or a sheet: whoever made the file chose that name."""
    return Unreadable(Sentence(template, name=typed(name, in_brackets=False)))


def check_first_bytes(data: bytes) -> None:
    """Refuse what is not a zip archive at all, saying what it is instead."""
    if not data:
        raise Unreadable("ファイルの中身が空です（0バイト）。元のファイルをコピーし直してください。")
    if is_encrypted(data):
        raise Unreadable("パスワードで保護されています。Excelで開き、パスワードを外して保存してから点検してください。")
    if data.startswith(_COMPOUND):
        raise Unreadable(f"古い形式（.xls）です。{_RESAVE}")
    if not data.startswith(b"PK"):
        raise Unreadable(_not_a_zip(data))


def is_compound(data: bytes) -> bool:
    """Tell whether this is an old workbook or one with a password: both begin with the same bytes."""
    return data.startswith(_COMPOUND)


def is_encrypted(data: bytes) -> bool:
    """Tell whether this is a workbook with a password to open it."""
    return data.startswith(_COMPOUND) and _ENCRYPTED_STREAM in data


def _not_a_zip(data: bytes) -> str:
    if not data.strip(b"\0"):
        return "ファイルの中身がすべて0のバイト（NUL）です。保存かコピーの途中で壊れています。元のファイルをコピーし直してください。"
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if len(data) == OWNER_FILE_SIZE and data[0] < 64:
        return "Excelが開いている間だけ作る管理用のファイル（~$で始まるもの）です。点検するのは元のブックです。"
    if head.startswith((b"<!doctype html", b"<html", b"<table", b"<meta")):
        return f"中身はWebページ（HTML）で、Excelブックではありません。{_RESAVE}"
    if head.startswith(b"<?xml"):
        return f"中身はXMLの文書で、Excelブックではありません。{_RESAVE}"
    if not any(byte < 9 for byte in data[:2048]):
        return f"中身は文字だけのファイル（CSVなど）で、Excelブックではありません。{_RESAVE}"
    return "Excelブックではありません（途中で切れたか、別の種類のファイルです）。元のファイルを確かめてください。"


def check_directory(entries: Sequence[zipfile.ZipInfo]) -> None:
    """Refuse a directory that is absurd, ambiguous or hides a bomb; nothing has been inflated yet."""
    if len(entries) > MAX_ENTRIES:
        raise Unreadable(
            f"ファイルの中の部品が多すぎます（{len(entries)}個）。不要な図形などを減らして保存し直してください。"
        )
    for entry in entries:
        _check_entry(entry)
    if sum(entry.file_size for entry in entries) > MAX_TOTAL:
        raise Unreadable("ファイルを広げると1GBを超えます。月ごとに分けるなど、小さくしてから点検してください。")


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.orig_filename
    if entry.flag_bits & 1:
        raise Unreadable("パスワード付きの圧縮ファイルです。パスワードを外して保存してから点検してください。")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise _about("Excelが使わない方法で圧縮されています（{name}）。" + _RESAVE, name)
    if entry.file_size > MAX_PART:
        raise _about("ファイルの一部が大きすぎます（{name}、256MBまで）。シートを分けてから点検してください。", name)
    if entry.file_size > RATIO_COUNTS_FROM and entry.file_size > MAX_RATIO * max(1, entry.compress_size):
        raise _about(
            "広げると異常に大きくなるファイルです（{name}）。安全のため開きません。入手元を確かめてください。", name
        )


def check_names(names: Iterable[str]) -> None:
    """Refuse two parts of one name: readers disagree which of them counts."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise damaged(f"同じ名前の部品が二つあります: {name}")
        seen.add(name)


def check_overlaps(spans: Iterable[tuple[int, int]], end: int) -> None:
    """Refuse entries that share bytes: the mark of a bomb, never of a spreadsheet program."""
    position = 0
    for start, stop in sorted(spans):
        if start < position:
            raise damaged("部品が重なっています")
        position = stop
    if position > end:
        raise damaged("途中で切れています")


def check_text(name: str, data: bytes) -> None:
    """Refuse a document type declaration: no spreadsheet needs one, and entities hide in it."""
    if not name.lower().endswith((".xml", ".rels")):
        return
    at = data.find(b"!")  # a single byte is found ten times as fast, and most parts have none or have it late
    wanted = "<!DOCTYPE".encode(_utf16_of(data)) if _is_utf16(data) else b"<!DOCTYPE"
    if at >= 0 and data.find(wanted, max(at - 3, 0)) >= 0:
        raise doctype(name)


def doctype(name: str) -> Unreadable:
    """Return the refusal for a part with a document type declaration."""
    return _about(
        "Excelブックにはない宣言（DOCTYPE）が含まれています（{name}）。安全のため開きません。入手元を確かめてください。",
        name,
    )


def _utf16_of(data: bytes) -> str:
    return "utf-16-le" if data.startswith(_UTF16[0]) or data[1:2] == b"\0" else "utf-16-be"


def _is_utf16(data: bytes) -> bool:
    return data[:2] in _UTF16 or b"\0" in data[:4]


def encoding_of(data: bytes) -> str:
    """Return the encoding a part is written in, as its first bytes say."""
    if _is_utf16(data):
        return "utf-16"
    declared = _DECLARED.match(data)
    return declared[1].decode("ascii").lower() if declared else "utf-8"


_READABLE = frozenset(
    ("utf-8", "us-ascii", "ascii", "utf-16", "iso-8859-1", "shift_jis", "windows-31j", "cp932", "euc-jp")
)


def as_utf8(name: str, data: bytes) -> bytes:
    """Return a part in UTF-8, whatever it is written in, and then without the declaration that says otherwise."""
    if is_utf8(data):
        return data
    encoding = encoding_of(data)
    if encoding not in _READABLE:
        raise damaged(name)
    try:
        text = data.decode(_utf16_of(data) if encoding == "utf-16" else encoding)
        return _DECLARATION.sub("", text.removeprefix("\ufeff"), 1).encode()
    except UnicodeError as error:
        raise damaged(name) from error


def is_utf8(data: bytes) -> bool:
    """Tell whether bytes of ours may be spliced into this part."""
    return encoding_of(data) in ("utf-8", "us-ascii", "ascii")


def check_editable(name: str, data: bytes) -> None:
    """Refuse to splice into a part that is not UTF-8."""
    if not is_utf8(data):
        raise _about("Excelとは違う文字コードで書かれているため、色とメモを付けられません（{name}）。" + _RESAVE, name)


def too_many_looks() -> Unreadable:
    """Return the refusal for a workbook that can hold no more looks of cells."""
    return Unreadable(
        "セルの書式の種類が多すぎて（65,490まで）、色とメモを付けられません。使っていない書式を減らして保存してから点検してください。"
    )


def check_kind(names: Iterable[str], main: str | None, main_type: str) -> None:
    """Refuse packages that are not an .xlsx or .xlsm workbook; *main* is the part a package starts from."""
    if main is None:
        known = {name.lower() for name in names}
        if "content.xml" in known:
            raise Unreadable(f"LibreOfficeの形式（.ods）です。{_RESAVE}")
        if "[content_types].xml" in known:
            raise damaged("ブックの本体がありません")
        raise Unreadable("Excelブックではありません（ただの圧縮ファイルです）。点検するブックを選び直してください。")
    if main.lower().endswith(".bin") or "binary" in main_type:
        raise Unreadable(f"バイナリ形式（.xlsb）です。{_RESAVE}")
    if "wordprocessing" in main_type or "presentation" in main_type:
        raise Unreadable("WordかPowerPointの文書で、Excelブックではありません。点検するブックを選び直してください。")


def check_writable(names: Iterable[str], *, signed: bool = False, shared: bool = False) -> None:
    """Refuse to write into a workbook where writing would break a promise to somebody else."""
    for name in (*(name.lower() for name in names), "_xmlsignatures/" * signed, "xl/revisions/" * shared):
        if name.startswith("_xmlsignatures/"):
            raise Unreadable(
                "電子署名が付いています。書き換えると署名が無効になるため、署名のないコピーを使ってください。"
            )
        if name.startswith("xl/revisions/"):
            raise Unreadable("共有ブック（変更履歴付き）です。「ブックの共有」を解除して保存してから点検してください。")
