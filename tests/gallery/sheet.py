"""The contact sheet: every picture once, a line for each state, a column for each language."""

from collections.abc import Iterable
from html import escape
from pathlib import Path

from civic.language import Language

_HEAD = """<!doctype html><meta charset="utf-8"><title>The citizen space, in pictures</title><style>
body{font:15px/1.4 "Noto Sans",sans-serif;background:#f7f2e8;color:#12303a;margin:24px}
h2{margin:40px 0 8px}nav a{margin-inline-end:18px;color:#0b6e6e}
section{display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:10px 16px;max-width:1500px}
h3{grid-column:1/-1;margin:18px 0 0;font-size:15px;border-top:1px solid #d9cfbd;padding-top:10px}
img{width:100%;border:1px solid #d9cfbd;background:#fff}
</style><h1>The citizen space, in pictures</h1>
"""


class Sheet:
    """Pictures go to `folder/ROOM/NN-state.LANGUAGE.png`; `write` lays them out in the order they came."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._rooms: dict[str, dict[str, list[Path]]] = {}

    def place(self, room: str, state: str, language: Language) -> Path:
        """Where the picture of that state goes."""
        states = self._rooms.setdefault(room, {})
        pictures = states.setdefault(state, [])
        nth = list(states).index(state) + 1
        path = self._folder / room / f"{nth:02}-{state}.{language.value}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        pictures.append(path)
        return path

    @property
    def count(self) -> int:
        return sum(len(pictures) for states in self._rooms.values() for pictures in states.values())

    def write(self) -> Path:
        links = "".join(f'<a href="#{room}">{escape(room)}</a>' for room in self._rooms)
        rooms = "".join(self._room(room, states.items()) for room, states in self._rooms.items())
        page = self._folder / "index.html"
        page.write_text(f"{_HEAD}<nav>{links}</nav>{rooms}", encoding="utf-8")
        return page

    def _room(self, room: str, states: Iterable[tuple[str, list[Path]]]) -> str:
        lines = "".join(f"<h3>{escape(state)}</h3>{''.join(map(self._picture, paths))}" for state, paths in states)
        return f'<h2 id="{room}">{escape(room)}</h2><section>{lines}</section>'

    def _picture(self, path: Path) -> str:
        address = escape(path.relative_to(self._folder).as_posix())
        return f'<a href="{address}"><img loading="lazy" src="{address}" alt="{escape(path.stem)}"></a>'
