from dataclasses import fields

from sqlmodel import SQLModel

from cxdesk.domain.records import Record
from cxdesk.storage import tables
from cxdesk.storage.rows import RECORDS, columns

BY_NAME: dict[str, type[SQLModel]] = {
    str(table.__tablename__): table for table in (*tables.SHARED, *tables.LOCAL, *tables.DERIVED)
}


def may_be_unknown(kind: type[Record], name: str) -> bool:
    annotation = next(field.type for field in fields(kind) if field.name == name)
    return type(None) in getattr(annotation, "__args__", ())


def test_every_record_has_its_table_and_every_shared_table_its_record() -> None:
    assert set(RECORDS) == {table.__tablename__ for table in tables.SHARED}


def test_a_table_has_the_columns_of_its_record_in_their_order() -> None:
    for kind, record in RECORDS.items():
        assert list(BY_NAME[kind].model_fields) == [field.name for field in fields(record)] == list(columns(kind))


def test_a_column_may_be_unknown_exactly_where_the_record_says_so() -> None:
    for kind, record in RECORDS.items():
        table = SQLModel.metadata.tables[kind]
        for column in table.columns:
            assert column.nullable == may_be_unknown(record, column.name), f"{kind}.{column.name}"


def test_no_table_belongs_to_two_kinds() -> None:
    every = [*tables.SHARED, *tables.LOCAL, *tables.DERIVED]
    assert len(every) == len(BY_NAME) == len(SQLModel.metadata.tables)
