"""How accurate the reading is, as measured; a test holds these figures to the README's table."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured, and the F1 or share that came out, between 0 and 1."""

    what: str
    figure: str

    @property
    def subject(self) -> str:
        """What was measured, with a capital, without the names of the parts."""
        subject = self.what.partition(": ")[0]
        return subject[0].upper() + subject[1:]

    @property
    def parts(self) -> tuple[tuple[str, str, float], ...]:
        """Each figure with its name, "" where it is the only one: name, figure, value."""
        names = self.what.partition(": ")[2].replace(" / and ", " / ").removeprefix("and ").split(" / ")
        return tuple(
            (name, figure, float(figure)) for name, figure in zip(names, self.figure.split(" / "), strict=True)
        )


MEASURED = (
    Measured("statements on nine crisis articles: words found / and speaker right / day right", ".98 / .96 / .98"),
    Measured("direct quotes with the speaker's real name, 297 articles of US politics", ".96"),
    Measured("all statements there: found / and named", ".84 / .82"),
    Measured(
        "events on the crisis articles: found / category right / day right / modality right", ".76 / .99 / .92 / .96"
    ),
    Measured("troop claims: found / number right / claimant right", "1.00 / 1.00 / 1.00"),
    Measured("calendar dates in 260 news articles", ".92"),
)
