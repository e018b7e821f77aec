"""A file on its way in, what came of it, and the files that were brought in: as text."""

from pathlib import Path

import pytest

from cxdesk.i18n import t
from cxdesk.screens.bring import Import
from tests.golden.screens import Taken
from tests.golden.test_golden import _all_the_same
from tests.imports.test_files import workbook
from tests.screens.hands import Hands

TABLE = (
    "성함,연락처,주문일,상품명,결제금액,주문 번호,주민등록번호\n"
    "김하늬,010-1234-5678,2026-11-20,린넨 셔츠,39000,A-1,900101-2000000\n"
    "Ada Fern,+44 20 7946 0958,2026-11-21,Wool socks,12000,A-2,\n"
    "박새봄,010-2345-6789,며칠 전,머그,9000,A-3,\n"
)


async def bring(hands: Hands, path: str) -> None:
    await hands.press("ctrl+p")
    await hands.type(t("action.import"))
    await hands.press("enter")
    await hands.type(path)
    await hands.press("enter")


@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_a_file_from_its_columns_to_the_list_of_what_came(
    taken: Taken, size: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prefix = f"{taken.lang}-{size[0]}x{size[1]}-import"
    (tmp_path / "orders.csv").write_text(TABLE, "utf-8")
    (tmp_path / "locked.xlsx").write_bytes(workbook([["이름"], ["김하늬"]], password="1234"))
    monkeypatch.chdir(tmp_path)  # paths on the screen are then the same wherever this runs
    pictures: list[tuple[str, str]] = []
    async with taken.shot(size, empty=True) as hands:
        await bring(hands, "locked.xlsx")
        pictures.append((f"{prefix}-password", hands.text))
        await hands.press("escape")
        await bring(hands, "orders.csv")
        pictures.append((f"{prefix}-columns", hands.text))
        await hands.press("enter")
        pictures.append((f"{prefix}-preview", hands.text))
        dialog = hands.app.screen
        assert isinstance(dialog, Import)
        dialog._progress(271_000, 541_909)
        await hands.settle()
        pictures.append((f"{prefix}-progress", hands.text))
        await hands.press("enter")
        pictures.append((f"{prefix}-result", hands.text))
        await hands.press("enter", "ctrl+p")
        await hands.type(t("action.past_imports"))
        await hands.press("enter")
        pictures.append((f"{prefix}-past", hands.text))
        await hands.press("enter")
        pictures.append((f"{prefix}-take-back", hands.text))
        await hands.press("enter")
        pictures.append((f"{prefix}-taken-back", hands.text))
    _all_the_same(pictures)
