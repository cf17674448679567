"""Reading the town's places: the folder `places` beside the one of the cards, `neighbourhoods.toml` and `map.toml`.

As strict as a card, and for the same reason: a town hall writes them. A catalogue whose folder has none beside it has
no question that asks for a place.
"""

from collections.abc import Mapping

from civic.card_field import check_ids, take_id, take_if_told, take_provenance
from civic.language import Wording
from civic.toml_table import Folder, Table, TomlFile
from civic.town import NOWHERE, Area, Ground, Landmark, Line, Point, Town, TownMap, Way

FOLDER = "places"
_WHOLE_EARTH = (Point(-90, -180), Point(90, 180))


def read_town(folder: Folder, mistakes: list[str]) -> Town | None:
    """What lies in the folder; None when it is not there. Adds to the mistakes."""
    if not folder.is_dir():
        return None
    files = [TomlFile(folder / name) for name in ("neighbourhoods.toml", "map.toml")]
    listed = files[0].read()
    drawn = files[1].read() if files[1].path.exists() else None
    town = Town(
        neighbourhoods={} if listed is None else _neighbourhoods(listed),
        map=None if drawn is None else _map(drawn),
    )
    mistakes += [mistake for file in files for mistake in file.mistakes]
    return town


def _neighbourhoods(whole: Table) -> Mapping[str, Wording]:
    take_provenance(whole)
    named: list[tuple[str, Wording]] = []
    for table in whole.take_tables("neighbourhood"):
        named.append((take_id(table), table.take_wording("name")))
        if table.has("source"):
            take_provenance(table)
        table.finish()
    check_ids(whole, "neighbourhood", [each for each, _name in named])
    if not named:
        whole.blame("there is no [[neighbourhood]] in it")
    whole.finish()
    return dict(named)


def _map(whole: Table) -> TownMap:
    south_west, north_east, *more = whole.take_points("bounds", 2) or _WHOLE_EARTH
    if more or south_west.lat >= north_east.lat or south_west.lon >= north_east.lon:
        whole.blame("“bounds” is the south-west corner, then the north-east one", "bounds")
        south_west, north_east = _WHOLE_EARTH
    drawn = TownMap(
        south_west=south_west,
        north_east=north_east,
        schematic=whole.take_flag("schematic", False),
        credit=whole.take_wording("credit"),
        areas=tuple(_area(table) for table in whole.take_tables("area")),
        lines=tuple(_line(table) for table in whole.take_tables("line")),
        landmarks=tuple(_landmark(table) for table in whole.take_tables("landmark")),
    )
    for position, landmark in enumerate(drawn.landmarks):
        if landmark.at != NOWHERE and not drawn.holds(landmark.at):
            whole.blame("this landmark lies outside “bounds”", "landmark", position, "at")
    take_provenance(whole)
    whole.finish()
    return drawn


def _area(table: Table) -> Area:
    area = Area(table.take_word("ground", Ground), take_if_told(table, "name"), table.take_points("edge", 3))
    _end(table)
    return area


def _line(table: Table) -> Line:
    line = Line(table.take_word("way", Way), take_if_told(table, "name"), table.take_points("course", 2))
    _end(table)
    return line


def _landmark(table: Table) -> Landmark:
    landmark = Landmark(table.take_text("icon"), table.take_wording("name"), table.take_point("at"))
    _end(table)
    return landmark


def _end(table: Table) -> None:
    take_provenance(table)
    table.finish()
