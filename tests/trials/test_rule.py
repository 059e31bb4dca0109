"""A rule is its file, its cases, its line in the list and, where it asks something new, its clause."""

from pathlib import Path

from tests.trials.checkout import Checkout, sample

HEADING = "規則を足す"
RULE, CASES = "zaitaku_xl/rules/d11_training_in_a_word.py", "tests/cases/d11_training_in_a_word.toml"
LIST, TEXT = "zaitaku_xl/rules/__init__.py", "zaitaku_xl/law/text/house.toml"
# The rule's manners and cases, every text on every day, what is told of rules, and the demo, which it must not change.
TESTS = (
    "tests/test_cases.py",
    "tests/test_coverage_of_law.py",
    "tests/test_law.py",
    "tests/test_towns.py",
    "tests/test_readings.py",
    "tests/test_rule_book.py",
    "tests/test_clause_table.py",
    "tests/test_demo.py",
    "tests/test_examples.py",
)


def with_rule(folder: Path, *left_out: str) -> Checkout:
    copy = Checkout(folder)
    imported, listed = sample(HEADING, LIST).splitlines(keepends=True)
    copy.insert(LIST, "from zaitaku_xl.rules.d10_", imported)
    copy.insert(LIST, "start_not_confirmed,", listed)
    for path in {RULE, CASES} - set(left_out):
        copy.add(path, sample(HEADING, path))
    if TEXT not in left_out:
        copy.append(TEXT, sample(HEADING, TEXT))
    return copy


def test_a_rule_is_a_file_its_cases_a_line_and_a_clause(tmp_path: Path) -> None:
    copy = with_rule(tmp_path)
    copy.test(*TESTS)
    assert copy.touched == {RULE, CASES, LIST, TEXT}
    said = copy.run("zaitaku_xl", "explain", "D11", "--on", "2026-01-05")
    assert "訓練内容の書き方" in said


def test_a_rule_without_cases_or_without_a_clause_is_noticed(tmp_path: Path) -> None:
    manners = "tests/test_cases.py::test_every_rule_has_manners"
    seen = "tests/test_cases.py::test_every_rule_is_seen_to_pass_and_to_fail"
    assert with_rule(tmp_path / "without cases", CASES).failures(seen) == [seen]
    assert with_rule(tmp_path / "without a clause", TEXT).failures(manners) == [manners]
