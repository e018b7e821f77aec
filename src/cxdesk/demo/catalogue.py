"""What the shop sells: sixty things, each with its name in both languages, its price in won and its options."""

from dataclasses import dataclass
from enum import StrEnum

from cxdesk.domain.words import Language

__all__ = ["BY_NAME", "CATALOGUE", "SHOP_NAME", "Kind", "Product"]

SHOP_NAME = {Language.KO: "느린볕", Language.EN: "Slowsun"}


class Kind(StrEnum):
    """The shelf a product stands on."""

    WEAR = "wear"
    HOME = "home"
    TABLE = "table"
    TEA = "tea"
    GIFT = "gift"


@dataclass(frozen=True, slots=True)
class Product:
    """One thing on a shelf: whether it comes in S to XL, in several colours, and, if tea, with caffeine (``leaf``)."""

    kind: Kind
    names: dict[Language, str]
    price: int
    sized: bool = False
    colours: bool = False
    leaf: bool = False

    def name(self, language: Language) -> str:
        """The name a customer of that language ordered it by."""
        return self.names[language]

    def suits(self, needs: str) -> bool:
        """Whether a line with these ``needs`` can be about this product."""
        match needs:
            case "wear":
                return self.sized
            case "textile":
                return self.kind in (Kind.WEAR, Kind.HOME)
            case "leaf":
                return self.leaf
            case "home" | "table" | "tea" | "gift":
                return self.kind == needs
        return True


_SHELVES = {
    Kind.WEAR: """
린넨 셔츠 | Linen shirt | 39000 | size colour
린넨 와이드 팬츠 | Wide linen trousers | 46000 | size colour
워싱 린넨 원피스 | Washed linen dress | 68000 | size colour
거즈 블라우스 | Gauze blouse | 34000 | size colour
울 니트 | Wool jumper | 59000 | size colour
캐시미어 가디건 | Cashmere cardigan | 128000 | size colour
면 파자마 세트 | Cotton pyjama set | 52000 | size colour
누빔 조끼 | Quilted waistcoat | 49000 | size colour
앞치마 원피스 | Pinafore apron dress | 57000 | size colour
헨리넥 티셔츠 | Henley tee | 28000 | size colour
린넨 자켓 | Linen jacket | 89000 | size colour
램스울 머플러 | Lambswool scarf | 36000 | colour
면 양말 세 켤레 | Three pairs of cotton socks | 12000 | colour
누빔 실내화 | Quilted slippers | 19000 | size colour
""",
    Kind.HOME: """
린넨 이불 커버 | Linen duvet cover | 129000 | colour
워싱 면 이불 | Washed cotton quilt | 98000 | colour
린넨 베개 커버 | Linen pillowcase | 24000 | colour
거즈 담요 | Gauze blanket | 42000 | colour
와플 목욕 수건 | Waffle bath towel | 18000 | colour
면 세면 수건 세트 | Set of cotton face towels | 22000 | colour
린넨 커튼 | Linen curtain | 76000 | colour
누빔 러그 | Quilted rug | 84000 | colour
쿠션 커버 | Cushion cover | 19000 | colour
린넨 식탁보 | Linen tablecloth | 49000 | colour
린넨 냅킨 네 장 | Four linen napkins | 26000 | colour
린넨 앞치마 | Linen apron | 29000 | colour
사각 방석 | Square floor cushion | 27000 | colour
린넨 행주 세트 | Set of linen tea towels | 17000 | colour
""",
    Kind.TABLE: """
백자 밥공기 | White porcelain rice bowl | 18000 |
백자 국그릇 | White porcelain soup bowl | 21000 |
청자빛 접시 | Celadon plate | 26000 |
돌상 접시 세트 | First-birthday plate set | 64000 |
분청 머그 | Stoneware mug | 23000 | colour
유리 물병 | Glass water jug | 27000 |
찻주전자 | Teapot | 58000 | colour
찻잔 두 개 세트 | Pair of teacups | 34000 | colour
뚝배기 | Earthenware pot | 32000 |
유리 저그 | Glass pitcher | 29000 |
""",
    Kind.TEA: """
첫물 녹차 | First-flush green tea | 28000 | leaf
호박차 | Pumpkin tea | 12000 |
쑥차 | Mugwort tea | 14000 |
메밀차 | Buckwheat tea | 9000 |
루이보스 | Rooibos | 13000 |
발효 홍차 | Aged black tea | 24000 | leaf
감잎차 | Persimmon leaf tea | 15000 |
대추차 | Jujube tea | 16000 |
계절차 모음 | Tea sampler | 22000 |
국화차 | Chrysanthemum tea | 18000 |
""",
    Kind.GIFT: """
나무 수저 세트 | Wooden spoon and chopstick set | 16000 |
옻칠 쟁반 | Lacquered tray | 47000 |
밀랍 초 | Beeswax candle | 17000 |
쌀 비누 | Rice soap | 8000 |
손수건 | Handkerchief | 11000 | colour
나무 도장함 | Wooden seal box | 25000 |
향낭 | Scented sachet | 13000 |
편지지 세트 | Letter paper set | 9000 |
작은 화병 | Little vase | 22000 | colour
자개 손거울 | Mother-of-pearl hand mirror | 27000 |
책갈피 | Bookmark | 6000 |
보자기 | Wrapping cloth | 10000 | colour
""",
}


def _read(kind: Kind, row: str) -> Product:
    korean, english, price, options = (cell.strip() for cell in row.split("|"))
    names = {Language.KO: korean, Language.EN: english}
    return Product(kind, names, int(price), "size" in options, "colour" in options, "leaf" in options)


CATALOGUE: tuple[Product, ...] = tuple(
    _read(kind, row) for kind, shelf in _SHELVES.items() for row in shelf.strip().splitlines()
)
"""Every product, shelf by shelf."""

BY_NAME = {(language, name): product for product in CATALOGUE for language, name in product.names.items()}
"""The product that a customer's order names."""
