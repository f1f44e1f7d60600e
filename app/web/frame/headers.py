"""The headers of every response: the security policy, and what caches may keep."""

from flask import Flask, Response, g, request

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
}


ONE_YEAR = "max-age=31536000"


def init_app(app: Flask) -> None:
    https_for = _https_for(app)

    @app.after_request
    def finish(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Referrer-Policy", "no-referrer" if g.get("holds_token") else "same-origin")
        if https_for:
            response.headers.setdefault("Strict-Transport-Security", https_for)
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store" if request.method == "POST" else "no-cache, private"
        response.vary.update(("Cookie", "Accept-Language", "HX-Request"))
        return response


def _https_for(app: Flask) -> str:
    """Say to whom browsers shall speak by https alone, and how long; nothing of a site that is not served so.

    The hosts below the site's may be somebody else's, and without https: no browser is told of them unless asked to.
    """
    if not app.config["SITE_URL"].startswith("https://"):
        return ""
    return f"{ONE_YEAR}; includeSubDomains" if app.config["HSTS_SUBDOMAINS"] else ONE_YEAR
