"""The paragraphs of a PDF, read in a process of its own that may not run or grow for long.

A PDF is a program of sorts: a small one may ask for hours or for all memory. Pages are read by pypdf.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO

from tallystick.articles.article import Paragraph
from tallystick.errors import UsageError

MOST_PAGES = 300
MOST_SECONDS = 30
MOST_MEMORY = 1_500_000_000
_GAP = re.compile(r"\n\s*\n")
_FULL = re.compile(r"[.!?…:][\"”’')\]]*$")
_HYPHEN = re.compile(r"(?<=[a-z])-\n(?=[a-z])")


def paragraphs_of_pdf(data: bytes, name: str) -> tuple[Paragraph, ...]:
    """Raises `UsageError` when it cannot be read, has no text, or takes too long."""
    try:
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "tallystick.articles.pdf"],
            input=data,
            capture_output=True,
            timeout=MOST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise _refused("reading this PDF takes too long", name) from error
    if done.returncode:
        raise _refused("this PDF cannot be read: it is damaged, locked, or asks for too much", name)
    pages = json.loads(done.stdout)
    found = tuple(Paragraph(text, number) for number, page in enumerate(pages, start=1) for text in _paragraphs(page))
    if not found:
        raise _refused("there is no text in this PDF, only pictures of it", name)
    return found


def _refused(what: str, name: str) -> UsageError:
    return UsageError(what, where=name, next_step="copy the article's text into a text file and check that")


def _paragraphs(page: str) -> Iterator[str]:
    """Lines joined to paragraphs: an empty line ends one, and so does a short line that ends a sentence."""
    for block in _GAP.split(_HYPHEN.sub("", page)):
        lines = [" ".join(line.split()) for line in block.splitlines()]
        widest = max((len(line) for line in lines), default=0)
        part: list[str] = []
        for line in lines:
            part.append(line)
            if _FULL.search(line) and len(line) < 0.75 * widest:
                yield " ".join(part).strip()
                part = []
        if text := " ".join(part).strip():
            yield text


def texts(data: bytes) -> list[str]:
    """The text of each of the first `MOST_PAGES` pages."""
    from pypdf import PdfReader

    pages = PdfReader(BytesIO(data)).pages
    return [pages[number].extract_text() for number in range(min(len(pages), MOST_PAGES))]


if __name__ == "__main__":
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    sys.stdout.write(json.dumps(texts(sys.stdin.buffer.read())))
