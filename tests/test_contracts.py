"""What holds for the whole checkout: the rooms import downwards, and no text of ours tells where it was written."""

import re
import subprocess
import sys

import pytest

from tests.tools import TOP, needs

# Put together from pieces, or this file would name what it forbids.
HOSTS = [
    f"{name}.{end}"
    for name, end in (
        ("pypi", "org"),
        ("files.pythonhosted", "org"),
        ("registry.npmjs", "org"),
        ("deb.debian", "org"),
        ("archive.ubuntu", "com"),
        ("proxy.golang", "org"),
    )
]
FORBIDDEN = {
    "a path of one machine": r"(?<![\w.:/-])/(?:work|tmp|root|home)/[\w.]",
    "a host of a registry": "|".join(map(re.escape, HOSTS)),
    "a session": r"(?i)\bsession[_ -]?(?:id\b|[0-9a-f]{6,})|\bco-" + "authored-by:",
}


def test_the_rooms_import_from_the_rooms_below_them():
    script = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
    ran = subprocess.run([sys.executable, "-c", script], cwd=TOP, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def committed_texts() -> dict[str, str]:
    """Every file git knows, pictures and workbooks left out; that somebody else owns the clone is no matter."""
    command = [needs("git"), "-c", "safe.directory=*", "ls-files", "-z"]
    names = subprocess.run(command, cwd=TOP, capture_output=True, text=True, check=True).stdout.split("\0")
    raw = {name: (TOP / name).read_bytes() for name in names if name and (TOP / name).is_file()}
    return {name: text.decode("utf-8", "ignore") for name, text in raw.items() if b"\0" not in text}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_committed_text_names(what):
    found = [
        f"{name}:{number}: {line.strip()[:100]}"
        for name, text in committed_texts().items()
        for number, line in enumerate(text.splitlines(), 1)
        if re.search(FORBIDDEN[what], line)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("what", "line", "named"),
    [
        ("a path of one machine", "open('/" + "tmp/x.xlsx')", True),
        ("a path of one machine", "cd /" + "work/main", True),
        ("a path of one machine", "https://example.jp/" + "work/tebiki.pdf", False),
        ("a host of a registry", f"pip install -i https://{HOSTS[0]}/simple", True),
        ("a host of a registry", "pip install zaitaku-xl", False),
        ("a session", "session" + "_01ab23cd", True),
        ("a session", "one session of xlsxwriter", False),
    ],
)
def test_what_is_forbidden_is_recognised(what, line, named):
    assert bool(re.search(FORBIDDEN[what], line)) is named
