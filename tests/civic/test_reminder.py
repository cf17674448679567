"""The number of a reminder is read out and typed by people."""

from civic.reminder import reminder_number


def test_a_reminder_is_named_by_its_kiosk_and_its_place_there() -> None:
    assert reminder_number(14, 7) == "014-00007"
    assert reminder_number(999, 99_999) == "999-99999"
