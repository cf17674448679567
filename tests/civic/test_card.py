"""A card with a mistake is refused with its file, its line and what to write instead; a right one loses nothing."""

from pathlib import Path

import pytest

from civic.card import CatalogFault, read_catalog
from civic.catalog import Confidence, Option, QuestionKind
from civic.deadline import DeadlineKind
from civic.language import Language, Wording
from civic.workflow import Clock, Party

CARD = """\
code = "T-1"
icon = "building"
name = { ar = "رخصة", fr = "Permis", en = "Permit" }
example = { ar = "بناء", fr = "bâtir", en = "to build" }
words = ["دار", "villa"]
source = "an office"
confidence = "N"
review = ["ar"]

[[question]]
id = "large"
text = { ar = "كبير؟", fr = "Grand ?", en = "Large?" }

[[question.option]]
id = "yes"
text = { ar = "نعم", fr = "Oui", en = "Yes" }

[[question.option]]
id = "no"
text = { ar = "لا", fr = "Non", en = "No" }
stop = { ar = "قف", fr = "Stop", en = "Stop" }

[[question]]
id = "words"
kind = "text"
optional = true
when = { large = ["yes"] }
text = { ar = "قل", fr = "Dites", en = "Tell" }

[[requirement]]
id = "plans"
name.ar = "أمثلة"
name.fr = "Plans"
name.en = "Drawings"
copies = 5
when = { large = ["yes"] }
source = "a law"
confidence = "M"

[[deadline]]
days = 90
kind = "legal"
starts_complete = true
when = { large = ["yes"] }
basis = { ar = "قانون", fr = "loi", en = "law" }
source = "a law"
confidence = "N"

[[deadline]]
days = 45
kind = "goal"
basis = { ar = "هدف", fr = "objectif", en = "goal" }
source = "nobody"
confidence = "G"

[[stage]]
id = "filed"
name = { ar = "إيداع", fr = "Déposé", en = "Filed" }
party = "counter"
clock = "waiting"
next = ["answered"]

[[stage]]
id = "answered"
name = { ar = "جواب", fr = "Réponse", en = "Answered" }
party = "counter"
clock = "ended"

[fee]
text = { ar = "مجاني", fr = "gratuit", en = "free" }
source = "nobody"
confidence = "G"
"""
STAGES = CARD[CARD.index("[[stage]]") : CARD.index("[fee]")]
DEADLINES = CARD[CARD.index("[[deadline]]") : CARD.index("[[stage]]")]


GROUPS = """\
[[group]]
id = "building"
icon = "building"
name = { ar = "أبني", fr = "Je construis", en = "I am building" }
example = { ar = "منزل", fr = "une maison", en = "a house" }
services = ["permit"]
"""


def common(folder: Path, name: str, text: str) -> Path:
    """What the cards of the folder share."""
    (folder / "common").mkdir(exist_ok=True)
    path = folder / "common" / name
    path.write_text(text, encoding="utf-8")
    return path


def mistakes(folder: Path, text: str, name: str = "permit.toml") -> list[str]:
    (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(CatalogFault) as fault:
        read_catalog(folder)
    return [line.removeprefix(f"{folder / name}:") for line in str(fault.value).splitlines()]


def test_a_right_card_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "permit.toml").write_text(CARD, encoding="utf-8")
    common(tmp_path, "groups.toml", GROUPS)
    permit = read_catalog(tmp_path)["permit"]
    large, words = permit.questions
    assert permit.name == Wording("رخصة", "Permis", "Permit")
    assert permit.tracked
    assert not permit.anonymous
    assert permit.provenance.confidence is Confidence.NATIONAL
    assert permit.provenance.review == (Language.ARABIC,)
    assert large.options[1] == Option("no", Wording("لا", "Non", "No"), Wording("قف", "Stop", "Stop"))
    assert (words.kind, words.optional) == (QuestionKind.TEXT, True)
    assert permit.questions_for({"large": "no"}) == (large,)
    assert [(each.id, each.copies, each.hint) for each in permit.requirements] == [("plans", 5, None)]
    assert permit.words == ("دار", "villa")
    assert [(each.days, each.kind) for each in permit.deadlines] == [(90, DeadlineKind.LEGAL), (45, DeadlineKind.GOAL)]
    assert permit.workflow is not None
    assert [(each.party, each.clock) for each in permit.workflow.stages] == [
        (Party.COUNTER, Clock.WAITING),
        (Party.COUNTER, Clock.ENDED),
    ]
    assert permit.fee is not None


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ('code = "T-1"\n', "", "1: “code” is missing: it must be a text in quotes"),
        ('code = "T-1"', "code = true", "1: “code” must be a text in quotes"),
        ('icon = "building"', "icon = 3", "2: “icon” must be a text in quotes"),
        ('icon = "building"', 'icon = ""', "2: “icon” must be a text in quotes"),
        ('icon = "building"', 'icone = "building"', "1: “icon” is missing: it must be a text in quotes"),
        ('icon = "building"', 'icon = "building"\ncolour = "red"', "3: “colour” is not a word of this file"),
        ('fr = "Permis", ', "", "3: “name” must be { ar = …, fr = …, en = … }, each a text"),
        ('name.fr = "Plans"', 'name.fr = " "', "32: “name” must be { ar = …, fr = …, en = … }, each a text"),
        ('confidence = "N"\nreview', 'confidence = "Z"\nreview', "7: “confidence” must be one of K, N, M, P, G, U"),
        ('review = ["ar"]', 'review = ["de"]', "8: “review” lists the languages still to be reviewed: ar, fr, en"),
        ('review = ["ar"]', "review = [1]", "8: “review” must be a list of texts"),
        ('review = ["ar"]', "tracked = 1", "8: “tracked” must be true or false"),
        ('id = "large"', 'id = "Large"', "11: an id is small letters and digits with single dashes between"),
        ('id = "words"', 'id = "large"', "24: two questions have the id “large”"),
        ('id = "words"', 'id = "words"\nkinds = 1', "25: “kinds” is not a word of this file"),
        ('id = "no"', 'id = "yes"', "19: two [[option]] have the id “yes”"),
        ('kind = "text"', 'kind = "number"', "25: “kind” must be one of choice, text"),
        ("optional = true", 'optional = "yes"', "26: “optional” must be true or false"),
        ('id = "no"\n', 'id = "no"\nstops = 1\n', "20: “stops” is not a word of this file"),
        (
            'when = { large = ["yes"] }\ntext',
            'when = { size = ["yes"] }\ntext',
            "27: “when” asks about “size”, which no",
        ),
        (
            'when = { large = ["yes"] }\ntext',
            'when = { large = ["oui"] }\ntext',
            "27: “oui” is not an answer to “large”",
        ),
        ('when = { large = ["yes"] }\ntext', "when = { large = [] }\ntext", "27: “when” accepts no answer to “large”"),
        ('when = { large = ["yes"] }\ntext', "when = { large = 3 }\ntext", "27: “large” must be a list of texts"),
        ('when = { large = ["yes"] }\ntext', "when = 3\ntext", "27: “when” must be a table when = { … }"),
        ("copies = 5", 'copies = "5"', "35: “copies” must be a whole number, 1 or more"),
        ("copies = 5", "copies = 5\npages = 2", "36: “pages” is not a word of this file"),
        ('source = "a law"\nconfidence = "M"', 'confidence = "M"', "30: “source” is missing"),
        ("days = 90", "days = 1.5", "41: “days” must be a whole number, 1 or more"),
        ("days = 90", "day = 90", "40: “days” is missing"),
        (
            'kind = "goal"',
            'kind = "legal"',
            "51: only a delay seen at El Kef or in a national text (K, N) may be called",
        ),
        (
            'party = "counter"\nclock = "waiting"',
            'party = "mayor"\nclock = "waiting"',
            "59: “party” must be one of citizen",
        ),
        ('clock = "waiting"', 'clock = "stopped"', "60: “clock” must be one of waiting, running, paused, ended"),
        (
            'next = ["answered"]',
            'next = ["answered", "lost"]',
            "61: stage “filed” leads to “lost”, which is not a stage",
        ),
        ('next = ["answered"]', 'next = ["filed"]', "56: no stage that ends the clock can follow “filed”"),
        ('next = ["answered"]', "next = []", "56: no stage that ends the clock can follow “filed”"),
        ('next = ["answered"]', 'next = ["filed"]', "63: no stage leads to “answered”"),
        ('id = "answered"', 'id = "filed"', "64: two [[stage]] have the id “filed”"),
        ('clock = "ended"', 'clock = "running"', "63: no stage that ends the clock can follow “answered”"),
        ('clock = "ended"', 'clock = "ended"\nafter = 1', "68: “after” is not a word of this file"),
        ("[fee]\n", "[fee]\namount = 3\n", "70: “amount” is not a word of this file"),
        ("[fee]\n", "[[fee]]\n", "69: “fee” must be a table fee = { … }"),
        (STAGES, "", "1: a tracked service has [[stage]]s or “stages”, an immediate one (tracked = false) has none"),
        (
            'code = "T-1"',
            'tracked = false\ncode = "T-1"',
            "1: a tracked service has [[stage]]s or “stages”, an immediate one",
        ),
        (
            'code = "T-1"',
            'tracked = false\ncode = "T-1"',
            "1: a tracked service has a [[deadline]], an immediate one (tracked",
        ),
        (DEADLINES, "", "1: a tracked service has a [[deadline]], an immediate one (tracked = false) has none"),
        (
            'kind = "goal"',
            'kind = "goal"\nwhen = { large = ["no"] }',
            "49: the last [[deadline]] must hold for every answer",
        ),
        ('when = { large = ["yes"] }\nbasis', "basis", "40: a [[deadline]] without “when” comes last: none after it"),
        (DEADLINES, "deadline = 3\n", "40: “deadline” is not a word of this file"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, right: str, wrong: str, told: str) -> None:
    assert CARD.count(right) == 1, "the mistake must be made in one place"
    found = mistakes(tmp_path, CARD.replace(right, wrong))
    assert any(line.startswith(told) for line in found), found


def test_two_papers_with_one_id_are_told(tmp_path: Path) -> None:
    paper = CARD[CARD.index("[[requirement]]") : CARD.index("[[deadline]]")]
    assert mistakes(tmp_path, CARD.replace(paper, paper + paper)) == ["41: two [[requirement]] have the id “plans”"]


def test_a_question_with_one_choice_or_a_text_with_choices_is_told(tmp_path: Path) -> None:
    reason = "a question of kind choice has two options or more, one of another kind has none"
    assert f"10: {reason}" in mistakes(tmp_path, CARD.replace('id = "large"', 'id = "large"\nkind = "text"'))
    assert f"23: {reason}" in mistakes(tmp_path, CARD.replace('kind = "text"', 'kind = "choice"'))


def test_a_list_where_tables_belong_is_told(tmp_path: Path) -> None:
    found = mistakes(tmp_path, f"requirement = [1]\n{CARD[: CARD.index('[[requirement]]')]}")
    assert "1: “requirement” must be tables written [[requirement]]" in found


def test_all_the_mistakes_of_all_the_cards_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_text(CARD.replace('code = "T-1"', "code = 1"), encoding="utf-8")
    (tmp_path / "other.toml").write_text(CARD.replace("days = 90", "days = 0"), encoding="utf-8")
    with pytest.raises(CatalogFault) as fault:
        read_catalog(tmp_path)
    assert str(fault.value).splitlines() == [
        f"{tmp_path / 'broken.toml'}:1: “code” must be a text in quotes",
        f"{tmp_path / 'other.toml'}:41: “days” must be a whole number, 1 or more",
    ]


def test_the_file_name_is_an_id(tmp_path: Path) -> None:
    told = "1: the file's name is the service's id: small letters and digits with single dashes between"
    assert mistakes(tmp_path, CARD, "Permis de bâtir.toml") == [told]


def test_what_is_not_toml_is_told_where_it_breaks(tmp_path: Path) -> None:
    assert mistakes(tmp_path, "tracked = true\ncode = oops\n")[0].startswith("2: ")
    assert mistakes(tmp_path, 'tracked = true\ncode = "oops')[0].startswith("2: ")


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    (tmp_path / "permit.toml").write_bytes('name = "Pièce"'.encode("latin-1"))
    with pytest.raises(CatalogFault, match="1: this file is not UTF-8 text"):
        read_catalog(tmp_path)


def test_a_card_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    (tmp_path / "permit.toml").mkdir()
    with pytest.raises(CatalogFault, match="cannot be read: Is a directory"):
        read_catalog(tmp_path)


def test_a_folder_without_cards_is_told(tmp_path: Path) -> None:
    with pytest.raises(CatalogFault, match="there is no card"):
        read_catalog(tmp_path)


SHARED = """\
[deed]
name = { ar = "عقد", fr = "Titre", en = "Deed" }
hint = { ar = "الأصل", fr = "L'original", en = "The original" }
where = { ar = "الإدارة", fr = "Au bureau", en = "At the office" }
why = { ar = "لأن", fr = "Parce que", en = "Because" }
source = "an office"
confidence = "G"
"""
WAYS = """\
[short]
source = "an office"
confidence = "M"

[[short.stage]]
id = "filed"
name = { ar = "إيداع", fr = "Déposé", en = "Filed" }
party = "counter"
clock = "running"
next = ["answered"]

[[short.stage]]
id = "answered"
name = { ar = "جواب", fr = "Réponse", en = "Answered" }
party = "counter"
clock = "ended"
"""
DEED = """\
[[requirement]]
paper = "deed"
copies = 2
source = "a law"
confidence = "N"
"""
PAPER = CARD[CARD.index("[[requirement]]") : CARD.index("[[deadline]]")]
SHARING = CARD.replace(STAGES, "").replace(PAPER, DEED).replace('code = "T-1"', 'code = "T-1"\nstages = "short"')


def share(folder: Path, papers: str = SHARED, ways: str = WAYS, groups: str = GROUPS) -> None:
    common(folder, "papers.toml", papers)
    common(folder, "stages.toml", ways)
    common(folder, "groups.toml", groups)


def test_a_paper_and_a_way_written_once_serve_every_card(tmp_path: Path) -> None:
    share(tmp_path)
    (tmp_path / "permit.toml").write_text(SHARING, encoding="utf-8")
    permit = read_catalog(tmp_path)["permit"]
    [deed] = permit.requirements
    assert (deed.id, deed.name.fr, deed.copies) == ("deed", "Titre", 2)
    assert deed.hint is not None
    assert deed.where is not None
    assert deed.why is not None
    assert (deed.hint.en, deed.where.en, deed.why.en) == ("The original", "At the office", "Because")
    assert deed.provenance.confidence is Confidence.NATIONAL
    assert permit.workflow is not None
    assert [stage.id for stage in permit.workflow.stages] == ["filed", "answered"]


def test_how_long_a_paper_need_not_be_given_again_stands_with_it_or_in_the_card(tmp_path: Path) -> None:
    year = 'valid_for = { days = 365, source = "s", confidence = "G" }\n'
    share(tmp_path, SHARED.replace("source =", year + "source =", 1))
    (tmp_path / "permit.toml").write_text(SHARING, encoding="utf-8")
    [deed] = read_catalog(tmp_path)["permit"].requirements
    assert deed.shared == "deed"
    assert deed.valid_for is not None
    assert (deed.valid_for.days, deed.valid_for.provenance.confidence) == (365, Confidence.GENERAL)
    month = year.replace("365", "30") + "copies = 2"
    (tmp_path / "permit.toml").write_text(SHARING.replace("copies = 2", month), encoding="utf-8")
    [deed] = read_catalog(tmp_path)["permit"].requirements
    assert deed.valid_for is not None
    assert deed.valid_for.days == 30


def test_what_a_card_says_of_a_shared_paper_goes_before(tmp_path: Path) -> None:
    share(tmp_path)
    own = 'id = "title"\nname = { ar = "ملكية", fr = "Propriété", en = "Title" }\n'
    own += 'hint = { ar = "نسخة", fr = "Une copie", en = "A copy" }\ncopies = 2'
    (tmp_path / "permit.toml").write_text(SHARING.replace("copies = 2", own), encoding="utf-8")
    [deed] = read_catalog(tmp_path)["permit"].requirements
    assert deed.hint is not None
    assert (deed.id, deed.name.en, deed.hint.en) == ("title", "Title", "A copy")


def test_conditions_and_the_delay_of_an_immediate_service_are_told(tmp_path: Path) -> None:
    text = '\ntext = { ar = "قول", fr = "Dit", en = "Told" }\nsource = "an office"\nconfidence = "M"\n'
    immediate = CARD.replace(STAGES, "").replace(DEADLINES, "").replace('code = "T-1"', 'code = "T-1"\ntracked = false')
    (tmp_path / "permit.toml").write_text(f"{immediate}[delay]{text}[[condition]]{text}", encoding="utf-8")
    common(tmp_path, "groups.toml", GROUPS)
    permit = read_catalog(tmp_path)["permit"]
    assert permit.delay is not None
    assert [permit.delay.text.en, *(each.text.en for each in permit.conditions)] == ["Told", "Told"]
    assert mistakes(tmp_path, f"{CARD}[delay]{text}") == [
        "73: [delay] says how soon an immediate service is done; a tracked one has [[deadline]]s"
    ]


@pytest.mark.parametrize(
    ("card", "told"),
    [
        (SHARING.replace('paper = "deed"', 'paper = "title"'), "32: “title” is not in common/papers.toml"),
        (SHARING.replace('"short"', '"long"'), "2: “long” is not in common/stages.toml"),
        (SHARING + STAGES, "2: “stages” stands in a tracked service that has no [[stage]] of its own"),
    ],
)
def test_what_is_not_shared_is_told(tmp_path: Path, card: str, told: str) -> None:
    share(tmp_path)
    assert mistakes(tmp_path, card) == [told]


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ('id = "building"', 'id = "Building"', "2: an id is small letters and digits with single dashes between"),
        ('services = ["permit"]', "services = []", "6: “services” must name the cards of this group"),
        ('services = ["permit"]', "services = []", "1: no [[group]] names “permit” among its services"),
        ('["permit"]', '["permit", "passport"]', "6: “passport” is not a card of this folder"),
        ('["permit"]', '["permit"]\nreview = ["de"]', "7: “review” lists the languages still to be reviewed"),
        ('["permit"]', '["permit"]\ncolour = 1', "7: “colour” is not a word of this file"),
        (GROUPS, GROUPS + GROUPS, "8: two [[group]] have the id “building”"),
        (GROUPS, GROUPS + "colour = 1\n[building]\n", "8: “building” is not a word of this file"),
    ],
)
def test_a_mistake_in_the_groups_is_told_with_its_line(tmp_path: Path, right: str, wrong: str, told: str) -> None:
    path = common(tmp_path, "groups.toml", GROUPS.replace(right, wrong, 1))
    (tmp_path / "permit.toml").write_text(CARD, encoding="utf-8")
    with pytest.raises(CatalogFault) as fault:
        read_catalog(tmp_path)
    assert [line for line in str(fault.value).splitlines() if line.startswith(f"{path}:{told}")], fault.value


def test_a_folder_without_groups_is_told(tmp_path: Path) -> None:
    (tmp_path / "permit.toml").write_text(CARD, encoding="utf-8")
    with pytest.raises(CatalogFault, match=r"groups\.toml: cannot be read: No such file"):
        read_catalog(tmp_path)


@pytest.mark.parametrize(
    ("papers", "ways", "told"),
    [
        (SHARED.replace("hint", "hints"), WAYS, "papers.toml:3: “hints” is not a word of this file"),
        (SHARED, WAYS.replace('clock = "ended"', 'clock = "over"'), "stages.toml:16: “clock” must be one of"),
        (SHARED, WAYS[: WAYS.index("[[")], "stages.toml:1: there is no [[….stage]] in it"),
    ],
)
def test_a_mistake_in_what_is_shared_is_told_with_its_line(tmp_path: Path, papers: str, ways: str, told: str) -> None:
    share(tmp_path, papers, ways)
    (tmp_path / "permit.toml").write_text(SHARING, encoding="utf-8")
    with pytest.raises(CatalogFault) as fault:
        read_catalog(tmp_path)
    assert [line for line in str(fault.value).splitlines() if told in line], fault.value


def test_either_every_option_has_a_picture_or_none_has(tmp_path: Path) -> None:
    one = CARD.replace('id = "yes"', 'id = "yes"\nicon = "check"')
    assert mistakes(tmp_path, one) == ["10: either every [[….option]] has an “icon”, or none has"]
