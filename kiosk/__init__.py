"""The hall terminal: takes requests, scans papers, prints a receipt that is true, and syncs when it can."""

import os
from pathlib import Path

_NO_MODELS = Path(__file__).parent.parent / "assets" / "printers" / "escpos.json"

# python-escpos parses, at each start and for a quarter of a second, a list of printer models that are of no use here:
# what a model can do stands beside this file. It must be said before the library is imported.
os.environ.setdefault("ESCPOS_CAPABILITIES_FILE", str(_NO_MODELS))
