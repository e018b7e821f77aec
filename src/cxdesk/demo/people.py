"""Invented people: names as common as they are in life, telephone numbers that nobody can have.

Korean mobile numbers never begin with 0 after 010, so ``010-0xxx-xxxx`` rings nowhere; ``example.com`` is reserved
by RFC 2606.
"""

from dataclasses import dataclass
from random import Random

from cxdesk.domain.words import Language

__all__ = ["SIZES", "Person", "invent", "latin_name"]

SIZES = ("S", "M", "L", "XL")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody before they are a customer."""

    name: str
    language: Language
    phone: str
    email: str | None
    address: str
    size: str


# Per thousand people, after the census of 2015; the rare ones rounded up so that the desk meets them.
_SURNAME_LIST = """
    김:215 이:147 박:84 최:47 정:43 강:24 조:21 윤:21 장:20 임:17 한:15 오:15 서:15 신:15 권:14 황:14 안:14 송:14
    전:11 홍:11 유:10 고:9 문:9 양:9 손:9 배:8 백:8 허:7 노:6 남:5 심:5 하:5 곽:4 성:4 차:4 주:4 우:4 구:4 민:4
    나:3 진:3 지:3 엄:3 채:3 원:3 천:2 방:2 공:2 현:2 남궁:3 제갈:3 선우:2 황보:2
"""
_SURNAMES = {name: int(share) for name, share in (part.split(":") for part in _SURNAME_LIST.split())}
_LATIN = {"김": "kim", "이": "lee", "박": "park", "최": "choi", "정": "jung", "강": "kang", "조": "cho", "윤": "yoon"}
_GIVEN_LIST = """
    민지:minji 지은:jieun 서연:seoyeon 지현:jihyun 수진:sujin 은영:eunyoung 미경:mikyung 지우:jiwoo 하은:haeun
    유진:yujin 예진:yejin 혜진:hyejin 소영:soyoung 은지:eunji 다은:daeun 보람:boram 아름:areum 슬기:seulgi
    현정:hyunjung 미영:miyoung 영숙:youngsook 경희:kyunghee 순자:soonja 정숙:jungsook 명희:myunghee 선영:sunyoung
    나연:nayeon 채원:chaewon 수빈:subin 가은:gaeun 하늘:haneul 새롬:saerom 유나:yuna 주희:juhee 연주:yeonju
    민수:minsu 지훈:jihoon 성호:sungho 현우:hyunwoo 도현:dohyun 준호:junho 동현:donghyun 재원:jaewon 상훈:sanghoon
    영호:youngho 정훈:junghoon 태윤:taeyoon 승민:seungmin 우진:woojin 시우:siwoo 건우:gunwoo 진수:jinsu
    광수:kwangsu 종석:jongseok 병철:byungchul 기영:kiyoung 한결:hangyeol 은우:eunwoo 지호:jiho 윤서:yunseo 솔:sol
"""
_GIVEN = [pair.split(":") for pair in _GIVEN_LIST.split()]
_FIRST_LIST = """
    Olivia Amelia Grace Hannah Chloe Megan Sarah Laura Rachel Nicole Claire Julia Aisha Priya Fatima Mei Sofia Elena
    James Daniel Thomas Matthew Ryan Andrew David Michael Marcus Oliver Liam Noah Samuel Omar Raj Kenji Diego Lucas
"""
_FIRST = _FIRST_LIST.split()
_LAST_LIST = """
    Smith Johnson Williams Brown Taylor Wilson Davies Evans Walker Wright Robinson Thompson Hughes Green Hall Wood
    Murphy O'Connor Campbell Stewart Patel Khan Nguyen Garcia Martin Silva Novak Weber Rossi Tanaka Cohen Okafor
"""
_LAST = _LAST_LIST.split()
_PLACES = [
    tuple(place.split("|"))
    for place in """
    서울 마포구 연남동|Yeonnam-dong, Mapo-gu, Seoul
    서울 마포구 망원동|Mangwon-dong, Mapo-gu, Seoul
    서울 용산구 이태원동|Itaewon-dong, Yongsan-gu, Seoul
    서울 용산구 한남동|Hannam-dong, Yongsan-gu, Seoul
    서울 성동구 성수동|Seongsu-dong, Seongdong-gu, Seoul
    서울 송파구 잠실동|Jamsil-dong, Songpa-gu, Seoul
    서울 강서구 화곡동|Hwagok-dong, Gangseo-gu, Seoul
    서울 노원구 상계동|Sanggye-dong, Nowon-gu, Seoul
    서울 관악구 봉천동|Bongcheon-dong, Gwanak-gu, Seoul
    서울 은평구 불광동|Bulgwang-dong, Eunpyeong-gu, Seoul
    경기 성남시 분당구 정자동|Jeongja-dong, Bundang-gu, Seongnam
    경기 수원시 영통구 매탄동|Maetan-dong, Yeongtong-gu, Suwon
    경기 고양시 일산동구 백석동|Baekseok-dong, Ilsandong-gu, Goyang
    경기 평택시 비전동|Bijeon-dong, Pyeongtaek
    인천 연수구 송도동|Songdo-dong, Yeonsu-gu, Incheon
    부산 해운대구 우동|U-dong, Haeundae-gu, Busan
    부산 수영구 광안동|Gwangan-dong, Suyeong-gu, Busan
    대구 수성구 범어동|Beomeo-dong, Suseong-gu, Daegu
    대전 유성구 봉명동|Bongmyeong-dong, Yuseong-gu, Daejeon
    광주 서구 치평동|Chipyeong-dong, Seo-gu, Gwangju
    강원 강릉시 교동|Gyo-dong, Gangneung
    전북 전주시 완산구 효자동|Hyoja-dong, Wansan-gu, Jeonju
    경북 경주시 황남동|Hwangnam-dong, Gyeongju
    제주 제주시 연동|Yeon-dong, Jeju
    """.strip().splitlines()
]


def invent(rng: Random, count: int) -> list[Person]:
    """``count`` people, about three in ten of whom speak English; no telephone number or address twice."""
    phones: set[str] = set()
    emails: set[str] = set()
    people = []
    for index in range(count):
        # The two rarest kinds of surname are promised, not left to chance.
        forced = {3: "남궁", 7: "제갈"}.get(index)
        english = forced is None and rng.random() < 0.31
        name, local = _english(rng) if english else _korean(rng, forced)
        place = rng.choice(_PLACES)
        people.append(
            Person(
                name=name,
                language=Language.EN if english else Language.KO,
                phone=_phone(rng, phones),
                email=_email(rng, local, emails) if english or rng.random() < 0.6 else None,
                address=place[1 if english else 0].strip(),
                size=rng.choices(SIZES, (25, 40, 25, 10))[0],
            )
        )
    return people


def latin_name(name: str) -> str | None:
    """A Korean name as its owner writes it on a foreign form; ``None`` where we would have to guess."""
    surname, given = _LATIN.get(name[:1]), dict(_GIVEN).get(name[1:])
    return f"{given} {surname}".title() if surname and given else None


def _korean(rng: Random, forced: str | None) -> tuple[str, str]:
    surname = forced or rng.choices(list(_SURNAMES), list(_SURNAMES.values()))[0]
    given, latin = rng.choice(_GIVEN)
    return surname + given, latin + _LATIN.get(surname, "")


def _english(rng: Random) -> tuple[str, str]:
    first, last = rng.choice(_FIRST), rng.choice(_LAST)
    return f"{first} {last}", f"{first}.{last}".replace("'", "").casefold()


def _phone(rng: Random, taken: set[str]) -> str:
    while (number := f"010-0{rng.randrange(1000):03d}-{rng.randrange(10000):04d}") in taken:
        pass
    taken.add(number)
    return number


def _email(rng: Random, local: str, taken: set[str]) -> str:
    domain = rng.choice(("example.com", "example.kr"))
    while (address := f"{local}{rng.choice(('', str(rng.randrange(10, 100))))}@{domain}") in taken:
        pass
    taken.add(address)
    return address
