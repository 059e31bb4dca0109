"""Submission sheets, made from the records: one module a form. ``FORMS`` is the registry, in the order of print."""

from zaitaku_xl.forms import (
    day_count,
    evidence,
    findings,
    inspection,
    monthly_summary,
    renewals,
    self_check,
    service_record,
)
from zaitaku_xl.forms.form import Form

FORMS: tuple[Form, ...] = (
    inspection.FORM,
    service_record.FORM,
    evidence.FORM,
    monthly_summary.FORM,
    self_check.FORM,
    day_count.FORM,
    renewals.FORM,
    findings.FORM,
)
