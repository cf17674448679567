"""The number of a reminder: the paper that proves somebody asked why their file is late."""


def reminder_number(kiosk: int, nth: int) -> str:
    """The kiosk, then how many it has given, as people read it out: 014-00007. It opens nothing."""
    return f"{kiosk:03}-{nth:05}"
