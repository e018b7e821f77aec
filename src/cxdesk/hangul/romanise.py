"""Korean names as people spell them in Latin letters, for search only.

Official romanisation writes sound changes and 이 as I; people write Lee, and each syllable as it stands. So a
name gets one key for each usual spelling of its surname, in either order, and both sides of a search are
folded to a form in which the usual differences (eo/u, oo/u, ch/j, k/g, l/r) are gone.
"""

import re
from unicodedata import combining, normalize

__all__ = ["normalise_latin", "romanised"]

# Each surname and its usual spellings.
_SURNAME_LIST = """
    김 kim gim; 이 lee yi rhee i; 박 park bak pak; 최 choi choe; 정 jung jeong chung; 강 kang gang;
    조 cho jo; 윤 yoon yun; 장 jang chang; 임 lim im rim; 림 lim rim; 한 han; 오 oh o; 서 seo suh;
    신 shin sin; 권 kwon gwon; 황 hwang; 안 ahn an; 송 song; 류 ryu yoo; 유 yoo yu you;
    전 jeon jun chun; 홍 hong; 고 ko go koh; 문 moon mun; 양 yang; 손 son sohn; 배 bae pae;
    백 baek paik back; 허 heo hur huh; 남 nam; 심 shim sim; 노 noh no roh; 하 ha; 곽 kwak gwak;
    성 sung seong; 차 cha; 주 joo ju; 우 woo u; 구 koo gu ku; 민 min; 나 na ra; 진 jin chin; 지 ji chi;
    엄 um eom uhm; 채 chae; 원 won; 천 chun cheon; 방 bang pang; 공 kong gong; 현 hyun hyeon; 함 ham;
    변 byun byeon; 염 yeom yum; 여 yeo; 추 choo chu; 도 do; 소 so; 석 seok suk; 선 sun seon;
    설 seol sul; 마 ma; 길 gil kil; 연 yeon; 위 wi; 표 pyo; 명 myung myeong; 기 ki gi; 반 ban;
    라 ra la; 왕 wang; 금 keum geum; 옥 ok; 육 yuk; 인 in; 맹 maeng; 제 je; 모 mo; 탁 tak; 국 kook guk;
    어 eo; 은 eun; 남궁 namkoong namgung; 황보 hwangbo; 제갈 jegal; 선우 sunwoo seonu; 독고 dokgo;
    사공 sagong; 서문 seomun; 동방 dongbang
"""
_SURNAMES = {names[0]: names[1:] for names in map(str.split, _SURNAME_LIST.split(";"))}

# In the order of Unicode's syllables; "-" is silent.
_INITIALS, _VOWELS, _FINALS = (
    [spelling.strip("-") for spelling in row.split()]
    for row in (
        "g kk n d tt r m b pp s ss - j jj ch k t p h",
        "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i",
        "- k k k n n n t l k m l l l p l m p p t t ng t t k t p t",
    )
)

_FOLDS = {
    "woo": "u", "wu": "u", "eo": "u", "eu": "u", "oo": "u", "ou": "u", "uh": "u",
    "ee": "i", "ui": "i", "yi": "i", "oh": "o", "ah": "a", "ch": "j", "sh": "s", "rh": "r",
    "ck": "g", "k": "g", "p": "b", "t": "d", "l": "r", "c": "g", "z": "j",
}  # fmt: skip
_FOLD = re.compile("|".join(sorted(_FOLDS, key=len, reverse=True)))
_DOUBLE = re.compile(r"(.)\1+")


def normalise_latin(text: str) -> str:
    """Return the search form of a Latin spelling: ``Kim Min-ji``, ``gim minji`` and ``KIMMINJI`` are one."""
    if not text.isascii():
        text = "".join(char for char in normalize("NFKD", text) if not combining(char))
    letters = text.casefold()
    if not letters.isalnum():
        letters = "".join(char for char in letters if char.isalnum())
    return _DOUBLE.sub(r"\1", _FOLD.sub(_folded, letters))


def _folded(found: re.Match[str]) -> str:
    return _FOLDS[found[0]]


def romanised(name: str) -> tuple[str, ...]:
    """Return a name's search keys, sorted: a query matches when its ``normalise_latin`` begins one of them.

    A Korean name gives surname-first and given-name-first keys for every spelling of its surname; a name in
    Latin letters gives its words in both orders; a name in neither gives none.
    """
    name = normalize("NFC", name)
    korean = "".join(char for char in name if "가" <= char <= "힣")
    if not korean:
        words = [word for word in name.split() if normalise_latin(word).isascii()]
        orders = [words, words[1:] + words[:1], words[::-1]]
        return tuple(sorted({normalise_latin("".join(order)) for order in orders} - {""}))
    length = 2 if korean[:2] in _SURNAMES and len(korean) > 2 else 1
    surname, given = korean[:length], _spelt(korean[length:])
    spellings = {*_SURNAMES.get(surname, ()), _spelt(surname)}
    keys = {normalise_latin(spelling + given) for spelling in spellings}
    keys |= {normalise_latin(given + spelling) for spelling in spellings}
    return tuple(sorted(keys))


def _spelt(korean: str) -> str:
    return "".join(map(_syllable, korean))


def _syllable(char: str) -> str:
    index = ord(char) - 0xAC00
    return _INITIALS[index // 588] + _VOWELS[index // 28 % 21] + _FINALS[index % 28]
