"""What the first frame of a kiosk does not need is loaded when something is first asked of it, behind that frame."""

from importlib import import_module
from types import ModuleType
from typing import Any


class Later(ModuleType):
    """Stands for the module of that name until then. From any thread: Python loads a module once."""

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self.__name__), name)
