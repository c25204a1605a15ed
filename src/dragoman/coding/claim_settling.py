"""Writes what the fitted model says is disputed into the propositions that plain rules found."""

from __future__ import annotations

from dragoman.coding.accounts import Account
from dragoman.coding.claim_denials import Denial, Told
from dragoman.coding.claim_disputes import Dispute
from dragoman.coding.claim_sides import NEAR, contradictions
from dragoman.coding.propositions import Proposition, proposition_of, proposition_of_words
from dragoman.coding.tokens import tokens_in
from dragoman.model import Span

_POINTERS = frozenset({"it", "this", "that", "these", "those", "them", "which"})


def settle(dispute: Dispute, found: list[Proposition], told: Told) -> None:
    """Write a dispute into the propositions of a story (``found`` is changed in place).

    The surest of a story comes first. Two parties that are at odds already are not given again, only
    surer; what plain rules alone set against each other elsewhere stays beside it.
    """
    if _answers_denial(dispute, found) or _echoes(dispute, found):
        return
    asserting, denying = set(dispute.asserting), set(dispute.denying)
    one, other = dispute.asserting[0], dispute.denying[0]
    known = next((i for i in found if one in i.asserted_by and other in i.denied_by), None)
    account = _account_denied(dispute, told)
    elsewhere = (
        known is not None
        and known.confidence < dispute.confidence
        and account is not None
        and not _tells(known, account)
    )
    if known is not None and not elsewhere:
        known.confidence = max(known.confidence, dispute.confidence)
        return
    if account is None and _tells_the_contrary(dispute.denial):
        _write_without_account(dispute, found, told)
        return
    item = _disputed(dispute.denial, account, found, told)
    if (
        account is not None
        and _came_before(dispute.denial, account)
        and _is_answered(item, denying)
    ):
        return  # another denies it, and what he denied was told before
    if asserting & set(item.denied_by) or denying & set(item.asserted_by):
        item = item.apart()  # nobody stands on both sides of one claim
        found.append(item)
    elif item.outweighs(dispute.confidence):
        return  # who may deny it too does not stand beside who surely does
    contested = item.confidence if item.asserted_by and item.denied_by else 0.0
    item.asserted_by += [key for key in dispute.asserting if key not in item.asserted_by]
    statement = dispute.denial.statement
    item.deny(dispute.denying, statement.id if statement is not None else None, 0.0)
    item.confidence = max(contested, dispute.confidence)


def _write_without_account(dispute: Dispute, found: list[Proposition], told: Told) -> None:
    """Write in a dispute of which nothing is told that its asserter said: what is told last of him is denied.

    Where nothing is, the claim is what the denier says is so, and the other denies it.
    """
    statement, words = dispute.denial.statement, _words_before(dispute, told)
    if words is not None or statement is None:
        words = words or Span(dispute.denial.start, dispute.denial.end)
        item = proposition_of_words(words, told.doc, told.story, set(dispute.denying))
        asserting, denying = dispute.asserting, dispute.denying
    else:
        item = proposition_of(statement, told.doc, told.story, told.index, [])
        asserting, denying = dispute.denying, dispute.asserting
    item.asserted_by = list(asserting)
    item.deny(denying, statement.id if statement is not None else None, 0.0)
    item.confidence = dispute.confidence
    found.append(item)


def _words_before(dispute: Dispute, told: Told) -> Span | None:
    """The last sentence before a denial whose subject is who asserts."""
    start = dispute.denial.start
    leading = [
        place.sentence
        for key in dispute.asserting[:1]
        for place in told.places(key).between(start - NEAR, start)
        if place.leads and place.sentence < dispute.denial.sentence
    ]
    if not leading:
        return None
    first, last = told.sentences[max(leading)]
    words = told.doc[first:last]
    return Span(words.start_char, words.start_char + len(words.text.rstrip()))


def _account_denied(dispute: Dispute, told: Told) -> Account | None:
    """The account whose words are disputed; None where those of the denial itself are.

    Who denies with other words than "denied" tells the contrary: the claim is what its asserter told before,
    a charge or what names the denier sooner than what was told last.
    """
    account, denial = dispute.account, dispute.denial
    contrary = _tells_the_contrary(denial)
    if account is not None and _of_one_thing(account, denial):
        if not contrary or _shares(account, denial) or account.act in ("accuse", "claim"):
            return account
    elif not contrary and not _only_points(denial, told):
        return None
    before = [
        other
        for other in told.accounts
        if other is not account
        and dispute.asserting[0] in other.own
        and 0 <= denial.start - other.end < NEAR
        and not other.announces
        and "denies" not in other.signs
        and _bears_on(other, denial)
    ]
    return max(
        [*before, *([account] if account is not None else [])],
        key=lambda x: (_shares(x, denial), _names(x, denial), x is account, x.end),
        default=None,
    )


def _bears_on(account: Account, denial: Denial) -> bool:
    """Whether an account is a charge, names who denies, or shares a word with what he says."""
    charges = account.act in ("accuse", "claim")
    return charges or _names(account, denial) or _shares(account, denial)


def _names(account: Account, denial: Denial) -> bool:
    return not account.named.isdisjoint(denial.denying)


def _shares(account: Account, denial: Denial) -> bool:
    stems = denial.account.proposition.stems if denial.account is not None else frozenset()
    return not stems.isdisjoint(account.proposition.stems)


def _tells_the_contrary(denial: Denial) -> bool:
    """Whether the words of a denial are what the denier says is so, and not what he says is not."""
    statement, account = denial.statement, denial.account
    if statement is None:
        return True
    return statement.act != "deny" and (account is None or "denies" not in account.signs)


def _only_points(denial: Denial, told: Told) -> bool:
    """Whether a denial's words only point back: "denied it", "dismissed that as malice", "rejects the charge"."""
    if denial.statement is None:
        return False
    tokens = [told.doc[i] for i in tokens_in(told.doc, denial.statement.content[0])][:3]
    if any(token.tag_ == "VBG" for token in tokens):
        return False  # "denied shelling it": what is denied stands there
    words = [token.lower_ for token in tokens]
    pointing = not contradictions()["reference"].isdisjoint(words[:2])
    return bool(words) and (words[0] in _POINTERS or pointing)


def _came_before(denial: Denial, account: Account) -> bool:
    """Whether somebody denied before what he seems to deny was told."""
    return denial.end <= account.start


def _is_answered(item: Proposition, denying: set[str]) -> bool:
    """Whether others, by plain words, deny a claim already."""
    return item.least > 0 and bool(item.denied_by) and denying.isdisjoint(item.denied_by)


def _echoes(dispute: Dispute, found: list[Proposition]) -> bool:
    """Whether nothing is told that its asserter said, and he is known to deny what the other side asserts."""
    one, other = set(dispute.asserting), set(dispute.denying)
    return dispute.account is None and any(
        one & set(item.denied_by) and other & set(item.asserted_by) for item in found
    )


def _answers_denial(dispute: Dispute, found: list[Proposition]) -> bool:
    """Whether it is a denial that another contradicts, who then asserts what was denied: "denied that money had
    changed hands", "families said they had paid"."""
    account, answer = dispute.account, dispute.denial.statement
    if account is None or account.statement is None or account.act != "deny":
        return False
    if answer is None:
        return True  # who denies asserts nothing that another could refuse
    key = account.statement.id
    item = next((x for x in found if x.denied_by and key in x.statements), None)
    if item is None:
        return False
    if not _of_one_thing(account, dispute.denial):
        return True  # who denies asserts nothing that another could deny
    own = [key for key in dispute.denying if key not in (*item.asserted_by, *item.denied_by)]
    item.confidence = (
        max(item.confidence, dispute.confidence) if item.asserted_by else dispute.confidence
    )
    item.asserted_by += own
    if answer.id not in item.statements:
        item.statements.append(answer.id)
    return True


def _disputed(
    denial: Denial, account: Account | None, found: list[Proposition], told: Told
) -> Proposition:
    """The proposition that is disputed: of the account that asserts it, else the denial's own."""
    own = [denial.statement.id] if denial.statement is not None else []
    orphan = next((i for i in found if own and not i.asserted_by and i.statements == own), None)
    if account is None:
        if orphan is not None:
            return orphan
        if denial.statement is not None:
            item = proposition_of(denial.statement, told.doc, told.story, told.index, [])
        else:
            words = Span(denial.start, denial.end)
            item = proposition_of_words(words, told.doc, told.story, set(denial.denying))
        found.append(item)
        return item
    if orphan is not None:
        found.remove(orphan)  # the denial that found no assertion has found it
    held = next((item for item in found if _tells(item, account)), None)
    if held is None:
        held = account.proposition
        found.append(held)
    return held


def _of_one_thing(account: Account, denial: Denial) -> bool:
    """Whether an account shows that it tells what is denied: by a word, or by whom it names.

    A denial that says nothing itself ("called it a lie") takes what its asserter told.
    """
    if account.named & set(denial.denying) or denial.account is None:
        return True
    stems = denial.account.proposition.stems
    return not stems or bool(stems & account.proposition.stems) or "refutes" in denial.account.signs


def _tells(item: Proposition, account: Account) -> bool:
    """Whether a proposition is what an account says."""
    if account.statement is not None:
        return item.statements[:1] == [account.statement.id] and bool(item.asserted_by)
    return item.event is not None and item.event == account.proposition.event
