"""What the forum stores, as the privacy page tells it (settings.PRIVACY_NOTICE)."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.disclosure import Entry, consent, contract, days, duty, interest, until_erased
from accounts.models.ping_address import KEPT, LETTERS
from forum import readings
from forum.models import Company


def entries() -> Iterator[Entry]:
    yield from _written()
    yield from _counted()
    yield from _private()


def _written() -> Iterator[Entry]:
    yield Entry(
        _("What you write in public, with its earlier versions, and your votes"),
        _("That is what this place is for: everybody can read it under your nickname."),
        contract(),
        _("Until you remove it. Whoever erases the account chooses whether it goes too, or stays without the name."),
    )
    yield Entry(
        _("Pictures you add, made anew: what the file says about camera, place and time is removed"),
        _("They are seen by those who may see the text they stand in."),
        contract(),
        _("As long as that text. What is in no text after %(hours)d hours is deleted.") % {"hours": 24},
    )
    yield Entry(
        _("What you began to write and did not send yet, encrypted"),
        _("So that no word of yours is lost, and you can go on writing on another device. Nobody else can read it."),
        contract(),
        _("Until you send or discard it, and %(days)s after you last wrote on it at most. Until then your browser "
          "keeps a copy of what is meant for everybody, and forgets it when you sign out; of private messages it "
          "keeps none.")
        % {"days": days(settings.DRAFT_DAYS)},
    )  # fmt: skip
    yield Entry(
        _("That a form was sent: a number that leads to what came of it"),
        _("So that a double click does not publish anything twice."),
        interest(),
        days(1),
    )
    yield Entry(
        _("Whether a FAQ entry helped, and what you write about it: without your name, address or a cookie"),
        _("So that we see what is missing. Only our team reads it."),
        interest(),
        _("Your words for %(days)s. Whether it helped stays, and is nobody's.")
        % {"days": days(settings.LOG_NAME_DAYS)},
    )
    yield Entry(
        _("That your question became an entry of the FAQ: when we told you, and whether you objected or want to be "
          "named"),
        _("So that you decide whether your question is linked there."),
        interest(),
        _("As long as the entry; without you once the account is erased."),
    )  # fmt: skip
    yield Entry(
        _("What you follow"), _("So that we write to you when something happens there."), contract(), until_erased()
    )


def _counted() -> Iterator[Entry]:
    yield Entry(
        _("How often a question was read, and which words the search did not find: numbers for each day, without your "
          "name, address or a cookie"),
        _("So that we see what many are looking for."),
        interest(),
        _("%(reading)s, and %(words)s of words. Nothing of it is anybody's.")
        % {"reading": days(readings.KEPT.days), "words": days(settings.SEARCH_MISS_DAYS)},
    )  # fmt: skip


def _without_account() -> Iterator[Entry]:
    yield Entry(
        _("If you write without an account: two digests of your code, from which nobody can work it out"),
        _("So that you can come back. We do not know who you are."),
        contract(),
        _("As long as the conversation, or until you take it over into an account."),
    )
    yield Entry(
        _("An e-mail address that you leave without an account, encrypted and apart from the conversation"),
        _("Only to tell you that there is an answer."),
        consent(),
        _("Until you delete it, the conversation is closed or %(letters)d letters were sent; %(days)s at most.")
        % {"letters": LETTERS, "days": days(KEPT.days)},
    )


def _private() -> Iterator[Entry]:
    retention = Company.load().conversation_retention_days
    yield Entry(
        _("Private conversations"),
        _("To answer you alone. They are stored encrypted; only you and the people named beside the topic read them. "
          "About your health or the like only if you have agreed to that (Article 9(2)(a) GDPR)."),
        contract(),
        _("%(days)s after one of us closes the conversation, unless the topic says otherwise where you write; you can "
          "have it kept longer or delete it at once, and it goes with your account. What the law wants kept stays "
          "until that ends (Article 17(3) GDPR).") % {"days": days(retention)},
    )  # fmt: skip
    yield Entry(
        _("That you agreed to our reading about your health: when, to which words, and when you took it back"),
        _("So that we can show it (Article 7(1) GDPR). Taking it back closes and deletes the conversation."),
        duty(),
        _("As long as the conversation."),
    )
    yield from _without_account()
    yield Entry(
        _("Whether a private conversation helped you, if you say so"),
        _("To see in which topics we can do better."),
        interest(),
        _("The number of such answers stays; who gave one is kept nowhere."),
    )
    yield Entry(
        _("Which of our people opened a private conversation, and when"),
        _("So that you can see who read it."),
        interest(),
        _("%(days)s, or as long as the conversation.") % {"days": days(settings.LOG_NAME_DAYS)},
    )
    yield Entry(
        _("Your consent to publish a text that was made of a private conversation: when, under which name, for which "
          "text"),
        _("So that nothing of it is public without your yes, and you can take it back with one click."),
        _("Your consent: Article 6(1)(a) GDPR."),
        _("As long as the text is public. %(days)s after you take it back it names you no more.")
        % {"days": days(settings.LOG_NAME_DAYS)},
    )  # fmt: skip
    yield Entry(
        _("Of our team: notes on questions that only the team reads, and replies saved for later"),
        _("So that colleagues know what one of them found out, and need not write everything anew."),
        interest(),
        _("Notes as long as the question, saved replies until we delete them; without the name once the account is "
          "erased."),
    )  # fmt: skip
