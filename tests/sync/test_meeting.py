from cxdesk.domain.records import Ticket
from cxdesk.domain.words import Channel, Language, Status
from tests.sync.desks import Replica, Shop


def newcomer(at: Replica, text: str = "김민지 010-1234-5678", said: str = "환불해 주세요") -> Ticket:
    customer, edits = at.desk.people.newcomer(text, Language.KO)
    return at.desk.arrive(Channel.PHONE, customer=customer, said=said, also=edits)[0]


async def test_what_one_desk_did_is_on_the_other(shop: Shop) -> None:
    one, two = await shop.joined("이서준"), await shop.joined("박하늘")
    ticket = newcomer(one)
    one.desk.take([ticket.id])
    one.desk.reply(ticket.id, "바로 확인해 드릴게요.")
    one.desk.toggle_tag([ticket.id], "환불")
    await shop.meet()
    assert one.rows() == two.rows()
    assert one.tags() == two.tags() != set()
    assert two.desk.read.find_people("김민").hits
    assert one.file.pending() == two.file.pending() == 0
