"""Runs a command and passes only when it exits with the code asked for.

    exit_code.py 2 act-run broken.mlir

Death by a signal is never an exit code, so a crash fails whatever is expected.
"""

import subprocess
import sys


def main():
    expected = int(sys.argv[1])
    command = sys.argv[2:]
    found = subprocess.run(command).returncode
    if found == expected:
        return 0
    what = f"signal {-found}" if found < 0 else f"exit code {found}"
    print(f"expected exit code {expected}, got {what}: {command}", file=sys.stderr)
    return 1


sys.exit(main())
