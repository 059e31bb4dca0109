"""python -m zaitaku_xl: the same as the command zaitaku-xl."""

from zaitaku_xl.entry.cli import main

main()
