"""How many of the words to expect the engine takes in."""

from collections.abc import Callable, Sequence

BETWEEN = ", "


def fitting(words: Sequence[str], *, most: int, count: Callable[[str], int]) -> str:
    """The words that fit into `most` of the engine's tokens, as `count` counts them, the first ones first. The engine would
    cut what is longer in the middle of a word and say nothing."""
    taken: list[str] = []
    for word in words:
        if count(BETWEEN.join([*taken, word])) <= most:
            taken.append(word)
    return BETWEEN.join(taken)
