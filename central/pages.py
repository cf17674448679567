"""Drawing a page in the reader's language: chosen by a link, remembered, else what the browser asks, else Arabic."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from central.language import Translator, isolate, unbroken
from central.settings import Settings
from civic.language import Language, Wording

_HERE = Path(__file__).parent
_YEAR_S = 365 * 24 * 3600
LANGUAGE_COOKIE = "lang"


class Pages:
    """The templates of the centre and of its faces."""

    def __init__(self, settings: Settings) -> None:
        folders = [_HERE / "templates", *(_HERE / face / "templates" for face in ("desk", "board", "public"))]
        self._environment = Environment(
            loader=FileSystemLoader(folders), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        self._environment.filters |= {"isolate": isolate, "unbroken": unbroken}
        self._town = settings.town
        self.rename(None)
        self._voices = {language: Translator(language, settings.zone) for language in Language}

    def rename(self, town: Wording | None) -> None:
        """The town's name as it says it itself; None: as the centre was installed."""
        self._shown = town or self._town

    def voice(self, language: Language) -> Translator:
        return self._voices[language]

    def render(
        self,
        request: Request,
        template: str,
        values: Mapping[str, Any],
        status: int = 200,
        preferred: Language | None = None,
    ) -> HTMLResponse:
        """`preferred` is spoken when the reader has chosen nothing, before what the browser asks for."""
        asked = _language(request.query_params.get("lang"))
        language = asked or _language(request.cookies.get(LANGUAGE_COOKIE)) or preferred or _browser(request)
        context = {
            "_": self._voices[language],
            "count": self._voices[language].count,  # a name of its own: sentences behind a dot are not found
            "language": language,
            "languages": [(each, _address_in(request, each)) for each in Language],
            "town": self._shown,
        }
        html = self._environment.get_template(template).render(context | dict(values))
        response = HTMLResponse(html, status, {"Content-Language": language.value, "Vary": "Cookie, Accept-Language"})
        _remember(response, asked)
        return response


def lead(request: Request, address: str) -> Response:
    """To another page, which then speaks the language asked for here."""
    response = RedirectResponse(address, status_code=303)
    _remember(response, _language(request.query_params.get("lang")))
    return response


def _remember(response: Response, language: Language | None) -> None:
    if language is not None:
        response.set_cookie(LANGUAGE_COOKIE, language.value, max_age=_YEAR_S, samesite="lax", httponly=True)


def _language(code: str | None) -> Language | None:
    return next((language for language in Language if language.value == code), None)


def _browser(request: Request) -> Language:
    """The first of the browser's languages that we speak (RFC 9110, 12.5.4), by its weight."""
    weighed: list[tuple[float, Language]] = []
    for part in request.headers.get("Accept-Language", "").split(","):
        tag, _, parameters = part.partition(";")
        language = _language(tag.strip().lower().partition("-")[0])
        weight = parameters.strip().removeprefix("q=") or "1"
        if language is not None and weight.replace(".", "", 1).isdecimal() and weight.isascii():
            weighed.append((float(weight), language))
    return max(weighed, key=lambda each: each[0])[1] if weighed else Language.ARABIC


def _address_in(request: Request, language: Language) -> str:
    query = {name: value for name, value in request.query_params.items() if name != "lang"}
    return "?" + urlencode(query | {"lang": language.value})
