"""記録・動画の保存の同意書: a page for a client with home use, for the person to decide and to sign.

What is printed   whose it is, and where the client may complain as 設定 has it.
What is not       what is kept, what for, how long and who may see it is the client's and the office's to decide: boxes to
                  tick and lines to write on. Consent is never assumed.
"""

from collections.abc import Iterator

from zaitaku_xl.forms.blocks import (
    BOX,
    NOT_OF_A_CLAIM,
    PLAIN_TEXT,
    Part,
    begun,
    label,
    labelled,
    row,
    said,
    ticked,
    to_sign,
)
from zaitaku_xl.forms.facts import ClientFacts
from zaitaku_xl.forms.form import Form
from zaitaku_xl.forms.paper import ONE_PAGE
from zaitaku_xl.made import MadeSheet
from zaitaku_xl.model import Place

SHEET = "保存の同意書"
_KEPT = ("日報・支援記録", "メール・チャット", "音声", "動画", "静止画（写真・画面）")
_FOR = (
    "支援の内容の確認と振り返り",
    "市町村・指定権者の求めがあったときの提出",
    "そのほか（　　　　　　　　　　　　　　　　）",
)
_ASKED = (
    "在宅での支援を記録に残し保存することについて、次の内容で説明を受けました。"
    "同意するかどうかは私が決め、あとからいつでも取り消せます。同意しなくても、支援に不利はありません。"
)
_YES_NO = ("同意します", "同意しません")


def consent(facts: ClientFacts) -> Iterator[MadeSheet]:
    """Yield the sheet; none for a client who neither has an approval nor was ever at home."""
    if not facts.person.approvals and all(entry.place is not Place.HOME for entry in facts.person.entries):
        return
    paper = begun(facts, "在宅支援の記録・動画等の保存に関する同意書", NOT_OF_A_CLAIM)
    paper.gap(6)
    row(paper, Part(12, _ASKED, PLAIN_TEXT), least=34)
    for name in _KEPT:
        labelled(paper, (4, name, 8, ticked(_YES_NO, "")), least=22)
    labelled(paper, (4, "そのほか残すもの", 8, None), least=26)
    labelled(paper, (4, "使う目的", 8, "\n".join(ticked((purpose,), "") for purpose in _FOR)), least=66)
    for name, least in (
        ("保存する期間", 26),
        ("保存する場所と方法", 34),
        ("見ることのできる人", 34),
        ("取り消すときの申し出先", 26),
    ):
        labelled(paper, (4, name, 8, None), least=least)
    labelled(paper, (4, "苦情の受付窓口", 8, said(facts.office, "complaint_contact")), least=22)
    row(paper, label(4, "利用者の希望・条件"), Part(8, None, BOX), least=60)
    paper.gap(8)
    labelled(paper, (2, "説明した日", 4, None), (2, "同意した日", 4, None), least=26)
    to_sign(paper, "説明した職員の署名欄", "利用者署名欄")
    to_sign(paper, "代筆・立会人の署名欄", "利用者との関係")
    yield paper.sheet(f"{SHEET}_{facts.person.name}", page=ONE_PAGE)


FORM = Form(
    name="consent",
    title="記録・動画保存の同意書",
    over=ClientFacts,
    make=consent,
    unasked="保存の同意を求める条項は対応表にありません。残す前に本人に確かめるための、在宅点検の用紙です。",
)
