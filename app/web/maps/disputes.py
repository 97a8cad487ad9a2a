"""The areas whose belonging is disputed: which they are, whose they are said to be, and where in the atlas they lie.

Natural Earth draws what is held, not what is recognised. These areas are drawn hatched and in dashed lines, and a note
below the map names them; no order of `parties` is a judgement.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

type Corners = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """A disputed area: `note` tells readers what is disputed, `parties` are codes of the countries that it is between.

    It is the whole of the atlas's land `whole`, or of each land in `cuts` what lies within convex outlines of
    longitude and latitude, anticlockwise: simplified lines of our own. `islands` are points in outlines of a land that
    are the area and nothing else.
    """

    name: str
    note: str
    parties: tuple[str, ...]
    whole: str = ""
    cuts: Mapping[str, Sequence[Corners]] = field(default_factory=dict)
    islands: Mapping[str, Corners] = field(default_factory=dict)


DISPUTES = (
    Dispute(
        name="Crimea",
        note="Crimea (of Ukraine; annexed by Russia in 2014)",
        parties=("UA", "RU"),
        islands={"Russia": ((34.4, 45.3),)},
    ),
    Dispute(name="Kosovo", note="Kosovo (claimed by Serbia)", parties=("XK", "RS"), whole="Kosovo"),
    Dispute(
        name="Northern Cyprus",
        note="Northern Cyprus (of Cyprus; recognised by Turkey only)",
        parties=("CY",),
        whole="N. Cyprus",
    ),
    Dispute(
        name="Transnistria",
        note="Transnistria (of Moldova; held by separatists)",
        parties=("MD",),
        cuts={"Moldova": [((28.5, 48.2), (29.1, 47.3), (29.95, 46.35), (30.6, 46.35), (30.6, 48.2))]},
    ),
    Dispute(
        name="Abkhazia",
        note="Abkhazia (of Georgia; recognised by Russia and few others)",
        parties=("GE",),
        cuts={"Georgia": [((39.5, 42.2), (41.55, 42.35), (42.6, 43.25), (42.5, 44.0), (39.5, 44.0))]},
    ),
    Dispute(
        name="South Ossetia",
        note="South Ossetia (of Georgia; recognised by Russia and few others)",
        parties=("GE",),
        cuts={"Georgia": [((43.45, 42.5), (43.95, 42.02), (44.45, 42.05), (44.7, 42.4), (44.5, 43.0), (43.5, 43.0))]},
    ),
    Dispute(
        name="Nagorno-Karabakh",
        note="Nagorno-Karabakh (of Azerbaijan; held by Armenians until 2023)",
        parties=("AZ", "AM"),
        cuts={"Azerbaijan": [((46.4, 39.5), (47.0, 39.45), (47.2, 39.9), (46.8, 40.3), (46.3, 40.1))]},
    ),
    Dispute(
        name="Palestine",
        note="the Palestinian territories (the West Bank held by Israel since 1967)",
        parties=("PS", "IL"),
        whole="Palestine",
    ),
    Dispute(
        name="Golan Heights",
        note="the Golan Heights (of Syria; held by Israel since 1967)",
        parties=("SY", "IL"),
        cuts={"Israel": [((35.63, 32.68), (36.1, 32.68), (36.1, 33.5), (35.6, 33.5))]},
    ),
    Dispute(
        name="Kashmir",
        note="Kashmir and Aksai Chin (claimed by India and Pakistan, in part held by China)",
        parties=("IN", "PK", "CN"),
        cuts={
            "India": [
                ((73.0, 32.9), (74.9, 32.3), (75.6, 32.3), (76.3, 32.9), (76.3, 37.0), (73.0, 37.0)),
                ((76.3, 33.2), (78.7, 32.35), (79.7, 32.3), (80.0, 37.0), (76.3, 37.0)),
            ],
            "Pakistan": [
                ((73.6, 33.0), (74.3, 32.75), (74.8, 32.8), (75.5, 34.8), (73.9, 34.9), (73.45, 34.3)),
                ((73.9, 34.9), (77.9, 34.6), (78.0, 36.5), (75.0, 37.2), (72.5, 36.9), (72.5, 36.0)),
            ],
            "China": [((78.5, 33.9), (79.6, 33.8), (80.35, 35.0), (80.2, 35.6), (79.3, 36.0), (77.8, 35.5))],
        },
        whole="Siachen Glacier",
    ),
    Dispute(
        name="Arunachal Pradesh",
        note="Arunachal Pradesh (held by India, claimed by China)",
        parties=("IN", "CN"),
        cuts={"India": [((91.5, 26.88), (93.8, 26.95), (95.6, 27.6), (97.6, 28.4), (97.5, 29.7), (91.5, 29.7))]},
    ),
    Dispute(name="Taiwan", note="Taiwan (claimed by China)", parties=("TW", "CN"), whole="Taiwan"),
    Dispute(
        name="Kuril Islands",
        note="the southern Kuril Islands (held by Russia, claimed by Japan)",
        parties=("RU", "JP"),
        islands={"Russia": ((145.8, 44.1), (147.9, 45.0))},
    ),
    Dispute(
        name="Western Sahara",
        note="Western Sahara (claimed by Morocco, which holds most of it)",
        parties=("EH", "MA"),
        cuts={"Morocco": [((-18.0, 20.0), (-8.6, 20.0), (-8.6, 27.667), (-18.0, 27.667))]},
        whole="W. Sahara",
    ),
    Dispute(
        name="Somaliland",
        note="Somaliland (of Somalia; governs itself)",
        parties=("SO",),
        whole="Somaliland",
    ),
    Dispute(
        name="Abyei",
        note="Abyei (of Sudan or South Sudan)",
        parties=("SD", "SS"),
        cuts={"Sudan": [((27.8, 9.3), (29.0, 9.3), (29.0, 10.2), (27.8, 10.2))]},
    ),
    Dispute(
        name="Hala'ib Triangle",
        note="the Hala’ib Triangle (held by Egypt, claimed by Sudan)",
        parties=("EG", "SD"),
        cuts={"Egypt": [((34.0, 21.9), (37.2, 21.9), (37.2, 23.2), (35.5, 23.2))]},
    ),
    Dispute(
        name="Essequibo",
        note="Essequibo (held by Guyana, claimed by Venezuela)",
        parties=("GY", "VE"),
        cuts={"Guyana": [((-61.5, 1.0), (-58.9, 1.0), (-58.5, 4.5), (-58.4, 7.2), (-58.4, 8.8), (-61.5, 8.8))]},
    ),
    Dispute(
        name="Falkland Islands",
        note="the Falkland Islands (held by the United Kingdom, claimed by Argentina)",
        parties=("GB", "AR"),
        whole="Falkland Is.",
    ),
    Dispute(
        name="Chagos Islands",
        note="the Chagos Islands (held by the United Kingdom, claimed by Mauritius)",
        parties=("GB", "MU"),
        whole="Br. Indian Ocean Ter.",
    ),
)
