"""The public pages, one address of each kind, and how each is written in another language."""

LANGUAGES = ("en", "es", "pt")

SEARCH = "/services?q=cnc"
FILTERED = "/services?q=cnc&form=workforce-training"
NOTHING_FOUND = "/services?q=cnc&form=marketing&cost=loan"
UNCERTAIN_LISTING = "/services/massmep-cnc"
LISTING_WITH_MANY_INDUSTRIES = "/services/massmep-quality"

SHORTLIST = "/shortlist?service=massmep-lean&service=das-sponsor&service=ampitup"
COMPARISON = "/compare?service=massmep-lean&service=das-sponsor&service=massmedic-member"
KEPT = "saved=massmep-lean&saved=das-sponsor"

ANSWERS = (
    "audience=sme&budget=limited&county=Worcester&delivery=on-site&employees=25"
    "&industry=332710&need=quality-certificate&need=training-money&v=1"
)
PLAN = f"/find/results?{ANSWERS}"
EMAIL = f"/find/email?{ANSWERS}"  # the one page that sets a cookie: it is asked for

BAD_INPUT = "/services?near=99999&form=nonsense"

MAIN_PAGES = ("/", FILTERED, LISTING_WITH_MANY_INDUSTRIES, "/organizations")

STATUS_OF_PAGE = {
    "/": 200,
    "/services": 200,
    FILTERED: 200,
    NOTHING_FOUND: 200,
    "/services?q=machning": 200,
    BAD_INPUT: 400,
    "/services?q=%00": 400,
    UNCERTAIN_LISTING: 200,
    LISTING_WITH_MANY_INDUSTRIES: 200,
    "/organizations": 200,
    "/organizations/massmep": 200,
    "/for/sme": 200,
    "/for/startup": 200,
    "/for/oem": 200,
    "/for/university": 200,
    "/freshness": 200,
    "/regions": 200,
    f"{SEARCH}&{KEPT}": 200,
    SHORTLIST: 200,
    "/shortlist": 200,
    COMPARISON: 200,
    "/compare": 200,
    "/compare?service=massmep-lean": 200,
    "/find/need": 200,
    "/find/need?go=1&need=none&need=scrap": 200,
    "/find/company?employees=twelve&need=scrap&v=1": 200,
    f"/find/place?{ANSWERS}": 200,
    f"/find/industry?{ANSWERS}": 200,
    f"/find/means?{ANSWERS}": 200,
    PLAN: 200,
    "/find/results?audience=sme&employees=120&need=none&v=1": 200,
    EMAIL: 200,
    "/find/coverage": 200,
    "/how-ranking-works": 200,
    "/accessibility": 200,
    "/privacy": 200,
    "/nowhere": 404,
}

# Chrome tells the console when a page it opens is one of errors.
ERROR_PAGES = ("status of 400", "status of 404")


def in_language(path: str, language: str) -> str:
    """Write an address for a language; English has no prefix."""
    return path if language == "en" else f"/{language}{path}"
