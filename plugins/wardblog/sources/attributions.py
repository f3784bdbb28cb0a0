"""What the licences ask for wherever their data is shown, word for word."""

from __future__ import annotations

OPENSTREETMAP = "© OpenStreetMap contributors"
# https://www.ons.gov.uk/methodology/geography/licences
ONS = "Source: Office for National Statistics licensed under the Open Government Licence v.3.0"


def ordnance_survey(year: int) -> str:
    """https://www.ordnancesurvey.co.uk/business-government/licensing-agreements/copyright"""
    return f"Contains OS data © Crown copyright and database right {year}"


def royal_mail(year: int) -> str:
    return f"Contains Royal Mail data © Royal Mail copyright and database right {year}"


def open_names(year: int) -> tuple[str, ...]:
    """https://www.ordnancesurvey.co.uk/products/os-open-names"""
    return ordnance_survey(year), royal_mail(year), ONS


def code_point_open(year: int) -> tuple[str, ...]:
    """https://www.ordnancesurvey.co.uk/products/code-point-open"""
    return ordnance_survey(year), royal_mail(year), ONS


def joined(attributions: tuple[str, ...]) -> str:
    """The attributions as sentences, each once."""
    return ". ".join(dict.fromkeys(attributions))
