import pytest

from codephenix.sanitise import FRAME_POLICY, markdown_html, output_html


def test_a_link_to_the_help_is_plain_text_out_of_jupyterlab():
    assert markdown_html('<p><a href="#aide:nav">nav</a> <a href="#fin">fin</a></p>') == (
        '<p><a>nav</a> <a href="#fin">fin</a></p>'
    )


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<img src="/user/formateur/formgrader?path=x">',
    '<img src="https://exemple.fr/a.png">',
    '<img src="data:image/svg+xml,<svg onload=alert(1)>">',
    '<img srcset="/a 1x">',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="https://exemple.fr">x</a>',
    '<a href="/hub/logout">x</a>',
    '<iframe src="https://exemple.fr"></iframe>',
    '<iframe src="/user/formateur/lab"></iframe>',
    '<iframe srcdoc="<p>a" sandbox="allow-scripts allow-same-origin allow-top-navigation"></iframe>',
    '<form action="/api"><button>x</button></form>',
    '<object data="x"></object><embed src="x">',
    "<svg><script>alert(1)</script></svg>",
    "<style>body { background: url(/x) }</style>",
    '<div style="background: url(/x); position: fixed">x</div>',
    '<link rel="stylesheet" href="/x">',
    '<meta http-equiv="refresh" content="0;url=/x">',
    '<base href="https://exemple.fr">',
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    '<p id="nbgrader">x</p>',
    '<input name="x" autofocus onfocus=alert(1)>',
]
FORBIDDEN = ("<script", "onerror", "onload", "onfocus", "javascript:", "/user/", "/hub/", "exemple.fr", "allow-same-origin",
             "<form", "<object", "<embed", "<svg", "<style", "<link", '<meta http-equiv="refresh', "<base", "position",
             "url(", 'id="nbgrader"', "<input", "srcset", "svg+xml")  # fmt: skip


@pytest.mark.parametrize("clean", [markdown_html, output_html])
@pytest.mark.parametrize("html", HOSTILE)
def test_nothing_hostile_is_left(clean, html):
    cleaned = clean(html)
    assert not [word for word in FORBIDDEN if word in cleaned], cleaned


def test_a_preview_card_is_kept_sandboxed_with_a_policy():
    cleaned = output_html('<iframe srcdoc="&lt;p&gt;Bonjour" title="Aperçu"></iframe>')
    assert 'sandbox="allow-scripts"' in cleaned
    assert "Content-Security-Policy" in cleaned
    assert 'title="Aperçu"' in cleaned


def test_a_frame_is_no_markdown():
    assert "iframe" not in markdown_html('<iframe srcdoc="<p>Bonjour"></iframe>')


def test_a_policy_is_not_added_twice():
    twice = output_html(output_html('<iframe srcdoc="&lt;p&gt;Bonjour"></iframe>'))
    assert twice.count("default-src") == FRAME_POLICY.count("default-src")


@pytest.mark.parametrize(
    "html",
    [
        "<h2>Titre</h2><p>Un <strong>mot</strong> et <code>&lt;p&gt;</code></p>",
        '<details open=""><summary>Indice</summary><p>Lisez.</p></details>',
        '<table><tbody><tr><th scope="row">a</th><td>b</td></tr></tbody></table>',
        '<a href="#haut">haut</a>',
        '<img src="data:image/png;base64,AAAA" alt="un chat">',
        '<ul class="cp-tests"><li class="cp-test" data-verdict="pass">✓</li></ul>',
    ],
)
def test_what_a_lesson_needs_is_kept(html):
    assert markdown_html(html) == html
