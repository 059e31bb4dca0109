"""What hangs on サービス種別 where nobody says it. Not a rule itself."""

from zaitaku_xl.scopes import Day, Whole


def hangs_on_service(whole: Whole, day: Day) -> bool:
    """True where 就労移行支援 would have the day outside its standard period, or not know; other services have none."""
    client = whole.person.client_on(day.date)
    if client is None or client.service or not client.row.clear_of("service", "standard_until", "extended_until"):
        return False
    if "standard_until" not in client.row.columns:
        return False  # the check that would ask for it is off, and P02 says so
    until = client.extended_until or client.standard_until
    return until is None or day.date > until
