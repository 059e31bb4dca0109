"""What Excel repairs or refuses at load and the Open XML SDK's validator does not see.

    python -m tests.lint BOOK.xlsx ...

LibreOffice opens such files without a word, so opening there proves nothing. What the ribbon and the macros say is the
business of tests.addin.macro_lint.
CHECKS at the end is the table of contents; each check yields one sentence for each thing it minds. Where nobody could
ask Excel itself, the stricter reading stands: a file of ours has no reason to come near the line.
"""

import re
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from functools import wraps
from itertools import accumulate, combinations, pairwise
from pathlib import Path
from xml.etree.ElementTree import Element

from tests.parts import (
    CONTENT_TYPES,
    FORMULA_IN_X14,
    LAST_COLUMN,
    LAST_ROW,
    LINK,
    MAIN,
    WORKBOOK,
    X14,
    Area,
    Book,
    Sheet,
    area,
    children,
    column_number,
    local,
    number,
)

ORDER = {
    "worksheet": """sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection
        protectedRanges scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr
        conditionalFormatting dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks
        colBreaks customProperties cellWatches ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF drawingHF
        picture oleObjects controls webPublishItems tableParts extLst""",
    "workbook": """fileVersion fileSharing workbookPr workbookProtection bookViews sheets functionGroups
        externalReferences definedNames calcPr oleSize customWorkbookViews pivotCaches smartTagPr smartTagTypes
        webPublishing fileRecoveryPr webPublishObjects extLst""",
    "styleSheet": """numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles colors extLst""",
}
REPEATED = {"conditionalFormatting", "fileRecoveryPr"}
COUNTED = """numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles mergeCells dataValidations
    tableParts tableColumns"""
VALIDATION_TEXTS = {"promptTitle": 32, "errorTitle": 32, "prompt": 255, "error": 255}

Check = Callable[[Book], Iterator[str]]


def utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def twice(values: Iterable[Hashable]) -> list[Hashable]:
    return [value for value, times in Counter(values).items() if times > 1]


def on_each_sheet(check: Callable[[Book, Sheet], Iterator[str]]) -> Check:
    @wraps(check)
    def over_all(book: Book) -> Iterator[str]:
        for sheet in book.worksheets:
            for fault in check(book, sheet):
                yield f"{sheet.name}: {fault}"

    return over_all


# --- the package -----------------------------------------------------------------------------------------------------


def entries_once(book: Book) -> Iterator[str]:
    for name in twice(name.lower() for name in book.names):
        yield f"部品「{name}」が二つあります"


def well_formed(book: Book) -> Iterator[str]:
    for name, error in book.broken.items():
        yield f"{name}はXMLとして読み取れません（{error}）"
    for part in (CONTENT_TYPES, WORKBOOK):
        if part not in book.bytes:
            yield f"{part}がありません"


def content_types(book: Book) -> Iterator[str]:
    root = book.root(CONTENT_TYPES)
    defaults = {entry.get("Extension", "").lower() for entry in root if local(entry) == "Default"}
    parts = {name.lower(): name for name in book.bytes}
    overrides = [entry.get("PartName", "")[1:] for entry in root if local(entry) == "Override"]
    for name in twice(name.lower() for name in overrides):
        yield f"種類が二度書かれています: {name}"
    for name in overrides:
        if name.lower() not in parts:
            yield f"種類だけがあり部品がありません: {name}"
    for name in sorted(parts[low] for low in parts.keys() - {name.lower() for name in [*overrides, CONTENT_TYPES]}):
        extension = name.rpartition(".")[2].lower()
        if extension not in defaults or (extension == "xml" and name.startswith("xl/")):
            yield f"部品の種類が書かれていません: {name}"


def relation_targets(book: Book) -> Iterator[str]:
    for source, relations in book.relations.items():
        if source and source not in book.bytes:
            yield f"関係の元の部品がありません: {source}"
        for relation in relations:
            if not relation.external and relation.target not in book.bytes:
                yield f"{source or 'ブック'}の{relation.id}の先がありません: {relation.target}"


def relation_ids(book: Book) -> Iterator[str]:
    for source, relations in book.relations.items():
        for name in twice(relation.id for relation in relations):
            yield f"{source or 'ブック'}の関係{name}が二つあります"


def relation_uses(book: Book) -> Iterator[str]:
    for part, root in book.roots.items():
        known = {relation.id for relation in book.relations.get(part, ())}
        used = {value for found in root.iter() for name, value in found.items() if name.startswith(LINK) and value}
        for name in sorted(used - known):
            yield f"{part}が使う関係{name}がありません"


# --- the workbook ----------------------------------------------------------------------------------------------------


def sheet_names(book: Book) -> Iterator[str]:
    for name in book.sheet_names:
        if not 1 <= utf16_length(name) <= 31:
            yield f"シート名「{name}」は1文字以上31文字以内にします"
        if re.search(r"[\[\]:*?/\\]", name) or name[:1] == "'" or name[-1:] == "'":
            yield f"シート名「{name}」に使えない文字があります"


def sheets_once(book: Book) -> Iterator[str]:
    for name in twice(name.casefold() for name in book.sheet_names):
        yield f"シート名「{name}」が二つあります"
    for identity in twice(sheet.get("sheetId") for sheet in book.workbook.iterfind(f"{MAIN}sheets/{MAIN}sheet")):
        yield f"シート番号{identity}が二つあります"


def active_tab(book: Book) -> Iterator[str]:
    states = [sheet.get("state", "visible") for sheet in book.workbook.iterfind(f"{MAIN}sheets/{MAIN}sheet")]
    if "visible" not in states:
        yield "見えるシートがありません"
    for view in book.workbook.iterfind(f"{MAIN}bookViews/{MAIN}workbookView"):
        for attribute in ("activeTab", "firstSheet"):
            if number(view, attribute) >= len(states):
                yield f"{attribute}の{number(view, attribute)}番のシートがありません"


def element_order(book: Book) -> Iterator[str]:
    for part, root in book.roots.items():
        order = ORDER.get(local(root), "").split() if root.tag.startswith(MAIN) else []
        found = [local(child) for child in children(root) if local(child) in order]
        for before, after in pairwise(found):
            if order.index(before) > order.index(after):
                yield f"{part}: {after}は{before}より前に置きます"
        for name in twice(name for name in found if name not in REPEATED):
            yield f"{part}: {name}が二つあります"


def declared_counts(book: Book) -> Iterator[str]:
    """Excel minds only some of these; all of them, because a wrong one shows an edit that stopped half way."""
    for part, root in book.roots.items():
        for found in root.iter():
            if (
                found.tag.startswith(MAIN)
                and local(found) in COUNTED
                and number(found, "count", len(found)) != len(found)
            ):
                yield f"{part}: {local(found)}は{found.get('count')}個とありますが{len(found)}個です"
    declared = book.root("xl/sharedStrings.xml").get("uniqueCount")
    if declared and int(declared) != len(book.strings):
        yield f"xl/sharedStrings.xml: 文字列は{declared}個とありますが{len(book.strings)}個です"


# --- defined names ---------------------------------------------------------------------------------------------------


def names_once(book: Book) -> Iterator[str]:
    found = ((name.get("name", "").casefold(), name.get("localSheetId")) for name in book.defined_names)
    for name, scope in twice(found):
        yield f"名前「{name}」が同じ範囲（{scope or 'ブック'}）に二つあります"


def looks_like_a_reference(name: str) -> bool:
    if re.fullmatch(r"[Rr]\d*([Cc]\d*)?|[Cc]\d*", name):
        return True
    cell = re.fullmatch(r"([A-Za-z]{1,3})([1-9]\d{0,6})", name)
    return bool(cell) and column_number(cell[1].upper()) <= LAST_COLUMN and int(cell[2]) <= LAST_ROW


def name_syntax(book: Book) -> Iterator[str]:
    for name in (entry.get("name", "") for entry in book.defined_names):
        if not re.fullmatch(r"(_xlnm\.)?[^\W\d][\w.?\\・]*|\\[\w.?\\]*", name) or utf16_length(name) > 255:
            yield f"「{name}」は名前に使えません"
        elif looks_like_a_reference(name):
            yield f"名前「{name}」はセル番地と区別できません"


def name_scopes(book: Book) -> Iterator[str]:
    for name in book.defined_names:
        if number(name, "localSheetId") >= len(book.sheet_names):
            yield f"名前「{name.get('name')}」の範囲のシート{name.get('localSheetId')}番がありません"


def parts_of_reference(text: str) -> list[tuple[str, str]]:
    """Return (sheet, address) of each block of 'a sheet'!$A:$B,Sheet!$1:$2; the sheet is '' where none is named."""
    blocks = re.findall(r"(?:'((?:[^']|'')*)'!|([^!,']*)!)?([^!,']+)(?:,|$)", text)
    return [((quoted or bare).replace("''", "'"), address) for quoted, bare, address in blocks]


def print_titles(book: Book) -> Iterator[str]:
    for name in book.defined_names:
        if name.get("name") != "_xlnm.Print_Titles":
            continue
        owner = book.sheet_names[number(name, "localSheetId", -1) :][:1]
        blocks = [block for block in parts_of_reference(name.text or "") if block[1] != "#REF!"]
        kinds = ["列" if re.fullmatch(r"\$[A-Z]+:\$[A-Z]+", address) else "行" for _, address in blocks]
        whole = all(re.fullmatch(r"\$[A-Z]+:\$[A-Z]+|\$\d+:\$\d+", address) for _, address in blocks)
        if name.get("localSheetId") is None or not whole or twice(kinds) or {sheet for sheet, _ in blocks} - {*owner}:
            yield f"印刷タイトル「{name.text}」を読めません"


@on_each_sheet
def filters(book: Book, sheet: Sheet) -> Iterator[str]:
    place = str(book.sheet_names.index(sheet.name))
    own = [name for name in book.defined_names if name.get("name") == "_xlnm._FilterDatabase"]
    named = [parts_of_reference(name.text or "") for name in own if name.get("localSheetId") == place]
    found = sheet.root.find(MAIN + "autoFilter")
    if found is None:
        return
    if not named:
        yield "フィルターの範囲を示す名前（_FilterDatabase）がありません"
    elif [(owner, area(address)) for owner, address in named[0]] != [(sheet.name, area(found.get("ref", "")))]:
        yield f"フィルターの範囲{found.get('ref')}が名前（_FilterDatabase）と違います"


# --- styles ----------------------------------------------------------------------------------------------------------


def style_indices(book: Book) -> Iterator[str]:
    uses = (("fontId", "fonts"), ("fillId", "fills"), ("borderId", "borders"), ("xfId", "cellStyleXfs"))
    for group in ("cellStyleXfs", "cellXfs"):
        for place, style in enumerate(book.styles.iterfind(f"{MAIN}{group}/{MAIN}xf")):
            for attribute, kind in uses:
                if number(style, attribute) >= max(book.style_count(kind), attribute == "xfId"):
                    yield f"{group}の{place}番の{attribute}={style.get(attribute)}がありません"
    for style in book.styles.iterfind(f"{MAIN}cellStyles/{MAIN}cellStyle"):
        if number(style, "xfId") >= book.style_count("cellStyleXfs"):
            yield f"セルスタイル「{style.get('name')}」のxfId={style.get('xfId')}がありません"


def number_formats(book: Book) -> Iterator[str]:
    known = [number(entry, "numFmtId") for entry in book.styles.iterfind(f"{MAIN}numFmts/{MAIN}numFmt")]
    for identity in twice(known):
        yield f"表示形式{identity}が二つあります"
    for group in ("cellStyleXfs", "cellXfs"):
        for place, style in enumerate(book.styles.iterfind(f"{MAIN}{group}/{MAIN}xf")):
            if number(style, "numFmtId") >= 164 and number(style, "numFmtId") not in known:
                yield f"{group}の{place}番の表示形式{style.get('numFmtId')}がありません"


@on_each_sheet
def cell_styles(book: Book, sheet: Sheet) -> Iterator[str]:
    known = book.style_count("cellXfs")
    for tag, attribute in (("row", "s"), ("c", "s"), ("col", "style")):
        for found in sheet.root.iter(MAIN + tag):
            if number(found, attribute) >= max(known, 1):
                yield f"{tag} {found.get('r') or found.get('min')}の書式{found.get(attribute)}番がありません"


# --- rows, columns and cells -----------------------------------------------------------------------------------------


@on_each_sheet
def row_order(book: Book, sheet: Sheet) -> Iterator[str]:
    last = 0
    for row in sheet.root.iterfind(f"{MAIN}sheetData/{MAIN}row"):
        place = number(row, "r", last + 1)
        if not last < place <= LAST_ROW:
            yield f"行{place}の順番が違います"
        last = place


@on_each_sheet
def cell_order(book: Book, sheet: Sheet) -> Iterator[str]:
    for row in sheet.root.iterfind(f"{MAIN}sheetData/{MAIN}row"):
        last = 0
        for cell in row.iterfind(MAIN + "c"):
            spot = area(cell.get("r")) if cell.get("r") else Area(last + 1, 0, last + 1, 0)
            if spot.left <= last or (row.get("r") and cell.get("r") and spot.top != number(row, "r")):
                yield f"セル{cell.get('r')}の順番が違うか、二つあります"
            last = spot.left


@on_each_sheet
def column_widths(book: Book, sheet: Sheet) -> Iterator[str]:
    last = 0
    for column in sheet.root.iterfind(f"{MAIN}cols/{MAIN}col"):
        first, end = number(column, "min"), number(column, "max")
        if not last < first <= end <= LAST_COLUMN:
            yield f"列幅の指定{first}から{end}までが重なるか、順番が違います"
        last = end


@on_each_sheet
def shared_strings(book: Book, sheet: Sheet) -> Iterator[str]:
    for _, _, cell in sheet.cells():
        if cell.get("t") == "s" and not 0 <= int(cell.findtext(MAIN + "v", "-1")) < len(book.strings):
            yield f"{cell.get('r')}の文字列{cell.findtext(MAIN + 'v')}番がありません"


def text_lengths(book: Book) -> Iterator[str]:
    for place, text in enumerate(book.strings):
        if utf16_length(text) > 32_767:
            yield f"文字列{place}番が32,767文字を超えています"
    for sheet in book.worksheets:
        for _, _, cell in sheet.cells():
            if cell.get("t") in {"inlineStr", "str"} and utf16_length(book.cell_text(cell)) > 32_767:
                yield f"{sheet.name}!{cell.get('r')}が32,767文字を超えています"


def control_characters(book: Book) -> Iterator[str]:
    for part, raw in book.bytes.items():
        if part.lower().endswith((".xml", ".rels")) and re.search(
            rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]|&#(x0*([0-8bBcCeEfF]|1[0-9a-fA-F])|0*([0-8]|1[124-9]|2\d|3[01]));",
            raw,
        ):
            yield f"{part}に制御文字があります"


# --- formulas --------------------------------------------------------------------------------------------------------


def formulas(book: Book) -> Iterator[tuple[str, str]]:
    """Yield every formula with its place: names, cells, conditional formats, validations; no literal lists."""
    for name in book.defined_names:
        yield f"名前「{name.get('name')}」", name.text or ""
    for sheet in book.worksheets:
        for _, _, cell in sheet.cells():
            yield f"{sheet.name}!{cell.get('r')}", cell.findtext(MAIN + "f", "")
        for tag in ("cfRule", "dataValidation"):
            for found in sheet.root.iter(MAIN + tag):
                for formula in (child for child in found if local(child).startswith("formula")):
                    if tag == "cfRule" or not (formula.text or "").startswith('"'):
                        yield f"{sheet.name}の{tag}", formula.text or ""
        for found in sheet.root.iter(FORMULA_IN_X14):
            yield f"{sheet.name}の拡張", found.text or ""


def formula_lengths(book: Book) -> Iterator[str]:
    for place, text in formulas(book):
        if utf16_length(text) > 8192:
            yield f"{place}の数式が8,192文字を超えています"
        if any(utf16_length(literal.replace('""', '"')) > 257 for literal in re.findall(r'"(?:[^"]|"")*"', text)):
            yield f"{place}の数式の中の文字列が255文字を超えています"


def without_literals(text: str) -> str:
    return re.sub(r'"(?:[^"]|"")*"', "", text)


def formula_brackets(book: Book) -> Iterator[str]:
    for place, text in formulas(book):
        bare = re.sub(r"'(?:[^']|'')*'!", "", without_literals(text))
        while (inner := re.sub(r"\[[^\[\]]*\]", "", bare)) != bare:
            bare = inner
        depths = list(accumulate({"(": 1, ")": -1}.get(sign, 0) for sign in bare))
        if '"' in bare or (depths and (min(depths) < 0 or depths[-1])):
            yield f"{place}の数式の引用符かかっこが合いません: {text}"


def formula_sheets(book: Book) -> Iterator[str]:
    known = {name.casefold() for name in book.sheet_names}
    for place, text in formulas(book):
        for name in sheets_in(text):
            if name.casefold() not in known:
                yield f"{place}の数式が指すシート「{name}」がありません"


def sheets_in(formula: str) -> Iterator[str]:
    """Yield the sheets of this workbook that *formula* names; [1]Sheet!A1 is in another workbook."""
    text = without_literals(formula)
    for quoted, bare in re.findall(r"'((?:[^']|'')+)'!|(?<![\w.\]'#:!|\\])([^\W\d][\w.]*(?::[^\W\d][\w.]*)?)!", text):
        if "[" not in quoted:
            yield from (quoted.replace("''", "'") or bare).split(":")


def calculation_chain(book: Book) -> Iterator[str]:
    sheets = book.workbook.findall(f"{MAIN}sheets/{MAIN}sheet")
    by_id = {sheet.get("sheetId"): sheet.get("name") for sheet in sheets}
    found = {sheet.name: _cells_with_formula(sheet) for sheet in book.worksheets}
    sheet_id = ""
    for link in book.root("xl/calcChain.xml").iterfind(MAIN + "c"):
        sheet_id = link.get("i", sheet_id)
        spot = area(link.get("r", ""))
        if not any(spot.meets(block) for block in found.get(by_id.get(sheet_id, ""), ())):
            yield f"計算の順番にあるシート{sheet_id}番の{link.get('r')}に数式がありません"


def _cells_with_formula(sheet: Sheet) -> list[Area]:
    with_formula = [(cell, cell.find(MAIN + "f")) for _, _, cell in sheet.cells()]
    return [
        area(formula.get("ref") or cell.get("r", "")) if formula.get("t") == "array" else area(cell.get("r", ""))
        for cell, formula in with_formula
        if formula is not None
    ]


# --- merged areas and tables -----------------------------------------------------------------------------------------


def merged(sheet: Sheet) -> list[tuple[str, Area]]:
    references = [found.get("ref", "") for found in sheet.root.iterfind(f"{MAIN}mergeCells/{MAIN}mergeCell")]
    return [(reference, area(reference)) for reference in references]


@on_each_sheet
def merges_apart(book: Book, sheet: Sheet) -> Iterator[str]:
    for reference, block in merged(sheet):
        if (block.left, block.top) == (block.right, block.bottom):
            yield f"結合{reference}は一つのセルだけです"
    for (reference, block), (other, neighbour) in combinations(merged(sheet), 2):
        if block.meets(neighbour):
            yield f"結合{reference}と{other}が重なっています"


@on_each_sheet
def tables_apart(book: Book, sheet: Sheet) -> Iterator[str]:
    tables = [(f"表「{table.get('displayName')}」", area(table.get("ref", ""))) for table in book.tables(sheet)]
    merges = [(f"結合{reference}", block) for reference, block in merged(sheet)]
    for (name, block), (other, neighbour) in [*combinations(tables, 2), *((t, m) for t in tables for m in merges)]:
        if block.meets(neighbour):
            yield f"{name}と{other}が重なっています"


@on_each_sheet
def table_columns(book: Book, sheet: Sheet) -> Iterator[str]:
    cells = {(row, column): cell for row, column, cell in sheet.cells()}
    for table in book.tables(sheet):
        block, name = area(table.get("ref", "")), table.get("displayName")
        columns = [column.get("name", "") for column in table.iter(MAIN + "tableColumn")]
        for heading in twice(column.casefold() for column in columns):
            yield f"表「{name}」の列「{heading}」が二つあります"
        if len(columns) != block.right - block.left + 1:
            yield f"表「{name}」の列の数が範囲と違います"
        for place, heading in enumerate(columns if number(table, "headerRowCount", 1) else ()):
            cell = cells.get((block.top, block.left + place))
            if cell is None or unescaped(book.cell_text(cell)) != unescaped(heading):
                yield f"表「{name}」の列「{heading}」が見出しのセルと違います"


def unescaped(text: str) -> str:
    text = re.sub("_x([0-9A-Fa-f]{4})_", lambda code: chr(int(code[1], 16)), text)
    return text.replace("\r\n", "\n")


def table_names(book: Book) -> Iterator[str]:
    tables = [table for sheet in book.worksheets for table in book.tables(sheet)]
    names = [name.get("name", "") for name in book.defined_names if name.get("localSheetId") is None]
    for name in twice(name.casefold() for name in [*names, *(table.get("displayName", "") for table in tables)]):
        yield f"表か名前の「{name}」が二つあります"
    for identity in twice(table.get("id") for table in tables):
        yield f"表の番号{identity}が二つあります"


# --- conditional formats, validations, links, notes ------------------------------------------------------------------


@on_each_sheet
def conditional_styles(book: Book, sheet: Sheet) -> Iterator[str]:
    for rule in sheet.root.iter(MAIN + "cfRule"):
        if rule.get("dxfId") and number(rule, "dxfId") >= book.style_count("dxfs"):
            yield f"条件付き書式の書式{rule.get('dxfId')}番がありません"


@on_each_sheet
def conditional_priorities(book: Book, sheet: Sheet) -> Iterator[str]:
    rules = [rule for tag in (MAIN, X14) for rule in sheet.root.iter(tag + "cfRule") if rule.get("priority")]
    priorities = [number(rule, "priority") for rule in rules]
    for priority in twice(priorities):
        yield f"条件付き書式の優先順位{priority}が二つあります"
    if min(priorities, default=1) < 1:
        yield f"条件付き書式の優先順位{min(priorities)}は1より小さいです"


@on_each_sheet
def extension_ids(book: Book, sheet: Sheet) -> Iterator[str]:
    """An x14 rule and the classic rule it completes find each other by an id."""
    named = [found.text for rule in sheet.root.iter(MAIN + "cfRule") for found in rule.iter(X14 + "id")]
    rules = [rule.get("id") for rule in sheet.root.iter(X14 + "cfRule")]
    for identity in twice(named) + twice(rules):
        yield f"拡張の条件付き書式{identity}が二つあります"
    for identity in sorted(set(map(str, named)) - set(map(str, rules))):
        yield f"拡張の条件付き書式{identity}がありません"


@on_each_sheet
def validations(book: Book, sheet: Sheet) -> Iterator[str]:
    for found in sheet.root.iter(MAIN + "dataValidation"):
        for text in (found.findtext(MAIN + tag, "") for tag in ("formula1", "formula2")):
            if text.startswith('"') and utf16_length(text) - 2 > 255:
                yield f"入力規則{found.get('sqref')}の候補が255文字を超えています"
        for attribute, most in VALIDATION_TEXTS.items():
            if utf16_length(found.get(attribute, "")) > most:
                yield f"入力規則{found.get('sqref')}の{attribute}が{most}文字を超えています"


@on_each_sheet
def link_count(book: Book, sheet: Sheet) -> Iterator[str]:
    count = sum(1 for _ in sheet.root.iter(MAIN + "hyperlink"))
    if count > 65_530:
        yield f"リンクが{count}個あり、65,530個を超えています"


@on_each_sheet
def link_targets(book: Book, sheet: Sheet) -> Iterator[str]:
    known = {name.casefold() for name in book.sheet_names}
    names = {name.get("name", "").casefold() for name in book.defined_names}
    for link in sheet.root.iter(MAIN + "hyperlink"):
        location = link.get("location", "")
        owner, mark, place = location.rpartition("!")
        owner = owner[1:-1].replace("''", "'") if owner[:1] == "'" else owner
        if not location or link.get(LINK + "id"):
            continue
        if (mark and owner.casefold() not in known) or not _is_place(place, names):
            yield f"{link.get('ref')}のリンクの先「{location}」がありません"


def _is_place(text: str, names: set[str]) -> bool:
    end = r"\$?[A-Z]{1,3}(\$?\d+)?|\$?\d+"
    return text.casefold() in names or bool(re.fullmatch(f"({end})(:({end}))?", text))


def drawing_text(book: Book, part: str) -> str:
    """Return a VML part as text; it need not be XML."""
    return book.bytes.get(part, b"").decode("utf-8", "replace")


@on_each_sheet
def notes(book: Book, sheet: Sheet) -> Iterator[str]:
    entries = [entry for part in sheet.targets("comments") for entry in book.root(part).iter(MAIN + "comment")]
    texts = [area(entry.get("ref", ""))[:2] for entry in entries]
    link = sheet.root.find(MAIN + "legacyDrawing")
    drawing = "" if link is None else drawing_text(book, _target(sheet, link))
    shapes = re.findall(r"""ObjectType=["']Note["'].*?</(?:\w+:)?ClientData>""", drawing, re.DOTALL)
    boxes = [(_spot(shape, "Column"), _spot(shape, "Row")) for shape in shapes]
    for spot in twice(texts) + twice(boxes):
        yield f"列{spot[0]}行{spot[1]}のメモが二つあります"
    for entry in entries:
        if utf16_length("".join(entry.itertext())) > 32_767:
            yield f"{entry.get('ref')}のメモが32,767文字を超えています"
    for spot in sorted(set(texts) ^ set(boxes)):
        yield f"列{spot[0]}行{spot[1]}のメモに{'枠' if spot in texts else '文'}がありません"


def _spot(shape: str, axis: str) -> int:
    found = re.search(rf"<(?:\w+:)?{axis}>\s*(\d+)", shape)
    return int(found[1]) + 1 if found else 0


def note_authors(book: Book) -> Iterator[str]:
    for part, root in book.roots.items():
        known = len(root.findall(f"{MAIN}authors/{MAIN}author"))
        for entry in root.iter(MAIN + "comment"):
            if number(entry, "authorId") >= known:
                yield f"{part}: {entry.get('ref')}のメモの作成者{entry.get('authorId')}番がありません"


def shape_ids(book: Book) -> Iterator[str]:
    """Shape ids are workbook-wide: each VML part owns blocks of 1,024 and numbers its shapes inside them.

    Pictures in headers and footers count apart from notes and buttons; Excel numbers both from 1.
    """
    for tag in ("legacyDrawing", "legacyDrawingHF"):
        numbered = [(part, *_numbers(drawing_text(book, part))) for part in _drawings(book, tag)]
        for block in twice(block for _, blocks, _ in numbered for block in blocks):
            yield f"図形の番号の区画{block}を二つの部品が使っています"
        for shape in twice(shape for _, _, shapes in numbered for shape in shapes):
            yield f"図形{shape}が二つあります"
        for part, blocks, shapes in numbered:
            for shape in shapes:
                if blocks and shape // 1024 not in blocks:
                    yield f"{part}: 図形{shape}が自分の番号の区画{blocks}にありません"


def _drawings(book: Book, tag: str) -> list[str]:
    found = [(sheet, sheet.root.find(MAIN + tag)) for sheet in book.worksheets]
    return [_target(sheet, link) for sheet, link in found if link is not None]


def _target(sheet: Sheet, link: Element) -> str:
    return {relation.id: relation.target for relation in sheet.relations}.get(link.get(LINK + "id", ""), "")


def _numbers(drawing: str) -> tuple[list[int], list[int]]:
    """Return the blocks a VML part owns and the numbers of its shapes."""
    owned = ",".join(re.findall(r"""<(?:\w+:)?idmap\b[^>]*\bdata=["']([\d,]+)""", drawing))
    shapes = re.findall(r"""<(?:\w+:)?shape\b[^>]*?\b(?:sp)?id=["']_x0000_s(\d+)""", drawing)
    return [int(block) for block in owned.split(",") if block], [int(shape) for shape in shapes]


# --- macros and the ribbon -------------------------------------------------------------------------------------------


def projects(book: Book) -> list[str]:
    related = (relation for relation in book.relations.get(WORKBOOK, ()) if relation.kind == "vbaProject")
    return [relation.target for relation in related]


def macro_types(book: Book) -> Iterator[str]:
    overrides = [entry for entry in book.root(CONTENT_TYPES) if local(entry) == "Override"]
    kinds = {entry.get("PartName", "")[1:].lower(): entry.get("ContentType", "") for entry in overrides}
    if ("macroEnabled" in kinds.get(WORKBOOK, "")) != bool(projects(book)):
        yield f"マクロの有無とブックの種類「{kinds.get(WORKBOOK)}」が合いません"
    for part in projects(book):
        defaults = {e.get("Extension"): e.get("ContentType") for e in book.root(CONTENT_TYPES) if local(e) == "Default"}
        if kinds.get(part.lower(), defaults.get("bin")) != "application/vnd.ms-office.vbaProject":
            yield f"{part}の種類がマクロではありません"


def macro_projects(book: Book) -> Iterator[str]:
    for part in projects(book):
        if not book.bytes.get(part, b"").startswith(bytes.fromhex("D0CF11E0A1B11AE1")):
            yield f"{part}はマクロとして読み取れません"
    if len(projects(book)) > 1:
        yield "マクロが二つあります"
    for name in book.names:
        if name.lower().endswith("vbaproject.bin") and name not in projects(book):
            yield f"{name}をブックが知りません"


def code_names(book: Book) -> Iterator[str]:
    """With macros, the workbook and every sheet are known to the project by a name of their own."""
    if not projects(book):
        return
    owners = [("ブック", book.workbook, "workbookPr"), *((s.name, s.root, "sheetPr") for s in book.worksheets)]
    found = [(owner, root.find(MAIN + tag)) for owner, root, tag in owners]
    names = [(owner, "" if entry is None else entry.get("codeName", "")) for owner, entry in found]
    for owner, name in names:
        if not name:
            yield f"{owner}にコード名がありません"
    for name in twice(name.casefold() for _, name in names if name):
        yield f"コード名「{name}」が二つあります"


RIBBONS = {
    "2007/relationships/ui/extensibility": "http://schemas.microsoft.com/office/2009/07/customui",
    "2006/relationships/ui/extensibility": "http://schemas.microsoft.com/office/2006/01/customui",
}


def ribbons(book: Book) -> Iterator[str]:
    """The relation's year and the namespace go together, or Excel does not look; [MS-CUSTOMUI] 2.1."""
    related = {relation.target: relation.type for relation in book.relations.get("", ()) if "/ui/" in relation.type}
    for part, kind in related.items():
        wanted = RIBBONS.get(kind.partition("/office/")[2], "?")
        if book.root(part).tag != f"{{{wanted}}}customUI":
            yield f"{part}の名前空間が関係「{kind}」と合いません"
    for part in (name for name in book.names if name.lower().startswith("customui/") and name not in related):
        yield f"{part}をパッケージが知りません"
    for kind in twice(related.values()):
        yield f"リボンの関係「{kind}」が二つあります"


# --- the table of checks ---------------------------------------------------------------------------------------------

CHECKS: dict[str, Check] = {
    "package.entry": entries_once,
    "package.xml": well_formed,
    "package.content-type": content_types,
    "package.relation-target": relation_targets,
    "package.relation-id": relation_ids,
    "package.relation-use": relation_uses,
    "workbook.sheet-name": sheet_names,
    "workbook.sheet-once": sheets_once,
    "workbook.active-tab": active_tab,
    "element.order": element_order,
    "element.count": declared_counts,
    "name.once": names_once,
    "name.syntax": name_syntax,
    "name.scope": name_scopes,
    "name.print-titles": print_titles,
    "name.filter": filters,
    "style.index": style_indices,
    "style.number-format": number_formats,
    "style.cell": cell_styles,
    "row.order": row_order,
    "cell.order": cell_order,
    "column.overlap": column_widths,
    "text.shared": shared_strings,
    "text.length": text_lengths,
    "text.control": control_characters,
    "formula.length": formula_lengths,
    "formula.brackets": formula_brackets,
    "formula.sheet": formula_sheets,
    "formula.chain": calculation_chain,
    "merge.overlap": merges_apart,
    "table.overlap": tables_apart,
    "table.column": table_columns,
    "table.name": table_names,
    "condition.style": conditional_styles,
    "condition.priority": conditional_priorities,
    "condition.extension": extension_ids,
    "validation.length": validations,
    "link.count": link_count,
    "link.target": link_targets,
    "note.shape": notes,
    "note.author": note_authors,
    "shape.id": shape_ids,
    "macro.type": macro_types,
    "macro.project": macro_projects,
    "macro.code-name": code_names,
    "ribbon.relation": ribbons,
}


def lint(path: Path) -> list[str]:
    """Return what is wrong with the workbook, sorted, each line led by the name of its check."""
    try:
        book = Book(path)
    except zipfile.BadZipFile as error:
        return [f"package.zip: ZIPとして読み取れません（{error}）"]
    return sorted(f"{name}: {fault}" for name, check in CHECKS.items() for fault in _faults(check, book))


def _faults(check: Check, book: Book) -> Iterator[str]:
    try:
        yield from check(book)
    except ValueError as error:
        yield f"読めない値があります（{error}）"


def main(paths: list[str]) -> int:
    found = [f"{path}: {fault}" for path in paths for fault in lint(Path(path))]
    print("\n".join(found) if found else f"{len(paths)}個のブックに問題は見つかりませんでした。")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
