"""A log under the law of each day."""

from zaitaku_xl.check.judging import check

__all__ = ["check"]
