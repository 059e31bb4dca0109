Attribute VB_Name = "xlwings_udfs"
' 関数の入口。python -m tests.addin.wrapper が zaitaku_xl/entry/udfs.py から作るので、手で直しません。
#Const App = "Microsoft Excel"

Function ZAITAKU_BILLABLE(client_name, on_day, ParamArray tables())
    Dim argsArray() As Variant
    argsArray = Array(client_name, on_day)
    ReDim Preserve argsArray(0 to UBound(tables) - LBound(tables) + 2)
    For k = LBound(tables) To UBound(tables)
    argsArray(2 + k - LBound(tables)) = tables(k)
    Next k
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        ZAITAKU_BILLABLE = XLPy.CallUDF("zaitaku_xl.entry.udfs", "ZAITAKU_BILLABLE", argsArray, ThisWorkbook, Application.Caller)
        Exit Function
    #Else
        ZAITAKU_BILLABLE = XLPy.CallUDF("zaitaku_xl.entry.udfs", "ZAITAKU_BILLABLE", argsArray)
        Exit Function
    #End If
failed:
    ZAITAKU_BILLABLE = Err.Description
End Function

Function ZAITAKU_FINDINGS(ParamArray tables())
    Dim argsArray() As Variant
    argsArray = Array()
    ReDim Preserve argsArray(0 to UBound(tables) - LBound(tables) + 0)
    For k = LBound(tables) To UBound(tables)
    argsArray(0 + k - LBound(tables)) = tables(k)
    Next k
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        ZAITAKU_FINDINGS = XLPy.CallUDF("zaitaku_xl.entry.udfs", "ZAITAKU_FINDINGS", argsArray, ThisWorkbook, Application.Caller)
        Exit Function
    #Else
        ZAITAKU_FINDINGS = XLPy.CallUDF("zaitaku_xl.entry.udfs", "ZAITAKU_FINDINGS", argsArray)
        Exit Function
    #End If
failed:
    ZAITAKU_FINDINGS = Err.Description
End Function

Function ZAITAKU_RULE(rule_id, Optional town, Optional on_day)
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        ZAITAKU_RULE = XLPy.CallUDF("zaitaku_xl.entry.udfs", "ZAITAKU_RULE", Array(rule_id, town, on_day), ThisWorkbook, Application.Caller)
        Exit Function
    #Else
        ZAITAKU_RULE = XLPy.CallUDF("zaitaku_xl.entry.udfs", "ZAITAKU_RULE", Array(rule_id, town, on_day))
        Exit Function
    #End If
failed:
    ZAITAKU_RULE = Err.Description
End Function

Function ZAITAKU_VERDICTS(ParamArray tables())
    Dim argsArray() As Variant
    argsArray = Array()
    ReDim Preserve argsArray(0 to UBound(tables) - LBound(tables) + 0)
    For k = LBound(tables) To UBound(tables)
    argsArray(0 + k - LBound(tables)) = tables(k)
    Next k
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        ZAITAKU_VERDICTS = XLPy.CallUDF("zaitaku_xl.entry.udfs", "ZAITAKU_VERDICTS", argsArray, ThisWorkbook, Application.Caller)
        Exit Function
    #Else
        ZAITAKU_VERDICTS = XLPy.CallUDF("zaitaku_xl.entry.udfs", "ZAITAKU_VERDICTS", argsArray)
        Exit Function
    #End If
failed:
    ZAITAKU_VERDICTS = Err.Description
End Function

Function ZAITAKU_WAREKI(on_day)
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        ZAITAKU_WAREKI = XLPy.CallUDF("zaitaku_xl.entry.udfs", "ZAITAKU_WAREKI", Array(on_day), ThisWorkbook, Application.Caller)
        Exit Function
    #Else
        ZAITAKU_WAREKI = XLPy.CallUDF("zaitaku_xl.entry.udfs", "ZAITAKU_WAREKI", Array(on_day))
        Exit Function
    #End If
failed:
    ZAITAKU_WAREKI = Err.Description
End Function

Function ZAITAKU_WHY(client_name, on_day, ParamArray tables())
    Dim argsArray() As Variant
    argsArray = Array(client_name, on_day)
    ReDim Preserve argsArray(0 to UBound(tables) - LBound(tables) + 2)
    For k = LBound(tables) To UBound(tables)
    argsArray(2 + k - LBound(tables)) = tables(k)
    Next k
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        ZAITAKU_WHY = XLPy.CallUDF("zaitaku_xl.entry.udfs", "ZAITAKU_WHY", argsArray, ThisWorkbook, Application.Caller)
        Exit Function
    #Else
        ZAITAKU_WHY = XLPy.CallUDF("zaitaku_xl.entry.udfs", "ZAITAKU_WHY", argsArray)
        Exit Function
    #End If
failed:
    ZAITAKU_WHY = Err.Description
End Function
