"""Invented people with names as they are: a few surnames carry most of Korea, and given names come in fashions."""

import random
from itertools import accumulate

__all__ = ["Namer"]

# Share of the population in thousandths, rounded; the rest is spread over the last row.
_SURNAMES = {
    "김": 215, "이": 147, "박": 84, "최": 47, "정": 43, "강": 24, "조": 21, "윤": 21, "장": 20, "임": 17,
    "한": 15, "오": 15, "서": 15, "신": 15, "권": 14, "황": 14, "안": 14, "송": 14, "류": 13, "전": 11,
    "홍": 11, "고": 9, "문": 9, "양": 9, "손": 9, "배": 8, "백": 8, "허": 7, "유": 6, "남": 6, "심": 6,
    "노": 6, "하": 5, "곽": 4, "성": 4, "차": 4, "주": 4, "우": 4, "구": 4, "나": 3, "민": 3, "진": 3,
    "지": 3, "엄": 3, "채": 2, "원": 2, "천": 2, "방": 2, "공": 2, "현": 2, "함": 2, "변": 2, "염": 1,
    "여": 1, "추": 1, "도": 1, "소": 1, "석": 1, "선": 1, "설": 1, "마": 1, "길": 1, "남궁": 1, "황보": 1,
}  # fmt: skip
_FIRST = "민서지예하도은수현준유재승연채태소영정나다가우진경미상혜동시성종광명창병용인희순옥말춘복봉길"
_SECOND = "준윤우연서현호은진영아민주희원수빈경훈석철환정란숙옥림솔결율자순례식복선미태섭근배규길국용"
_ENGLISH_FIRST = (
    *("Emma", "Olivia", "Ava", "Sophia", "Mia", "Amelia", "Harper", "Evelyn", "Abigail", "Emily", "Ella", "Grace"),
    *("Chloe", "Lily", "Hannah", "Zoe", "Nora", "Stella", "Lucy", "Alice", "Ruth", "Clara", "Julia", "Leah", "Anna"),
    *("Liam", "Noah", "James", "Oliver", "Lucas", "Henry", "Jack", "Samuel", "David", "Joseph", "Daniel", "Owen"),
    *("Wyatt", "John", "Leo", "Luke", "Ethan", "Adam", "Peter", "Simon", "Paul", "Mark", "Eric", "Victor", "Frank"),
)
_ENGLISH_LAST = (
    *("Smith", "Johnson", "Williams", "Brown", "Jones", "Garcia", "Miller", "Davis", "Martin", "Lee", "Thompson"),
    *("White", "Harris", "Clark", "Lewis", "Robinson", "Walker", "Young", "Allen", "King", "Wright", "Scott", "Hill"),
    *("Green", "Adams", "Nelson", "Baker", "Hall", "Rivera", "Campbell", "Mitchell", "Carter", "Roberts", "Turner"),
    *("Phillips", "Evans", "Parker", "Edwards", "Collins", "Stewart", "Morris", "Murphy", "Cook", "Rogers", "Bell"),
)


class Namer:
    """Draws names; the same dice give the same people."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice
        self._surnames = list(_SURNAMES)
        self._weights = list(accumulate(_SURNAMES.values()))
        # Early syllables are in fashion: the weight of a syllable falls with its place.
        self._first = list(accumulate(1 / (place + 3) for place in range(len(_FIRST))))
        self._second = list(accumulate(1 / (place + 3) for place in range(len(_SECOND))))

    def korean(self) -> str:
        """A Korean name; one in twenty-five has a given name of one syllable."""
        choices = self._dice.choices
        surname = choices(self._surnames, cum_weights=self._weights)[0]
        first = choices(_FIRST, cum_weights=self._first)[0]
        if self._dice.random() < 0.04:
            return surname + first
        return surname + first + choices(_SECOND, cum_weights=self._second)[0]

    def english(self) -> str:
        """An English name."""
        return f"{self._dice.choice(_ENGLISH_FIRST)} {self._dice.choice(_ENGLISH_LAST)}"
