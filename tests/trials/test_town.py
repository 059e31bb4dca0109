"""A town is one file: CONTRIBUTING's own, laid into a copy of the checkout, is a town of which everything holds."""

from pathlib import Path

from tests.trials.checkout import Checkout, sample

TEXT = "zaitaku_xl/law/text/mihon_shi.toml"
# Whatever looks at the texts, at what is told of them, and at what is made of them.
TESTS = (
    "tests/test_towns.py",
    "tests/test_law.py",
    "tests/test_readings.py",
    "tests/test_coverage_of_law.py",
    "tests/test_clause_table.py",
    "tests/test_rule_book.py",
    "tests/test_template.py",
)


def test_a_town_is_one_file(tmp_path: Path) -> None:
    copy = Checkout(tmp_path)
    copy.add(TEXT, sample("市町村を足す", TEXT))
    copy.test(*TESTS)
    assert copy.touched == {TEXT}
    said = copy.run("zaitaku_xl", "explain", "W05", "--city", "見本市", "--on", "2026-04-10")
    assert "週に1日は通所する" in said
    before = copy.run("zaitaku_xl", "explain", "W05", "--city", "見本市", "--on", "2026-03-31")
    assert "週に1日は通所する" not in before


def test_a_text_that_is_none_is_noticed(tmp_path: Path) -> None:
    copy = Checkout(tmp_path)
    copy.add(
        TEXT,
        sample("市町村を足す", TEXT).replace("seen_on  = 2026-04-10", "seen_on  = 2026-04-10\nissued = 2026-04-11"),
    )
    assert [name.partition("[")[2] for name in copy.failures("tests/test_towns.py") if "mihon_shi" in name]
