Attribute VB_Name = "xlwings_udfs"
' 関数の入口。python -m tests.addin.wrapper が zaitaku_xl/entry/udfs.py から作るので、手で直しません。
#Const App = "Microsoft Excel"
