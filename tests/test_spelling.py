"""Spellings of one name meet; names of two people do not."""

import pytest

from app.domain.spelling import spelling_key


@pytest.mark.parametrize(
    ("country", "spellings"),
    [
        ("RU", ["Sergey Lavrov", "Sergei Lavrov", "Сергей Лавров"]),
        ("RU", ["Vasily Nebenzya", "Vassily Nebenzia"]),
        ("RU", ["Alexander Grushko", "Aleksandr Grushko", "Александр Грушко"]),
        ("RU", ["Anatoly Antonov", "Anatoliy Antonov", "Anatoly I. Antonov"]),
        ("RU", ["Yevgeny Prigozhin", "Evgeny Prigozhin", "Евгений Пригожин"]),
        ("RU", ["Sergei Shoigu", "Sergey Shoygu"]),
        ("UA", ["Volodymyr Zelensky", "Volodymyr Zelenskyy", "Volodymyr Zelenskiy", "Володимир Зеленський"]),
        ("UA", ["Andriy Yermak", "Andrii Yermak", "Andrij Jermak"]),
        ("UA", ["Yuliia Laputina", "Yulia Laputina"]),
        ("BY", ["Aleksei Petrov", "Alexey Petrov"]),
        ("HU", ["Viktor Orbán", "Viktor Orban"]),
        ("TR", ["Binali Yıldırım", "Binali Yildirim"]),
        ("PL", ["Radosław Sikorski", "Radoslaw Sikorski"]),
    ],
)
def test_one_name_in_many_spellings(country: str, spellings: list[str]) -> None:
    assert len({spelling_key(name, country) for name in spellings}) == 1, [spelling_key(n, country) for n in spellings]


@pytest.mark.parametrize(
    ("country", "one", "other", "why"),
    [
        ("RU", "Sergei Ivanov", "Igor Ivanov", "another given name"),
        ("RU", "Alexander Fomin", "Alexandra Fomina", "a woman"),
        ("RU", "Dmitry Petrov", "Dmitry Petrenko", "another family name"),
        ("US", "Brian Kelly", "Bryan Kelly", "no transliteration where Latin letters are at home"),
        ("US", "John Sullivan", "John J. Sullivan", "an initial tells people apart"),
        ("CZ", "Peter Novak", "Petr Novak", "the same"),
    ],
)
def test_names_of_two_people(country: str, one: str, other: str, why: str) -> None:
    assert spelling_key(one, country) != spelling_key(other, country), why


@pytest.mark.parametrize("name", ["Lavrov", "", "—", "Лавров", "X"])
def test_a_family_name_alone_has_no_key(name: str) -> None:
    assert spelling_key(name, "RU") is None
