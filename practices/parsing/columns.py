"""Which column of a practice list is which: the published files name them differently over the years."""

from practices.parsing.refusals import Refusal, Refused

# Our name for a column to the names that the published files give it.
REQUIRED = {
    "code": ("PracticeCode",),
    "name": ("GPPracticeName",),
    "patients": ("PracticeListSize", "Listsize"),
    "address1": ("AddressLine1",),
    "address2": ("AddressLine2",),
    "address3": ("AddressLine3",),
    "address4": ("AddressLine4",),
    "postcode": ("Postcode",),
    "phone": ("TelephoneNumber",),
    "contract": ("PracticeType",),
    "board": ("HB",),
    "hscp": ("HSCP",),
}
# GPCluster is not in files before July 2019. Others (`_id`, `Dispensing`) carry nothing that is kept.
OPTIONAL = {"data_zone": ("DataZone",), "cluster": ("GPCluster",)}
# What the file of list sizes by age has, which is published beside it.
SIBLING = ("Sex", "AllAges")


def columns_of(line: int, header: list[str]) -> dict[str, int]:
    """Our column names to their place. Raises Refused for columns that are missing or there twice."""
    seen = [cell.strip().casefold() for cell in header]
    found = {
        ours: seen.index(name.casefold())
        for ours, names in (REQUIRED | OPTIONAL).items()
        for name in reversed(names)
        if name.casefold() in seen
    }
    missing = [names[0] for ours, names in REQUIRED.items() if ours not in found]
    wrong = [Refusal(line, name, "", _why_missing(header, seen, len(missing))) for name in missing]
    wrong += [
        Refusal(line, header[place], header[place], "This column is there twice.")
        for place in found.values()
        if seen.count(seen[place]) > 1
    ]
    if wrong:
        raise Refused(*wrong)
    return found


def _why_missing(header: list[str], seen: list[str], how_many: int) -> str:
    if all(name.casefold() in seen for name in SIBLING):
        return "This column is missing. The file looks like the list sizes by age: take the one with contact details."
    if len(header) == 1 and any(mark in header[0] for mark in ";\t|"):
        return "This column is missing. The columns are not parted by commas: save the file as comma delimited."
    if how_many == len(REQUIRED):
        return "This column is missing. The first line must hold the column names."
    return "This column is missing."
