"""The words of postings that come as Word or PDF files."""

import io
import logging
from pathlib import Path

from simulator.errors import UserError
from simulator.zip_files import check_archive

MOST_PAGES = 30
_HINT = "Open it, copy the posting's text, and paste it in the app or save it as .txt."


def word_text(raw: bytes, path: Path) -> str:
    """A Word document as HTML, which keeps its lists, headings and tables. Raises UserError."""
    import mammoth  # late

    check_archive(raw, str(path))
    try:
        found: str = mammoth.convert_to_html(
            io.BytesIO(raw), convert_image=mammoth.images.img_element(lambda image: {})
        ).value
    except Exception as error:  # noqa: BLE001 - the library raises bare kinds of its own for each broken part
        raise UserError(f"{path} cannot be read as a Word file ({type(error).__name__}).", _HINT) from None
    return found


def pdf_text(raw: bytes, path: Path) -> str:
    """The words of a PDF file, line by line. Raises UserError, also where its pages are pictures."""
    import pypdf  # late

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        pages = pypdf.PdfReader(io.BytesIO(raw)).pages
        if len(pages) > MOST_PAGES:
            raise UserError(f"{path} has {len(pages)} pages, far more than a posting.", _HINT)
        found = "\n\n".join(page.extract_text() for page in pages)
    except UserError:
        raise
    except Exception as error:  # noqa: BLE001 - the library raises bare kinds of its own for each broken part
        raise UserError(f"{path} cannot be read as a PDF file ({type(error).__name__}).", _HINT) from None
    if not found.strip():
        raise UserError(f"There are no words in {path}; its pages may be pictures.", _HINT)
    return found
