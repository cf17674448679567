"""A request as it is read to its citizen: plain sentences, one thing each; nobody agrees to what they cannot read."""

from collections.abc import Iterator, Sequence

from civic.catalog import Requirement
from civic.deadline import DeadlineKind
from civic.dossier import Draft
from civic.language import Language
from kiosk.services.receipt import Promised
from kiosk.ui import paper_words
from kiosk.ui.answer_words import answer_words
from kiosk.ui.language import Translator, isolate, phone, unbroken


def declaration(draft: Draft, promised: Promised, _: Translator) -> tuple[str, ...]:
    """All that will be filed, in the order it was said, and what is owed for it."""
    return (
        _("You ask the town hall for: {service}.").format(service=draft.service.name[_.language]),
        *_answers(draft, _),
        *_person(draft, _),
        *_papers(draft, _),
        *_promise(promised, _),
    )


def _answers(draft: Draft, _: Translator) -> Iterator[str]:
    for question in draft.service.questions_for(draft.answers):
        words = answer_words(question, draft.answers.get(question.id, ""), _)
        if words:
            yield f"{question.text[_.language]} — {words}"


def _person(draft: Draft, _: Translator) -> Iterator[str]:
    who = draft.applicant
    yield _("Your name is {name}.").format(name=isolate(who.name)) if who.name else _("You give no name.")
    if who.phone:
        yield _("Your phone is {phone}.").format(phone=phone(who.phone))
    if who.identity_number:
        number = isolate(unbroken(who.identity_number))
        yield _("Your identity paper has the number {number}.").format(number=number)


def _papers(draft: Draft, _: Translator) -> Iterator[str]:
    excused = draft.excused
    given = [each for each in draft.requirements if each.id in draft.documents]
    to_bring = [each for each in draft.missing if each.id not in excused]
    if given:
        yield _("You hand in: {papers}.").format(papers=_names(given, _))
    if to_bring:
        yield _("You have still to bring: {papers}.").format(papers=_names(to_bring, _))
    if excused:
        cannot = [each for each in draft.missing if each.id in excused]
        yield _("You say that you cannot bring: {papers}.").format(papers=_names(cannot, _))


def _names(papers: Sequence[Requirement], _: Translator) -> str:
    between = "؛ " if _.language is Language.ARABIC else "; "
    return between.join(each.name[_.language] for each in papers)


def _promise(promised: Promised, _: Translator) -> Iterator[str]:
    if promised.due_on is None:
        yield paper_words.delay(_, promised.days)
        return
    date = isolate(_.date(promised.due_on))
    legal = promised.kind is DeadlineKind.LEGAL
    owed = _("The town hall owes you an answer by {date}.") if legal else _("The town aims to answer you by {date}.")
    yield owed.format(date=date)
    if promised.needs_agent:
        yield paper_words.sure(_)
