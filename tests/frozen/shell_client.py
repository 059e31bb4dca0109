"""Runs on Windows: gives each line to the system as the macros do, in a folder, and tells what the program said.

python shell_client.py LINES.json FOLDER
"""

import json
import subprocess
import sys


def main(lines: str, folder: str) -> None:
    with open(lines, encoding="utf-8") as listed:
        told = json.load(listed)
    said = []
    for line in told:
        ran = subprocess.run(line, cwd=folder, input=b"", capture_output=True, timeout=120, check=False)
        said.append(ran.stdout.decode("utf-8", "replace"))
    print(json.dumps(said))


if __name__ == "__main__":
    main(*sys.argv[1:])
