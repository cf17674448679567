"""What is said to an agent of a page its citizen kept although the kiosk found something wrong with it."""

from central.language import Translator
from civic.remark import Remark


def remark_title(remark: Remark, _: Translator) -> str:
    """In the words the citizen was told: both can speak of the same thing."""
    return {
        Remark.BLANK: _("This page is empty"),
        Remark.TOO_DARK: _("This page is too dark"),
        Remark.BLURRED: _("This page is blurred"),
        Remark.CUT_TOP: _("The top of the page is cut"),
        Remark.CUT_RIGHT: _("The right side of the page is cut"),
        Remark.CUT_BOTTOM: _("The bottom of the page is cut"),
        Remark.CUT_LEFT: _("The left side of the page is cut"),
    }[remark]
