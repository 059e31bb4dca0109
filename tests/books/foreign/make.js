// Makes the files of SheetJS in this folder: npm install xlsx@0.18.5; node make.js .
// calc_1904.xls and .ods are sheetjs_1904.xlsx saved by LibreOffice: soffice --headless --convert-to xls sheetjs_1904.xlsx
// pyexcelerate.xlsx: Workbook().new_sheet("日報", data=[[...]]).save("pyexcelerate.xlsx") of the rows below, dates and times without a format.
const XLSX = require("xlsx"), fs = require("fs");
const head = ["氏名", "日付", "曜日", "提供区分", "開始", "終了", "訓練内容", "支援記録", "食事", "備考"];
const row = (day) => ["山田 花子", day, "", "在宅", { t: "n", v: 0.395833333333333, z: "h:mm" }, "15:30", "入力", "見た", false, "在宅支援"];
function book(date1904) {
  const first = date1904 ? 1462 : 0;
  const days = [46027 - first, { t: "n", v: 46028 - first, z: "yyyy/m/d" }, "2026/1/7", { t: "n", v: 46030 - first, z: 'm"月"d"日"' }];
  const made = XLSX.utils.book_new();
  XLSX.utils.book_append_sheet(made, XLSX.utils.aoa_to_sheet([head, ...days.map(row)]), "日報");
  if (date1904) made.Workbook = { WBProps: { date1904: true } };
  return made;
}
const save = (name, date1904, bookType) => fs.writeFileSync(`${process.argv[2]}/${name}`, XLSX.write(book(date1904), { type: "buffer", bookType, compression: true }));
save("sheetjs.xlsb", false, "xlsb");
save("sheetjs.ods", false, "ods");
save("sheetjs_1904.xls", true, "biff8");
save("sheetjs_1904.xlsx", true, "xlsx");
