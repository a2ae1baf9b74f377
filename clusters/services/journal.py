"""What a practice list did to which rows, so that it can be undone: as small as it can be kept.

A changed row is kept by its changed fields, before and after; a removed one whole. Of a row that the list brought the
id is enough, with a mark of its values that tells whether somebody has changed it since.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from clusters.selectors.journals import marks_of, plain

Values = dict[str, Any]


class Journal:
    """Gathers rows while a list is applied. A row that is noted twice keeps its first before and its last after."""

    def __init__(self) -> None:
        self._brought: dict[str, dict[int, Model]] = defaultdict(dict)
        self._changed: dict[str, dict[int, dict[str, list[Any]]]] = defaultdict(lambda: defaultdict(dict))
        self._removed: dict[str, list[Values]] = defaultdict(list)

    def brought(self, rows: Iterable[Model]) -> None:
        """New rows, saved already."""
        for row in rows:
            self._brought[row._meta.label_lower][row.pk] = row

    def changed(self, row: Model, before: Values) -> None:
        """A row whose fields were as in the snapshot `before`."""
        label = row._meta.label_lower
        if row.pk in self._brought[label]:
            self._brought[label][row.pk] = row
            return
        for field in row._meta.concrete_fields:
            was, now = before[field.attname], getattr(row, field.attname)
            if was != now:
                first = self._changed[label][row.pk].setdefault(field.attname, [plain(was), None])
                first[1] = plain(now)

    def removed(self, row: Model) -> None:
        """A row that is about to be deleted."""
        values = {field.attname: plain(getattr(row, field.attname)) for field in row._meta.concrete_fields}
        self._removed[row._meta.label_lower].append(values)

    def as_json(self) -> Values:
        """What `PracticeList.journal` keeps."""
        return {
            "brought": {label: _ids_and_marks(rows) for label, rows in self._brought.items() if rows},
            "changed": {label: kept for label, rows in self._changed.items() if (kept := _really_changed(rows))},
            "removed": dict(self._removed),
        }


def _really_changed(rows: dict[int, dict[str, list[Any]]]) -> Values:
    """Without fields that came back to what they were."""
    fields = {
        str(pk): {name: both for name, both in changes.items() if both[0] != both[1]} for pk, changes in rows.items()
    }
    return {pk: changes for pk, changes in fields.items() if changes}


def _ids_and_marks(rows: dict[int, Model]) -> Values:
    in_order = [rows[pk] for pk in sorted(rows)]
    spans: list[list[int]] = []
    for row in in_order:
        if spans and spans[-1][1] == row.pk - 1:
            spans[-1][1] = row.pk
        else:
            spans.append([row.pk, row.pk])
    return {"spans": spans, "marks": "".join(marks_of(in_order))}
