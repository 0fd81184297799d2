#!/usr/bin/env python3
"""Measures `concilia build` on generated sites: medians of wall, CPU and peak memory of the whole process.

    misura.py [--n 40,1000,10000] [--runs 5] [--bin target/release/concilia] [--work FOLDER] [--rebuild]

The binary is the one that is shipped, with all that it checks and proves. Sites are generated once into the work
folder (a new one in /dev/shm where there is one) and each run publishes into a folder that does not exist; with
`--rebuild` a second build of the same records into the same folder is measured too. Exit 1 where a build fails.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))


def run(argv, log):
    """(wall s, CPU s, peak MiB, exit status) of one command."""
    with open(log, "wb") as f:
        start = time.perf_counter()
        p = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=f, stderr=f)
        _, status, ru = os.wait4(p.pid, 0)
        wall = time.perf_counter() - start
    p.returncode = os.waitstatus_to_exitcode(status)
    return wall, ru.ru_utime + ru.ru_stime, ru.ru_maxrss / 1024, p.returncode


def row(what, rows):
    wall, cpu, peak = (statistics.median(r[i] for r in rows) for i in range(3))
    span = f"{min(r[1] for r in rows):.3f}..{max(r[1] for r in rows):.3f}"
    print(f"{what:24} wall {wall:7.3f} s   CPU {cpu:7.3f} s ({span})   peak {peak:6.0f} MiB", flush=True)


def measure(a, n):
    site = os.path.join(a.work, f"n{n}")
    if not os.path.exists(os.path.join(site, "content", "sito.yaml")):
        shutil.rmtree(site, ignore_errors=True)
        subprocess.run([sys.executable, os.path.join(HERE, "genera.py"), site, "--projects", str(n)], check=True)
    log = os.path.join(a.work, "log")
    runs = {"build": [], "the same again": []}
    for k in range(a.runs + 1):
        out = os.path.join(a.work, f"out{k}")
        for what in list(runs)[: 2 if a.rebuild else 1]:
            r = run([a.bin, "build", "--content", os.path.join(site, "content"), "--out", out], log)
            if r[3] != 0:
                with open(log, encoding="utf-8") as f:
                    sys.exit(f"N = {n}: exit {r[3]}\n{f.read()}")
            # The first run warms the page cache.
            if k > 0:
                runs[what].append(r)
        if k == a.runs:
            files = sum(len(names) for _, _, names in os.walk(out))
            print(f"N = {n}: {files} files")
        shutil.rmtree(out)
    for what, rows in runs.items():
        if rows:
            row("  " + what, rows)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--n", default="40,1000,10000", type=lambda s: [int(x) for x in s.split(",")])
    ap.add_argument("--runs", type=int, default=5)
    ap.add_argument("--bin", default=os.path.join(ROOT, "target", "release", "concilia"))
    ap.add_argument("--work")
    ap.add_argument("--rebuild", action="store_true")
    a = ap.parse_args()
    if a.work:
        os.makedirs(a.work, exist_ok=True)
        for n in a.n:
            measure(a, n)
        return
    memory = "/dev/shm" if os.path.isdir("/dev/shm") else None
    with tempfile.TemporaryDirectory(prefix="concilia-bench-", dir=memory) as a.work:
        for n in a.n:
            measure(a, n)


if __name__ == "__main__":
    main()
