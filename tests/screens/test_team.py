from tests.screens.hands import Shop, at_desk


async def test_a_kindness_is_kept_with_its_ticket_and_read_in_the_week(shop: Shop) -> None:
    shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("n", "+")
        await hands.type("먼저 웃으며 인사해 주셨다")
        await hands.press("enter")
        assert "따뜻한 일을 적었습니다" in hands.text
        await hands.press("g", "k")
        assert "♥ 먼저 웃으며 인사해 주셨다" in hands.text
        assert "김민지" in hands.text
        await hands.press("escape", "z", "g", "k")
        assert "아직 적은 것이 없습니다" in hands.text


async def test_after_hard_contacts_a_break_is_offered_and_only_the_agent_sees_how_many(shop: Shop) -> None:
    for name in ("김민지", "박서준", "최유진"):
        shop.arrive(name)
    async with at_desk(shop) as hands:
        for _ in range(3):
            await hands.press("n", "alt+1", "alt+1", "e", "escape")
        assert "잠시 쉬셔도 됩니다" in hands.text
        await hands.press("g", "k")
        assert "이번 주 3건" in hands.text
