"""Converts metres on British, Irish and web-map grids to degrees (WGS84).

The formulas are from the Ordnance Survey's "A guide to coordinate systems in Great Britain",
annexes B and C.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from enum import Enum

from wardblog.model import Point
from wardblog.support.late_dataclass import dataclass

# Latitude and longitude.
Degrees = tuple[float, float]


class Grid(Enum):
    """A coordinate system; the value is its name."""

    DEGREES = "latitude and longitude (WGS84)"
    BRITISH = "the British National Grid"
    IRISH = "the Irish Grid"
    ITM = "Irish Transverse Mercator"
    WEB_MERCATOR = "Web Mercator"


@dataclass(frozen=True, slots=True)
class Ellipsoid:
    """The ellipsoid of a grid, by its semi-major and semi-minor axes in metres."""

    major: float
    minor: float

    @property
    def eccentricity(self) -> float:
        """The square of the eccentricity."""
        return 1 - (self.minor / self.major) ** 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Mercator:
    """A transverse Mercator projection: true origin in degrees, false origin in metres."""

    ellipsoid: Ellipsoid
    scale: float
    latitude: float
    longitude: float
    easting: float
    northing: float


@dataclass(frozen=True, slots=True)
class Shift:
    """A Helmert shift to WGS84: metres, seconds of arc, and parts per million."""

    metres: tuple[float, float, float]
    seconds: tuple[float, float, float]
    millionths: float


_GRS80 = Ellipsoid(6_378_137.0, 6_356_752.314140)
_AIRY_MODIFIED = Ellipsoid(6_377_340.189, 6_356_034.447939)
# https://epsg.io/29903 and https://epsg.io/2157.
_IRISH = Mercator(
    ellipsoid=_AIRY_MODIFIED,
    scale=1.000035,
    latitude=53.5,
    longitude=-8.0,
    easting=200_000,
    northing=250_000,
)
_ITM = Mercator(
    ellipsoid=_GRS80,
    scale=0.99982,
    latitude=53.5,
    longitude=-8.0,
    easting=600_000,
    northing=750_000,
)
# Accurate to about a metre (https://epsg.io/1954).
_IRISH_SHIFT = Shift((482.5, -130.6, 564.6), (-1.042, -0.214, -0.631), 8.15)


def to_degrees(grid: Grid, eastings: Sequence[float], northings: Sequence[float]) -> list[Degrees]:
    """Convert positions to (latitude, longitude) in WGS84; NaN outside the grid's range."""
    if grid is Grid.DEGREES:
        return list(zip(northings, eastings, strict=True))
    if grid is Grid.BRITISH:
        return _from_british(eastings, northings)
    convert = _CONVERSIONS[grid]
    return [convert(e, n) for e, n in zip(eastings, northings, strict=True)]


def _from_british(eastings: Sequence[float], northings: Sequence[float]) -> list[Degrees]:
    # late import: see docs/architecture.md
    from convertbng.cutil import convert_lonlat

    if not eastings:
        return []
    longitudes, latitudes = convert_lonlat(list(eastings), list(northings))
    return [(float(n), float(e)) for n, e in zip(latitudes, longitudes, strict=True)]


def to_british(point: Point) -> tuple[float, float]:
    """Convert a WGS84 point to easting and northing on the British grid; NaN far outside it."""
    # late import: see docs/architecture.md
    from convertbng.cutil import convert_bng

    eastings, northings = convert_bng([point.longitude], [point.latitude])
    return float(eastings[0]), float(northings[0])


def _from_irish(easting: float, northing: float) -> Degrees:
    return _shifted(_AIRY_MODIFIED, _IRISH_SHIFT, *_unprojected(_IRISH, easting, northing))


def _from_itm(easting: float, northing: float) -> Degrees:
    """From Irish Transverse Mercator; its datum, ETRS89, is within a metre of WGS84."""
    return _unprojected(_ITM, easting, northing)


def _from_web_mercator(easting: float, northing: float) -> Degrees:
    """From Web Mercator, which is on a sphere (https://epsg.io/3857)."""
    radius = _GRS80.major
    if abs(northing) > 20_037_509:
        return math.nan, math.nan
    latitude = math.degrees(math.atan(math.sinh(northing / radius)))
    return latitude, math.degrees(easting / radius)


_CONVERSIONS: dict[Grid, Callable[[float, float], Degrees]] = {
    Grid.IRISH: _from_irish,
    Grid.ITM: _from_itm,
    Grid.WEB_MERCATOR: _from_web_mercator,
}


def _unprojected(grid: Mercator, easting: float, northing: float) -> Degrees:
    """Return latitude and longitude on the grid's own ellipsoid (annex C)."""
    # The series do not converge far outside the grid.
    if not (abs(easting - grid.easting) < 1e6 and abs(northing - grid.northing) < 1e6):
        return math.nan, math.nan
    scaled = grid.ellipsoid.major * grid.scale
    phi0 = math.radians(grid.latitude)
    phi = (northing - grid.northing) / scaled + phi0
    while abs(rest := northing - grid.northing - _meridian_arc(grid, phi, phi0)) > 1e-5:
        phi += rest / scaled
    e2, sine, tan = grid.ellipsoid.eccentricity, math.sin(phi), math.tan(phi)
    nu = scaled / math.sqrt(1 - e2 * sine**2)
    rho = nu * (1 - e2) / (1 - e2 * sine**2)
    eta2, t2, x = nu / rho - 1, tan**2, easting - grid.easting
    north = (
        x**2 / (2 * rho * nu)
        - x**4 / (24 * rho * nu**3) * (5 + 3 * t2 + eta2 - 9 * t2 * eta2)
        + x**6 / (720 * rho * nu**5) * (61 + 90 * t2 + 45 * t2**2)
    )
    east = (
        x / nu
        - x**3 / (6 * nu**3) * (nu / rho + 2 * t2)
        + x**5 / (120 * nu**5) * (5 + 28 * t2 + 24 * t2**2)
        - x**7 / (5040 * nu**7) * (61 + 662 * t2 + 1320 * t2**2 + 720 * t2**3)
    )
    return (
        math.degrees(phi - tan * north),
        grid.longitude + math.degrees(east / math.cos(phi)),
    )


def _meridian_arc(grid: Mercator, phi: float, phi0: float) -> float:
    """Return metres along the meridian from the true origin's latitude (annex C, formula C3)."""
    major, minor = grid.ellipsoid.major, grid.ellipsoid.minor
    n = (major - minor) / (major + minor)
    less, more = phi - phi0, phi + phi0
    return (
        minor
        * grid.scale
        * (
            (1 + n + 5 / 4 * n**2 + 5 / 4 * n**3) * less
            - (3 * n + 3 * n**2 + 21 / 8 * n**3) * math.sin(less) * math.cos(more)
            + (15 / 8 * (n**2 + n**3)) * math.sin(2 * less) * math.cos(2 * more)
            - 35 / 24 * n**3 * math.sin(3 * less) * math.cos(3 * more)
        )
    )


def _shifted(ellipsoid: Ellipsoid, shift: Shift, latitude: float, longitude: float) -> Degrees:
    """Convert from another datum to WGS84, by cartesian coordinates at sea level (annex B)."""
    phi, lam = math.radians(latitude), math.radians(longitude)
    e2 = ellipsoid.eccentricity
    nu = ellipsoid.major / math.sqrt(1 - e2 * math.sin(phi) ** 2)
    x, y = nu * math.cos(phi) * math.cos(lam), nu * math.cos(phi) * math.sin(lam)
    z = (1 - e2) * nu * math.sin(phi)
    rx, ry, rz = (math.radians(s / 3600) for s in shift.seconds)
    dx, dy, dz = shift.metres
    s = 1 + shift.millionths / 1e6
    x, y, z = (
        dx + s * (x - rz * y + ry * z),
        dy + s * (rz * x + y - rx * z),
        dz + s * (-ry * x + rx * y + z),
    )
    e2, across = _GRS80.eccentricity, math.hypot(x, y)
    phi = math.atan2(z, across * (1 - e2))
    for _ in range(6):
        nu = _GRS80.major / math.sqrt(1 - e2 * math.sin(phi) ** 2)
        phi = math.atan2(z + e2 * nu * math.sin(phi), across)
    return math.degrees(phi), math.degrees(math.atan2(y, x))
