"""Other ways to write the same file: what a learner may do without a word of the lesson against it.

Law of this module: a rewriting never changes what the page is, only how its source looks.
"""

import re

TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s[^<>]*)?)>")
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')


def body(source: str, change) -> str:
    """Change what follows the name of the file; comments stay as they are."""
    first, _, rest = source.partition("\n")
    parts = re.split(r"(<!--.*?-->)", rest, flags=re.DOTALL)
    return first + "\n" + "".join(part if part.startswith("<!--") else change(part) for part in parts)


def tags(source: str, change) -> str:
    """Change each tag, given its slash, its name and its attributes."""
    return body(source, lambda text: TAG.sub(lambda tag: change(*tag.groups()), text))


def upper_case_tags(source):
    return tags(source, lambda slash, name, rest: f"<{slash}{name.upper()}{rest}>")


def attributes(source, change):
    """Change each attribute with a value, given its name and its value."""

    def changed(slash, name, rest):
        rest = ATTRIBUTE.sub(lambda found: change(found[1], found[2]), rest)
        return f"<{slash}{name}{rest}>"

    return tags(source, changed)


def single_quotes(source):
    return attributes(source, lambda name, value: f'{name}="{value}"' if "'" in value else f"{name}='{value}'")


def upper_case_attributes(source):
    return attributes(source, lambda name, value: f'{name.upper()}="{value}"')


def spaces_around_equals(source):
    return attributes(source, lambda name, value: f'{name} = "{value}"')


def spaces_before_chevrons(source):
    return tags(source, lambda slash, name, rest: f"<{slash}{name}{rest}{'' if rest.endswith('/') else ' '}>")


def an_attribute_a_line(source):
    return attributes(source, lambda name, value: f'\n    {name}="{value}"')


def attributes_reversed(source):
    def turned(slash, name, rest):
        found = re.findall(r'[\w-]+(?:="[^"]*")?', rest)
        return f"<{slash}{name}{''.join(f' {one}' for one in reversed(found))}>"

    return tags(source, turned)


def slash_in_void_tags(source):
    void = {"br", "img", "input", "meta", "link", "hr"}
    return tags(
        source,
        lambda slash, name, rest: f"<{slash}{name}{rest}{' /' if name in void and not rest.endswith('/') else ''}>",
    )


def entities(source):
    names = {
        "é": "&eacute;",
        "è": "&egrave;",
        "à": "&agrave;",
        "ê": "&ecirc;",
        "ç": "&ccedil;",
        "É": "&#201;",
        "î": "&#xEE;",
    }

    def texts(text):
        return re.sub(r">([^<]*)<", lambda m: ">" + "".join(names.get(c, c) for c in m[1]) + "<", text)

    return body(source, texts)


def comments(source):
    return body(
        source,
        lambda text: re.sub(r"(</(?:p|h1|h2|table|form|ul|li)>)(?=\s*\n)", r"\1 <!-- c'est fait : <b> -->", text),
    )


def crlf(source):
    return source.replace("\n", "\r\n")


def byte_order_mark(source):
    return "\ufeff" + source


def tabs(source):
    return re.sub(r"(?m)^( {2})+", lambda spaces: "\t" * (len(spaces[0]) // 2), source)


def blank_lines(source):
    return source.replace("\n", "\n\n") + "\n\n   \n"


def no_indentation(source):
    return re.sub(r"(?m)^ +", "", source)


def composed_letters(source):
    import unicodedata

    return body(
        source, lambda text: re.sub(r">([^<]*)<", lambda m: ">" + unicodedata.normalize("NFD", m[1]) + "<", text)
    )


def no_break_spaces(source):
    return body(
        source,
        lambda text: re.sub(r">([^<]*)<", lambda m: ">" + re.sub(r" (?=[;:!?€%]|h\b)", "\u00a0", m[1]) + "<", text),
    )


REWRITINGS = [
    upper_case_tags, single_quotes, upper_case_attributes, spaces_around_equals, spaces_before_chevrons,
    an_attribute_a_line, attributes_reversed,
    slash_in_void_tags, entities, comments, crlf, byte_order_mark, tabs, blank_lines, no_indentation, composed_letters,
    no_break_spaces,
]  # fmt: skip
