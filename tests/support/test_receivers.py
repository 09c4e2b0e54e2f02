from __future__ import annotations

import smtplib

import pytest
import requests

from tests.support.receivers import Answer, MailReceiver, WebReceiver


def test_a_mail_sent_is_a_mail_received() -> None:
    with MailReceiver() as mail, smtplib.SMTP("127.0.0.1", mail.port) as client:
        client.login(mail.USER, mail.PASSWORD)
        client.sendmail("a@example.org", ["b@example.org"], b"Subject: x\r\n\r\nhello\r\n")
    assert [(m.sender, m.recipients, m.text) for m in mail.received] == [
        ("a@example.org", ("b@example.org",), "hello")
    ]


def test_a_wrong_password_is_refused() -> None:
    with MailReceiver() as mail:
        client = smtplib.SMTP("127.0.0.1", mail.port)
        with client, pytest.raises(smtplib.SMTPAuthenticationError):
            client.login(mail.USER, "wrong")
    assert mail.received == []


def test_answers_are_given_in_turn_and_what_was_refused_is_kept_apart() -> None:
    with WebReceiver() as web:
        web.answers.extend([Answer(500), Answer(429, {"Retry-After": "3"})])
        codes = [requests.post(web.http_url(), data=b"x", timeout=5).status_code for _ in range(3)]
    assert codes == [500, 429, 200]
    assert (len(web.refused), len(web.received)) == (2, 1)
