"""The page that lies in an open archive and says, in both languages, what it is and how it is read."""

README = """\
Regulars - the whole shop in open files
=======================================
Each .csv file is one table of the shop: UTF-8, commas, the first line names the columns. Any spreadsheet or database
opens them. "regulars import archive FILE.zip --shop NEW.shop" makes a shop of them again, equal to this one.

- \\N means that nothing was said; an empty cell is an empty text. A text that begins with \\ has one more before it.
- A text that begins with = + - @ or an apostrophe has an apostrophe before it, so that no spreadsheet runs it.
- Money is in minor units (fen, cents), prices in 1/10,000 of a unit, quantities in thousandths.
- Moments are UTC; shop_day is the day in the shop's own time zone. 1 is yes, 0 is no. Pictures are Base64.
- manifest.json says how many rows each file has, and its SHA-256. A file that was changed is not brought in again.

熟客 - 用开放文件保存的整家店
=============================
每个 .csv 文件是店里的一张表：UTF-8 编码，逗号分隔，第一行是列名，任何表格软件或数据库都能打开。
用 "regulars import archive 文件.zip --shop 新店.shop" 可以变回一家一模一样的店。

- \\N 表示没有填；空格子是空的文字。以 \\ 开头的文字前面会多一个 \\。
- 以 = + - @ 或单引号开头的文字前面会多一个单引号，免得表格软件当公式执行。
- 金额以分为单位，单价以万分之一元为单位，数量以千分之一为单位。
- 时刻是世界时（UTC）；shop_day 是店所在时区的日期。1 为是，0 为否。照片是 Base64。
- manifest.json 记着每个文件的行数和 SHA-256；改动过的文件不能再导入。
"""
