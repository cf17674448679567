"""The papers: a receipt of each kind, on 80 and 58 mm, in each language."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from PIL import Image

from civic.assistance import Assistance, Witness
from civic.catalog import Catalog, Service
from civic.dossier import Document, Draft, Given
from civic.language import Language, Wording
from civic.reference import Reference
from kiosk.devices.base import Raster
from kiosk.services.guide import Guide
from kiosk.services.receipt import Office, write_receipt
from kiosk.services.reminders import Reminder
from kiosk.ui.guide_face import draw_guide
from kiosk.ui.reminder_face import draw_reminder
from kiosk.ui.ticket_face import draw_face
from tests.gallery.sheet import Sheet

_WIDTHS = {"80mm": 576, "58mm": 384}
_MORNING = datetime(2026, 11, 23, 9, 41, tzinfo=ZoneInfo("Africa/Tunis"))
_LIST_URL = "HTTPS://SUIVI.KEF.EXAMPLE/SERVICES/A-SERVICE"
_AT_A_COUNTER = Assistance("amel", 3, (Witness("Salem Zitouni-Essai", "00000000"),))
_URL = "HTTPS://SUIVI.KEF.EXAMPLE/T/ABCDEFGHIJKLMNOPQRSTUVWX23"


def show_papers(sheet: Sheet, catalog: Catalog, town: Wording, site: Wording) -> None:
    office = Office(town, site, "014", "78 000 000")
    for paper, width in _WIDTHS.items():
        for name, draft in _drafts(catalog):
            for language in Language:
                first = draft.service.tracked and draft.joins is None
                opened = (Reference(26, 14, 385), "482913", _URL) if first else None
                receipt = write_receipt(office, draft, language, "217", _MORNING, opened)
                copy = name == "permit-complete-copy"
                face = draw_face(receipt, width, copy)
                _save(face, sheet, f"paper-{paper}", name, language)
        for language in Language:
            face = draw_reminder(_reminder(office, catalog["building-permit"]), language, width, False)
            _save(face, sheet, f"paper-{paper}", "reminder", language)
        for service in ("birth-registration", "demolition-permit", "network-connection"):
            card = catalog[service]
            asked = Draft(card, {question.id: question.options[-1].id for question in card.questions})
            for language in Language:
                guide = Guide(office, card, asked.requirements, card.deadline_for(asked.answers), _MORNING, _LIST_URL)
                _save(draw_guide(guide, language, width), sheet, f"paper-{paper}", f"list-{service}", language)


def _reminder(office: Office, service: Service) -> Reminder:
    due_on = date(2026, 11, 11)
    return Reminder(
        office, service.name, Reference(26, 14, 12), "014-00007", _MORNING, due_on, date(2026, 11, 30), again=False
    )


def _save(face: Raster, sheet: Sheet, room: str, name: str, language: Language) -> None:
    picture = Image.frombytes("1", (face.width_px, face.height_px), face.rows, "raw", "1;I")
    picture.save(sheet.place(room, name, language))


def _drafts(catalog: Catalog) -> Iterator[tuple[str, Draft]]:
    permit, complaint = catalog["building-permit"], catalog["complaint"]
    asked = Draft(permit, {question.id: question.options[0].id for question in permit.questions})
    pages = {each.id: Document(each.id, ("a" * 64,)) for each in asked.requirements}
    yield "permit-complete", replace(asked, documents=pages)
    yield "permit-complete-copy", replace(asked, documents=pages)
    yield "permit-incomplete", replace(asked, documents=dict(list(pages.items())[:3]))
    survey = next(each for each in asked.requirements if each.valid_for is not None)
    given = Document(survey.id, ("a" * 64,), Given(Reference(26, 15, 7), date(2026, 3, 2)))
    yield "permit-given-before", replace(asked, documents=pages | {survey.id: given})
    yield "permit-at-a-counter", replace(asked, documents=pages, assistance=_AT_A_COUNTER)
    owed = tuple(each.id for each in asked.requirements[:3])
    added = {each: pages[each] for each in owed[:2]}
    yield "papers-added", replace(asked, documents=added, joins=Reference(26, 14, 12), owed=owed)
    yield "complaint", Draft(complaint)
    for service in catalog:
        if not service.tracked:
            yield service.id, Draft(service)
