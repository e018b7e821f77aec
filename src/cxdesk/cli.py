"""The command line: the desk itself, the demo, and every reading without a screen.

Commands live in ``commands``; this module only knows their names and options, so that ``--help`` costs nothing.
"""

import argparse
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from cxdesk import __version__, i18n
from cxdesk.domain.words import Language, Stage

__all__ = ["parser", "run"]

COMMANDS = (
    "queue", "customer", "ticket", "wait", "hear", "check", "staffing", "import", "export", "stats", "doctor", "demo",
    "duplicates", "lines", "followups", "morning", "feedback", "voices", "incidents", "serve",
    "connect", "disconnect", "sync", "insights",
)  # fmt: skip

MODULES = {None: "desk", "import": "bring", "export": "bring", "connect": "sync", "disconnect": "sync"} | {
    name: name
    for name in (
        "demo",
        "staffing",
        "wait",
        "hear",
        "check",
        "lines",
        "followups",
        "morning",
        "feedback",
        "voices",
        "incidents",
        "insights",
        "serve",
        "sync",
    )
}
"""Where a command is carried out; every other one is a reading."""

_STAGES = tuple(Stage)


def _shared(default: str | None) -> argparse.ArgumentParser:
    """The options that every command takes, and the desk itself."""
    made = argparse.ArgumentParser(prog="cxdesk", add_help=False)
    made.add_argument("--data", metavar="DIR", default=default, help=i18n.t("cli.data"))
    made.add_argument("--lang", choices=("ko", "en"), default=default, help=i18n.t("cli.lang"))
    return made


def _options(argv: Sequence[str]) -> argparse.Namespace:
    """What was asked for. The desk itself does not wait for the commands and their help to be described."""
    options, more = _shared(None).parse_known_args(argv)
    if more:
        return parser().parse_args(argv)
    options.command = None
    return options


def parser() -> argparse.ArgumentParser:
    """Every command and option, described in the language in use."""
    t = i18n.t
    top = argparse.ArgumentParser(prog="cxdesk", description=t("cli.about"), parents=[_shared(None)])
    top.add_argument("--version", action="version", version=f"cxdesk {__version__}")
    shared = _shared(argparse.SUPPRESS)
    commands = top.add_subparsers(dest="command", metavar="COMMAND")

    def command(name: str, *, reads: bool = True) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=t(f"cli.{name}"), parents=[shared])
        if reads:
            made.add_argument("--json", action="store_true", help=t("cli.json"))
        return made

    command("queue")
    customer = command("customer")
    customer.add_argument("text", help=t("cli.customer_text"))
    customer.add_argument("--journey", action="store_true", help=t("cli.customer_journey"))
    customer.add_argument("--export", nargs="?", const=".", metavar="DIR", help=t("cli.customer_export"))
    command("duplicates").add_argument("--most", type=int, default=200, help=t("cli.duplicates_most"))
    command("ticket").add_argument("number", type=int, help=t("cli.ticket_number"))
    wait = command("wait")
    wait.add_argument("number", type=int, nargs="?", help=t("cli.wait_number"))
    wait.add_argument("--report", action="store_true", help=t("cli.wait_report"))
    wait.add_argument("--rebuild", action="store_true", help=t("cli.wait_rebuild"))
    command("hear")
    command("check")
    lines = command("lines")
    lines.add_argument("text", nargs="?", default="", help=t("cli.lines_text"))
    lines.add_argument("--import", dest="import_file", metavar="FILE", help=t("cli.lines_import"))
    lines.add_argument("--stage", choices=_STAGES, default="options", metavar="STAGE", help=t("cli.lines_stage"))
    followups = command("followups")
    followups.add_argument("--due", choices=("today", "week", "all"), default="all", help=t("cli.followups_due"))
    followups.add_argument("--report", action="store_true", help=t("cli.followups_report"))
    followups.add_argument("--days", type=_days, default=90, help=t("cli.stats_days"))
    followups.add_argument("--ics", metavar="FILE", help=t("cli.followups_ics"))
    command("morning")
    staffing = command("staffing")
    staffing.add_argument("--arrivals", type=float, metavar="N", help=t("cli.staffing_arrivals"))
    staffing.add_argument("--aht", type=float, metavar="SECONDS", help=t("cli.staffing_aht"))
    staffing.add_argument("--target", type=_target, default=(0.8, 20.0), metavar="80/20", help=t("cli.staffing_target"))
    staffing.add_argument("--shrinkage", type=_share, default=0.0, metavar="0.3", help=t("cli.staffing_shrinkage"))
    command("voices")
    feedback = command("feedback")
    feedback.add_argument("--days", type=_days, default=30, help=t("cli.stats_days"))
    feedback.add_argument("--import", dest="import_file", metavar="FILE", help=t("cli.feedback_import"))
    command("incidents").add_argument("--report", metavar="ID", help=t("cli.incidents_report"))
    insights = command("insights")
    insights.add_argument("--period", default="", metavar="PERIOD", help=t("cli.insights_period"))
    insights.add_argument("--csv", metavar="FILE", help=t("cli.insights_csv"))
    insights.add_argument("--html", metavar="FILE", help=t("cli.insights_html"))
    command("stats").add_argument("--days", type=int, default=7, help=t("cli.stats_days"))
    command("doctor").add_argument("--rebuild", action="store_true", help=t("cli.doctor_rebuild"))
    bring = command("import")
    bring.add_argument("file", nargs="?", help=t("cli.import_file"))
    bring.add_argument("--with", dest="map_name", metavar="MAP", help=t("cli.import_with"))
    bring.add_argument("--map", action="append", default=[], metavar="COLUMN=FIELD", help=t("cli.import_map"))
    bring.add_argument("--password", help=t("cli.import_password"))
    bring.add_argument("--dry-run", action="store_true", help=t("cli.import_dry"))
    bring.add_argument("--list", action="store_true", help=t("cli.import_list"))
    bring.add_argument("--undo", type=int, nargs="?", const=0, metavar="RUN", help=t("cli.import_undo"))
    take_out = command("export")
    take_out.add_argument("folder", help=t("cli.export_folder"))
    take_out.add_argument("--format", choices=("csv", "jsonl"), default="jsonl", help=t("cli.export_format"))
    demo = command("demo", reads=False)
    demo.add_argument("--speed", type=float, default=4.0, help=t("cli.demo_speed"))
    demo.add_argument("--seed", type=int, default=7, help=t("cli.demo_seed"))
    connect = command("connect")
    connect.add_argument("url", help=t("connect.option.url"))
    connect.add_argument("--code", help=t("connect.option.code"))
    connect.add_argument("--name", help=t("connect.option.name"))
    command("disconnect", reads=False)
    command("sync").add_argument("--once", action="store_true", help=t("sync.option.once"))
    serve = command("serve", reads=False)
    serve.add_argument("--database", metavar="DSN", help=t("serve.option.database"))
    serve.add_argument("--host", default="127.0.0.1", help=t("serve.option.host"))
    serve.add_argument("--port", type=int, default=8377, help=t("serve.option.port"))
    serve.add_argument("--new-shop", metavar="NAME", help=t("serve.option.new_shop"))
    serve.add_argument("--code", metavar="SHOP", help=t("serve.option.code"))
    serve.add_argument("--certificate", metavar="FILE", help=t("serve.option.certificate"))
    serve.add_argument("--key", metavar="FILE", help=t("serve.option.key"))
    serve.add_argument("--restored", action="store_true", help=t("serve.option.restored"))
    serve.add_argument("--openapi", action="store_true", help=t("serve.option.openapi"))
    return top


def run(argv: Sequence[str]) -> int:
    """Carry out a command line; the exit code. 2 for a fault, with one sentence on standard error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal or file that cannot hold every character is no failure
            stream.reconfigure(errors="backslashreplace")
    i18n.use(_language(argv))
    options = _options(argv)
    if options.lang:
        i18n.use(Language(options.lang))
    from cxdesk.storage.faults import Fault

    try:
        module = MODULES.get(options.command, "read")
        code: int = import_module(f"cxdesk.commands.{module}").run(options)
        sys.stdout.flush()
        return code
    except Fault as fault:
        print(i18n.t(f"fault.{fault.code}", **fault.values), file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read the output has seen enough; what is left in the buffer must go somewhere when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _target(text: str) -> tuple[float, float]:
    """``80/20``: eighty in a hundred within twenty seconds."""
    share, _, seconds = text.partition("/")
    value = float(share) / 100
    if not 0 < value < 1:
        raise argparse.ArgumentTypeError(text)
    return value, float(seconds)


def _days(text: str) -> int:
    """A number of days, at least one."""
    days = int(text)
    if not 1 <= days <= 36_500:
        raise argparse.ArgumentTypeError(text)
    return days


def _share(text: str) -> float:
    """A share of one, one itself left out."""
    value = float(text)
    if not 0 <= value < 1:
        raise argparse.ArgumentTypeError(text)
    return value


def _language(argv: Sequence[str]) -> Language:
    """``--lang`` before argparse runs, so that its own help is in that language too."""
    for i, word in enumerate(argv):
        value = (
            word[7:] if word.startswith("--lang=") else argv[i + 1] if word == "--lang" and i + 1 < len(argv) else ""
        )
        if value in tuple(Language):
            return Language(value)
    return i18n.system_language()
