"""Passkeys: added after one more proof, sign in by themselves, and are refused politely when they do not fit."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from tests.accounts.entrance import code, letters
from tests.accounts.passkey import SoftPasskey
from tests.accounts.proofs import (
    add_passkey,
    factors,
    is_signed_in,
    options,
    prove,
    prove_by_app,
    send,
    sign_in_by,
)
from tests.factories import PASSWORD

pytestmark = pytest.mark.any_database

Login = Callable[[User], Client]
ADD = "/account/security/passkeys/add/"


@pytest.fixture
def passkey(ann: User, login: Login) -> SoftPasskey:
    client = login(ann)
    prove(client)
    return add_passkey(client)


def test_ann_adds_one_and_signs_in_with_it_alone(client: Client, ann: User, passkey: SoftPasskey) -> None:
    assert factors(ann) == ["recovery_codes", "webauthn"]
    assert "A passkey was added" in letters()[-1].subject
    response = sign_in_by(client, passkey, next="/q/")
    assert (response.status_code, response["Location"]) == (302, "/q/")
    assert is_signed_in(client)


def test_it_is_asked_to_recognise_its_owner(ann: User, login: Login) -> None:
    client = login(ann)
    prove(client)
    asked = options(client, ADD)["creation_options"]["publicKey"]
    assert asked["authenticatorSelection"]["residentKey"] == "required"
    assert asked["authenticatorSelection"]["userVerification"] == "required"
    assert asked["user"]["name"] == asked["user"]["displayName"] == "ann"
    assert asked["rp"] == {"id": "localhost", "name": "Quellmoos"}
    assert "example.org" not in json.dumps(asked)


def test_nobody_adds_one_without_another_proof(ann: User, login: Login) -> None:
    assert login(ann).get(ADD)["Location"].startswith("/account/reauthenticate/")


def test_one_that_did_not_recognise_its_owner_signs_nobody_in(client: Client, passkey: SoftPasskey) -> None:
    asked = client.get("/account/login/passkey/", headers={"Host": "localhost"}).json()["request_options"]
    response = send(client, "/account/login/passkey/", credential=passkey.get(asked, flags=0x01))
    assert response.status_code == 422
    assert not is_signed_in(client)


def test_an_answer_works_once(client: Client, passkey: SoftPasskey) -> None:
    asked = client.get("/account/login/passkey/", headers={"Host": "localhost"}).json()["request_options"]
    answer = passkey.get(asked)
    assert send(client, "/account/login/passkey/", credential=answer).status_code == 302
    client.post("/account/logout/")
    client.get("/account/login/passkey/", headers={"Host": "localhost"})
    assert send(client, "/account/login/passkey/", credential=answer).status_code == 422
    assert send(Client(), "/account/login/passkey/", credential=answer).status_code == 422


def mangled(passkey: SoftPasskey, asked: Any) -> list[str]:
    right = json.loads(passkey.get(asked))
    wrong: list[Any] = [
        None, [], {}, "x", 7, [right], {**right, "id": "x"}, {**right, "type": "x"}, {**right, "rawId": 7},
        {**right, "response": None}, {**right, "response": []}, {**right, "rawId": "\0", "id": "\0"},
        {**right, "response": {**right["response"], "userHandle": None}},
        {**right, "response": {**right["response"], "userHandle": "zzzz"}},
        {**right, "response": {**right["response"], "userHandle": "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5"}},
        {**right, "response": {**right["response"], "userHandle": {"a": 1}}},
        {**right, "response": {**right["response"], "signature": "AAAA"}},
        {**right, "response": {**right["response"], "authenticatorData": "AAAA"}},
        {**right, "response": {**right["response"], "authenticatorData": ""}},
        {**right, "response": {**right["response"], "clientDataJSON": "AAAA"}},
        {**right, "response": {**right["response"], "clientDataJSON": "W10"}},
        {**right, "clientExtensionResults": 7},
        SoftPasskey().get(asked),
    ]  # fmt: skip
    return ["", "{", "[" * 5000, *(part if isinstance(part, str) and part else json.dumps(part) for part in wrong)]


def test_whatever_is_sent_for_one_is_refused_in_a_sentence(client: Client, passkey: SoftPasskey) -> None:
    asked = client.get("/account/login/passkey/", headers={"Host": "localhost"}).json()["request_options"]
    for answer in mangled(passkey, asked):
        cache.clear()
        client.get("/account/login/passkey/", headers={"Host": "localhost"})
        response = send(client, "/account/login/passkey/", credential=answer)
        assert response.status_code == 422, answer[:200]
        assert "This passkey did not work" in response.content.decode()
    assert not is_signed_in(client)


def test_whatever_is_sent_for_a_new_one_adds_none(ann: User, login: Login, settings: Any) -> None:
    client = login(ann)
    prove(client)
    for number in range(12):
        right = json.loads(SoftPasskey().create(options(client, ADD)["creation_options"]))
        response = right["response"]
        wrong: list[Any] = [
            None, [], {}, 7, {**right, "response": {}}, {**right, "id": "x"}, {**right, "rawId": None},
            {**right, "response": {**response, "attestationObject": "AAAA"}},
            {**right, "response": {**response, "attestationObject": "o2NmbXRkbm9uZQ"}},
            {**right, "response": {**response, "clientDataJSON": "W10"}},
            {**right, "response": {**response, "clientDataJSON": 7}}, "{",
        ]  # fmt: skip
        sent = send(client, ADD, name="Phone", credential=json.dumps(wrong[number]))
        assert sent.status_code == 422, wrong[number]
        assert "This passkey did not work" in sent.content.decode()
    assert factors(ann) == []


def test_only_what_is_understood_is_kept(ann: User, login: Login) -> None:
    client = login(ann)
    prove(client)
    asked = options(client, ADD)["creation_options"]
    more = {"note": "\0", "clientExtensionResults": {"x": "\0" * 10}}
    assert send(client, ADD, name="P" * 300, credential=SoftPasskey().create(asked, **more)).status_code in (302, 422)
    for row in Authenticator.objects.filter(type="webauthn"):
        assert set(row.data["credential"]) == {"id", "rawId", "type", "response", "clientExtensionResults"}
        assert len(row.data["name"]) <= 40
        assert "\0" not in json.dumps(row.data)


def test_ann_names_and_removes_hers_and_ben_can_not(ann: User, ben: User, login: Login, passkey: SoftPasskey) -> None:
    row = Authenticator.objects.get(type="webauthn")
    hers, his = login(ann), login(ben)
    prove(hers)
    prove(his)
    for verb in ("name", "remove"):
        assert his.get(f"/account/security/passkeys/{row.pk}/{verb}/").status_code == 404
        assert his.post(f"/account/security/passkeys/{row.pk}/{verb}/", {"name": "x"}).status_code == 404
    hers.post(f"/account/security/passkeys/{row.pk}/name/", {"name": "Key ring"})
    assert "Key ring" in hers.get("/account/security/").content.decode()
    hers.post(f"/account/security/passkeys/{row.pk}/remove/")
    assert factors(ann) == []
    assert "A passkey was removed" in letters()[-1].subject


def test_it_is_the_second_step_too(client: Client, ann: User, passkey: SoftPasskey) -> None:
    send(client, "/account/login/", nickname="ann", password=PASSWORD)
    assert not is_signed_in(client)
    asked = options(client, "/account/login/second/")["request_options"]
    assert send(client, "/account/login/second/", credential=passkey.get(asked)).status_code == 302
    assert is_signed_in(client)


def test_it_is_proof_enough_for_changes(ann: User, client: Client, passkey: SoftPasskey) -> None:
    sign_in_by(client, passkey)
    asked = options(client, "/account/reauthenticate/passkey/")["request_options"]
    response = send(client, "/account/reauthenticate/passkey/?next=/account/security/", credential=passkey.get(asked))
    assert response["Location"] == "/account/security/"
    assert client.get(ADD, headers={"Host": "localhost"}).status_code == 200


def test_a_foreign_passkey_proves_nothing(ann: User, ben: User, login: Login, passkey: SoftPasskey) -> None:
    his = login(ben)
    prove(his)
    add_passkey(his)
    asked = options(his, "/account/reauthenticate/passkey/")["request_options"]
    assert send(his, "/account/reauthenticate/passkey/", credential=passkey.get(asked)).status_code == 422


def test_staff_who_keep_one_may_remove_the_app(stella: User, login: Login) -> None:
    client = login(stella)
    prove_by_app(client)
    add_passkey(client)
    client.post("/account/security/totp/remove/")
    assert factors(stella) == ["recovery_codes", "webauthn"]
    row = Authenticator.objects.get(user=stella, type="webauthn")
    page = client.post(f"/account/security/passkeys/{row.pk}/remove/", follow=True).content.decode()
    assert "You work here, so this one has to stay" in page
    assert "webauthn" in factors(stella)


def test_nora_signs_up_with_one(client: Client, company: Any) -> None:
    send(client, "/account/signup/passkey/", nickname="nora", email="nora@example.org", homepage="")
    assert send(client, "/account/confirm-email/", code=code())["Location"] == "/account/signup/passkey/create/"
    passkey = SoftPasskey()
    asked = options(client, "/account/signup/passkey/create/")["creation_options"]
    assert send(client, "/account/signup/passkey/create/", name="", credential=passkey.create(asked)).status_code == 302
    assert is_signed_in(client)
    assert not User.objects.get(nickname="nora").has_usable_password()
    client.post("/account/logout/")
    assert sign_in_by(client, passkey).status_code == 302
    assert "You have none, and need none" in client.get("/account/security/").content.decode()


def test_a_taken_address_is_no_news_for_who_signs_up_with_a_passkey(company: Any, ann: User) -> None:
    pages = []
    for email in ("ann@example.org", "nora@example.org"):
        client = Client()
        response = send(client, "/account/signup/passkey/", nickname="nora", email=email, homepage="")
        page = client.get("/account/confirm-email/", headers={"Host": "localhost"}).content.decode()
        pages.append((response.status_code, response["Location"], page.count("<")))
        User.objects.filter(nickname="nora").delete()
    assert pages[0] == pages[1]


def test_no_known_or_unknown_owner_is_told_apart(client: Client, passkey: SoftPasskey, ben: User) -> None:
    told = set()
    for owner in (passkey.owner, "OTk5OTk5", "Mg"):
        asked = client.get("/account/login/passkey/", headers={"Host": "localhost"}).json()["request_options"]
        answer = SoftPasskey().get(asked, response={"userHandle": owner})
        response = send(client, "/account/login/passkey/", credential=answer)
        told.add((response.status_code, response.content.decode().count("<"), "allowCredentials" in asked["publicKey"]))
    assert len(told) == 1
