"""The fields that cards, shared papers and groups have alike, each checked where it stands."""

import re
from collections.abc import Mapping, Sequence

from civic.catalog import Conditions, Confidence, Fact, Provenance, Question, Validity
from civic.language import Language, Wording
from civic.toml_table import Table

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def take_id(table: Table, default: str | None = None) -> str:
    text = table.take_text("id", default)
    if text and not ID.fullmatch(text):
        table.blame("an id is small letters and digits with single dashes between", "id")
    return text


def check_ids(table: Table, key: str, ids: Sequence[str]) -> None:
    """No two tables of a list have the same id (an empty one is a mistake already told)."""
    for position, each in enumerate(ids):
        if each and each in ids[:position]:
            table.blame(f"two [[{key}]] have the id “{each}”", key, position, "id")


def take_provenance(table: Table) -> Provenance:
    source = table.take_text("source")
    confidence = table.take_word("confidence", Confidence)
    return Provenance(source, confidence, take_review(table))


def take_review(table: Table) -> tuple[Language, ...]:
    """The languages whose wording a native reader has still to check."""
    review = table.take_texts("review")
    codes = [language.value for language in Language]
    if not set(review) <= set(codes):
        table.blame("“review” lists the languages still to be reviewed: " + ", ".join(codes), "review")
        return ()
    return tuple(Language(code) for code in review)


def take_fact(table: Table) -> Fact:
    fact = Fact(table.take_wording("text"), take_provenance(table))
    table.finish()
    return fact


def take_validity(table: Table) -> Validity | None:
    """How long a paper given once need not be given again, if the card says so."""
    if not table.has("valid_for"):
        return None
    told = table.take_table("valid_for")
    validity = Validity(told.take_number("days"), take_provenance(told))
    told.finish()
    return validity


def take_if_told(table: Table, key: str) -> Wording | None:
    """A sentence that may be left out."""
    return table.take_wording(key) if table.has(key) else None


def take_conditions(table: Table, questions: Mapping[str, Question]) -> Conditions:
    """What “when” says, about the questions known so far."""
    if not table.has("when"):
        return {}
    when = table.take_table("when")
    conditions = {question: when.take_texts(question) for question in when.keys}
    for question, answers in conditions.items():
        if not answers:
            table.blame(f"“when” accepts no answer to “{question}”: it would never hold", "when")
        if question not in questions:
            table.blame(f"“when” asks about “{question}”, which no question before this has as id", "when")
            continue
        possible = {option.id for option in questions[question].options}
        for answer in answers:
            if answer not in possible:
                table.blame(f"“{answer}” is not an answer to “{question}”", "when")
    return conditions
