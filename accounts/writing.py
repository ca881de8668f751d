"""How a letter is written: one text from templates/emails, plain for everybody and once more in HTML.

The HTML is made of the plain text, so the two can not say different things; it loads nothing from anywhere.
"""

from __future__ import annotations

from email.headerregistry import Address
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.utils.module_loading import import_string


def write_letter(kind: str, context: dict[str, Any]) -> EmailMultiAlternatives:
    """The letter of this kind, in the active language, not yet addressed. With `discreet` it says not who writes."""
    context = {**import_string(settings.MAIL_LETTERHEAD)(), **context}
    subject = " ".join(_plain(f"emails/{kind}-subject.txt", context).split())
    text = "\n\n".join(_paragraphs(_plain(f"emails/{kind}-body.txt", context)))
    message = EmailMultiAlternatives(
        subject=subject,
        body=text + "\n",
        from_email=_nobodys_sender() if context.get("discreet") else _sender(context["company"]),
        headers={"Auto-Submitted": "auto-generated"},
    )
    page = render_to_string("emails/_layout.html", {"subject": subject, "paragraphs": _marked(text)})
    message.attach_alternative(page, "text/html")
    return message


def _plain(template: str, context: dict[str, Any]) -> str:
    """Rendered without escaping, since this is no HTML."""
    text: str = get_template(template).template.render(Context(context, autoescape=False))  # type: ignore[attr-defined]
    return text


def _paragraphs(text: str) -> list[str]:
    """What blank lines part; what a template leaves empty leaves no gap."""
    lines = "\n".join(line.strip() for line in text.splitlines())
    return [paragraph for part in lines.split("\n\n") if (paragraph := part.strip())]


def _marked(text: str) -> list[list[tuple[str, bool]]]:
    """Paragraphs of lines, each with whether it is an address of ours: what people wrote never becomes a link."""
    return [
        [(line, line.startswith(f"{settings.BASE_URL}/") and " " not in line) for line in paragraph.split("\n")]
        for paragraph in text.split("\n\n")
    ]


def _sender(company: str) -> str:
    """The company's name before the address that the operator set, unless that brings a name of its own."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    user, _at, domain = address.rpartition("@")
    return str(Address(name or " ".join(company.split()), user, domain))


def _nobodys_sender() -> str:
    """A bare address, which says as little as the operator's domain does (settings.DISCREET_FROM_EMAIL)."""
    return parseaddr(settings.DISCREET_FROM_EMAIL or settings.DEFAULT_FROM_EMAIL)[1]
