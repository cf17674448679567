"""Every sentence of the paper, each said by a translator, so that two languages can say the same side by side."""

from datetime import date

from civic.deadline import DeadlineKind
from civic.language import Language
from civic.voice_note import clock
from kiosk.services.receipt import Office, Paper, Promised, Where
from kiosk.services.reminders import Reminder
from kiosk.ui.language import Translator, isolate, unbroken


def space(_: Translator) -> str:
    return _("Citizen space")


def copy(_: Translator) -> str:
    return _("COPY")


def deposit(_: Translator) -> str:
    return _("Receipt of deposit")


def complete(_: Translator) -> str:
    return _("Receipt of a complete file")


def incomplete(_: Translator) -> str:
    return _("Receipt of an incomplete file")


def added(_: Translator) -> str:
    return _("Receipt of papers added")


def keep_both(_: Translator) -> str:
    return _("Keep it with the first receipt: that one opens your file.")


def reminder(_: Translator) -> str:
    return _("Reminder of a late file")


def reminder_number(_: Translator) -> str:
    return _("Reminder number")


def asked_why(_: Translator, reminder: Reminder) -> str:
    """When, and since when it is late."""
    on, at = isolate(_.short_date(reminder.asked_at)), isolate(_.time(reminder.asked_at))
    said = _("On {date} at {time} you asked why this file is late.").format(date=on, time=at)
    if reminder.due_on is None:
        return said
    due_on = isolate(_.short_date(reminder.due_on))
    return said + " " + _("Its answer was promised by {date}.").format(date=due_on)


def owes_reason(_: Translator) -> str:
    return _("The town hall owes you the reason.")


def where_told(_: Translator) -> str:
    return _("You will read it on the page of your file: your first receipt opens it, by phone or at a kiosk.")


def ticket(_: Translator) -> str:
    return _("Ticket")


def file_number(_: Translator) -> str:
    return _("File number")


def queue_number(_: Translator) -> str:
    return _("Queue number")


def pin(_: Translator) -> str:
    return _("PIN")


def received(_: Translator) -> str:
    return _("Papers received")


def pages(_: Translator, number: int) -> str:
    return _.count("{n} page", "{n} pages", number)


def given_before(_: Translator, on: date) -> str:
    return _("Already given on {date}").format(date=isolate(_.short_date(on)))


def to_bring(_: Translator) -> str:
    return _("Still to bring, exactly this")


def excused(_: Translator) -> str:
    return _("You cannot bring these: an agent will look for another way with you")


def bring(_: Translator) -> str:
    return _("Bring to the window")


def name(_: Translator, paper: Paper) -> str:
    """A paper received by its name; one to bring with how many copies, when more than one."""
    words = paper.name[_.language]
    if paper.pages or paper.copies == 1:
        return words
    copies = unbroken(_.count("{n} copy", "{n} copies", paper.copies))
    return f"{words} ({copies})"


def promise(_: Translator, kind: DeadlineKind) -> str:
    return _("Answer by") if kind is DeadlineKind.LEGAL else _("The town's own goal: answer by")


def days(_: Translator, number: int) -> str:
    return _.count("{n} day", "{n} days", number)


def basis(_: Translator, promised: Promised) -> str:
    """The days, and the law that sets them."""
    return f"{days(_, promised.days)} · {promised.basis[_.language]}"


def delay(_: Translator, days: int) -> str:
    return _.count(
        "The delay of {n} day starts when all the papers are there.",
        "The delay of {n} days starts when all the papers are there.",
        days,
    )


def sure(_: Translator) -> str:
    return _("This date holds once an agent has confirmed that your file is complete.")


def follow(_: Translator) -> str:
    return _("Follow your file")


def how(_: Translator, phone: str) -> str:
    sentence = _("Photograph this square, or give the file number and the PIN at a kiosk, or ring {phone}.")
    return sentence.format(phone=phone)


def pay(_: Translator) -> str:
    return _("To pay")


def guide(_: Translator) -> str:
    return _("What to bring")


def conditions(_: Translator) -> str:
    return _("Conditions")


def papers(_: Translator) -> str:
    return _("Papers")


def where_it_applies(_: Translator) -> str:
    return _("Where it applies.")


def how_long(_: Translator) -> str:
    return _("How long it takes")


def time_to_answer(_: Translator, kind: DeadlineKind) -> str:
    return _("Time to answer") if kind is DeadlineKind.LEGAL else _("The town's own goal to answer")


def from_complete(_: Translator) -> str:
    return _("from a complete file")


def on_a_phone(_: Translator) -> str:
    return _("Photograph this square: the same list opens on your phone.")


def no_receipt(_: Translator) -> str:
    return _("This list is no receipt: nothing has been filed yet.")


def place(_: Translator, office: Office, counter: int | None = None) -> str:
    """Which kiosk, and where it stands; at a counter, which."""
    kiosk = " ".join([_("Kiosk"), isolate(office.kiosk), "·", office.site[_.language]])
    at = "" if counter is None else _("Counter {number}").format(number=isolate(str(counter))) + " · "
    return at + kiosk


def heard(_: Translator, names: tuple[str, ...]) -> str:
    """That it was read to who cannot read, and before whom."""
    between = "، " if _.language is Language.ARABIC else ", "
    before = between.join(isolate(name) for name in names)
    return _("Read aloud to the citizen, who agreed, before: {names}").format(names=before)


def where(_: Translator, where: Where) -> str:
    """What a complaint is about, as far as a found paper may say it."""
    name = where.name[_.language]
    return _("Place: {place}").format(place=_("near: {place}").format(place=name) if where.near else name)


def spoken(_: Translator, seconds: int) -> str:
    """That the words of a complaint were said, not written."""
    return _("Your words are recorded: {time}.").format(time=isolate(clock(seconds)))


def proof(_: Translator) -> str:
    return _("This receipt proves the deposit (decree 93-982, article 7).")
