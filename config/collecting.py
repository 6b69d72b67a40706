"""How often Python looks for garbage in a process that answers requests."""

import gc


def leave_out_what_is_loaded() -> None:
    """Leave everything that is in memory now out of all later collections, and collect less often.

    Collections that walk the whole program stop a request for more than 100 ms (docs/benchmarks.md).
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(5_000, 20, 50)
