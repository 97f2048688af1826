"""The sentences that a service logs, in the language of the shop (SHOP_LANGUAGE)."""

import json
import os
from pathlib import Path

_FILE = Path(__file__).parent.parent / "messages" / f"{os.environ.get('SHOP_LANGUAGE', 'en')}.json"
_SENTENCES = json.loads(_FILE.read_text("utf-8"))


def say(key, /, **values):
    return _SENTENCES[key].format(**values)
