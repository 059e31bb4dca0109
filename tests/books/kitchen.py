"""The kitchen workbook: every feature of Excel we know an office to have, in one file made here.

python -m tests.books.kitchen FILE

XlsxWriter makes what it can; the rest is written by hand: shapes in groups and with macros, SmartArt, controls,
ActiveX, OLE objects, threaded comments, the ribbon, external links, pivots, slicers, Power Query, sensitivity labels,
phonetics, scenarios, watches, views, and a vendor's own extensions.
"""

import posixpath
import re
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

from tests.books.kitchen_base import COMPOUND, SHEETS, base, noise
from zaitaku_xl.ooxml.nodes import located, place
from zaitaku_xl.ooxml.opc import relations_name, relative
from zaitaku_xl.ooxml.workbook import ORDER as WORKBOOK_ORDER
from zaitaku_xl.ooxml.worksheet import ORDER as SHEET_ORDER

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OPEN = "http://schemas.openxmlformats.org/"
MAIN, OFFICE = OPEN + "spreadsheetml/2006/main", OPEN + "officeDocument/2006/relationships"
MC, PACKAGE = OPEN + "markup-compatibility/2006", OPEN + "package/2006/relationships"
DRAWING, XDR = OPEN + "drawingml/2006/main", OPEN + "drawingml/2006/spreadsheetDrawing"
DIAGRAM = OPEN + "drawingml/2006/diagram"
MICROSOFT = "http://schemas.microsoft.com/office/"
X14, XM = MICROSOFT + "spreadsheetml/2009/9/main", MICROSOFT + "excel/2006/main"
SPREADSHEET, EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.", "application/vnd.ms-excel."
OFFICE_TYPE = "application/vnd.ms-office."
WORKBOOK = "xl/workbook.xml"
SPACES = {
    "mc": MC,
    "x14ac": MICROSOFT + "spreadsheetml/2009/9/ac",
    "xr": MICROSOFT + "spreadsheetml/2014/revision",
    "x15": MICROSOFT + "spreadsheetml/2010/11/main",
}


class Parts:
    """The parts of a package, with the little that hand-writing one needs."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            self.parts = {info.filename: archive.read(info) for info in archive.infolist()}

    def add(self, name: str, body: str | bytes, kind: str = "") -> str:
        self.parts[name] = (HEAD + body).encode() if isinstance(body, str) else body
        if kind:
            line = f'<Override PartName="/{name}" ContentType="{kind}"/></Types>'
            self.replace("[Content_Types].xml", "</Types>", line)
        return name

    def relate(self, source: str, kind: str, target: str, outside: bool = False) -> str:
        """Relate two parts; *kind* is a whole address, or the last word of an ordinary one."""
        name = relations_name(source)
        text = self.parts.get(name, f'{HEAD}<Relationships xmlns="{PACKAGE}"></Relationships>'.encode()).decode()
        number = f"rId{text.count('<Relationship ') + 1}"
        where = f'{target}" TargetMode="External' if outside else relative(source, target)
        kind = kind if "/" in kind else f"{OFFICE}/{kind}"
        line = f'<Relationship Id="{number}" Type="{kind}" Target="{where}"/></Relationships>'
        self.parts[name] = text.replace("</Relationships>", line).encode()
        return number

    def replace(self, name: str, old: str, new: str) -> None:
        text = self.parts[name].decode()
        if old not in text:
            raise ValueError(f"{name}: {old}")
        self.parts[name] = text.replace(old, new, 1).encode()

    def insert(self, name: str, local: str, xml: str) -> None:
        """Put an element where the schema wants it; an extension goes into the list that is there already."""
        data = self.parts[name]
        root = located(data, name)
        lists = root.child("extLst") if local == "ext" else None
        order = WORKBOOK_ORDER if name == WORKBOOK else SHEET_ORDER
        if local == "ext" and lists is None:
            xml = f"<extLst>{xml}</extLst>"
        at = lists.tail if lists else place(root, "extLst" if local == "ext" else local, order)
        self.parts[name] = data[:at] + xml.encode() + data[at:]

    def related(self, source: str, kind: str) -> list[str]:
        root = ElementTree.fromstring(self.parts[relations_name(source)])
        targets = (line.get("Target", "") for line in root if line.get("Type", "").endswith("/" + kind))
        return [posixpath.normpath(posixpath.join(posixpath.dirname(source), target)) for target in targets]

    def bind(self, name: str, prefixes: tuple[str, ...], more: str = "") -> None:
        """Bind prefixes on the root and let older programs ignore them."""
        known = root.get("Ignorable") if (root := located(self.parts[name], name, 1)) else ""
        if known:
            self.replace(name, f' mc:Ignorable="{known}"', "")
        data = self.parts[name]
        unbound = [prefix for prefix in ("mc", *prefixes) if f"xmlns:{prefix}" not in root.attributes]
        bound = "".join(f' xmlns:{prefix}="{SPACES[prefix]}"' for prefix in unbound)
        at = root.start + 1 + len(root.name)
        self.parts[name] = data[:at] + f'{bound} mc:Ignorable="{" ".join(prefixes)}"{more}'.encode() + data[at:]

    def packed(self) -> bytes:
        file = BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in self.parts.items():
                archive.writestr(zipfile.ZipInfo(name, (2026, 1, 5, 9, 30, 2)), data, zipfile.ZIP_DEFLATED)
        return file.getvalue()


def sheet(title: str) -> str:
    return f"xl/worksheets/sheet{SHEETS.index(title) + 1}.xml"


def kitchen(macros: bool = True, locked: bool = False) -> bytes:
    """Return the workbook; the same every time. *locked*: the office protects the list of sheets."""
    parts = Parts(base(macros))
    for add in (
        _readings, _printer, _extensions, _threads, _controls, _embedded, _shapes, _chart_looks, _outside, _pivot,
        _slicer, _queries, _package_level, _chain, _daily_odds, _styles,
    ):  # fmt: skip
        add(parts)
    _workbook(parts, locked)
    return parts.packed()


def _readings(parts: Parts) -> None:
    reading = '<rPh sb="0" eb="2"><t>ヤマダ</t></rPh><rPh sb="2" eb="4"><t>タロウ</t></rPh><phoneticPr fontId="1" type="fullwidthKatakana"/>'
    for n in range(20):
        name = f"<si><t>山田太郎{n}</t>"
        parts.replace("xl/sharedStrings.xml", name + "</si>", name + reading + "</si>")
    people = sheet("利用者マスタ")
    parts.insert(people, "phoneticPr", '<phoneticPr fontId="1" type="Hiragana" alignment="center"/>')
    parts.replace(people, '<c r="B2"', '<c r="B2" ph="1"')


def _printer(parts: Parts) -> None:
    daily = sheet("日報")
    name = parts.add("xl/printerSettings/printerSettings1.bin", noise(2200, 1), SPREADSHEET + "printerSettings")
    number = parts.relate(daily, "printerSettings", name)
    text = parts.parts[daily].decode()
    start = text.index("<pageSetup ")
    end = text.index("/>", start)
    parts.parts[daily] = f'{text[:end]} r:id="{number}"{text[end:]}'.encode()


def _extensions(parts: Parts) -> None:
    rule = (
        '<x14:dataValidation type="list" allowBlank="1" errorTitle="入力エラー"><x14:formula1><xm:f>利用者マスタ!$B$2:$B$21</xm:f>'
        "</x14:formula1><xm:sqref>G4:G33</xm:sqref></x14:dataValidation>"
    )
    head = f'<ext uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}" xmlns:x14="{X14}"><x14:dataValidations count="1" xmlns:xm="{XM}">'
    vendor = (
        '<ext uri="{99999999-1111-2222-3333-444444444444}" xmlns:v="http://example.com/vendor/welfare">'
        '<v:welfare><v:office id="13">請求ソフト連携</v:office></v:welfare></ext>'
    )
    parts.insert(sheet("日報"), "ext", f"{head}{rule}</x14:dataValidations></ext>{vendor}")


def _threads(parts: Parts) -> None:
    space, kinds = MICROSOFT + "spreadsheetml/2018/threadedcomments", MICROSOFT + "2017/10/relationships/"
    person = "{11111111-1111-1111-1111-111111111111}"
    own = f'<person displayName="佐藤" id="{person}" userId="S::sato@example.jp" providerId="AD"/>'
    said = f'<threadedComment ref="D8" dT="2025-04-02T01:02:03.00" personId="{person}" id="{{22222222-2222-2222-2222-222222222222}}">'
    people = f'<personList xmlns="{space}">{own}</personList>'
    thread = (
        f'<ThreadedComments xmlns="{space}">{said}<text>連絡は電話で確認</text></threadedComment></ThreadedComments>'
    )
    parts.relate(WORKBOOK, kinds + "person", parts.add("xl/persons/person.xml", people, EXCEL + "person+xml"))
    name = parts.add("xl/threadedComments/threadedComment1.xml", thread, EXCEL + "threadedcomments+xml")
    parts.relate(sheet("日報"), kinds + "threadedComment", name)


def _controls(parts: Parts) -> None:
    cover = sheet("表紙")
    drawing = next(name for name in parts.related(cover, "vmlDrawing") if b"Button" in parts.parts[name])
    shape = (
        '<v:shape id="_x0000_s1099" type="#_x0000_t201" style="position:absolute;width:80pt;height:18pt;z-index:9" stroked="f">'
        '<v:textbox><div style="text-align:left">在宅</div></v:textbox><x:ClientData ObjectType="Checkbox">'
        "<x:Anchor>4, 0, 12, 0, 6, 0, 13, 0</x:Anchor><x:FmlaLink>$Z$1</x:FmlaLink></x:ClientData></v:shape></xml>"
    )
    parts.replace(drawing, "</xml>", shape)
    box = f'<formControlPr xmlns="{X14}" objectType="CheckBox" checked="Checked" fmlaLink="$Z$1" lockText="1" noThreeD="1"/>'
    active = (
        '<ax:ocx ax:classid="{D7053240-CE69-11CD-A777-00DD01143C57}" ax:persistence="persistStreamInit" r:id="rId1"'
        f' xmlns:ax="{MICROSOFT}2006/activeX" xmlns:r="{OFFICE}"/>'
    )
    ocx = parts.add("xl/activeX/activeX1.xml", active, OFFICE_TYPE + "activeX+xml")
    state = parts.add("xl/activeX/activeX1.bin", noise(96, 2), OFFICE_TYPE + "activeX")
    parts.relate(ocx, MICROSOFT + "2006/relationships/activeXControlBinary", state)
    check = parts.relate(
        cover, "ctrlProp", parts.add("xl/ctrlProps/ctrlProp9.xml", box, EXCEL + "controlproperties+xml")
    )
    corner = "<xdr:col>{}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{}</xdr:row><xdr:rowOff>0</xdr:rowOff>"
    anchor = f'<anchor moveWithCells="1"><from>{corner.format(4, 12)}</from><to>{corner.format(6, 13)}</to></anchor>'
    looks = f'<controlPr defaultSize="0" autoFill="0" autoLine="0" autoPict="0" xmlns:xdr="{XDR}">{anchor}</controlPr>'
    first = f'<control shapeId="1099" r:id="{check}" name="在宅チェック">{looks}</control>'
    second = f'<control shapeId="1100" r:id="{parts.relate(cover, "control", ocx)}" name="CommandButton1"/>'
    choice = f'<mc:AlternateContent><mc:Choice Requires="x14">{first}</mc:Choice></mc:AlternateContent>'
    outer = f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice xmlns:x14="{X14}" Requires="x14"><controls>'
    parts.insert(cover, "controls", f"{outer}{choice}{second}</controls></mc:Choice></mc:AlternateContent>")


def _embedded(parts: Parts) -> None:
    weekly, kind = sheet("週次評価"), "application/vnd.openxmlformats-officedocument.oleObject"
    number = parts.relate(
        weekly, "oleObject", parts.add("xl/embeddings/oleObject1.bin", COMPOUND + noise(1016, 3), kind)
    )
    line = f'<oleObject progId="Package" shapeId="2050" r:id="{number}"/>'
    parts.insert(weekly, "oleObjects", f"<oleObjects>{line}</oleObjects>")


def _anchored(body: str, row: int) -> str:
    corner = "<xdr:col>{}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{}</xdr:row><xdr:rowOff>0</xdr:rowOff>"
    ends = f"<xdr:from>{corner.format(1, row)}</xdr:from><xdr:to>{corner.format(4, row + 3)}</xdr:to>"
    return f"<xdr:twoCellAnchor>{ends}{body}<xdr:clientData/></xdr:twoCellAnchor>"


_PLACE = '<a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="500000"/>{}</a:xfrm>'


def _shape(number: int, name: str, form: str, macro: str = "") -> str:
    return (
        f'<xdr:sp macro="{macro}" textlink=""><xdr:nvSpPr><xdr:cNvPr id="{number}" name="{name}"/><xdr:cNvSpPr/></xdr:nvSpPr>'
        f'<xdr:spPr>{_PLACE.format("")}<a:prstGeom prst="{form}"><a:avLst/></a:prstGeom></xdr:spPr><xdr:txBody><a:bodyPr/>'
        '<a:lstStyle/><a:p><a:r><a:rPr lang="ja-JP"/><a:t>提出</a:t></a:r></a:p></xdr:txBody></xdr:sp>'
    )


def _shapes(parts: Parts) -> None:
    drawing = parts.related(sheet("表紙"), "drawing")[0]
    inner = _PLACE.format('<a:chOff x="0" y="0"/><a:chExt cx="900000" cy="500000"/>')
    group = (
        '<xdr:grpSp><xdr:nvGrpSpPr><xdr:cNvPr id="60" name="グループ"/><xdr:cNvGrpSpPr/></xdr:nvGrpSpPr>'
        f"<xdr:grpSpPr>{inner}</xdr:grpSpPr>{_shape(61, '四角', 'rect')}{_shape(62, '丸', 'ellipse')}</xdr:grpSp>"
    )
    line = (
        '<xdr:cxnSp macro=""><xdr:nvCxnSpPr><xdr:cNvPr id="63" name="線"/><xdr:cNvCxnSpPr/></xdr:nvCxnSpPr><xdr:spPr>'
        f'{_PLACE.format("")}<a:prstGeom prst="line"><a:avLst/></a:prstGeom></xdr:spPr></xdr:cxnSp>'
    )
    choice = (
        f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice xmlns:a14="{MICROSOFT}drawing/2010/main" Requires="a14">'
        f"{_anchored(_shape(64, '数式図形', 'rect'), 40)}</mc:Choice><mc:Fallback/></mc:AlternateContent>"
    )
    macro = _shape(66, "マクロ図形", "roundRect", "[0]!Check")
    pieces = (
        _anchored(group, 20),
        _anchored(line, 25),
        _anchored(macro, 28),
        choice,
        _anchored(_smart(parts, drawing), 50),
    )
    parts.replace(drawing, "</xdr:wsDr>", "".join(pieces) + "</xdr:wsDr>")


def _smart(parts: Parts, drawing: str) -> str:
    ids = []
    for short, kind, file, root, inside in (
        (
            "dm",
            "diagramData",
            "data1",
            "dataModel",
            '<dgm:ptLst><dgm:pt modelId="1" type="doc"/></dgm:ptLst><dgm:cxnLst/>',
        ),
        ("lo", "diagramLayout", "layout1", "layoutDef", ""),
        ("qs", "diagramQuickStyle", "quickStyle1", "styleDef", ""),
        ("cs", "diagramColors", "colors1", "colorsDef", ""),
    ):
        body = f'<dgm:{root} xmlns:dgm="{DIAGRAM}" xmlns:a="{DRAWING}">{inside}</dgm:{root}>'
        content = f"application/vnd.openxmlformats-officedocument.drawingml.{kind.replace('QuickStyle', 'Style')}+xml"
        ids.append(f'r:{short}="{parts.relate(drawing, kind, parts.add(f"xl/diagrams/{file}.xml", body, content))}"')
    return (
        '<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="65" name="SmartArt"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr>'
        f'<xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic><a:graphicData uri="{DIAGRAM}">'
        f'<dgm:relIds xmlns:dgm="{DIAGRAM}" xmlns:r="{OFFICE}" {" ".join(ids)}/></a:graphicData></a:graphic></xdr:graphicFrame>'
    )


def _chart_looks(parts: Parts) -> None:
    chart, space = "xl/charts/chart1.xml", MICROSOFT + "drawing/2012/chartStyle"
    for kind, file, body in (
        ("chartStyle", "style1", f'<cs:chartStyle xmlns:cs="{space}" id="201"/>'),
        ("chartColorStyle", "colors1", f'<cs:colorStyle xmlns:cs="{space}" meth="cycle" id="10"/>'),
    ):
        name = parts.add(f"xl/charts/{file}.xml", body, OFFICE_TYPE + kind.lower() + "+xml")
        parts.relate(chart, f"{MICROSOFT}2011/relationships/{kind}", name)
    style = '<c:style val="12"/>'
    newer = (
        f'<mc:Choice Requires="c14" xmlns:c14="{MICROSOFT}drawing/2007/8/2/chart"><c14:style val="112"/></mc:Choice>'
    )
    both = f'<mc:AlternateContent xmlns:mc="{MC}">{newer}<mc:Fallback>{style}</mc:Fallback></mc:AlternateContent>'
    parts.replace(chart, style, both)


def _outside(parts: Parts) -> None:
    body = (
        f'<externalLink xmlns="{MAIN}" xmlns:r="{OFFICE}"><externalBook r:id="rId1"><sheetNames><sheetName val="単価表"/></sheetNames>'
        '<sheetDataSet><sheetData sheetId="0"><row r="1"><cell r="A1"><v>500</v></cell></row></sheetData></sheetDataSet></externalBook></externalLink>'
    )
    name = parts.add("xl/externalLinks/externalLink1.xml", body, SPREADSHEET + "externalLink+xml")
    parts.relate(name, "externalLinkPath", "file:///\\\\server\\share\\単価表.xlsx", outside=True)
    line = f'<externalReference r:id="{parts.relate(WORKBOOK, "externalLink", name)}"/>'
    parts.insert(WORKBOOK, "externalReferences", f"<externalReferences>{line}</externalReferences>")


def _pivot(parts: Parts) -> None:
    definition = (
        f'<pivotCacheDefinition xmlns="{MAIN}" xmlns:r="{OFFICE}" r:id="rId1" refreshedBy="佐藤" refreshedDate="45750" createdVersion="6"'
        ' refreshedVersion="6" minRefreshableVersion="3" recordCount="2"><cacheSource type="worksheet"><worksheetSource ref="A1:B3" sheet="集計"/>'
        '</cacheSource><cacheFields count="2"><cacheField name="月" numFmtId="0"><sharedItems count="2"><s v="1月"/><s v="2月"/></sharedItems>'
        '</cacheField><cacheField name="回数" numFmtId="0"><sharedItems containsSemiMixedTypes="0" containsString="0" containsNumber="1"'
        ' containsInteger="1" minValue="10" maxValue="11"/></cacheField></cacheFields></pivotCacheDefinition>'
    )
    lines = '<r><x v="0"/><n v="10"/></r><r><x v="1"/><n v="11"/></r>'
    shown = (
        f'<pivotTableDefinition xmlns="{MAIN}" name="ピボット1" cacheId="7" applyNumberFormats="0" applyBorderFormats="0" applyFontFormats="0"'
        ' applyPatternFormats="0" applyAlignmentFormats="0" applyWidthHeightFormats="1" dataCaption="値" updatedVersion="6"'
        ' minRefreshableVersion="3" createdVersion="6" indent="0" outline="1" outlineData="1"><location ref="A20:B23" firstHeaderRow="1"'
        ' firstDataRow="1" firstDataCol="1"/><pivotFields count="2"><pivotField axis="axisRow" showAll="0"><items count="3"><item x="0"/>'
        '<item x="1"/><item t="default"/></items></pivotField><pivotField dataField="1" showAll="0"/></pivotFields><rowFields count="1">'
        '<field x="0"/></rowFields><rowItems count="3"><i><x/></i><i><x v="1"/></i><i t="grand"><x/></i></rowItems><colItems count="1"><i/>'
        '</colItems><dataFields count="1"><dataField name="合計 / 回数" fld="1" baseField="0" baseItem="0"/></dataFields></pivotTableDefinition>'
    )
    records = f'<pivotCacheRecords xmlns="{MAIN}" count="2">{lines}</pivotCacheRecords>'
    cache = parts.add("xl/pivotCache/pivotCacheDefinition1.xml", definition, SPREADSHEET + "pivotCacheDefinition+xml")
    kept = parts.add("xl/pivotCache/pivotCacheRecords1.xml", records, SPREADSHEET + "pivotCacheRecords+xml")
    table = parts.add("xl/pivotTables/pivotTable1.xml", shown, SPREADSHEET + "pivotTable+xml")
    parts.relate(cache, "pivotCacheRecords", kept)
    parts.relate(table, "pivotCacheDefinition", cache)
    parts.relate(sheet("集計"), "pivotTable", table)
    line = f'<pivotCache cacheId="7" r:id="{parts.relate(WORKBOOK, "pivotCacheDefinition", cache)}"/>'
    parts.insert(WORKBOOK, "pivotCaches", f"<pivotCaches>{line}</pivotCaches>")


def _slicer(parts: Parts) -> None:
    kept = (
        f'<slicerCacheDefinition xmlns="{X14}" name="スライサー_月" sourceName="月"><pivotTables><pivotTable tabId="7" name="ピボット1"/>'
        '</pivotTables><data><tabular pivotCacheId="7"><items count="2"><i x="0" s="1"/><i x="1" s="1"/></items></tabular></data></slicerCacheDefinition>'
    )
    own = f'<slicers xmlns="{X14}"><slicer name="月" cache="スライサー_月" caption="月" rowHeight="241300"/></slicers>'
    cache = parts.add("xl/slicerCaches/slicerCache1.xml", kept, EXCEL + "slicerCache+xml")
    slicer = parts.add("xl/slicers/slicer1.xml", own, EXCEL + "slicer+xml")
    for source, kind, target, uri in (
        (sheet("集計"), "slicer", slicer, "{A8765BA9-456A-4dab-B4F3-ACF838C121DE}"),
        (WORKBOOK, "slicerCache", cache, "{BBE1A952-AA13-448e-AADC-164F8A28A991}"),
    ):
        number = parts.relate(source, MICROSOFT + "2007/relationships/" + kind, target)
        lists = "slicerList" if kind == "slicer" else "slicerCaches"
        body = f'<x14:{lists}><x14:{kind} r:id="{number}"/></x14:{lists}>'
        parts.insert(source, "ext", f'<ext uri="{uri}" xmlns:x14="{X14}">{body}</ext>')


def _queries(parts: Parts) -> None:
    source = 'connection="Provider=Microsoft.Mashup.OleDb.1;Data Source=$Workbook$" command="SELECT * FROM [日報]"'
    one = f'<connection id="1" name="クエリ - 日報" type="5" refreshedVersion="8"><dbPr {source}/></connection>'
    body = f'<connections xmlns="{MAIN}">{one}</connections>'
    parts.relate(WORKBOOK, "connections", parts.add("xl/connections.xml", body, SPREADSHEET + "connections+xml"))
    item = parts.add(
        "customXml/item1.xml", '<DataMashup xmlns="http://schemas.microsoft.com/DataMashup">AAAA</DataMashup>'
    )
    store = f'<ds:datastoreItem ds:itemID="{{00000000-0000-0000-0000-000000000001}}" xmlns:ds="{OPEN}officeDocument/2006/customXml"/>'
    kind = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
    parts.relate(item, "customXmlProps", parts.add("customXml/itemProps1.xml", store, kind))
    parts.relate(WORKBOOK, "customXml", item)


def _package_level(parts: Parts) -> None:
    button = '<group id="g1" label="検証"><button id="b1" label="検証" onAction="Check"/></group>'
    label = (
        '<clbl:label id="{33333333-3333-3333-3333-333333333333}" enabled="1" method="Standard"'
        ' siteId="{44444444-4444-4444-4444-444444444444}" removed="0"/>'
    )
    for kind, name, body, content in (
        (
            "2007/relationships/ui/extensibility",
            "customUI/customUI14.xml",
            f'<customUI xmlns="{MICROSOFT}2009/07/customui"><ribbon><tabs><tab id="t1" label="在宅">{button}</tab></tabs></ribbon></customUI>',
            "",
        ),
        (
            "2020/02/relationships/classificationlabels",
            "docMetadata/LabelInfo.xml",
            f'<clbl:labelList xmlns:clbl="{MICROSOFT}2020/mipLabelMetadata">{label}</clbl:labelList>',
            OFFICE_TYPE + "classificationlabels+xml",
        ),
        (
            "2011/relationships/webextensiontaskpanes",
            "xl/webextensions/taskpanes.xml",
            f'<wetp:taskpanes xmlns:wetp="{MICROSOFT}webextensions/taskpanes/2010/11"/>',
            OFFICE_TYPE + "webextensiontaskpanes+xml",
        ),
    ):
        parts.relate("", MICROSOFT + kind, parts.add(name, body, content))


def _chain(parts: Parts) -> None:
    cells = "".join(f'<c r="H{row}" i="2"/>' for row in range(4, 34)) + "".join(
        f'<c r="D{n}" i="7"/>' for n in (1, 2, 3)
    )
    body = f'<calcChain xmlns="{MAIN}">{cells}</calcChain>'
    parts.relate(WORKBOOK, "calcChain", parts.add("xl/calcChain.xml", body, SPREADSHEET + "calcChain+xml"))


def _daily_odds(parts: Parts) -> None:
    daily = sheet("日報")
    margins = '<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>'
    view = f'<customSheetView guid="{{66666666-6666-6666-6666-666666666666}}" scale="85">{margins}</customSheetView>'
    scenario = '<scenario name="案1" count="1" user="佐藤"><inputCells r="B4" val="○"/></scenario>'
    parts.insert(daily, "scenarios", f"<scenarios>{scenario}</scenarios>")
    parts.insert(daily, "customSheetViews", f"<customSheetViews>{view}</customSheetViews>")
    parts.insert(daily, "cellWatches", '<cellWatches><cellWatch r="B4"/></cellWatches>')
    strong = f'algorithmName="SHA-512" hashValue="{"q" * 86}==" saltValue="AAAAAAAAAAAAAAAAAAAAAA==" spinCount="100000"'
    text = parts.parts[daily].decode()
    start = text.index('password="')
    end = text.index('"', start + len('password="')) + 1
    parts.parts[daily] = (text[:start] + strong + text[end:]).encode()
    parts.bind(daily, ("x14ac", "xr"), ' xr:uid="{55555555-5555-5555-5555-555555555555}"')
    rows = re.sub(rb"<row ((?:(?!dyDescent)[^>])*>)", rb'<row x14ac:dyDescent="0.15" \1', parts.parts[daily])
    parts.parts[daily] = rows


def _styles(parts: Parts) -> None:
    colours = '<colors><mruColors><color rgb="FFFF9999"/></mruColors></colors>'
    slicers = '<x14:slicerStyles defaultSlicerStyle="SlicerStyleLight1"/>'
    ends = f'<extLst><ext uri="{{EB79DEF2-80B8-43e5-95BD-54CBDDF9020C}}" xmlns:x14="{X14}">{slicers}</ext></extLst></styleSheet>'
    known = b"<colors>" in parts.parts["xl/styles.xml"]
    parts.replace("xl/styles.xml", "</styleSheet>", ends if known else colours + ends)


def _workbook(parts: Parts, locked: bool) -> None:
    where = f'<x15ac:absPath xmlns:x15ac="{MICROSOFT}spreadsheetml/2010/11/ac" url="C:\\Users\\佐藤\\Desktop\\"/>'
    path = f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice Requires="x15">{where}</mc:Choice></mc:AlternateContent>'
    parts.bind(WORKBOOK, ("x15", "xr"))
    parts.replace(WORKBOOK, "<bookViews>", path + "<bookViews>")
    if locked:
        parts.insert(WORKBOOK, "workbookProtection", '<workbookProtection lockStructure="1"/>')
    view = '<customWorkbookView name="印刷用" guid="{66666666-6666-6666-6666-666666666666}" windowWidth="1000" windowHeight="600" activeSheetId="2"/>'
    parts.insert(WORKBOOK, "customWorkbookViews", f"<customWorkbookViews>{view}</customWorkbookViews>")
    vendor = '<v:book xmlns:v="http://example.com/vendor/welfare">K</v:book>'
    parts.insert(WORKBOOK, "ext", f'<ext uri="{{77777777-aaaa-bbbb-cccc-dddddddddddd}}">{vendor}</ext>')
    names = '<definedName name="外部単価" comment="外部">[1]単価表!$A$1</definedName>'
    macro = '<definedName name="XLM_マクロ" function="1" xlm="1" hidden="1">#REF!</definedName>'
    parts.replace(WORKBOOK, "</definedNames>", macro + names + "</definedNames>")


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(kitchen())
