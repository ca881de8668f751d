"""A passkey in software (WebAuthn Level 3): what a browser and a phone would answer, byte by byte."""

from __future__ import annotations

import hashlib
import json
import os
import struct
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor
from fido2.utils import websafe_encode

_PRESENT, _VERIFIED, _ATTESTED = 0x01, 0x04, 0x40


class SoftPasskey:
    def __init__(self, host: str = "localhost") -> None:
        self.host = host
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = os.urandom(32)
        self.owner = ""
        self.uses = 0

    def create(self, options: dict[str, Any], **wrong: Any) -> str:
        """The answer to `creation_options`, as the form sends it; `wrong` replaces parts of it."""
        self.owner = options["publicKey"]["user"]["id"]
        public = self.key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: public.x.to_bytes(32, "big"), -3: public.y.to_bytes(32, "big")}
        attested = bytes(16) + struct.pack(">H", len(self.id)) + self.id + cbor.encode(cose)
        data = self._authenticator_data(_PRESENT | _VERIFIED | _ATTESTED) + attested
        attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client_data("webauthn.create", options)
        return self._answer({"clientDataJSON": client, "attestationObject": attestation}, wrong)

    def get(self, options: dict[str, Any], **wrong: Any) -> str:
        """The answer to `request_options`."""
        self.uses += 1
        client = self._client_data("webauthn.get", options)
        data = self._authenticator_data(wrong.pop("flags", _PRESENT | _VERIFIED))
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        response = {"clientDataJSON": client, "authenticatorData": data, "signature": signature}
        return self._answer(response, {"response": {"userHandle": self.owner}} | wrong)

    def _authenticator_data(self, flags: int) -> bytes:
        return hashlib.sha256(self.host.encode()).digest() + struct.pack(">BI", flags, self.uses)

    def _client_data(self, kind: str, options: dict[str, Any]) -> bytes:
        origin = f"http://{self.host}"
        return json.dumps(
            {"type": kind, "challenge": options["publicKey"]["challenge"], "origin": origin, "crossOrigin": False}
        ).encode()

    def _answer(self, response: dict[str, bytes], wrong: dict[str, Any]) -> str:
        name = websafe_encode(self.id)
        whole: dict[str, Any] = {
            "id": name, "rawId": name, "type": "public-key",
            "response": {part: websafe_encode(value) for part, value in response.items()},
            "clientExtensionResults": {"credProps": {"rk": True}},
        }  # fmt: skip
        whole["response"] |= wrong.pop("response", {})
        return json.dumps(whole | wrong)
