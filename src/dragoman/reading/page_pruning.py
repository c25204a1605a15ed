"""What is taken out of a page's tree before its body is sought: furniture known by class, role or tag.

Nothing here reads words. What a class or role calls furniture is believed only while the page has a
story without it, for themes put "modal" or "caption" on the box that holds everything.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

from lxml.html import HtmlElement

from dragoman.reading import furniture
from dragoman.reading.blocks import one_line

_NEVER_PRUNED = frozenset(["html", "body", "main", "article", "h1", "script", "style", "head"])
_PRUNED_TAGS = frozenset(
    ["dialog", "button", "noscript", "del", "s", "strike", "amp-sidebar", "amp-ad", "amp-embed", "amp-sticky-ad",
     "amp-social-share", "amp-consent", "amp-user-notification"]
)  # fmt: skip
_PRUNED_ROLES = frozenset(
    ["navigation", "contentinfo", "search", "menu", "menubar", "toolbar", "tablist", "complementary"]
)  # fmt: skip
_STORY_SHARE = 0.2
"""An element with more of the page's running text than this is the story, whatever its class says."""
_NAME_SHARE = 0.5
"""So is a name that all elements together which bear it hold more of it than this."""
_STORY_LEFT = 500
"""Code points of running text that must stand outside a "section" (comments, other stories)."""
_CARDS = frozenset(["div", "article", "section", "a", "figure"])
_SITE = re.compile(r"(?:https?:)?//(?:www\.)?([^/?#\s]+)", re.I)
_HEADLINE_WORDS = 4
_FEWEST_CARDS = 3
_LARGEST_CARD = 400
"""Code points of running text in the card of another story, headline aside."""
_PLAIN_CARD = 250
_LEAST_LEFT = 120
"""Code points of running text that must be left where all cards are plain (breaking news is short)."""
_MOST_IN_CARDS = 0.6
"""Share of a page's running text above which cards are its story."""
_RUNNING = 30
"""Code points of one piece of text that counts as running text; menus are shorter."""
_LARGEST_FORM = 500
"""Code points of a box that asks for a mail address."""
_SHOWN_LATER = re.compile(r"[a-z0-9]+:(?:block|flex|grid|inline|inline-block|contents|table)")
"""Tailwind: ``hidden md:block`` is hidden on small screens alone."""
_LONGEST_STANDFIRST = 400
_SHORTEST_STANDFIRST = 4
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@cache
def _class_rules(action: str) -> tuple[re.Pattern[str], ...]:
    return tuple(rule.pattern for rule in furniture.rules() if rule.action == action)


@cache
def is_furniture_class(name: str, action: str = "class") -> bool:
    """Whether an element's class or id (one token) is one of the table's with that action."""
    return any(pattern.fullmatch(name) for pattern in _class_rules(action))


def prune(tree: HtmlElement) -> None:
    """Take furniture out of the tree by tag, role, class and id; tails stay."""
    _drop_forms(tree)
    weights = running_text(tree)
    for listed in [item for item in tree.iter("dl") if not weights[item]]:
        listed.drop_tree()  # "Source", "Posted", "Format": facts about a page, and no sentence
    total = max(1, weights[tree])
    named: dict[str, list[HtmlElement]] = defaultdict(list)
    for element in tree.xpath("//*[@class or @id or @role or @hidden or @aria-modal]") + [
        item for tag in _PRUNED_TAGS for item in tree.iter(tag)
    ]:
        for name in _reasons(element):
            named[name].append(element)
    for name, elements in named.items():
        weight = sum(weights.get(item, 0) for item in elements)
        if name.startswith("section ") and total - weight < _STORY_LEFT:
            continue
        if name.startswith("class ") and weight > _NAME_SHARE * total:
            continue
        for element in elements:
            if element.getparent() is None or element.tag in _NEVER_PRUNED:
                continue
            if _is_no_story(element, weights.get(element, 0), total, name):
                element.drop_tree()


def _drop_forms(tree: HtmlElement) -> None:
    """Take out the small boxes round forms that ask for a mail address."""
    for field in tree.xpath("//input[@type='email']"):
        box = None
        for outer in field.iterancestors():
            if outer.tag in _NEVER_PRUNED or len(outer.text_content()) > _LARGEST_FORM:
                break
            if next(outer.iter("h1"), None) is not None or len(list(outer.iter("p"))) > 2:
                break
            box = outer
        if box is not None and box.getparent() is not None:
            box.drop_tree()


def _is_no_story(element: HtmlElement, weight: int, total: int, name: str) -> bool:
    if name == "dialog":
        return next(element.iter("h1", "article"), None) is None
    if weight <= _STORY_SHARE * total:
        return True
    return name.startswith("section ") and next(element.iter("h1"), None) is None


def _reasons(element: HtmlElement) -> list[str]:
    """Why an element may be furniture: "dialog", "class NAME", "section NAME", "role NAME", "tag NAME"."""
    role = (element.get("role") or "").strip().lower()
    if element.tag == "dialog" or role.endswith("dialog") or element.get("aria-modal") == "true":
        return ["dialog"]
    if element.tag in _PRUNED_TAGS:
        return [f"tag {element.tag}"]
    if role in _PRUNED_ROLES:
        return [f"role {role}"]
    if element.get("hidden") is not None:
        return ["role hidden"]
    classes = element.get("class") or ""
    found = []
    for name in f"{classes} {element.get('id') or ''}".split():
        name = name.lower()
        if is_furniture_class(name, "section"):
            found.append(f"section {name}")
        elif is_furniture_class(name) and not (
            name == "hidden" and _SHOWN_LATER.search(classes) is not None
        ):
            found.append(f"class {name}")
    return found


def drop_cards(tree: HtmlElement, url: str | None = None) -> None:
    """Take out the cards of other stories: three or more siblings of one tag and class, each a few
    lines under a headline that leads to another page.

    A list whose items make up most of the page's running text ("the ten best ...") is the story.

    Args:
        url: the page's address, by which links within its site are known.
    """
    site = _site_of(url or "")
    groups: dict[tuple[HtmlElement, str, str], list[HtmlElement]] = defaultdict(list)
    for headline in tree.xpath("//a[@href]"):
        if len(headline.text_content().split()) < _HEADLINE_WORDS or not _leads_away(headline):
            continue
        card = _card_round(headline)
        parent = None if card is None else card.getparent()
        if card is not None and parent is not None:
            group = groups[parent, card.tag, card.get("class") or ""]
            if card not in group:
                group.append(card)
    groups = {key: group for key, group in groups.items() if len(group) >= _FEWEST_CARDS}
    if not groups:
        return
    weights = running_text(tree)
    total = weights[tree]
    small = [
        group for group in groups.values() if all(weights[card] <= _LARGEST_CARD for card in group)
    ]
    held = sum(weights[card] for group in small for card in group)
    for group in small:
        plain = all(_is_plain_card(card, weights[card], site) for card in group)
        least, most = (_LEAST_LEFT, 1.0) if plain else (_STORY_LEFT, _MOST_IN_CARDS)
        if held <= most * total and total - held >= least:
            for card in group:
                card.drop_tree()


def _is_plain_card(card: HtmlElement, weight: int, site: str) -> bool:
    """Whether a card is a heading that leads to a page of the same site, and a line or two."""
    if weight > _PLAIN_CARD:
        return False
    for heading in card.iter(*_HEADINGS):
        links = [*heading.iter("a"), *heading.iterancestors("a")]
        return any(_is_within(link.get("href") or "", site) for link in links)
    return False


def _is_within(address: str, site: str) -> bool:
    if not address.startswith(("http:", "https:", "//")):
        return True
    return bool(site) and _site_of(address) == site


def _site_of(address: str) -> str:
    found = _SITE.match(address)
    return found[1].lower() if found else ""


def _leads_away(link: HtmlElement) -> bool:
    return not (link.get("href") or "#").startswith(("#", "mailto:", "javascript:"))


def _card_round(headline: HtmlElement) -> HtmlElement | None:
    """The outermost box round a headline that has siblings like it and no further headline."""
    words = len(headline.text_content())
    card = None
    for box in headline.iterancestors():
        if box.tag in _NEVER_PRUNED - {"article"} or box.tag == "p":
            break
        if len(box.text_content()) > words + _LARGEST_CARD:
            break
        parent = box.getparent()
        if parent is None:
            break
        alike = sum(
            other.tag == box.tag and other.get("class") == box.get("class") for other in parent
        )
        if alike >= _FEWEST_CARDS and (
            box.tag in _CARDS or (box.tag == "li" and _holds_heading(box))
        ):
            card = box
    return card


def _holds_heading(box: HtmlElement) -> bool:
    return next(box.iter(*_HEADINGS), None) is not None


def running_text(tree: HtmlElement) -> dict[HtmlElement, int]:
    """Code points of running text in every element: pieces of 30 or more that stand in no link."""
    weights: dict[HtmlElement, int] = defaultdict(int)
    for element in reversed(list(tree.iter())):
        if not isinstance(element.tag, str) or element.tag in ("script", "style"):
            own = 0
        elif element.tag == "a":
            own = weights[element] = 0
        else:
            own = weights[element] + _running(element.text)
            weights[element] = own
        parent = element.getparent()
        if parent is not None:
            weights[parent] += own + _running(element.tail)
    return weights


def _running(text: str | None) -> int:
    size = len(text.strip()) if text else 0
    return size if size >= _RUNNING else 0


def take_standfirst(tree: HtmlElement) -> str | None:
    """The standfirst that a class names, taken out of the tree; None when there is not just one."""
    found = [
        element
        for element in tree.xpath("//p[@class]|//h2[@class]|//div[@class]|//section[@class]|//header[@class]")
        if any(is_furniture_class(name.lower(), "standfirst") for name in element.get("class").split())
    ]  # fmt: skip
    found = [item for item in found if not any(other in found for other in item.iterancestors())]
    if len(found) != 1:
        return None
    words = one_line(found[0].text_content())
    if len(words) > _LONGEST_STANDFIRST or len(words.split()) < _SHORTEST_STANDFIRST:
        return None
    found[0].drop_tree()
    return words


def join_posts(tree: HtmlElement) -> None:
    """Make one article of the posts of a live blog: sibling ``<article>`` elements of one class.

    The cards of other stories are left alone: their headings lead to another page, or they hold no
    running text. The box that holds the posts becomes the article, each post a plain box.
    """
    groups: dict[tuple[HtmlElement, str], list[HtmlElement]] = defaultdict(list)
    for post in tree.iter("article"):
        parent = post.getparent()
        if parent is not None and parent.tag in ("div", "section", "main", "ol", "ul"):
            groups[parent, post.get("class") or ""].append(post)
    posts = [group for group in groups.values() if len(group) >= 2]
    if not posts:
        return
    weights = running_text(tree)
    for group in posts:
        if (
            sum(weights[post] >= 60 for post in group) >= 2
            and sum(weights[post] for post in group) >= 0.5 * weights[tree]
            and not any(_is_card(post) for post in group)
        ):
            parent = group[0].getparent()
            for post in group:
                post.tag = "div"
            if parent is not None and next(parent.iterancestors("article"), None) is None:
                parent.tag = "article"


def _is_card(post: HtmlElement) -> bool:
    """Whether a heading of a post leads to another page, or the post is a page's main story."""
    for heading in post.iter(*_HEADINGS):
        if heading.tag == "h1":
            return True
        links = [*heading.iter("a"), *heading.iterancestors("a")]
        if any(not (link.get("href") or "#").startswith("#") for link in links):
            return True
    return False
