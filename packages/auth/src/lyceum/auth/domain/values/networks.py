"""Where a request comes from, coarsely enough that one household or office is one network."""

import ipaddress
from dataclasses import dataclass

UNKNOWN_NETWORK = "unknown"
IPV4_PREFIX = 24
IPV6_PREFIX = 48


def network_of(address: str) -> str:
    """The /24 (IPv4) or /48 (IPv6) network of a client address; `unknown` for what is not an address.

    One subscriber usually has a whole /48 to /64 of IPv6 addresses, so a finer prefix would count nothing. An IPv4
    address in IPv6 clothes (RFC 4291 section 2.5.5.2) is treated as IPv4.
    """
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return UNKNOWN_NETWORK
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is not None:
        parsed = parsed.ipv4_mapped
    prefix = IPV4_PREFIX if parsed.version == 4 else IPV6_PREFIX
    return str(ipaddress.ip_network((parsed, prefix), strict=False))


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a sign-in comes from: the network, and the device if the browser brought a device token.

    `device` is the hexadecimal fingerprint of that token, which lives in a long-lived cookie of its own.
    """

    network: str
    device: str | None = None
