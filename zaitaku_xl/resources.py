"""Where the text we ship lies: beside the package in a checkout, inside it in an installed wheel."""

from pathlib import Path

from zaitaku_xl.errors import ZaitakuError

_PACKAGE = Path(__file__).parent


def shipped(folder: str, name: str) -> Path:
    """Return the path of a shipped file, e.g. ``shipped("workbook_templates", "canonical.toml")``."""
    for root in (_PACKAGE / "_shipped", _PACKAGE.parent):
        path = root / folder / name
        if path.is_file():
            return path
    raise ZaitakuError(f"付属ファイル {folder}/{name} がありません。zaitaku-xl を入れ直してください。")
