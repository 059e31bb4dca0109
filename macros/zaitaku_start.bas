Attribute VB_Name = "zaitaku_start"
Option Explicit

' Pythonを始める行の部品。使うのは xlwings のモジュールで、変えた行は tests/addin/adapted.toml にあります。
' 受け取ったブックの名前とパスを、シェルに渡る行に書かないこと。プログラムを名前だけで探さないこと。

' ブックの名前を、16進の数字にする（UTF-16の1単位が4桁）。数字ならシェルが別の意味に取ることはない。
Public Function zaitaku_digits(ByVal words As String) As String
    Dim place As Long
    For place = 1 To Len(words)
        zaitaku_digits = zaitaku_digits & Right$("000" & Hex$(AscW(Mid$(words, place, 1))), 4)
    Next place
End Function

' 置き場所が全部書かれているか。名前だけだと、今のフォルダーにあるものが動く。
Public Function zaitaku_is_whole(ByVal place As String) As Boolean
    zaitaku_is_whole = place Like "[A-Za-z]:\*" Or Left$(place, 2) = "\\" Or Left$(place, 1) = "/"
End Function

' Windowsのシェルを、置き場所で呼ぶ。
Public Function zaitaku_shell() As String
    zaitaku_shell = Chr$(34) & Environ$("SystemRoot") & "\System32\cmd.exe" & Chr$(34)
End Function

' 設定がないとき、または設定が置き場所を言わないときの文。
Public Function zaitaku_not_set_up() As String
    zaitaku_not_set_up = "在宅点検の設定がありません。" & _
        "zaitaku-xl addin install（Pythonのないパソコンでは zaitaku.exe addin install）を実行し、Excelを開き直してください。"
End Function
