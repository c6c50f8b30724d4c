"""Foreseeable failures, each told in one sentence that says what to do."""

import errno
import re

NO_NETWORK = (
    "The packages could not be downloaded: connect to the internet "
    "(behind a proxy, set HTTPS_PROXY) and run this again."
)
NOT_TRUSTED = (
    "The certificate of the download server is not trusted here: "
    "set SSL_CERT_FILE to your organization's certificate bundle and run this again."
)
WRONG_HASH = (
    "A downloaded package is not the one that is locked, so it was not installed: run this again "
    "on another network, and tell the maintainers if it happens there too."
)
DISK_FULL = "The disk is full: free about 2 GB and run this again."
READ_ONLY = (
    "This folder cannot be written to: copy the project into a folder of your own "
    "and run this again there."
)
NO_ENSUREPIP = (
    "This Python cannot make virtual environments: install its venv package "
    "(Debian, Ubuntu: apt install python3-venv) and run this again."
)

# What pip, uv and npm print, most telling first: a full disk also breaks downloads.
SIGNS = (
    (DISK_FULL, r"no space left on device|os error 28\b|\bENOSPC\b|disk quota exceeded"),
    (READ_ONLY, r"read-only file system|permission denied|\bEACCES\b|\bEROFS\b"),
    (WRONG_HASH, r"do not match the hashes|hash mismatch|\bEINTEGRITY\b"),
    (NOT_TRUSTED, r"certificate verify failed|invalid peer certificate|unable to get local issuer"),
    (
        NO_NETWORK,
        r"failed to establish a new connection|name resolution|dns error|error sending request"
        r"|tcp connect error|could not connect|connection (refused|reset|timed out)"
        r"|network is unreachable|cannot connect to proxy|tunnel(ing)? (socket|connection|error)"
        r"|read timed out|operation timed out|connecttimeout"
        r"|\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT)\b",
    ),
)


class Stop(Exception):  # noqa: N818 - it ends the run with a sentence; mostly nobody made an error
    """End the command with one sentence for the person at the keyboard."""


def explain_output(output: str, task: str) -> str:
    """Turn what a failed tool printed into one sentence.

    Args:
        output: all that the tool printed, both streams.
        task: what it was asked for, as a sentence's subject ("Installing packages").
    """
    for sentence, sign in SIGNS:
        if re.search(sign, output, re.IGNORECASE):
            return sentence
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    last = lines[-1].rstrip(".") if lines else "it said nothing"
    return f"{task} failed: {last}; all that was printed is in .setup/last.log."


def explain_signal(number: int, task: str) -> str:
    """Turn a tool's sudden end into one sentence."""
    return f"{task} was ended by signal {number}: if memory ran out, free some; run this again."


def explain_os_error(error: OSError) -> str:
    """Turn a failed file operation into one sentence."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DISK_FULL
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return READ_ONLY
    return f"The set-up could not go on ({error}): mend this and run it again."


def explain_bind_error(error: OSError, host: str, port: int) -> str:
    """Turn a refused address into one sentence."""
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is in use: stop what runs there, or choose another with --port."
    if error.errno == errno.EACCES:
        return f"Port {port} is reserved for root: choose one above 1023 with --port."
    return f"{host} is not an address of this machine: choose another with --host."
