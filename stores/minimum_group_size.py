"""Groups of which numbers may be told: those over at least SMALLEST_GROUP members.

Others are left out before anything leaves MongoDB. Members are counted and not repeats, for a hundred decisions about
one member would single that member out.
"""

from policy.limits import SMALLEST_GROUP
from stores.codecs import Document


def groups_to_tell(by: Document, member: str) -> list[Document]:
    """Stages to the groups by ``by``, in the order of their names: how much each holds, over how many ``member``s."""
    return [
        {"$group": {"_id": {"group": by, "member": member}, "count": {"$sum": 1}}},
        {"$group": {"_id": "$_id.group", "count": {"$sum": "$count"}, "members": {"$sum": 1}}},
        {"$match": {"members": {"$gte": SMALLEST_GROUP}}},
        {"$sort": {"_id": 1}},
    ]
