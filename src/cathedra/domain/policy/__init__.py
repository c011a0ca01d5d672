"""Does this use fit what people agreed to: the terms that everybody accepts, the policy that Creators acknowledge."""

from cathedra.domain.policy._decisions import (
    ADDRESSES,
    CurrentTerms,
    PublishFacts,
    decide_acceptance,
    decide_contribution,
    decide_publish,
    is_asked_again,
)
from cathedra.domain.policy._documents import (
    Block,
    BlockKind,
    Change,
    Line,
    Terms,
    TermsDocument,
    WrongTerms,
    blocks,
    compare,
    parse_terms,
    text_hash,
)

__all__ = [
    "ADDRESSES",
    "Block",
    "BlockKind",
    "Change",
    "CurrentTerms",
    "Line",
    "PublishFacts",
    "Terms",
    "TermsDocument",
    "WrongTerms",
    "blocks",
    "compare",
    "decide_acceptance",
    "decide_contribution",
    "decide_publish",
    "is_asked_again",
    "parse_terms",
    "text_hash",
]
