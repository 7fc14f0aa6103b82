"""Why pip failed, in a sentence: read from what pip said."""

from dataclasses import dataclass
from pathlib import Path

from simulator.first_start.environment import SetUpFailed


@dataclass(frozen=True, slots=True)
class _Failure:
    signs: tuple[str, ...]
    sentence: str
    offline: bool = False


FAILURES = (
    _Failure(
        ("DO NOT MATCH THE HASHES", "Hashes are required"),
        "A package is not the one that requirements.lock names, so nothing was installed. "
        "Get Second Round anew; if it happens again, tell whoever runs your package index.",
    ),
    _Failure(("No space left on device",), "The disk is full. Make room for about 400 MB and start again."),
    _Failure(
        ("CERTIFICATE_VERIFY_FAILED", "SSLError"),
        "The package index cannot be reached safely: its certificate is not trusted here. "
        "In a network with a certificate of its own, tell pip: pip config set global.cert FILE",
    ),
    _Failure(
        ("ProxyError", "Proxy Authentication Required"),
        "The proxy of this network refused. Tell pip of it: pip config set global.proxy ADDRESS",
    ),
    _Failure(
        ("401 Error", "403 Error", "401 Client Error", "403 Client Error"),
        "The package index of your pip settings refused to give packages. 'pip config list' shows it.",
    ),
    _Failure(
        (
            "NewConnectionError",
            "NameResolutionError",
            "ConnectTimeoutError",
            "Failed to establish a new connection",
            "Max retries exceeded",
            "Read timed out",
            "Network is unreachable",
            "Retrying (",
        ),
        "The package index cannot be reached. The first start needs the network, later ones do not: "
        "connect and start again.",
        offline=True,
    ),
    _Failure(
        ("No matching distribution found", "Failed building wheel", "Failed to build", "metadata-generation-failed"),
        "A package is not to be had for this system with this Python. Try another Python, from 3.11 to 3.14, 64 bit.",
    ),
)
"""What pip says (the English words of its own messages, stable since 2020) and what to tell. The first that fits."""


def reason(output: str, log: Path) -> SetUpFailed:
    """The failure to raise for pip's `output`; it names the `log`."""
    for failure in FAILURES:
        if any(sign in output for sign in failure.signs):
            return SetUpFailed(f"{failure.sentence}\nWhat pip said is in {log}", failure.offline)
    return SetUpFailed(f"The packages could not be installed.\nWhat pip said is in {log}")
