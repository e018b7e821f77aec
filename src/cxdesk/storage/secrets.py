"""Where a desk keeps the one secret it has: the key ring of the system, or a file that opens with a passphrase.

Only key rings that are known to encrypt are used, whatever else is installed; what was written is read back. Where
there is none, the passphrase becomes a key by Argon2id (64 MiB, three passes; RFC 9106) and the secret lies under
AES-GCM. Nothing is ever written plainly.
"""

import base64
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cxdesk.storage.faults import Fault, fault_of

__all__ = ["Secrets"]

_SERVICE = "cxdesk"
_RINGS = (
    "keyring.backends.SecretService",
    "keyring.backends.macOS",
    "keyring.backends.Windows",
    "keyring.backends.kwallet",
)
"""Key rings that encrypt what they keep. ``keyrings.alt`` and the null backend are none."""
_MEMORY_KIB, _PASSES, _LANES = 65_536, 3, 4
_FILE = "secret.json"


class Secrets:
    """The secret of the data folder ``folder``, under ``name``.

    ``ask`` is asked for the passphrase when there is no key ring; ``None`` means that nobody can say it now.
    """

    def __init__(self, folder: Path, name: str, ask: Callable[[], str | None] = lambda: None) -> None:
        self._path = folder / _FILE
        self._name = f"{folder.resolve()}#{name}"
        self._ask = ask
        self._passphrase: str | None = None
        self._derived: tuple[str, bytes, bytes] | None = None

    @property
    def locked(self) -> bool:
        """Whether a passphrase has to be said before the secret can be read."""
        return self._path.exists() and self._passphrase is None

    @property
    def needs_passphrase(self) -> bool:
        """Whether there is no key ring here, so that a passphrase must be chosen."""
        return _ring() is None

    @property
    def has_passphrase(self) -> bool:
        """Whether a passphrase is known already."""
        return self._known() is not None

    def unlock(self, passphrase: str) -> bool:
        """Try a passphrase; one that opens the file is remembered until the program ends."""
        if self._path.exists() and self._opened(passphrase) is None:
            return False
        self._passphrase = passphrase
        return True

    def read(self) -> str | None:
        """The secret, ``None`` when there is none or it cannot be read now."""
        if self._path.exists():
            passphrase = self._known()
            return None if passphrase is None else self._opened(passphrase)
        ring = _ring()
        return None if ring is None else ring.get_password(_SERVICE, self._name)

    def write(self, secret: str) -> None:
        """Keep the secret. Raises ``Fault`` ``no_keyring`` when there is no place for it, and what the disk refuses."""
        ring = None if self._path.exists() else _ring()
        if ring is not None:
            ring.set_password(_SERVICE, self._name, secret)
            if ring.get_password(_SERVICE, self._name) == secret:
                return
        passphrase = self._known()
        if passphrase is None:
            raise Fault("no_keyring")
        self._seal(passphrase, secret)
        if self._opened(passphrase) != secret:
            raise Fault("no_keyring")

    def forget(self) -> None:
        """Keep nothing any more."""
        self._path.unlink(missing_ok=True)
        ring = _ring()
        if ring is not None and ring.get_password(_SERVICE, self._name) is not None:
            ring.delete_password(_SERVICE, self._name)

    def _known(self) -> str | None:
        if self._passphrase is None:
            said = self._ask()
            if said and (not self._path.exists() or self._opened(said) is not None):
                self._passphrase = said
        return self._passphrase

    def _seal(self, passphrase: str, secret: str) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        known = self._derived is not None and self._derived[0] == passphrase
        salt, nonce = self._derived[1] if known and self._derived else os.urandom(16), os.urandom(12)
        sealed = AESGCM(self._key(passphrase, salt)).encrypt(nonce, secret.encode(), self._name.encode())
        parts = {"salt": salt, "nonce": nonce, "sealed": sealed}
        text = json.dumps({name: base64.b64encode(part).decode() for name, part in parts.items()})
        fresh = self._path.with_suffix(".new")
        try:
            handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "w") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(self._path)
        except OSError as error:
            raise fault_of(error, self._path) from error

    def _opened(self, passphrase: str) -> str | None:
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        try:
            said = json.loads(self._path.read_text("ascii"))
            salt, nonce, sealed = (base64.b64decode(said[name]) for name in ("salt", "nonce", "sealed"))
            return AESGCM(self._key(passphrase, salt)).decrypt(nonce, sealed, self._name.encode()).decode()
        except (InvalidTag, OSError, ValueError, KeyError, TypeError):
            return None

    def _key(self, passphrase: str, salt: bytes) -> bytes:
        """The key that a passphrase makes, worked out once: it is meant to take a while."""
        from argon2.low_level import Type, hash_secret_raw

        if self._derived is None or self._derived[:2] != (passphrase, salt):
            key = hash_secret_raw(passphrase.encode(), salt, _PASSES, _MEMORY_KIB, _LANES, 32, Type.ID)
            self._derived = (passphrase, salt, key)
        return self._derived[2]


def _ring() -> Any:
    """The best key ring of this machine that encrypts, or ``None``."""
    from keyring.backend import get_all_keyring
    from keyring.errors import KeyringError

    for ring in sorted(get_all_keyring(), key=lambda one: -one.priority):
        if type(ring).__module__.startswith(_RINGS):
            try:
                ring.get_password(_SERVICE, "probe")
            except KeyringError:
                continue
            return ring
    return None
