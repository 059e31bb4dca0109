"""Submission sheets, made from the records: one module a form. ``FORMS`` is the registry, in the order of print."""

from zaitaku_xl.forms import (
    absence,
    application,
    checklist,
    consent,
    daily_record,
    day_count,
    evidence,
    findings,
    inspection,
    monthly_review,
    monthly_summary,
    renewals,
    schedule,
    self_check,
    service_record,
    term_report,
    weekly_review,
)
from zaitaku_xl.forms.form import Form

FORMS: tuple[Form, ...] = (
    inspection.FORM,
    service_record.FORM,
    daily_record.FORM,
    weekly_review.FORM,
    monthly_review.FORM,
    absence.FORM,
    evidence.FORM,
    schedule.FORM,
    monthly_summary.FORM,
    term_report.FORM,
    checklist.FORM,
    consent.FORM,
    application.FORM,
    self_check.FORM,
    day_count.FORM,
    renewals.FORM,
    findings.FORM,
)
