"""A QR code: a text that the camera of a phone reads."""

import base64

import qrcode
from qrcode.image.svg import SvgPathFillImage


def draw(text: str) -> str:
    """Return the address of an image, which holds it; it is drawn on white, for a camera to read it on a dark page."""
    image = qrcode.make(text, image_factory=SvgPathFillImage)
    return "data:image/svg+xml;base64," + base64.b64encode(image.to_string()).decode()
