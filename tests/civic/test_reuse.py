"""What the town hall holds already it does not ask for again, as long as the catalogue says, and not a day longer."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from civic.card import read_catalog
from civic.catalog import Catalog, Requirement
from civic.dossier import Document, Given
from civic.reference import Reference
from civic.reuse import HeldPaper, reusable
from kiosk.settings import ASSETS

FILE = Reference(26, 14, 385)
DAY = date(2026, 11, 3)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return read_catalog(Path(ASSETS / "catalog"))


def wanted(catalog: Catalog, service: str, paper: str) -> Requirement:
    return next(each for each in catalog[service].requirements if each.id == paper)


def held(service: str, paper: str, shared: str = "", on: date = DAY) -> HeldPaper:
    return HeldPaper(service, paper, shared, ("ab" * 32,), Given(FILE, on))


def test_a_paper_many_services_share_serves_another_of_them(catalog: Catalog) -> None:
    identity = wanted(catalog, "family-booklet", "identity-copy")
    assert identity.valid_for is not None
    paper = held("building-permit", "identity", "identity-copy")
    [found] = reusable(catalog["family-booklet"], [identity], [paper], DAY)
    assert found.valid_until == DAY + timedelta(days=identity.valid_for.days)
    assert found.document == Document("identity-copy", ("ab" * 32,), Given(FILE, DAY))


def test_it_is_valid_to_its_last_day_and_no_longer(catalog: Catalog) -> None:
    identity = wanted(catalog, "family-booklet", "identity-copy")
    assert identity.valid_for is not None
    last, paper = DAY + timedelta(days=identity.valid_for.days), held("tax-clearance", "identity-copy", "identity-copy")
    assert reusable(catalog["family-booklet"], [identity], [paper], last)
    assert not reusable(catalog["family-booklet"], [identity], [paper], last + timedelta(days=1))


def test_a_paper_of_one_service_serves_only_that_service(catalog: Catalog) -> None:
    survey, permit = wanted(catalog, "building-permit", "survey"), catalog["building-permit"]
    assert reusable(permit, [survey], [held("building-permit", "survey")], DAY)
    assert not reusable(permit, [survey], [held("demolition-permit", "survey")], DAY)
    assert not reusable(permit, [survey], [held("building-permit", "plans")], DAY)


def test_what_nobody_knows_how_long_it_is_valid_is_asked_anew(catalog: Catalog) -> None:
    plans = wanted(catalog, "building-permit", "plans")
    assert not reusable(catalog["building-permit"], [plans], [held("building-permit", "plans")], DAY)


def test_of_two_that_would_do_the_one_valid_longest_is_offered_and_never_one_without_pages(catalog: Catalog) -> None:
    identity = wanted(catalog, "family-booklet", "identity-copy")
    old, new = (held("tax-clearance", "identity-copy", "identity-copy", on) for on in (DAY, DAY + timedelta(days=9)))
    [found] = reusable(catalog["family-booklet"], [identity], [old, new], DAY + timedelta(days=10))
    assert found.held is new
    assert not reusable(catalog["family-booklet"], [identity], [replace(new, pages=())], DAY)
