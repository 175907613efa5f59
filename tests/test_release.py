import pytest

from codephenix.release import LeakProblem, refuse_leak, released_source, solution_lines, solved_source, visible_tests

SOLUTION = """<!-- carte.html -->
<!-- À vous : écrivez un titre. -->
<body>
<!-- BEGIN SOLUTION -->
<h1>Samira</h1>
<!-- END SOLUTION -->
</body>"""


def test_the_region_becomes_a_line_to_fill_and_the_rest_stays():
    assert released_source(SOLUTION) == (
        "<!-- carte.html -->\n<!-- À vous : écrivez un titre. -->\n<body>\n<!-- Écrivez votre code ici. -->\n</body>"
    )


@pytest.mark.parametrize(
    ("header", "opening", "closing", "blank"),
    [
        ("/* a.css */", "/* {} */", "", "/* Écrivez votre code ici. */"),
        ("// a.js", "// {}", "", "// Écrivez votre code ici."),
    ],
)
def test_each_language_gets_its_own_comment(header, opening, closing, blank):
    source = "\n".join([header, opening.format("BEGIN SOLUTION"), "x", opening.format("END SOLUTION")])
    assert released_source(source) == f"{header}\n{blank}"


@pytest.mark.parametrize(
    "starter",
    ["<!-- BEGIN STARTER\n<h1>Samira<h1>\nEND STARTER -->", "<!-- BEGIN STARTER\n<h1>Samira<h1>\n\nEND STARTER -->"],
)
def test_a_starter_takes_the_place_of_the_solution(starter):
    source = SOLUTION.replace("</body>", f"{starter}\n</body>")
    assert released_source(source) == (
        "<!-- carte.html -->\n<!-- À vous : écrivez un titre. -->\n<body>\n<h1>Samira<h1>\n</body>"
    )


def test_a_css_starter_is_a_block_comment():
    source = "/* a.css */\n/* BEGIN SOLUTION */\nh1 { color: red }\n/* END SOLUTION */\n/* BEGIN STARTER\nh1 { color: }\nEND STARTER */"
    assert released_source(source) == "/* a.css */\nh1 { color: }"


@pytest.mark.parametrize(
    "source",
    [
        "<!-- a.html -->\n<h1>Sans région</h1>",
        SOLUTION + "\n" + SOLUTION,
        SOLUTION.replace("<!-- END SOLUTION -->\n", ""),
    ],
)
def test_what_cannot_be_cleared_is_refused(source):
    with pytest.raises(LeakProblem, match="région"):
        released_source(source)


@pytest.mark.parametrize("marker", ["BEGIN SOLUTION", "END SOLUTION", "BEGIN STARTER", "END STARTER"])
def test_a_marker_left_is_a_leak(marker):
    with pytest.raises(LeakProblem, match=marker):
        refuse_leak(f"<p>\n<!-- {marker} -->")


def test_hidden_tests_go_and_the_others_stay():
    source = "// a.test.js\ntest('a')\n// BEGIN HIDDEN TESTS\ntest('b')\n// END HIDDEN TESTS\ntest('c')"
    assert visible_tests(source) == "// a.test.js\ntest('a')\ntest('c')"


def test_short_lines_are_no_secret():
    assert solution_lines(SOLUTION.replace("Samira", "Samira Benali")) == ["<h1>Samira Benali</h1>"]


def test_a_solved_cell_has_neither_marks_nor_starter():
    source = SOLUTION.replace("</body>", "<!-- BEGIN STARTER\n<h1>Samira<h1>\nEND STARTER -->\n</body>")
    assert solved_source(source) == (
        "<!-- carte.html -->\n<!-- À vous : écrivez un titre. -->\n<body>\n<h1>Samira</h1>\n</body>"
    )
    assert "Samira<h1>" not in released_source(source, starter=False)
