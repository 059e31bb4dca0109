"""Where a marked copy lies, as a page or workbook beside it has to say it."""

import os
from pathlib import Path, PurePath


def link_to(copy: str | None, folder: Path) -> str | None:
    """Return the way from *folder* to the copy; None where there is no copy, or it lies on another drive."""
    if copy is None:
        return None
    try:
        return PurePath(os.path.relpath(copy, folder)).as_posix()
    except ValueError:
        return None
