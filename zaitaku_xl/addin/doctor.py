"""What the facts of a PC mean to the clerk, and what to tell the IT department. One function a wall."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from zaitaku_xl import __version__
from zaitaku_xl.addin.facts import NO_CHILD_PROCESSES, NO_SYSTEM_CALLS, Facts, facts_of
from zaitaku_xl.addin.installing import QUARANTINE
from zaitaku_xl.addin.machine import Machine, ThisPc
from zaitaku_xl.addin.macro_text import EXTRA, XLWINGS

_BLOCKED, _WARNED = (1,), (2, 6)
_LONGEST = 240  # Windows counts 260 with the name of the file
_INTERNET = 3
ANYWAY = "マクロが使えなくても、同じ点検を「zaitaku-xl check ブック.xlsx --out 点検済み」で行えます（色とメモの付いたコピーができます）。"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing found: a wall, or something to know. ``tell`` is for the IT department."""

    is_wall: bool
    said: str
    means: str
    tell: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        mark = "×" if self.is_wall else "△"
        tell = (f"　担当者へ: {self.tell}",) if self.tell else ()
        return (f"{mark} {self.said}", f"　{self.means}", *tell)


Check = Callable[[Facts], Iterator[Diagnosis]]


def _wall(said: str, means: str, tell: str = "") -> Diagnosis:
    return Diagnosis(True, said, means, tell)


def _note(said: str, means: str, tell: str = "") -> Diagnosis:
    return Diagnosis(False, said, means, tell)


# ---- what was installed


def installed(facts: Facts) -> Iterator[Diagnosis]:
    if not facts.settings_there:
        yield _wall(
            "アドインの設定がありません。",
            "まだ入れていないか、設定が消えています。zaitaku-xl addin install を実行してください。",
        )


def quarantined(facts: Facts) -> Iterator[Diagnosis]:
    if facts.settings_there and facts.addin and not facts.addin_there:
        yield _wall(
            f"アドインのファイルがなくなっています（{facts.addin}）。",
            "入れた後に、ファイルがなくなっています。ウイルス対策ソフトが検疫した可能性があります。"
            "検疫を解いてもらってから、zaitaku-xl addin install をやり直してください。",
            QUARANTINE.partition("。")[0] + f"。検疫の記録を確かめ、{facts.addin} を除外してください。",
        )


def outdated(facts: Facts) -> Iterator[Diagnosis]:
    if facts.addin_there and not facts.addin_current:
        yield _wall(
            f"入っているアドインが、このプログラム（{__version__}）のものと違います。",
            "プログラムだけが新しくなりました。Excelを閉じ、zaitaku-xl addin install をやり直してください。",
        )


def python_there(facts: Facts) -> Iterator[Diagnosis]:
    if not facts.interpreter_there:
        yield _wall(
            f"Pythonが見つかりません（{facts.interpreter}）。",
            "場所が変わったか、消されました。zaitaku-xl addin install をやり直してください。",
            f"{facts.interpreter} が検疫されていないか、確かめてください。",
        )
    elif "windowsapps" in facts.interpreter.lower():
        yield _wall(
            "Microsoft Store版のPythonです。",
            "Excelから関数を呼べません。python.org のPythonを入れてから、入れ直してください。",
            "python.org の64ビット版Pythonを、この利用者の分だけ入れる許可をください。管理者の権限は不要です。",
        )


def one_release(facts: Facts) -> Iterator[Diagnosis]:
    if facts.xlwings != XLWINGS:
        yield _wall(
            f"xlwingsの版が違います（{facts.xlwings or 'なし'}。必要なのは {XLWINGS}）。",
            f"マクロと部品の版がそろわないと動きません。{EXTRA} で入れ直してください。",
        )


def dll(facts: Facts) -> Iterator[Diagnosis]:
    if facts.system != "Windows" or not facts.interpreter_there:
        return
    bits = facts.office_bits or 64
    wanted = f"xlwings{bits}-{XLWINGS}.dll"
    if wanted not in facts.dlls:
        others = "、".join(sorted(facts.dlls)) or "なし"
        yield _wall(
            f"{bits}ビットのExcelに必要な部品 {wanted} がありません（あるもの: {others}）。",
            f"ボタンは動きますが、関数（=ZAITAKU_…）が #VALUE! になります。{EXTRA} で入れ直してください。",
            f"{wanted} が検疫されていないか、確かめてください。",
        )


def script(facts: Facts) -> Iterator[Diagnosis]:
    if facts.system == "Darwin":
        yield _note("macOSのExcelです。", "ボタンは使えますが、関数（=ZAITAKU_…）はWindowsのExcelだけで使えます。")
        if not facts.script_there:
            yield _wall("Pythonを呼ぶスクリプトがありません。", "zaitaku-xl addin install をやり直してください。")


def no_excel(facts: Facts) -> Iterator[Diagnosis]:
    if facts.system not in ("Windows", "Darwin"):
        yield _note(
            f"このパソコン（{facts.system}）にはExcelがありません。", "調べられるのは、入れたファイルと設定だけです。"
        )
    elif facts.system == "Windows" and facts.office is None:
        yield _note(
            "Excelの版と32・64ビットの別が分かりません。",
            "古い入れ方のOfficeか、Officeがありません。Excelの「ファイル」「アカウント」「Excelのバージョン情報」で確かめられます。",
        )


# ---- paths


def paths(facts: Facts) -> Iterator[Diagnosis]:
    if not facts.fits:
        yield _wall(
            "置き場所の名前に、マクロの読めない文字があります。",
            "絵文字や珍しい漢字のないフォルダーに入れ直してください。ふつうの日本語と空白は差し支えありません。",
        )
    for what, path in (("Python", facts.interpreter), ("アドイン", facts.addin)):
        yield from _path(what, path)


def _path(what: str, path: str) -> Iterator[Diagnosis]:
    if "%" in path:
        yield _wall(
            f"{what}の場所に % があります（{path}）。",
            "Windowsが別の意味に取ります。% のないフォルダーに入れ直してください。",
        )
    if "&" in path:
        yield _note(
            f"{what}の場所に & があります（{path}）。",
            "ふつうは動きます。ボタンが「ファイルがない」と言うときは、& のないフォルダーに入れ直してください。",
        )
    if len(path) > _LONGEST:
        yield _wall(f"{what}の場所が長すぎます（{len(path)}文字）。", "浅いフォルダーに入れ直してください。")
    if path.startswith("\\\\"):
        yield _note(
            f"{what}がネットワークの上にあります（{path}）。",
            "つながらない日は動きません。自分のパソコンに入れ直すと速くもなります。",
            "ネットワークの場所は「信頼できる場所」に加えないと、マクロが止められます。",
        )


def one_drive(facts: Facts) -> Iterator[Diagnosis]:
    for what, path in (("Python", facts.interpreter), ("アドイン", facts.addin)):
        if any(_inside(path, folder) for folder in facts.one_drive):
            yield _wall(
                f"{what}がOneDriveの中にあります（{path}）。",
                "「空き領域を増やす」で中身がなくなると動きません。OneDriveの外に入れ直してください。"
                "点検するブックはOneDriveにあっても差し支えありません。",
            )


def _inside(path: str, folder: str) -> bool:
    separated = folder.rstrip("\\/").lower()
    return path.lower().startswith((separated + "\\", separated + "/"))


# ---- what the organisation forbids


def from_the_internet(facts: Facts) -> Iterator[Diagnosis]:
    if facts.zone is not None and facts.zone >= _INTERNET:
        yield _wall(
            "アドインに「インターネットから来た」という目印が付いています。",
            "Excelがマクロを止めます。ファイルを右クリックし、「プロパティ」の「許可する」を選ぶか、入れ直してください。",
            f"{facts.addin} のZone.Identifierを外すか、置き場所を「信頼できる場所」に加えてください。",
        )
    if facts.program_zone is not None and facts.program_zone >= _INTERNET:
        yield _wall(
            f"{facts.interpreter} に「インターネットから来た」という目印が付いています。",
            "Windowsが起動を止めます。ファイルを右クリックし、「プロパティ」の「許可する」を選んでください。",
            f"{facts.interpreter} のZone.Identifierを外してください。",
        )


def child_processes(facts: Facts) -> Iterator[Diagnosis]:
    state = facts.rules.get(NO_CHILD_PROCESSES)
    tell = (
        f"攻撃面の減少（ASR）ルール {NO_CHILD_PROCESSES}（Officeの子プロセスの作成を禁止）から、"
        f"{facts.interpreter} を除外してください。通信はせず、開いているブックを読んで色とメモを付けるだけです。"
    )
    if state in _BLOCKED:
        yield _wall(
            "Excelがほかのプログラムを呼ぶことが禁じられています。", f"ボタンも関数も動きません。{ANYWAY}", tell
        )
    elif state in _WARNED:
        yield _note(
            "Excelがほかのプログラムを呼ぶと、警告か記録が残ります。",
            "今は動きますが、いずれ止められるかもしれません。",
            tell,
        )


def system_calls(facts: Facts) -> Iterator[Diagnosis]:
    if facts.rules.get(NO_SYSTEM_CALLS) in _BLOCKED:
        yield _wall(
            "マクロがWindowsの機能を直接呼ぶことが禁じられています。",
            f"関数（=ZAITAKU_…）が動かず、アドインが検疫されることもあります。{ANYWAY}",
            f"攻撃面の減少（ASR）ルール {NO_SYSTEM_CALLS} から、{facts.addin} を除外してください。",
        )


def commands(facts: Facts) -> Iterator[Diagnosis]:
    if facts.commands_off:
        yield _wall(
            "コマンドプロンプト（cmd.exe）が禁じられています。",
            f"ボタンはcmd.exeを通してPythonを呼ぶため、動きません。{ANYWAY}",
            "ポリシー「コマンド プロンプトにアクセスできないようにする」（DisableCMD）を、この利用者だけ外せるか教えてください。",
        )


def macros(facts: Facts) -> Iterator[Diagnosis]:
    if facts.macros in (3, 4):
        which = "すべてのマクロ" if facts.macros == 4 else "署名のないマクロ"
        yield _wall(
            f"{which}が止められています（VBAWarnings={facts.macros}）。",
            f"「信頼できる場所」にあるアドインだけが動きます。動かないときは、{ANYWAY}",
            f"{facts.addin or 'アドインの置き場所'} のフォルダーを「信頼できる場所」に加えてください。",
        )
    if facts.trusted_places_off:
        yield _wall(
            "「信頼できる場所」がすべて無効です。",
            f"起動フォルダーのアドインも止められます。{ANYWAY}",
            "ポリシー「すべての信頼できる場所を無効にする」を外すか、アドインに組織の署名を付けてください。",
        )


def disabled(facts: Facts) -> Iterator[Diagnosis]:
    if facts.disabled_items:
        yield _note(
            "Excelが止めたアドインかブックがあります。",
            "Excelの「ファイル」「オプション」「アドイン」で「使用できないアイテム」を選び、zaitaku があれば有効にしてください。",
        )


def resident(facts: Facts) -> Iterator[Diagnosis]:
    if facts.resident:
        yield _note(
            "Pythonを動かしたままにする設定です。",
            "プログラムを新しくしたら、Excelを開き直してください。1回のボタンで1分半を超えると止まります。",
        )


CHECKS: tuple[Check, ...] = (
    no_excel,
    installed,
    quarantined,
    outdated,
    python_there,
    one_release,
    dll,
    script,
    paths,
    one_drive,
    from_the_internet,
    child_processes,
    system_calls,
    commands,
    macros,
    disabled,
    resident,
)


def diagnoses(facts: Facts) -> tuple[Diagnosis, ...]:
    """Return what was found, walls first."""
    found = [diagnosis for check in CHECKS for diagnosis in check(facts)]
    return tuple(sorted(found, key=lambda diagnosis: not diagnosis.is_wall))


def sentences(found: tuple[Diagnosis, ...]) -> tuple[str, ...]:
    """Return what the command and the button say, line by line."""
    walls = sum(diagnosis.is_wall for diagnosis in found)
    head = (
        f"在宅点検 {__version__}：動かない原因は見つかりませんでした。"
        if not walls
        else f"在宅点検 {__version__}：動かない原因が{walls}つ見つかりました。"
    )
    lines = tuple(line for diagnosis in found for line in diagnosis.lines)
    return (head, *lines) if not walls or ANYWAY in "".join(lines) else (head, *lines, ANYWAY)


def look(machine: Machine | None = None) -> tuple[Diagnosis, ...]:
    """Look at this PC once and return what was found."""
    return diagnoses(facts_of(machine or ThisPc()))


def report(machine: Machine | None = None) -> str:
    """Return the text of the button 「動かないとき」."""
    return "\n".join(sentences(look(machine)))
