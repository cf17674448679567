"""Before coming, anyone sees on a phone what to bring."""

import re

import pytest
import requests

from civic.card import read_catalog
from civic.catalog import Catalog
from civic.language import Language
from kiosk.settings import ASSETS


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return read_catalog(ASSETS / "catalog")


def get(url: str, language: str = "en") -> requests.Response:
    return requests.get(url, params={"lang": language}, timeout=60)


def papers(page: str) -> list[str]:
    [part] = re.findall(r'id="papers">(.*?)</section>', page, re.DOTALL)
    return re.findall(r"<li><b>(.*?)</b>", part)


@pytest.mark.parametrize("language", list(Language))
def test_every_service_is_listed_and_opens_in_every_language(centre: str, catalog: Catalog, language: Language) -> None:
    listed = get(f"{centre}/services", language.value)
    assert set(re.findall(r'href="/services/([a-z-]+)"', listed.text)) == {service.id for service in catalog}
    for service in catalog:
        page = get(f"{centre}/services/{service.id}", language.value)
        assert page.status_code == 200
        assert service.name[language].replace("'", "&#39;") in page.text
        assert len(page.content) < 50_000
    assert len(listed.content) < 50_000


def test_the_square_of_the_kiosk_opens_the_very_list_it_showed(centre: str, catalog: Catalog) -> None:
    permit = catalog["building-permit"]
    answers = {"inside": "yes", "where": "ordinary", "project": "house", "public-edge": "no"}
    path = "/".join(part for answer in answers.items() for part in answer)
    page = get(centre + f"/services/{permit.id}/{path}".upper())
    assert papers(page.text) == [paper.name.en for paper in permit.requirements_for(answers)]
    assert "Only if:" not in page.text
    assert "<b>45 days</b>" in page.text
    assert 'id="asked"' not in page.text


def test_who_has_answered_nothing_sees_all_there_may_be_and_is_asked(centre: str, catalog: Catalog) -> None:
    permit = catalog["building-permit"]
    address = f"{centre}/services/{permit.id}"
    page = get(address).text
    assert papers(page) == [paper.name.en for paper in permit.requirements]
    assert page.count("Only if:") > 3
    assert [days for days in ("90 days", "60 days", "45 days") if f"<b>{days}</b>" in page] == [
        "90 days",
        "60 days",
        "45 days",
    ]
    for answer in ("inside/yes", "where/protected", "project/other"):
        address += f"/{answer}"
        assert f'href="{address.removeprefix(centre)}"' in page
        page = get(address).text
    assert permit.questions[3].text.en in page
    assert "<b>45 days</b>" not in page


def test_who_must_go_elsewhere_is_told_and_given_no_list(centre: str, catalog: Catalog) -> None:
    stop = catalog["building-permit"].questions[0].options[1].stop
    assert stop is not None
    page = get(f"{centre}/services/building-permit/inside/no", "fr").text
    assert stop.fr.replace("'", "&#39;") in page
    assert 'id="papers"' not in page


def test_a_question_that_changes_nothing_is_not_asked(centre: str) -> None:
    assert 'id="asked"' not in get(f"{centre}/services/complaint").text


@pytest.mark.parametrize(
    "address",
    ["passport", "building-permit/where", "building-permit/where/moon", "building-permit/who/yes", "agent/", "a/b/c"],
)
def test_a_made_up_address_opens_nothing(centre: str, address: str) -> None:
    assert get(f"{centre}/services/{address}").status_code == 404


def test_the_form_that_opens_a_file_leads_to_the_services_too(centre: str) -> None:
    assert 'href="/services"' in get(centre).text
