"""The terms of a promise: the delay as the receipt says it, kept with the file, whatever later cards say."""

from collections.abc import Mapping
from typing import Any

from civic.deadline import Deadline, DeadlineKind
from civic.language import Wording


def terms_of(deadline: Deadline) -> dict[str, Any]:
    basis = deadline.basis
    return {
        "days": deadline.days,
        "kind": deadline.kind.value,
        "basis": {"ar": basis.ar, "fr": basis.fr, "en": basis.en},
        "starts_complete": deadline.starts_complete,
    }


def read_terms(kept: Mapping[str, Any]) -> Deadline:
    """It holds for this file, whatever was answered."""
    return Deadline(kept["days"], DeadlineKind(kept["kind"]), Wording(**kept["basis"]), {}, kept["starts_complete"])
