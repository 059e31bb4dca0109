"""The names of what a run leaves in its folder."""

SUMMARY = "点検まとめ.xlsx"
JOURNAL = "点検の途中経過.sqlite"
