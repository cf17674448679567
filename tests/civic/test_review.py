"""Whoever reads the wordings again finds each one in doubt, and none that is sure."""

from pathlib import Path

from civic.language import Language
from civic.review import doubts

CARD = """\
name = { ar = "رخصة", fr = "Permis", en = "Permit" }
words = ["دار"]
source = "an office"
confidence = "N"
review = ["ar", "en"]

[[question]]
id = "large"
text = { ar = "كبير؟", fr = "Grand ?", en = "Large?" }

[[question.option]]
id = "yes"
text = { ar = "نعم", fr = "Oui", en = "Yes" }

[[condition]]
text = { ar = "شرط", fr = "Condition", en = "Condition" }
source = "a law"
confidence = "N"
review = ["fr"]

[fee]
text = { ar = "مجاني", fr = "gratuit", en = "free" }
source = "a law"
confidence = "N"
"""
PAPERS = """\
[deed]
name = { ar = "عقد", fr = "Titre", en = "Deed" }
source = "a law"
confidence = "N"
review = ["ar"]
"""


def test_every_wording_in_doubt_is_named_with_its_place_and_language(tmp_path: Path) -> None:
    (tmp_path / "permit.toml").write_text(CARD, encoding="utf-8")
    (tmp_path / "common").mkdir()
    (tmp_path / "common" / "papers.toml").write_text(PAPERS, encoding="utf-8")
    assert [(each.path.name, each.field, each.language, each.text) for each in doubts(tmp_path)] == [
        ("permit.toml", "name", Language.ARABIC, "رخصة"),
        ("permit.toml", "name", Language.ENGLISH, "Permit"),
        ("permit.toml", "question large: text", Language.ARABIC, "كبير؟"),
        ("permit.toml", "question large: text", Language.ENGLISH, "Large?"),
        ("permit.toml", "question large option yes: text", Language.ARABIC, "نعم"),
        ("permit.toml", "question large option yes: text", Language.ENGLISH, "Yes"),
        ("permit.toml", "condition 1: text", Language.FRENCH, "Condition"),
        ("papers.toml", "deed: name", Language.ARABIC, "عقد"),
    ]
