"""People, tickets and wordings for the tests about incidents."""

from cxdesk.desk import Desk
from cxdesk.domain.afterwards import Incident
from cxdesk.domain.changes import insert
from cxdesk.domain.incidents import Form
from cxdesk.domain.moments import DAY
from cxdesk.domain.records import Customer, Purchase, Ticket
from cxdesk.domain.words import Channel, Language, MessageKind, Topic
from cxdesk.storage import tickets
from tests.conftest import START

SORRY = "{{ customer.name }} 고객님, 송장이 바뀌어 붙었습니다."
SORRY_EN = "{{ customer.name | first }}, the labels were swapped."


def know(desk: Desk, name: str, language: Language = Language.KO) -> Customer:
    customer, edits = desk.people.newcomer(name, language)
    desk.commit("new", edits, undoable=False)
    return customer


def come(desk: Desk, who: Customer | None = None, channel: Channel = Channel.CHAT) -> Ticket:
    return desk.arrive(channel, customer=who, topic=Topic.DELIVERY, said="다른 옷이 왔어요", undoable=False)[0]


def buy(desk: Desk, who: Customer, product: str = "린넨 셔츠", at: int = START - DAY, option: str = "M") -> None:
    key = desk.mint()
    bought = Purchase(key, who.id, key, product, 39_000, "KRW", at, option=option, external_id=key)
    desk.commit("buy", (insert(bought),), undoable=False)


def opened(desk: Desk, *found: Ticket) -> Incident:
    return desk.incidents.begin("오배송", Topic.DELIVERY, "린넨 셔츠", [one.id for one in found])[0]


def replies(desk: Desk, ticket: Ticket) -> list[str]:
    thread = tickets.thread(desk.db, ticket.id)
    assert thread is not None
    return [message.body for message in thread.messages if message.kind is MessageKind.REPLY]


def drafted(desk: Desk, incident: Incident, language: Language = Language.KO) -> str:
    candid = desk.incidents.candid
    return candid.draft(incident, Form.WRITE, language, candid.promised(incident, language))
