"""What the server writes about itself: never a token, a body, an address with a question in it, or a person."""

import logging
import re
import traceback

__all__ = ["LOG", "Redacting", "failed", "to_stderr"]

LOG = logging.getLogger("cxdesk.server")

_SECRET = re.compile(r"cxd_[ar]_[0-9a-f_]+|(?<=://)[^/\s@]+(?=@)")


class Redacting(logging.Filter):
    """Puts ``***`` where a token or the password of a DSN would be written, whoever wrote it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let everything pass, redacted."""
        record.msg, record.args = _SECRET.sub("***", record.getMessage()), ()
        if record.exc_info and record.exc_info[1] is not None:
            record.msg += f": {where(record.exc_info[1])}"
            record.exc_info = record.exc_text = None
        return True


def where(error: BaseException) -> str:
    """The kind of an exception and the lines it passed. Its own words may repeat a value and are left out."""
    places = (f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__))
    return " < ".join([type(error).__name__, *reversed(list(places))])


def failed(what: str, error: BaseException) -> None:
    """Note something that should not have happened."""
    LOG.error("%s: %s", what, where(error))


def to_stderr() -> None:
    """Write this program's and the web server's words to standard error, where systemd finds them."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    handler.addFilter(Redacting())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    # It would write whole addresses, and with them what people search for.
    logging.getLogger("uvicorn.access").disabled = True
