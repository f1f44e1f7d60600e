"""The charter: everybody reads every version, coordinators write the next one, members accept it when it changed."""

from tests.matrix import ON_PAGE, Row

EDIT, EDITED = "303 anyone; 200 coordinator; 403 *", "401 anyone; 303 coordinator; 403 *"
NEXT = {"body": "## Une règle\n\nParlez de ce que vous vivez.", "body_en": "", "summary": "Une seule règle."} | ON_PAGE
TABLE = [
    Row("GET /charter", "", "200 *"),
    Row("GET /charter/versions", "", "200 *"),
    Row("GET /charter/versions/<id:number>", "", "200 *"),
    Row("GET /charter/edit", "", EDIT),
    Row("POST /charter/edit", "", EDITED, "documents consents users journal", NEXT | {"asks_again": "y"}),
    Row("POST /charter/preview", "", "401 anyone; 200 coordinator; 403 *", data={"text": "Un **aperçu**."}),
    Row("GET /charter/acceptance", "", "303 *"),
    Row("POST /charter/acceptance", "", "401 anyone; 303 *", data={"charter_accepted": "1"}),
]
