"""Bringing an older file up to this program's schema, with a copy of it put aside first.

``PRAGMA user_version`` counts the migrations a file has seen; Alembic, imported only when there is one to run, does
the rest in a single transaction.
"""

import sqlite3
from pathlib import Path

from cxdesk.storage.faults import Fault

__all__ = ["APPLICATION_ID", "LATEST", "backup_before", "migrate", "version_of"]

LATEST = 3
APPLICATION_ID = 0x63786473  # "cxds"
_SCRIPTS = Path(__file__).parent / "migrations"


def version_of(db: sqlite3.Connection, path: Path) -> int:
    """How many migrations the file has seen; 0 for an empty one.

    Raises ``Fault`` ``newer_file`` when it comes from a later program, ``foreign_file`` when it is not a desk at all.
    """
    version = int(db.execute("PRAGMA user_version").fetchone()[0])
    application = int(db.execute("PRAGMA application_id").fetchone()[0])
    tables = int(db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
    if tables and application != APPLICATION_ID:
        raise Fault("foreign_file", path=str(path))
    if version > LATEST:
        raise Fault("newer_file", path=str(path), version=version, known=LATEST)
    return version


def backup_before(db: sqlite3.Connection, path: Path, version: int) -> Path:
    """A whole copy of the file as it was at ``version``, in ``backups`` beside it; an existing one is kept."""
    folder = path.parent / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    number = 1
    while (target := folder / f"{path.stem}-v{version}-{number}.db").exists():
        number += 1
    db.execute("VACUUM INTO ?", (str(target),))
    target.chmod(0o600)
    return target


def migrate(path: Path) -> None:
    """Run every migration the file has not seen, all or none. The file need not exist."""
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory
    from sqlalchemy import create_engine
    from sqlalchemy.pool import NullPool

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    config.set_main_option("path_separator", "os")
    script = ScriptDirectory.from_config(config)
    engine = create_engine("sqlite://", creator=lambda: sqlite3.connect(path, isolation_level=None), poolclass=NullPool)

    def upgrade(revision: object, _context: object) -> list[object]:
        return list(script._upgrade_revs("head", revision))  # type: ignore[arg-type]

    with engine.connect() as connection, EnvironmentContext(config, script, fn=upgrade) as environment:
        connection.exec_driver_sql("PRAGMA journal_mode = WAL")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        environment.configure(connection=connection)
        environment.run_migrations()
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version = {LATEST}")
        connection.commit()
    engine.dispose()
