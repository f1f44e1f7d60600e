"""From which network a request comes, however a proxy writes it, and whether it was sent to us."""

from collections.abc import Callable

import pytest
from flask import Flask

from app import _trust_proxies
from app.web.frame import network
from tests.support.browser import Browser

SAME = {
    "192.0.2.1": ("192.0.2.1:567", "192.0.2.1:80", " 192.0.2.1 ", "::ffff:192.0.2.1", "[::ffff:192.0.2.1]:9"),
    "2001:db8::1": ("[2001:db8::1]", "[2001:db8::1]:443", "2001:db8::2", "2001:DB8:0:0:ffff::", "2001:db8::1%eth0"),
    "unknown": ("", "1.2.3", "]]::[", "unix:", "a, b", "é", "_hidden", "1.2.3.4.5:6", "[]:1", "9" * 4000),
}


@pytest.mark.parametrize("address", SAME)
def test_a_network_has_one_key_however_it_is_written(address: str) -> None:
    assert {network.key_of_ip(other) for other in SAME[address]} == {network.key_of_ip(address)}
    assert len({network.key_of_ip(one) for one in SAME}) == len(SAME)


@pytest.mark.parametrize(
    "host, is_ours",
    [
        ("example.org", True),
        ("Example.ORG", True),
        ("EXAMPLE.org:8000", True),
        ("example.org.", True),
        ("example.org.:80", True),
        ("[::1]", True),
        ("[::1]:8000", True),
        ("[0:0::1]:8000", True),
        ("other.org", False),
        ("example.org.evil.org", False),
        ("evil-example.org", False),
        ("example.org@evil.org", False),
        ("[::2]", False),
        ("::1", False),
        ("", False),
        ("example.org:0", False),
        ("example.org:99999", False),
        ("example.org..", False),
        ("[zz]", False),
        ("example.org/", False),
        ("exa\u212aple.org", False),
    ],
)
def test_a_host_is_ours_whatever_its_case_and_its_port(host: str, is_ours: bool) -> None:
    assert network.is_one_of(host, ["Example.org", "[::1]"]) is is_ours


@pytest.mark.one_engine
@pytest.mark.parametrize("host", ["LocalHost", "localhost:5000", "LOCALHOST.", "[::1]:8000"])
def test_a_page_is_given_whatever_the_case_of_the_host(
    app: Flask, new_browser: Callable[[], Browser], host: str
) -> None:
    assert new_browser().get("/", headers={"Host": host}).status_code == 200
    assert new_browser().get("/", headers={"Host": f"{host}x"}).status_code == 400


@pytest.mark.parametrize(
    "proxies, key", [(0, "address:127.0.0.1"), (1, "address:2001:db8::/64"), (2, "address:192.0.2.7")]
)
def test_an_address_is_that_which_the_last_proxy_of_ours_wrote(proxies: int, key: str) -> None:
    app = Flask("keys")
    app.add_url_rule("/", "key", network.network_key)
    _trust_proxies(app, proxies)
    forwarded = {"X-Forwarded-For": "203.0.113.1,192.0.2.7:5067 ,  [2001:db8::5]:443"}
    assert app.test_client().get("/", headers=forwarded).text == key
