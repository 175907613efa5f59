"""Keys by the names that Playwright gives them, as CDP commands: "Enter", "Shift+Tab", "a"."""

from __future__ import annotations

from typing import Any

MODIFIERS = {"Alt": 1, "Control": 2, "Meta": 4, "Shift": 8}

CODES = {
    "Backspace": 8,
    "Tab": 9,
    "Enter": 13,
    "Escape": 27,
    "PageUp": 33,
    "PageDown": 34,
    "End": 35,
    "Home": 36,
    "ArrowLeft": 37,
    "ArrowUp": 38,
    "ArrowRight": 39,
    "ArrowDown": 40,
    "Insert": 45,
    "Delete": 46,
    **{f"F{number}": 111 + number for number in range(1, 13)},
}
"""Key code of each named key."""

TEXTS = {"Enter": "\r", "Space": " "}


class UnknownKey(Exception):
    """A name that no key has."""


def press(name: str) -> list[dict[str, Any]]:
    """Events of ``Input.dispatchKeyEvent`` for a key and its modifiers."""
    *held, key = name.split("+") if name != "+" else ["+"]
    if any(modifier not in MODIFIERS for modifier in held):
        raise UnknownKey(name)
    bits = sum(MODIFIERS[modifier] for modifier in held)
    event = {**_key(key), "modifiers": bits}
    text = event.pop("text", "")
    down = {**event, "type": "keyDown", "text": text} if text and not bits & 7 else {**event, "type": "rawKeyDown"}
    return [down, {**event, "type": "keyUp"}]


def _key(name: str) -> dict[str, Any]:
    """What a key is: name, code, and the text it types."""
    if name in CODES:
        known: dict[str, Any] = {"key": name, "code": name, "windowsVirtualKeyCode": CODES[name]}
        return {**known, "text": TEXTS[name]} if name in TEXTS else known
    if name == "Space":
        return {"key": " ", "code": "Space", "windowsVirtualKeyCode": 32, "text": " "}
    if len(name) != 1:
        raise UnknownKey(name)
    letter = name.upper()
    code = f"Key{letter}" if "A" <= letter <= "Z" else f"Digit{letter}" if letter.isdecimal() else ""
    return {"key": name, "code": code, "windowsVirtualKeyCode": ord(letter) if code else 0, "text": name}
