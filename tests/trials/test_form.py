"""A form is its module, its test and its line in ``FORMS``."""

from pathlib import Path

from tests.trials.checkout import Checkout, sample

HEADING = "様式を足す"
FORM, TEST, LIST = "zaitaku_xl/forms/loans.py", "tests/forms/test_loans.py", "zaitaku_xl/forms/__init__.py"
# Its own test and the manners of all forms; all of them in one file, printed, and taken off again to the byte; what is told.
TESTS = (
    TEST,
    "tests/forms/test_manners.py",
    "tests/forms/test_lists.py",
    "tests/forms/test_command.py::test_all_forms_go_into_the_file_itself_and_into_one_pdf",
    "tests/forms/test_in_the_workbook.py::test_one_clear_takes_off_marks_and_forms_to_the_byte",
    "tests/test_clause_table.py",
    "tests/test_help.py",
)


def with_form(folder: Path) -> Checkout:
    copy = Checkout(folder)
    imported, listed = sample(HEADING, LIST).splitlines(keepends=True)
    copy.insert(LIST, "inspection,", imported)
    copy.insert(LIST, "renewals.FORM,", listed)
    copy.add(FORM, sample(HEADING, FORM))
    copy.add(TEST, sample(HEADING, TEST))
    return copy


def test_a_form_is_a_module_its_test_and_a_line(tmp_path: Path) -> None:
    copy = with_form(tmp_path)
    copy.test(*TESTS)
    assert copy.touched == {FORM, TEST, LIST}
    assert "貸与機器一覧" in copy.run("zaitaku_xl", "forms", "--help")


def test_a_form_without_its_test_is_noticed(tmp_path: Path) -> None:
    copy = with_form(tmp_path)
    (tmp_path / TEST).unlink()
    manners = "tests/forms/test_manners.py"
    assert copy.failures(manners) == [f"{manners}::test_a_form_has_manners[loans]"]
