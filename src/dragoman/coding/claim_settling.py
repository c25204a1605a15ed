"""Writes what the fitted model says is disputed into the propositions that plain rules found."""

from __future__ import annotations

from dragoman.coding.accounts import Account
from dragoman.coding.claim_denials import Denial, Told
from dragoman.coding.claim_disputes import Dispute
from dragoman.coding.propositions import Proposition, proposition_of, proposition_of_words
from dragoman.model import Span


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
    account = dispute.account
    if account is not None and not _of_one_thing(account, dispute.denial):
        account = None
    elsewhere = (
        known is not None
        and known.confidence < dispute.confidence
        and account is not None
        and not _tells(known, account)
    )
    if known is not None and not elsewhere:
        known.confidence = max(known.confidence, dispute.confidence)
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
    contested = item.confidence if item.asserted_by and item.denied_by else 0.0
    item.asserted_by += [key for key in dispute.asserting if key not in item.asserted_by]
    statement = dispute.denial.statement
    item.deny(dispute.denying, statement.id if statement is not None else None, 0.0)
    item.confidence = max(contested, dispute.confidence)


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
