"""What a block rests on: without these tables and columns the days are open, not passed."""

BLOCKING = frozenset(
    (
        "clients",
        "approvals",
        "week_reviews",
        "month_reviews",
        "entries.contacts",
        "entries.contact.time",
        "entries.contact.content",
        "entries.training",
        "entries.support",
        "week_reviews.done_on",
        "week_reviews.method",
        "month_reviews.done_on",
        "month_reviews.method",
        "approvals.start",
        "approvals.end",
    )
)
NUMBERS_WANTED = "日報などの各シートに受給者証番号の列を設け、番号を入力してください。"
