"""Every rule, one file each, in reading order: this tuple is the registry."""

from zaitaku_xl.rules.a01_not_approved import not_approved
from zaitaku_xl.rules.a02_other_office_approved import other_office_approved
from zaitaku_xl.rules.a03_consent_or_plan_late import consent_or_plan_late
from zaitaku_xl.rules.a05_too_far import too_far
from zaitaku_xl.rules.d01_too_few_contacts import too_few_contacts
from zaitaku_xl.rules.d02_incomplete_contact import incomplete_contact
from zaitaku_xl.rules.d03_no_daily_log import no_daily_log
from zaitaku_xl.rules.d04_mere_absence import mere_absence
from zaitaku_xl.rules.d05_times_not_in_order import times_not_in_order
from zaitaku_xl.rules.m01_no_monthly_review import no_monthly_review
from zaitaku_xl.rules.m02_monthly_method_not_allowed import monthly_method_not_allowed
from zaitaku_xl.rules.m03_monthly_place import monthly_place
from zaitaku_xl.rules.m04_monthly_content import monthly_content
from zaitaku_xl.rules.m05_one_review_for_both import one_review_for_both
from zaitaku_xl.rules.p01_unreadable_cell import unreadable_cell
from zaitaku_xl.rules.p02_not_available import not_available
from zaitaku_xl.rules.r01_remark_missing import remark_missing
from zaitaku_xl.rules.r02_remark_on_other_day import remark_on_other_day
from zaitaku_xl.rules.r06_weekday_or_double import weekday_or_double
from zaitaku_xl.rules.rule import Rule
from zaitaku_xl.rules.s01_too_many_days import too_many_days
from zaitaku_xl.rules.s04_other_service_overlaps import other_service_overlaps
from zaitaku_xl.rules.w01_no_weekly_review import no_weekly_review
from zaitaku_xl.rules.w02_weekly_content import weekly_content
from zaitaku_xl.rules.w03_weekly_method_not_allowed import weekly_method_not_allowed

RULES: tuple[Rule, ...] = (
    too_few_contacts,
    incomplete_contact,
    no_daily_log,
    mere_absence,
    times_not_in_order,
    no_weekly_review,
    weekly_content,
    weekly_method_not_allowed,
    no_monthly_review,
    monthly_method_not_allowed,
    monthly_place,
    monthly_content,
    one_review_for_both,
    not_approved,
    other_office_approved,
    consent_or_plan_late,
    too_far,
    remark_missing,
    remark_on_other_day,
    weekday_or_double,
    too_many_days,
    other_service_overlaps,
    unreadable_cell,
    not_available,
)

__all__ = ["RULES", "Rule"]
