"""Nobody but a kiosk speaks in its name: not later, not with another body, not with half of what it signed."""

from datetime import UTC, datetime

import pytest
import requests
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from sync.messages import CodeFault, Enrolment, EnrolmentCode, MessageFault
from sync.signing import KioskKey, SignatureFault, claimed_key, hear, is_signed, key_id

NOW = datetime(2026, 11, 23, 8, 41, tzinfo=UTC)
KEY, OTHER = KioskKey.make(), KioskKey.make()


def a_request(method: str = "POST", body: bytes = b"a fact") -> requests.PreparedRequest:
    request = requests.Request(method, "http://centre.test/exchange/events", data=body).prepare()
    KEY.sign_request(request, body, NOW, NOW)
    return request


def test_a_request_says_whose_it_is_and_when_it_was_made() -> None:
    request = a_request()
    spoken = hear(request, KEY.public)
    assert claimed_key(request) == spoken.key_id == KEY.id == key_id(KEY.public)
    assert spoken.created == spoken.clock == NOW
    assert spoken.holds(b"a fact")
    assert not spoken.holds(b"another")


def test_no_two_requests_are_the_same() -> None:
    assert hear(a_request(), KEY.public).nonce != hear(a_request(), KEY.public).nonce


@pytest.mark.parametrize("name", ["Signature", "Signature-Input", "Content-Digest", "Date"])
def test_a_header_taken_away_or_changed_is_seen(name: str) -> None:
    taken, changed = a_request(), a_request()
    del taken.headers[name]
    with pytest.raises(SignatureFault):
        hear(taken, KEY.public)
    changed.headers[name] = a_request("PUT", b"something else").headers[name].replace("2026", "2027")
    with pytest.raises(SignatureFault):
        hear(changed, KEY.public)


def test_another_method_or_another_place_is_seen() -> None:
    for method, url in (("PUT", "http://centre.test/exchange/events"), ("POST", "http://centre.test/exchange/follow")):
        request = a_request()
        request.method, request.url = method, url
        with pytest.raises(SignatureFault):
            hear(request, KEY.public)


def test_the_host_is_the_proxys_business() -> None:
    request = a_request()
    request.url = "http://10.0.0.5:8080/exchange/events"
    assert hear(request, KEY.public).created == NOW


def test_a_signature_that_covers_less_than_is_asked_is_none() -> None:
    request = a_request()
    request.headers["Signature-Input"] = request.headers["Signature-Input"].replace(
        '"content-digest"', '"content-length"'
    )
    with pytest.raises(SignatureFault):
        hear(request, KEY.public)


@pytest.mark.parametrize("nonce", ["", "x" * 101])
def test_a_request_has_a_name_of_its_own(nonce: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sync.signing.secrets.token_urlsafe", lambda _size: nonce)
    with pytest.raises(SignatureFault):
        hear(a_request(), KEY.public)


def test_another_key_is_not_believed() -> None:
    with pytest.raises(SignatureFault):
        hear(a_request(), OTHER.public)


@pytest.mark.parametrize("said", ["", "kiosk", "kiosk=5", "kiosk=()", 'other=();keyid="a"', "\xff"])
def test_a_request_that_names_no_key_is_not_signed(said: str) -> None:
    request = a_request()
    request.headers["Signature-Input"] = said
    with pytest.raises(SignatureFault):
        claimed_key(request)


def test_only_its_own_statement_is_signed() -> None:
    signature = KEY.sign(b"statement")
    assert is_signed(KEY.public, b"statement", signature)
    assert not is_signed(KEY.public, b"statements", signature)
    assert not is_signed(OTHER.public, b"statement", signature)
    assert not is_signed(b"no key", b"statement", signature)


def test_a_key_is_kept_in_the_form_every_tool_reads() -> None:
    again = KioskKey.from_pem(KEY.to_pem())
    assert KEY.to_pem().startswith(b"-----BEGIN PRIVATE KEY-----")
    assert again.public == KEY.public
    curve = generate_private_key(SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    for wrong in (b"", curve):
        with pytest.raises(ValueError, match=r"key|PEM"):
            KioskKey.from_pem(wrong)


def test_a_code_is_typed_as_it_is_read_aloud() -> None:
    code = EnrolmentCode.draw()
    assert EnrolmentCode.parse(str(code)) == EnrolmentCode.parse(f"{code.digits[:5]}-{code.digits[5:]} ") == code
    assert code.digits not in repr(code)


def test_a_slip_of_the_finger_is_seen_before_anybody_is_asked() -> None:
    code = EnrolmentCode("1234567811")
    right = next(f"12345678{check:02}" for check in range(100) if not _wrong(f"12345678{check:02}"))
    assert EnrolmentCode.parse(right).digits == right != code.digits
    for place in range(10):
        slip = right[:place] + str((int(right[place]) + 1) % 10) + right[place + 1 :]
        with pytest.raises(CodeFault, match="check digits"):
            EnrolmentCode.parse(slip)
    for short in ("", "123", "12345678901", "12345 6789x"):
        with pytest.raises(CodeFault, match="ten digits"):
            EnrolmentCode.parse(short)


def _wrong(digits: str) -> bool:
    try:
        EnrolmentCode.parse(digits)
    except CodeFault:
        return True
    return False


def test_an_enrolment_arrives_as_it_was_asked() -> None:
    asked = Enrolment(14, EnrolmentCode.draw(), KEY.public)
    assert Enrolment.from_json(asked.to_json()) == asked
    assert asked.code.digits not in repr(asked)
    for wrong in (
        {"kiosk": "14"},
        {"kiosk": -1},
        {"code": "1"},
        {"code": 1},
        {"key": "ab"},
        {"key": "xy"},
        {"key": None},
    ):
        with pytest.raises(MessageFault):
            Enrolment.from_json({**asked.to_json(), **wrong})
