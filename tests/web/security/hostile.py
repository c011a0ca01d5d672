"""Classes 17, 18 and 20: the hostile words, and a reader that notices when one became more than text."""

import re
from html.parser import HTMLParser

MARK = "zqx"
CORPUS = [
    f"<script>{MARK}()</script>",
    f'"><img src=x onerror={MARK}()>',
    f"'><svg/onload={MARK}()>",
    f"</title><script>{MARK}()</script>",
    f"</textarea><script>{MARK}()</script>",
    f"{{{{ {MARK} }}}}{{% load {MARK} %}}",
    f"javascript:{MARK}()",
    f"<a href='javascript:{MARK}()'>x</a>",
    f"--><!-- <iframe srcdoc='<script>{MARK}()</script>'>",
    f'" autofocus onfocus="{MARK}()" x="',
    f"&lt;script&gt;{MARK}()&lt;/script&gt;",
    f"<c-button :href='{MARK}'>",
    f'=HYPERLINK("http://{MARK}")',
    f"http://x/\n<base href=//{MARK}>",
]
ALL_AT_ONCE = " ".join(CORPUS)
AS_ADDRESS = CORPUS[6]  # alive only where text stands alone in an address


class Alive(HTMLParser):
    """Reads a page as a browser does and notes hostile text that became more than text."""

    def __init__(self):
        super().__init__()
        self.found, self._inside = [], ""

    def handle_starttag(self, tag, attrs):
        self._inside = tag
        if tag == "iframe" and dict(attrs).get("sandbox") == "" and dict(attrs).get("src", "").startswith("/staff/"):
            return  # a preview of ours, in which nothing runs
        if tag in ("base", "iframe", "object", "embed", "c-button"):
            self.found.append(tag)
        for name, value in attrs:
            value = (value or "").strip().lower()
            is_code = name.startswith("on") or name in ("srcdoc", "style", "autofocus")
            goes_away = name in ("href", "src", "action", "formaction") and re.match(
                r"javascript:|data:|//|https?:", value
            )
            if is_code or goes_away:
                self.found.append(f"{tag} {name}={value[:60]}")

    def handle_endtag(self, tag):
        self._inside = ""

    def handle_data(self, data):
        if self._inside == "script" and MARK in data:
            self.found.append(f"script {data[:60]}")


def alive(page):
    reader = Alive()
    reader.feed(page)
    reader.close()
    return reader.found


QUERIES = ["q", "sort", "after", "view", "next", "recording", "was", "fingerprint", "folder", "theme", "limit"]
