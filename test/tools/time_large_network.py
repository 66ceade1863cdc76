#!/usr/bin/env python3
"""Times act-lint on a chain of dense layers whose weights fill many MiB.

time_large_network.py WIDTH LAYERS FOLDER

Prints the time and the memory that act-lint takes beside the time that reading
the weights once takes. All are the least of several, as the machine may be
busy."""

import os
import subprocess
import sys
import time

width, layers, folder = sys.argv[1:4]
text = os.path.join(folder, "network.mlir")
network = os.path.join(folder, "network.mlirbc")
here = os.path.dirname(os.path.abspath(__file__))

with open(text, "w") as out:
    subprocess.run(
        [sys.executable, os.path.join(here, "dense_network.py"), width, layers],
        stdout=out, check=True)
subprocess.run(["act-draw-resources", text, network], check=True)
size = os.path.getsize(network)
reading = float(subprocess.run(["act-time-read", network], check=True,
                               capture_output=True, text=True).stdout)


def lint():
    """Seconds of the clock, of all cores, and the bytes of a run."""
    command = ["act-lint", network, "--domain=0:[-1,1]", "--fail-on=never",
               "-o", os.path.join(folder, "report.txt")]
    start = time.perf_counter()
    process = subprocess.Popen(command)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"act-lint: status {status}")
    return (time.perf_counter() - start, usage.ru_utime + usage.ru_stime,
            usage.ru_maxrss * 1024)


runs = [lint() for _ in range(5)]
clock, cpu, memory = (min(run[i] for run in runs) for i in range(3))
os.remove(network)
print(f"{size / 2**20:.0f} MiB of weights, read once in {reading:.3f} s")
print(f"act-lint: {clock:.3f} s, {clock / reading:.1f} times that; "
      f"{cpu:.3f} s of all cores; memory {memory / size:.2f} times the file")
