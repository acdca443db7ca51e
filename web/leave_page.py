"""How the leaving page looks: one card that says where a link leads, what to mind, and which ways there are."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from string import Template
from typing import Final
from urllib.parse import urlencode

from content.links import LEAVE_PATH, Site
from domain.language import Language
from domain.rich_text import HostVerdict, Link, LinkRisk
from policy.host_names import registrable_domain
from policy.link_risk import WHAT_A_REASON_WEIGHS, Weight, reasons_in_words, reasons_of, risk_of, words_for
from web.leave_page_text import PAGE_WORDS, REASONS_TO_REPORT, PageWords
from web.templates import Html, fill, joined

REPORT_PATH: Final = f"{LEAVE_PATH}/report"
REPORTED_PATH: Final = f"{LEAVE_PATH}/reported"

#: Longer ones scroll in a box of their own, which then takes a stop on the keyboard's way.
LONG_ADDRESS: Final = 240

PAGES: Final = Path(__file__).parent / "pages"


def _part(name: str) -> Template:
    return Template((PAGES / name).read_text(encoding="utf-8"))


STYLE: Final = Html((PAGES / "leave.css").read_text(encoding="utf-8"))
PAGE: Final = _part("leave.html")
REPORT_FORM: Final = _part("leave-report.html")
ROW: Final = Template('<div><dt>$label</dt><dd class="$kind">$value</dd></div>')
LONG_ROW: Final = Template(
    '<div><dt id="address">$label</dt>'
    '<dd class="$kind"><div class="long" role="group" tabindex="0" aria-labelledby="address">$value</div></dd></div>'
)
# Left to right whatever is in it: a name that is read from the right must not turn around what stands beside it.
NAME: Final = Template('<bdi dir="ltr" translate="no"><span>$before</span><b>$name</b><span>$after</span></bdi>')
ISOLATED: Final = Template('<bdi dir="ltr" translate="no">$name</bdi>')
WHY: Final = Template('<section class="why"><h2>$label</h2><ul>$sentences</ul></section>')
SENTENCE: Final = Template('<li class="$weight">$sentence</li>')
REMINDER: Final = Template('<p class="reminder">$reminder</p>')
MESSAGE: Final = Template('<p class="message">$message</p>')
WAY_ON: Final = Template('<a class="$rank" rel="noopener noreferrer nofollow ugc" href="$url"><span>$label</span></a>')
WAY_BACK: Final = Template('<a class="$rank" href="$path">$label</a>')
IN_THIS_LANGUAGE: Final = Template('<li><span lang="$lang" aria-current="true">$name</span></li>')
IN_ANOTHER_LANGUAGE: Final = Template('<li><a lang="$lang" hreflang="$lang" href="$path">$name</a></li>')
REASON: Final = Template('<label><input type="radio" name="reason" value="$reason" required>$words</label>')
SIGN_IN_TO_REPORT: Final = Template('<p class="report">$sentence</p>')

#: Drawn with a line; they only repeat what the heading says.
ICONS: Final = {
    mood: Html((PAGES / f"leave-{mood}.svg").read_text(encoding="utf-8"))
    for mood in ("neutral", "suspicious", "blocked", "unusable", "thanks")
}

HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'none'",
            f"style-src 'sha256-{base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    ),
    # Nothing to any other site. From a page without any referrer browsers send the report's form with "Origin: null".
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",  # a verdict may change before the next visit
    "Vary": "Accept-Language",
}


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and for whom a page is made."""

    site: Site
    language: Language
    path: str
    """The page's own, for the switch between languages."""
    query: Mapping[str, str]
    """The page's own, without the language."""
    is_signed_in: bool = False

    @property
    def words(self) -> PageWords:
        return PAGE_WORDS[self.language]

    def in_language(self, language: Language) -> str:
        """The same page's address in ``language``."""
        return f"{self.path}?{urlencode({**self.query, 'lang': language.value})}"


def leaving_page(link: Link, verdict: HostVerdict | None, setting: Setting) -> Html:
    """The page before ``link``, which has a risk that is worth a warning."""
    risk, words = risk_of(link, verdict), words_for(link, setting.language)
    body = (
        _destination(link, risk, setting.words),
        _why(link, verdict, setting),
        fill(REMINDER, reminder=words.reminder) if risk is not LinkRisk.BLOCKED else Html(),
        _ways(link, risk, setting.words),
        _reporting(link, setting) if link.host else Html(),
    )
    return _page(words.titles[risk], risk.value.lower(), joined(*body), setting)


def unusable_page(setting: Setting) -> Html:
    return _message_page(setting.words.unusable_title, setting.words.unusable_message, "unusable", setting)


def thanks_page(setting: Setting) -> Html:
    return _message_page(setting.words.thanks_title, setting.words.thanks_message, "thanks", setting)


def not_sent_page(message: str, setting: Setting) -> Html:
    """Why a report was not taken, and the way back to the link's page, which ``setting`` names."""
    way = fill(WAY_BACK, rank="first", path=setting.in_language(setting.language), label=setting.words.look_again)
    return _message_page(setting.words.not_sent_title, message, "unusable", setting, way)


def _message_page(title: str, message: str, mood: str, setting: Setting, *ways: Html) -> Html:
    home = fill(WAY_BACK, rank="second" if ways else "first", path="/", label=setting.words.go_back)
    return _page(title, mood, joined(fill(MESSAGE, message=message), _nav(*ways, home)), setting)


def _page(title: str, mood: str, body: Html, setting: Setting) -> Html:
    return fill(
        PAGE,
        lang=setting.words.lang,
        title=title,
        style=STYLE,
        mood=mood,
        here=setting.site.host,
        languages_label=setting.words.languages,
        languages=joined(*(_language(each, setting) for each in Language)),
        icon=ICONS[mood],
        body=body,
    )


def _language(language: Language, setting: Setting) -> Html:
    words = PAGE_WORDS[language]
    if language is setting.language:
        return fill(IN_THIS_LANGUAGE, lang=words.lang, name=words.own_name)
    return fill(IN_ANOTHER_LANGUAGE, lang=words.lang, name=words.own_name, path=setting.in_language(language))


# ---------------------------------------------------------------- where it leads


def _destination(link: Link, risk: LinkRisk, words: PageWords) -> Html:
    """Where the link leads, from what people read to what goes on the wire."""
    domain = registrable_domain(link.ascii_host) or link.ascii_host
    rows = [_row(words.site, "name", _host(link.host, domain)) if link.host else _recipient(link, words)]
    if link.ascii_host != link.host:
        rows.append(_row(words.wire, "wire", _host(link.ascii_host, domain)))
    if risk is not LinkRisk.BLOCKED:  # nothing to copy and paste
        template = LONG_ROW if len(link.url) > LONG_ADDRESS else ROW
        rows.append(fill(template, label=words.address, kind="address", value=_address(link)))
    return Html(f'<dl class="where">{joined(*rows)}</dl>')


def _row(label: str, kind: str, value: Html) -> Html:
    return fill(ROW, label=label, kind=kind, value=value)


def _recipient(link: Link, words: PageWords) -> Html:
    return _row(words.recipient, "name", fill(NAME, before="", name=_name(link), after=""))


def _host(host: str, domain: str) -> Html:
    """``host`` with the part standing out that one owner registered: as many labels as ``domain`` has on the wire."""
    labels = host.split(".")
    own = len(labels) - len(domain.split("."))
    before = "".join(f"{label}." for label in labels[:own])
    return fill(NAME, before=before, name=".".join(labels[own:]), after="")


def _address(link: Link) -> Html:
    """The whole address with its host and port standing out from what may pose as one."""
    if not link.host:
        return fill(ISOLATED, name=link.url)
    start = link.url.index("//") + 2
    end = link.url.index("/", start)  # a browser writes a path behind every host
    start += link.url[start:end].rfind("@") + 1
    return fill(NAME, before=link.url[:start], name=link.url[start:end], after=link.url[end:])


# ---------------------------------------------------------------- what to mind


def _why(link: Link, verdict: HostVerdict | None, setting: Setting) -> Html:
    """A sentence for each reason; what makes the link suspicious comes first."""
    isolated = replace(link, host=f"\u2066{link.host}\u2069")  # the marks of Unicode for what bdi does in HTML
    weights = [WHAT_A_REASON_WEIGHS[reason] for reason in reasons_of(link, verdict)]
    sentences = zip(weights, reasons_in_words(isolated, verdict, setting.language), strict=True)
    items = [
        fill(SENTENCE, weight="light" if weight is Weight.WORTH_SAYING else "heavy", sentence=sentence)
        for weight, sentence in sorted(sentences, key=lambda each: each[0] is Weight.WORTH_SAYING)
    ]
    return fill(WHY, label=setting.words.why, sentences=joined(*items))


# ---------------------------------------------------------------- the ways


def _ways(link: Link, risk: LinkRisk, words: PageWords) -> Html:
    """On and back; the way that we would take ourselves comes first and stands out."""
    template = words.go_on if link.host else words.write_to
    before, _, after = template.partition("{name}")
    label = joined(Html(before), fill(ISOLATED, name=_name(link)), Html(after))
    on = fill(WAY_ON, rank="first" if risk is LinkRisk.NEUTRAL else "second", url=link.url, label=label)
    back = fill(WAY_BACK, rank="second" if risk is LinkRisk.NEUTRAL else "first", path="/", label=words.go_back)
    by_risk = {LinkRisk.NEUTRAL: (on, back), LinkRisk.SUSPICIOUS: (back, on), LinkRisk.BLOCKED: (back,)}
    return _nav(*by_risk[risk])


def _nav(*ways: Html) -> Html:
    return Html(f'<p class="ways">{joined(*ways)}</p>')


def _name(link: Link) -> str:
    return link.host or link.url.removeprefix("mailto:").partition("?")[0]


def _reporting(link: Link, setting: Setting) -> Html:
    words = setting.words
    if not setting.is_signed_in:
        return fill(SIGN_IN_TO_REPORT, sentence=words.sign_in_to_report)
    reasons = [fill(REASON, reason=each.value, words=words.reasons[each]) for each in REASONS_TO_REPORT]
    return fill(
        REPORT_FORM,
        report=words.report,
        path=f"{REPORT_PATH}?{urlencode({'lang': setting.language.value})}",
        url=link.url,
        question=words.report_reason,
        reasons=joined(*reasons),
        note=words.note,
        who_reads_it=words.who_reads_it,
        send=words.send,
    )
