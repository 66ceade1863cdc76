#!/usr/bin/env python3
"""Attacks many random networks of all types, on all cores.

    attack_networks.py ACT_ATTACK --networks=10000 [--first=SEED] [--points=N]

Prints sums as it goes on. Ends with exit code 1 at the first chunk that
contradicts a verdict, whose file it keeps."""

import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

GENERATOR = pathlib.Path(__file__).resolve().parent.parent / "tools/random_network.py"
CHUNK = 25  # networks in a file
TYPES = ["f32", "f16", "bf16", "f32"]
EVERY = 5  # chunks of which one is of networks at the edges of arithmetic and
#          one of networks with rows that are normalised


def attack(options, folder, number, first):
    """The name of the file and what the attack of a chunk printed of it."""
    arguments = [str(first), str(CHUNK), f"--type={TYPES[number % len(TYPES)]}"]
    if number % EVERY < 2:
        arguments.append(["--edges", "--rows"][number % EVERY])
    path = pathlib.Path(folder) / f"networks-{first}.mlir"
    with open(path, "w") as file:
        subprocess.run([sys.executable, GENERATOR, *arguments], stdout=file, check=True)
    result = subprocess.run([options.program, path, f"--seed={first}",
                             f"--points={options.points}"],
                            text=True, capture_output=True)
    if result.returncode == 0:
        path.unlink()
    return path, result


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("--networks", type=int, default=10000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--points", type=int, default=100000)
    options = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="act-attack-")
    sums = {}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        firsts = range(options.first, options.first + options.networks, CHUNK)
        chunks = pool.map(lambda item: attack(options, folder, *item),
                          enumerate(firsts))
        for path, result in chunks:
            if result.returncode:
                print(f"\n{path}:\n{result.stdout}{result.stderr}")
                pool.shutdown(cancel_futures=True)
                return 1
            for count, what in re.findall(r"(\d+) ([\w ]+)", result.stdout):
                sums[what] = sums.get(what, 0) + int(count)
            print("\r" + ", ".join(f"{n} {what}" for what, n in sums.items()),
                  end="", flush=True)
    print()
    os.rmdir(folder)
    return 0


sys.exit(main())
