"""What the spellings of one person's name have in common: Sergey, Sergei and Сергей are one."""

import re
import unicodedata

# Countries whose names are, or were until lately, written in Cyrillic letters, and in many ways in Latin ones.
TRANSLITERATED = frozenset(
    {"RU", "UA", "BY", "BG", "RS", "ME", "MK", "BA", "MD", "KZ", "KG", "TJ", "TM", "UZ", "MN", "AM", "AZ", "GE"}
)
CYRILLIC = {"х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ж": "zh", "ю": "yu", "я": "ya", "є": "ye"} | dict(
    zip("абвгґдеёзиіїйјклмнопрстуўфыэъь’", [*"abvggdeeziiiiiklmnoprstuufie", "", "", ""], strict=True)
)
LATIN = {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss"}
LETTERS = str.maketrans(CYRILLIC | LATIN)
# In order: what sounds alike is written alike.
ALIKE = tuple(
    (re.compile(pattern), letters)
    for pattern, letters in (
        (r"x", "ks"),
        (r"w", "v"),
        (r"ph", "f"),
        (r"kh", "h"),
        (r"[yj][eo]", "e"),  # Yevgeny, Evgeny; Pyotr, Petr
        (r"[yj]", "i"),
        (r"(.)\1+", r"\1"),  # Vassily, Vasily; Zelenskyy, Zelensky
        (r"(?<=[dt])er\b", "r"),  # Alexander, Aleksandr
    )
)


def spelling_key(name: str, country: str | None) -> str | None:
    """The same for two ways to write a full name of a person of the country, accents left out.

    Only names of two words or more have one: of family names alone, too many are alike.
    """
    plain = unicodedata.normalize("NFKD", name.lower()).translate(LETTERS)
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = re.findall(r"[^\W\d_]+", re.sub(r"['’ʼ`]", "", plain))
    if country in TRANSLITERATED:
        words = [word for word in words if len(word) > 1]  # without the initial of the father's name
        spelled = " ".join(words)
        for pattern, letters in ALIKE:
            spelled = pattern.sub(letters, spelled)
        words = spelled.split()
    return " ".join(words) if len(words) > 1 else None
