"""Which part of the world somebody asked to see, as it stands in an address, and steps from there."""

from dataclasses import dataclass

from app.web.maps.frame import SHEETS, WIDE, frame_around


@dataclass(frozen=True, slots=True)
class Step:
    """A move of the map: so many of the globe's radii right and up on that sheet, and so many times closer."""

    right: float
    up: float
    times: float
    sheet: str = WIDE.name

    @classmethod
    def read(cls, text: str) -> "Step | None":
        """What a page's script writes: "0.1,-0.02,1.5,tall"; None for anything else."""
        *numbers, sheet = text.split(",")
        try:
            right, up, times = map(float, numbers)
        except ValueError:
            return None
        is_sane = abs(right) < 10 and abs(up) < 10 and 0.001 < times < 1000 and sheet in {each.name for each in SHEETS}
        return cls(right, up, times, sheet) if is_sane else None


@dataclass(frozen=True, slots=True)
class View:
    """A point and how many kilometres of the globe the map's shorter side shows; by default, where the items are."""

    lon: float
    lat: float
    km: float

    def written(self) -> str:
        """As it stands in an address: "30.5,50.4,1200"."""
        return f"{self.lon:.2f},{self.lat:.2f},{self.km:.0f}"

    def after(self, step: Step) -> "View":
        """Where the step leads."""
        sheet = next(each for each in SHEETS if each.name == step.sheet)
        return View(*frame_around(self.lon, self.lat, self.km, sheet).moved(step.right, step.up, step.times))

    @classmethod
    def read(cls, text: str) -> "View | None":
        """What `written` wrote; None for anything else."""
        try:
            lon, lat, km = (float(part) for part in text.split(","))
        except ValueError:
            return None
        is_sane = -180 <= lon <= 180 and -90 <= lat <= 90 and 0 < km <= 100_000
        return cls(lon, lat, km) if is_sane else None
