"""What sort of thing a product is, read from its name, so that it is asked after in the right words.

A small list on purpose: what it does not know is simply *used*.
"""

import re
from enum import StrEnum

__all__ = ["Kind", "kind_of"]


class Kind(StrEnum):
    """How a purchase is asked after."""

    WEAR = "wear"
    EAT = "eat"
    USE = "use"
    OTHER = "other"
    ARRIVED = "arrived"


_WEAR_KO = (
    "셔츠|반팔티|긴팔티|니트|스웨터|가디건|카디건|블라우스|원피스|투피스|스커트|치마|바지|팬츠|슬랙스|데님|레깅스|코트|자켓|재킷|점퍼|패딩"
    "|조끼|후드|후드티|맨투맨|정장|수트|한복|잠옷|파자마|속옷|양말|스타킹|운동화|구두|스니커즈|로퍼|부츠|샌들|슬리퍼|신발|단화"
    "|모자|비니|장갑|반지|벨트|수영복|래시가드"
)
_WEAR_EN = (
    "shirt|tee|knit|sweater|jumper|cardigan|blouse|dress|skirt|trousers|pants|jeans|leggings|coat|jacket|parka|vest"
    "|hoodie|sweatshirt|suit|pyjamas|pajamas|socks?|sneakers|trainers|loafers|boots|sandals|slippers|shoes|hat|beanie"
    "|gloves|ring|belt|swimsuit"
)
_EAT_KO = (
    "사과|감귤|한라봉|귤|딸기|포도|샤인머스캣|복숭아|참외|수박|토마토|고구마|감자|옥수수|쌀|현미|김치|깍두기|반찬|떡|빵|케이크|쿠키"
    "|초콜릿|과자|원두|커피|드립백|녹차|홍차|보이차|꿀|잼|소스|견과|아몬드|호두|한우|삼겹살|갈비|불고기|만두|밀키트|주스|육포|치즈|요거트"
    "|젓갈|곶감|어묵|국수|라면|참기름|들기름|고추장|된장|간장|마카롱|타르트|티백|굴비|전복"
)
# Plurals only where the singular is also a colour or a maker: an orange scarf, an Apple cable.
_EAT_EN = (
    "apples|tangerines?|oranges|strawberr(?:y|ies)|grapes|peaches|tomato(?:es)?|potato(?:es)?|rice|kimchi|bread"
    "|cake|cookies|chocolates?|coffee|tea|honey|jam|sauce|almonds|beef|dumplings|juice|jerky|cheese|yogurt"
    "|granola|olive oil"
)
# What is made for such a thing and is not one: a shirt hanger, a coffee grinder, a pattern to sew.
_NOT_ITSELF_KO = (
    "걸이|행거|다리미|세제|클리너|솔|보관함|보관|수납|수납함|정리함|박스|상자|케이스|커버|거치대|머신|메이커|그라인더|드리퍼|포트|필터"
    "|컵|잔|접시|그릇|칼|틀|도마|냄비|패턴|도안|만들기|키트|책|도서|인형|모형|향초|캔들|디퓨저|비누|로션|크림|화분|모종|씨앗|액자|포스터"
    "|스티커|끈|줄|깔창"
)
_NOT_ITSELF_EN = (
    "hanger|iron|cleaner|rack|box|case|cover|machine|maker|grinder|dripper|pot|filter|cup|mug|glass|plate|bowl|knife"
    "|mold|pattern|kit|book|doll|toy|candle|soap|lotion|cream|seeds?|poster|sticker|stand|cooker|bin|set|table|towel"
    "|light|key|laces"
)
_FOR_OTHERS_KO = "강아지|애견|반려|고양이|펫|사료|유아|아기|신생아|아동|키즈|주니어|선물|답례"
_FOR_OTHERS_EN = "dogs?|cats?|puppy|kitten|pets?|baby|infant|toddler|kids?|child|children|gifts?|presents?"


def _any(ko: str, en: str, whole: bool = True) -> re.Pattern[str]:
    """Korean words as the end of a word (an apple box does not end in *apple*), English ones whole."""
    end = r"(?![가-힣])" if whole else ""
    return re.compile(rf"(?:{ko}){end}|\b(?:{en})\b", re.IGNORECASE)


_WEAR = _any(_WEAR_KO, _WEAR_EN)
_EAT = _any(_EAT_KO, _EAT_EN)
_NOT_ITSELF = _any(_NOT_ITSELF_KO, _NOT_ITSELF_EN)
_FOR_OTHERS = _any(_FOR_OTHERS_KO, _FOR_OTHERS_EN, whole=False)


def kind_of(product: str) -> Kind:
    """What may be asked of the person who bought it. What someone else wears or eats is ``OTHER``."""
    if _FOR_OTHERS.search(product):
        return Kind.OTHER
    if not _NOT_ITSELF.search(product):
        if _WEAR.search(product):
            return Kind.WEAR
        if _EAT.search(product):
            return Kind.EAT
    return Kind.USE
