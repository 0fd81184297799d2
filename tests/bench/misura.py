#!/usr/bin/env python3
"""Measures the program on generated sites, row by row: medians of wall, CPU and peak memory of the whole process.

    misura.py [--n 40,1000,10000] [--runs 5] [--bin target/release/concilia] [--work FOLDER] [--svg FILE]
              [--site FOLDER] [--beside NAME=COMMAND]...

The binary is the one that is shipped, with all that it checks and proves. The rows:

    check             records read, judged, every page made and proved; nothing set in type, nothing written
    check --documento the same with the document and the cards
    build             a first build, into a folder that does not exist
    the same again    a second build of the same records into the same folder
    one record        a build after the title of one project has changed
    consegna          the sealed package, where a plan is adopted

Sites are generated once into the work folder (a new one in /dev/shm where there is one); `--site` measures one that is
there, with its `content` inside. `--beside` is another program on the same records, one turn a turn: `{out}` in its
command becomes a folder that does not exist, and every row is also told as so many times its CPU and wall. `--svg`
draws the rows. Exit 1 where a command fails.
"""

import argparse
import glob
import os
import re
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))


def run(argv, log):
    """(wall s, CPU s, peak MiB) of one command; the end of everything where it fails."""
    with open(log, "wb") as f:
        start = time.perf_counter()
        p = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=f, stderr=f)
        _, status, ru = os.wait4(p.pid, 0)
        wall = time.perf_counter() - start
    p.returncode = os.waitstatus_to_exitcode(status)
    if p.returncode != 0:
        with open(log, encoding="utf-8", errors="replace") as f:
            sys.exit(f"{shlex.join(argv)}: exit {p.returncode}\n{f.read()}")
    return wall, ru.ru_utime + ru.ru_stime, ru.ru_maxrss / 1024


def changed(content, k):
    """Gives a project another title, always of the same length."""
    path = sorted(glob.glob(os.path.join(content, "piani", "*", "progetti", "*.yaml")))[0]
    with open(path, encoding="utf-8") as f:
        text = f.read()
    with open(path, "w", encoding="utf-8") as f:
        f.write(re.sub(r"(?m)^titolo: .*$", f"titolo: Prova numero {k % 10}", text, count=1))


def adopted(content):
    """A plan that a package can be made of."""
    for path in sorted(glob.glob(os.path.join(content, "piani", "*", "piano.yaml"))):
        with open(path, encoding="utf-8") as f:
            if re.search(r"(?m)^stato: (?!bozza|in_preparazione)", f.read()):
                return os.path.basename(os.path.dirname(path))
    return None


def measure(a, site, name):
    content = os.path.join(site, "content")
    period = adopted(content)
    log = os.path.join(a.work, "log")
    rows = {}

    def turn(k, what, argv):
        result = run(argv, log)
        # The first turn warms the page cache.
        if k > 0:
            rows.setdefault(what, []).append(result)

    for k in range(a.runs + 1):
        out = os.path.join(a.work, f"out{k}")
        build = [a.bin, "build", "--content", content, "--out", out]
        turn(k, "check", [a.bin, "check", "--content", content])
        turn(k, "check --documento", [a.bin, "check", "--documento", "--content", content])
        turn(k, "build", build)
        turn(k, "the same again", build)
        changed(content, k)
        turn(k, "one record", build)
        package = os.path.join(a.work, f"pacchetto{k}.zip")
        if period:
            turn(k, "consegna", [a.bin, "consegna", period, "--content", content, "--out", package])
        for other, command in a.beside:
            theirs = os.path.join(a.work, f"theirs{k}")
            turn(k, other, shlex.split(command.format(out=theirs)))
            shutil.rmtree(theirs, ignore_errors=True)
        shutil.rmtree(out)
        if os.path.exists(package):
            os.remove(package)
    medians = {what: tuple(statistics.median(r[i] for r in them) for i in range(3)) for what, them in rows.items()}
    print(name)
    for what, (wall, cpu, peak) in medians.items():
        span = f"{min(r[1] for r in rows[what]):.3f}..{max(r[1] for r in rows[what]):.3f}"
        line = f"  {what:18} wall {wall:7.3f} s   CPU {cpu:7.3f} s ({span})   peak {peak:6.0f} MiB"
        for other, _ in a.beside:
            if other != what:
                line += f"   of {other}: wall {wall / medians[other][0]:.2f}, CPU {cpu / medians[other][1]:.2f}"
        print(line, flush=True)
    return name, medians


def svg(tables):
    """Wall and CPU of each row as bars, a scale for each site."""
    wide, bar, left, lines, y = 760, 12, 170, [], 10
    for name, medians in tables:
        y += 24
        lines.append(f'<text x="0" y="{y}" font-weight="700">{name}</text>')
        scale = (wide - left - 110) / max(max(wall, cpu) for wall, cpu, _ in medians.values())
        for what, (wall, cpu, _) in medians.items():
            y += 10
            lines.append(f'<text x="{left - 8}" y="{y + bar + 3}" text-anchor="end">{what}</text>')
            for kind, value, fill in (("wall", wall, "#0066cc"), ("CPU", cpu, "#d97a0b")):
                width = max(1, value * scale)
                lines.append(f'<rect x="{left}" y="{y}" width="{width:.1f}" height="{bar}" fill="{fill}"/>')
                lines.append(f'<text x="{left + width + 5:.1f}" y="{y + 10}" font-size="11">{kind} {value:.2f} s</text>')
                y += bar + 2
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {y + 14}" font-family="sans-serif" font-size="13">'
        "<title>Medians of wall and CPU time, a row a command</title>"
        f'<rect width="{wide}" height="{y + 14}" fill="#fff"/>'
    )
    return head + "\n" + "\n".join(lines) + "\n</svg>\n"


def generated(a, n):
    site = os.path.join(a.work, f"n{n}")
    if not os.path.exists(os.path.join(site, "content", "sito.yaml")):
        shutil.rmtree(site, ignore_errors=True)
        subprocess.run([sys.executable, os.path.join(HERE, "genera.py"), site, "--projects", str(n)], check=True)
    return site


def measure_all(a):
    sites = [(a.site, os.path.basename(os.path.abspath(a.site)))] if a.site else [(None, f"N = {n}") for n in a.n]
    tables = []
    for (site, name), n in zip(sites, a.n):
        if site:
            # One record is changed: a copy, so that nobody's records are.
            copy = os.path.join(a.work, "site")
            for part in ("content", "themes"):
                if os.path.isdir(os.path.join(site, part)):
                    shutil.copytree(os.path.join(site, part), os.path.join(copy, part), dirs_exist_ok=True)
            site = copy
        tables.append(measure(a, site or generated(a, n), name))
    if a.svg:
        with open(a.svg, "w", encoding="utf-8") as f:
            f.write(svg(tables))


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--n", default="40,1000,10000", type=lambda s: [int(x) for x in s.split(",")])
    ap.add_argument("--runs", type=int, default=5)
    ap.add_argument("--bin", default=os.path.join(ROOT, "target", "release", "concilia"))
    ap.add_argument("--work")
    ap.add_argument("--site")
    ap.add_argument("--beside", action="append", default=[], type=lambda s: tuple(s.split("=", 1)))
    ap.add_argument("--svg")
    a = ap.parse_args()
    if a.work:
        os.makedirs(a.work, exist_ok=True)
        return measure_all(a)
    memory = "/dev/shm" if os.path.isdir("/dev/shm") else None
    with tempfile.TemporaryDirectory(prefix="concilia-bench-", dir=memory) as a.work:
        measure_all(a)


if __name__ == "__main__":
    main()
