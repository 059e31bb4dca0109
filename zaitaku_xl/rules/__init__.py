"""Every rule, one file each, in reading order: this tuple is the registry."""

from zaitaku_xl.rules.a01_not_approved import not_approved
from zaitaku_xl.rules.a02_other_office_approved import other_office_approved
from zaitaku_xl.rules.a03_consent_or_plan_late import consent_or_plan_late
from zaitaku_xl.rules.a04_renewal_due import renewal_due
from zaitaku_xl.rules.a05_too_far import too_far
from zaitaku_xl.rules.a06_not_in_rules import not_in_rules
from zaitaku_xl.rules.a07_no_emergency_flow import no_emergency_flow
from zaitaku_xl.rules.a08_not_as_planned import not_as_planned
from zaitaku_xl.rules.a09_office_convenience import office_convenience
from zaitaku_xl.rules.c01_checklist_concern import checklist_concern
from zaitaku_xl.rules.c02_sixty_five import sixty_five
from zaitaku_xl.rules.c03_no_loan import no_loan
from zaitaku_xl.rules.c04_no_complaint_contact import no_complaint_contact
from zaitaku_xl.rules.d01_too_few_contacts import too_few_contacts
from zaitaku_xl.rules.d02_incomplete_contact import incomplete_contact
from zaitaku_xl.rules.d03_no_daily_log import no_daily_log
from zaitaku_xl.rules.d04_mere_absence import mere_absence
from zaitaku_xl.rules.d05_times_not_in_order import times_not_in_order
from zaitaku_xl.rules.d06_contact_outside_hours import contact_outside_hours
from zaitaku_xl.rules.d07_same_text import same_text
from zaitaku_xl.rules.d08_not_in_plan import not_in_plan
from zaitaku_xl.rules.d09_condition_not_recorded import condition_not_recorded
from zaitaku_xl.rules.d10_start_not_confirmed import start_not_confirmed
from zaitaku_xl.rules.m01_no_monthly_review import no_monthly_review
from zaitaku_xl.rules.m02_monthly_method_not_allowed import monthly_method_not_allowed
from zaitaku_xl.rules.m03_monthly_place import monthly_place
from zaitaku_xl.rules.m04_monthly_content import monthly_content
from zaitaku_xl.rules.m05_one_review_for_both import one_review_for_both
from zaitaku_xl.rules.m06_continuing_not_judged import continuing_not_judged
from zaitaku_xl.rules.p01_unreadable_cell import unreadable_cell
from zaitaku_xl.rules.p02_not_available import not_available
from zaitaku_xl.rules.q01_question_unanswered import question_unanswered
from zaitaku_xl.rules.r01_remark_missing import remark_missing
from zaitaku_xl.rules.r02_remark_on_other_day import remark_on_other_day
from zaitaku_xl.rules.r03_record_sheet_differs import record_sheet_differs
from zaitaku_xl.rules.r04_claim_differs import claim_differs
from zaitaku_xl.rules.r05_not_ten_digits import not_ten_digits
from zaitaku_xl.rules.r06_weekday_or_double import weekday_or_double
from zaitaku_xl.rules.s01_too_many_days import too_many_days
from zaitaku_xl.rules.s02_absence_addition import absence_addition
from zaitaku_xl.rules.s03_absence_with_use import absence_with_use
from zaitaku_xl.rules.s04_other_service_overlaps import other_service_overlaps
from zaitaku_xl.rules.s05_meal_at_home import meal_at_home
from zaitaku_xl.rules.s06_ride_at_home import ride_at_home
from zaitaku_xl.rules.s07_visit_addition import visit_addition
from zaitaku_xl.rules.s08_outside_and_home import outside_and_home
from zaitaku_xl.rules.s09_outside_total import outside_total
from zaitaku_xl.rules.s10_standard_period_over import standard_period_over
from zaitaku_xl.rules.s11_on_a_closed_day import on_a_closed_day
from zaitaku_xl.rules.s12_unlikely_addition import unlikely_addition
from zaitaku_xl.rules.s13_outside_decided_period import outside_decided_period
from zaitaku_xl.rules.w01_no_weekly_review import no_weekly_review
from zaitaku_xl.rules.w02_weekly_content import weekly_content
from zaitaku_xl.rules.w03_weekly_method_not_allowed import weekly_method_not_allowed
from zaitaku_xl.rules.w04_review_and_log_differ import review_and_log_differ
from zaitaku_xl.rules.w05_too_few_commutes import too_few_commutes
from zaitaku_xl.ruling.rule import Rule

RULES: tuple[Rule, ...] = (
    too_few_contacts,
    incomplete_contact,
    no_daily_log,
    mere_absence,
    times_not_in_order,
    contact_outside_hours,
    same_text,
    not_in_plan,
    condition_not_recorded,
    start_not_confirmed,
    no_weekly_review,
    weekly_content,
    weekly_method_not_allowed,
    review_and_log_differ,
    too_few_commutes,
    no_monthly_review,
    monthly_method_not_allowed,
    monthly_place,
    monthly_content,
    one_review_for_both,
    continuing_not_judged,
    not_approved,
    other_office_approved,
    consent_or_plan_late,
    renewal_due,
    too_far,
    not_in_rules,
    no_emergency_flow,
    not_as_planned,
    office_convenience,
    remark_missing,
    remark_on_other_day,
    record_sheet_differs,
    claim_differs,
    not_ten_digits,
    weekday_or_double,
    too_many_days,
    absence_addition,
    absence_with_use,
    other_service_overlaps,
    meal_at_home,
    ride_at_home,
    visit_addition,
    outside_and_home,
    outside_total,
    standard_period_over,
    on_a_closed_day,
    unlikely_addition,
    outside_decided_period,
    question_unanswered,
    checklist_concern,
    sixty_five,
    no_loan,
    no_complaint_contact,
    unreadable_cell,
    not_available,
)

__all__ = ["RULES", "Rule"]
