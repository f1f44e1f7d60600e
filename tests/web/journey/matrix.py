"""The journey of an idea, which whoever reads the idea reads."""

from tests.matrix import TEAM, Row

ROUTES = [
    Row(f"GET /ideas/<id:idea_id>/journey{end}", states, f"200 {readers}; 404 *")
    for end in ("", ".json")
    for states, readers in (
        ("published locked withdrawn archived merged", "*"),
        ("private", "member author coordinator"),
        ("draft deleted", ""),
        ("pending hidden", TEAM),
    )
]
PAGES = {"anyone": lambda square: [f"/ideas/{square.ideas['published'].id}/journey"]}
