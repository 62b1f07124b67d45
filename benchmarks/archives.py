"""How fast saved pages are parsed, and in how much memory: N invented pages, 1 and more processes.

    python benchmarks/archives.py [N]

Prints pages a second, and the peak memory of the main process and of the largest worker, for N/10
and for N pages: memory shall not grow with their number.
"""

import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

PAGE = """<!DOCTYPE html><html><head><title>Invented {number}</title></head><body>
<nav>{menu}</nav><p>Abstract Number: {number}</p><h1>Invented Title {number}</h1>
<p>{authors}, <sup>1</sup>Example University, Exampletown, NY, <sup>2</sup>Muster-Klinik, Berlin</p>
<p>Meeting: ACR Convergence 2025</p>
<p><b>Background/Purpose:</b> {text}</p><p><b>Methods:</b> {text}</p>
<p><b>Results:</b> {text}</p><p><b>Conclusion:</b> {text}</p>
<p>To cite this abstract in AMA style:</p>
<p>{cited}. Invented Title {number} [abstract]. Arthritis Rheumatol. 2025; 77 (suppl 9).
https://acrabstracts.org/abstract/invented-{number}/. Accessed .</p></body></html>
"""


def page(number):
    """Return an invented page of about 50 kB, the size of real ones."""
    return PAGE.format(
        number=number,
        menu="".join(f'<a href="/topic-{n}/" class="menu-item">Topic {n}</a>' for n in range(600)),
        authors=", ".join(f"Ada{chr(97 + n)} Example<sup>{n % 2 + 1}</sup>" for n in range(12)),
        cited=", ".join(["Example A"] * 12),
        text=f"Nobody has yet imagined {number} of these. " * 40,
    )


def run(archive, jobs):
    """Parse an archive in a process of its own; return seconds and records."""
    measure = (
        "import resource, sys; from abstool.cli import main; code = main(sys.argv[1:]);"
        "kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN);"
        "print(*(resource.getrusage(kind).ru_maxrss // 1024 for kind in kinds), file=sys.stderr);"
        "sys.exit(code)"
    )
    command = [sys.executable, "-c", measure, "parse", archive, "--jobs", str(jobs), "--quiet"]
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, check=True)
    seconds = time.perf_counter() - start
    main, worker = done.stderr.split()
    return seconds, done.stdout.count(b"\n"), int(main), int(worker)


def bench(count):
    """Measure N pages with each number of processes."""
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder, "pages.zip")
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as pages:
            for number in range(count):
                pages.writestr(f"{number:06}.html", page(number))
        for jobs in (1, 2):
            seconds, records, main, worker = run(archive, jobs)
            assert records == count
            print(
                f"{count:7,} pages, {jobs} process{'es' * (jobs > 1)}: {count / seconds:6.1f} a"
                f" second, {main} MB, worker {worker} MB"
            )


if __name__ == "__main__":
    asked = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    bench(asked // 10)
    bench(asked)
