"""Pieces out of which tests put together addresses that look like ours, or are ours and do not look it."""

from typing import Final

OWN: Final = "https://veranda.example"

GLUE: Final = (
    *"/\\@:.?#%\t\n\r []a1-|^\0\x1f\x7f",
    "//", "///", "\\\\", "/\\", "/\t/", "..", ":443", ":80", ":0443", ":8443", ":", ":@", "user:pass@",
    "%40", "%2F", "%2e", "%5C", "%00", "%0A", "%E3%80%82", "。", "．", "｡", "％", "：", "／", "＠",
    "\u200b", "\u00ad", "\u2060", "\u202e", "\ufeff",
)  # fmt: skip
SPELLINGS: Final = (
    "https:", "http:", "HTTPS:", "hTtPs:", "javascript:", "data:", "file:", "blob:", "ftp:", "ws:", "mailto:", "//",
    "https://", "veranda.example", "VERANDA.EXAMPLE", "veranda.example.", "ｖｅｒａｎｄａ．ｅｘａｍｐｌｅ",
    "veranda。example", "%76eranda.example", "veranda%2Eexample", "ver\u00adanda.example", "ver\u200banda.example",
    "vеranda.example", "xn--vranda-4of.example", "VERANDA。EXAMPLE", "veranda.exam\nple", "ⓥeranda.example",
    "veranda.example.evil.com", "evil.com", "evil。com", "straße.de", "faß.de", "例子.中国", "xn--fsqu00a.xn--fiqs8s",
    "[::1]", "[::ffff:127.0.0.1]", "127.1", "0x7f.1", "2130706433", "017700000001", "１２７.０.０.１", "[::1%25en0]",
    "localhost", "/leave", "/leave?to=", "https%3A%2F%2Fevil.com",
)  # fmt: skip
