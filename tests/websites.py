"""A small site on disk for the tests of projects: pages, styles, a script, pictures, links between them."""

import struct
import zlib


def png(red, green, blue, side=8):
    """A square picture of one colour."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + bytes((red, green, blue)) * side) * side
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def page(title, body, up=""):
    return (
        f'<!DOCTYPE html>\n<html lang="fr">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f'<link rel="stylesheet" href="{up}css/style.css">\n</head>\n<body>\n<h1>{title}</h1>\n{body}\n'
        f'<script src="{up}js/script.js"></script>\n</body>\n</html>\n'
    )


FILES = {
    "index.html": page(
        "Accueil",
        '<img src="images/plat.png" alt="Le plat du jour" width="80">\n'
        '<p><a href="contact.html">Contact</a> <a href="pages/galerie.html">Galerie</a></p>',
    ),
    "contact.html": page("Contact", '<p><a href="index.html">Accueil</a></p>'),
    "pages/galerie.html": page(
        "Galerie", '<img src="../images/plat.png" alt="Un plat">\n<p><a href="../index.html">Accueil</a></p>', "../"
    ),
    "css/style.css": '@import "base.css";\nbody { background: #fff url("../images/fond.svg"); }\n',
    "css/base.css": "h1 { color: rgb(0, 0, 128); }\n",
    "js/script.js": 'document.body.dataset.pret = "oui";\n',
    "images/plat.png": png(200, 30, 30),
    "images/fond.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h1v1z"/></svg>',
}


def write_site(folder, files=FILES):
    """Write a site and return its folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder
