"""Submission sheets, made from the records: one module a form. ``FORMS`` is the registry, in the order of print."""

from zaitaku_xl.forms import service_record
from zaitaku_xl.forms.form import Form

FORMS: tuple[Form, ...] = (service_record.FORM,)
