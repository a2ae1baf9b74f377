"""What happened in the year, as tables: meetings and plans by cluster, and what went up the ladder."""

from portal.demo.year import aspen, birch, blackthorn, hawthorn, juniper, larch, rowan, sycamore, whin

TOLD = {
    "rowan": rowan,
    "larch": larch,
    "juniper": juniper,
    "sycamore": sycamore,
    "hawthorn": hawthorn,
    "aspen": aspen,
    "blackthorn": blackthorn,
    "birch": birch,
    "whin": whin,
}
MEETINGS = {key: told.MEETINGS for key, told in TOLD.items()}
PLANS = [plan for told in TOLD.values() for plan in getattr(told, "PLANS", ())]
