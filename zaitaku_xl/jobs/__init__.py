"""What a person asks for: one function a button, the same for ribbon, formulas and command line."""

from typing import TYPE_CHECKING

from zaitaku_xl.on_demand import on_demand

if TYPE_CHECKING:
    from zaitaku_xl.jobs.adding import add_sheets as add_sheets
    from zaitaku_xl.jobs.checking import check_file as check_file
    from zaitaku_xl.jobs.clearing import clear_file as clear_file
    from zaitaku_xl.jobs.explaining import compare as compare
    from zaitaku_xl.jobs.explaining import explain as explain
    from zaitaku_xl.jobs.explaining import explain_all as explain_all
    from zaitaku_xl.jobs.explaining import explain_question as explain_question
    from zaitaku_xl.jobs.explaining import limits as limits
    from zaitaku_xl.jobs.explaining import open_questions as open_questions
    from zaitaku_xl.jobs.filling import fill_application as fill_application
    from zaitaku_xl.jobs.filling_records import fill_records as fill_records
    from zaitaku_xl.jobs.filling_records import left_sentence as left_sentence
    from zaitaku_xl.jobs.forms import MadeForms as MadeForms
    from zaitaku_xl.jobs.forms import Wanted as Wanted
    from zaitaku_xl.jobs.forms import make_demo_forms as make_demo_forms
    from zaitaku_xl.jobs.forms import make_forms as make_forms
    from zaitaku_xl.jobs.judging import Asked as Asked
    from zaitaku_xl.jobs.judging import Judged as Judged
    from zaitaku_xl.jobs.judging import judged as judged
    from zaitaku_xl.jobs.making import write_clause_table as write_clause_table
    from zaitaku_xl.jobs.making import write_demo as write_demo
    from zaitaku_xl.jobs.making import write_rule_book as write_rule_book
    from zaitaku_xl.jobs.making import write_template as write_template
    from zaitaku_xl.jobs.making import write_text as write_text
    from zaitaku_xl.jobs.opening import grids_of as grids_of
    from zaitaku_xl.jobs.outcome import Outcome as Outcome
    from zaitaku_xl.jobs.reading import how_read as how_read
    from zaitaku_xl.jobs.reading import keep_answers as keep_answers
    from zaitaku_xl.jobs.reading import layouts_of as layouts_of
    from zaitaku_xl.jobs.reading import write_reading_copy as write_reading_copy
    from zaitaku_xl.jobs.sealing import Verified as Verified
    from zaitaku_xl.jobs.sealing import verify_file as verify_file
    from zaitaku_xl.jobs.typed import claims_of as claims_of
    from zaitaku_xl.jobs.typed import day_of as day_of
    from zaitaku_xl.jobs.typed import months_of as months_of
    from zaitaku_xl.jobs.typed import town_id as town_id
    from zaitaku_xl.jobs.typed import town_name as town_name
    from zaitaku_xl.jobs.typed import town_to_read as town_to_read
else:
    __all__, __getattr__ = on_demand(
        __name__,
        {
            "adding": "add_sheets",
            "checking": "check_file",
            "clearing": "clear_file",
            "explaining": "compare explain explain_all explain_question limits open_questions",
            "filling": "fill_application",
            "filling_records": "fill_records left_sentence",
            "forms": "MadeForms Wanted make_demo_forms make_forms",
            "judging": "Asked Judged judged",
            "making": "write_clause_table write_demo write_rule_book write_template write_text",
            "opening": "grids_of",
            "outcome": "Outcome",
            "reading": "how_read keep_answers layouts_of write_reading_copy",
            "sealing": "Verified verify_file",
            "typed": "claims_of day_of months_of town_id town_name town_to_read",
        },
    )
