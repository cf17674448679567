"""The suite itself: a log nobody expected fails the test that caused it."""

from pathlib import Path

import pytest


def outcome(pytester: pytest.Pytester, test: str) -> pytest.RunResult:
    """Run that test on our own conftest, in a process of its own."""
    pytester.makeconftest(Path(__file__).with_name("conftest.py").read_text(encoding="utf-8"))
    pytester.makepyfile(f"import logging, threading\n\n{test}")
    return pytester.runpytest_subprocess("-p", "no:pytest-qt", "-p", "no:cacheprovider")


def test_an_unexpected_warning_fails_the_test(pytester: pytest.Pytester) -> None:
    result = outcome(pytester, "def test_a():\n    logging.getLogger('hall').warning('paper %s', 'low')\n")
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*unexpected log:*", "*WARNING hall: paper low*"])


def test_a_warning_from_another_thread_fails_the_test_too(pytester: pytest.Pytester) -> None:
    result = outcome(
        pytester,
        "def test_a():\n    t = threading.Thread(target=logging.error, args=('boom',))\n    t.start()\n    t.join()\n",
    )
    result.assert_outcomes(passed=1, errors=1)


def test_an_expected_warning_and_quiet_information_pass(pytester: pytest.Pytester) -> None:
    result = outcome(
        pytester,
        "def test_a(expected_logs):\n"
        "    expected_logs.append('paper')\n"
        "    logging.warning('paper low')\n"
        "    logging.info('all is well')\n",
    )
    result.assert_outcomes(passed=1)


def test_an_expected_warning_that_never_comes_fails_the_test(pytester: pytest.Pytester) -> None:
    result = outcome(pytester, "def test_a(expected_logs):\n    expected_logs.append('paper')\n")
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*never said:*", "*paper*"])
