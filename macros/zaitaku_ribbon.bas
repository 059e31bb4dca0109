Attribute VB_Name = "zaitaku_ribbon"
Option Explicit

' 在宅点検のリボン。ボタン1つに Sub 1つ、Sub 1つに Python の呼び出し1つ。
' 名前に click を入れるのは、関数 ZAITAKU_WHY と区別するためです（VBAは大文字と小文字を区別しません）。
' 判断は Python（zaitaku_xl/entry/ribbon.py）にあり、ここには書きません。

' 点検
Public Sub zaitaku_click_check_book(control As IRibbonControl)
    RunPython "from zaitaku_xl.entry import ribbon; ribbon.run('check_book')"
End Sub

' この人だけ
Public Sub zaitaku_click_check_person(control As IRibbonControl)
    RunPython "from zaitaku_xl.entry import ribbon; ribbon.run('check_person')"
End Sub

' 色を消す
Public Sub zaitaku_click_clear_marks(control As IRibbonControl)
    RunPython "from zaitaku_xl.entry import ribbon; ribbon.run('clear_marks')"
End Sub

' 次の指摘
Public Sub zaitaku_click_next_finding(control As IRibbonControl)
    RunPython "from zaitaku_xl.entry import ribbon; ribbon.run('next_finding')"
End Sub

' 前の指摘
Public Sub zaitaku_click_previous_finding(control As IRibbonControl)
    RunPython "from zaitaku_xl.entry import ribbon; ribbon.run('previous_finding')"
End Sub

' なぜ?
Public Sub zaitaku_click_why(control As IRibbonControl)
    RunPython "from zaitaku_xl.entry import ribbon; ribbon.run('why')"
End Sub

' 指摘一覧
Public Sub zaitaku_click_findings_list(control As IRibbonControl)
    RunPython "from zaitaku_xl.entry import ribbon; ribbon.run('findings_list')"
End Sub

' フォルダーを一括点検
Public Sub zaitaku_click_check_folder(control As IRibbonControl)
    RunPython "from zaitaku_xl.entry import ribbon; ribbon.run('check_folder')"
End Sub

' 実績記録票
Public Sub zaitaku_click_service_record(control As IRibbonControl)
    RunPython "from zaitaku_xl.entry import ribbon; ribbon.run('service_record')"
End Sub

' 評価・申出の様式
Public Sub zaitaku_click_review_forms(control As IRibbonControl)
    RunPython "from zaitaku_xl.entry import ribbon; ribbon.run('review_forms')"
End Sub

' 印刷用PDF
Public Sub zaitaku_click_print_pdf(control As IRibbonControl)
    RunPython "from zaitaku_xl.entry import ribbon; ribbon.run('print_pdf')"
End Sub

' 環境診断
Public Sub zaitaku_click_doctor(control As IRibbonControl)
    RunPython "from zaitaku_xl.entry import ribbon; ribbon.run('doctor')"
End Sub

' 使い方
Public Sub zaitaku_click_guide(control As IRibbonControl)
    RunPython "from zaitaku_xl.entry import ribbon; ribbon.run('guide')"
End Sub
