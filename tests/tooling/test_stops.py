"""Failures in one sentence; the outputs are what the tools printed when it happened."""

import errno

import pytest

from tooling.stops import (
    DISK_FULL,
    NO_NETWORK,
    NOT_TRUSTED,
    READ_ONLY,
    WRONG_HASH,
    explain_bind_error,
    explain_os_error,
    explain_output,
    explain_signal,
)

PIP_OFFLINE = (
    "WARNING: Retrying after connection broken by 'NewConnectionError: Failed to establish a new "
    "connection: [Errno -3] Temporary failure in name resolution': /simple/uv/\n"
    "ERROR: No matching distribution found for uv==0.13.9"
)
UV_OFFLINE = (
    "error: Request failed after 3 retries in 3.6s\n"
    "  cause: error sending request for url (…)\n  cause: client error (Connect)\n"
)
PIP_HASH = "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE."
PIP_TLS = (
    "Could not fetch URL: There was a problem confirming the ssl certificate: "
    "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed"
)
UV_TLS = "cause: client error (Connect)\n  cause: invalid peer certificate: UnknownIssuer"


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        (PIP_OFFLINE, NO_NETWORK),
        (UV_OFFLINE, NO_NETWORK),
        ("npm error code EAI_AGAIN\nnpm error syscall getaddrinfo", NO_NETWORK),
        ("npm error code ECONNREFUSED", NO_NETWORK),
        (PIP_HASH, WRONG_HASH),
        ("error: Hash mismatch for `numpy==2.4.6`", WRONG_HASH),
        ("npm error code EINTEGRITY", WRONG_HASH),
        (PIP_TLS, NOT_TRUSTED),
        (UV_TLS, NOT_TRUSTED),
        ("cause: failed to copy file: No space left on device (os error 28)", DISK_FULL),
        ("npm error code ENOSPC\nnpm error network", DISK_FULL),
        ("Permission denied: '.venv/lib'", READ_ONLY),
    ],
)
def test_what_a_tool_printed_becomes_what_to_do(output, sentence):
    assert explain_output(output, "Installing packages") == sentence


def test_unknown_failure_ends_with_the_last_words_and_the_log():
    told = explain_output("a\nerror: No such option.\n\n", "Installing packages")

    assert told == (
        "Installing packages failed: error: No such option; "
        "all that was printed is in .setup/last.log."
    )


def test_package_that_a_mirror_lacks_is_not_taken_for_a_missing_network():
    told = explain_output("error: HTTP status client error (404 Not Found)", "Installing packages")

    assert told != NO_NETWORK


def test_silent_failure_still_ends_in_a_sentence():
    assert explain_output(" \n", "Installing packages") == (
        "Installing packages failed: it said nothing; all that was printed is in .setup/last.log."
    )
    assert explain_signal(9, "Installing packages") == (
        "Installing packages was ended by signal 9: if memory ran out, free some; run this again."
    )


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, DISK_FULL),
        (errno.EDQUOT, DISK_FULL),
        (errno.EACCES, READ_ONLY),
        (errno.EROFS, READ_ONLY),
        (
            errno.EIO,
            "The set-up could not go on ([Errno 5] broken): mend this and run it again.",
        ),
    ],
)
def test_refusal_of_the_system_becomes_what_to_do(number, sentence):
    assert explain_os_error(OSError(number, "broken")) == sentence


def test_port_below_1024_is_told_as_reserved():
    refused = PermissionError(errno.EACCES, "Permission denied")

    assert explain_bind_error(refused, "127.0.0.1", 80) == (
        "Port 80 is reserved for root: choose one above 1023 with --port."
    )
