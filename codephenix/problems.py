"""The one kind of exception whose message is read by a person: French, what is wrong, where, what to do.

Law of this module: a command shows such a message as it is, and anything else is a fault of ours.
"""


class Problem(Exception):
    """Something that the trainer or the author can put right."""
