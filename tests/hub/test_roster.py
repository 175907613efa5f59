"""The class list: what a CSV may hold, what it changes, and passwords."""

import pytest
from nativeauthenticator.orm import UserInfo

from codephenix.hub import roster, settings
from codephenix.hub.roster import Person
from codephenix.hub.settings import HubProblem, Places

GOOD = "nom,identifiant,groupe\nAmina Diallo,amina,A\nKarim Benali,karim,B\n"


@pytest.fixture
def places(tmp_path):
    return Places(tmp_path)


def test_a_list_is_read_as_a_spreadsheet_writes_it():
    people = roster.parse("\ufeffNom;Identifiant;Groupe\nZoé Martin;zoe;\n;;\n")
    assert people == [Person("zoe", "Zoé Martin")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "première ligne"),
        ("nom,login\nA,a", "première ligne"),
        ("nom,identifiant\n,amina", "ligne 2"),
        ("nom,identifiant\nAmina,Amina D", "ligne 2"),
        ("nom,identifiant\nAmina,../etc", "ligne 2"),
        ("nom,identifiant\nA,aa\nB,aa", "double"),
        ("nom,identifiant\n", "aucun apprenant"),
    ],
)
def test_a_bad_list_changes_nothing_and_says_where(text, words):
    with pytest.raises(HubProblem, match=words) as caught:
        roster.parse(text)
    assert "Rien n’est changé" in str(caught.value)


def test_those_who_leave_are_archived_and_come_back_whole(places):
    people = roster.parse(GOOD)
    roster.update(places, people)
    after = roster.update(places, people[:1])
    assert (after["amina"].active, after["karim"].active) == (True, False)
    assert roster.load(places) == after
    assert roster.update(places, people)["karim"].active


def infos(places):
    from jupyterhub import orm

    session = orm.new_session_factory(places.database)()
    return {info.username: info for info in UserInfo.all_users(session)}


def test_a_password_is_made_once_and_only_its_hash_is_kept(places):
    given = roster.give_passwords(places, ["amina", "karim"])
    assert set(given) == {"amina", "karim"}
    assert roster.give_passwords(places, ["amina", "karim"]) == {}
    info = infos(places)["amina"]
    assert info.is_valid_password(given["amina"])
    assert not info.is_valid_password(given["karim"])
    for path in places.hub.iterdir():
        assert given["amina"].encode() not in path.read_bytes(), path


def test_a_new_password_replaces_the_old_one(places):
    old = roster.give_passwords(places, ["amina"])["amina"]
    new = roster.give_passwords(places, ["amina"], renew=True)["amina"]
    info = infos(places)["amina"]
    assert (info.is_valid_password(old), info.is_valid_password(new)) == (False, True)


def test_cards_are_for_those_who_got_a_password_and_for_their_owner_only(places):
    places.hub.mkdir(parents=True)
    people = [Person("amina", "Amina <b>"), Person("karim", "Karim")]
    path = roster.cards(places, people, {"amina": "abcd-efgh-2345"}, "http://x:8000")
    html = path.read_text("utf-8")
    assert "abcd-efgh-2345" in html
    assert "Amina &lt;b&gt;" in html
    assert "Karim" not in html
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[server]\nport = '8000'", "nombre entier"),
        ("[server]\nprot = 1", "prot"),
        ("[salle]\na = 1", "salle"),
        ("[server", "lisible"),
    ],
)
def test_a_fault_in_the_settings_is_named(text, words):
    with pytest.raises(HubProblem, match=words):
        settings.loads(text)


def test_the_settings_that_we_ship_are_the_defaults(tmp_path):
    assert settings.load(tmp_path) == settings.Settings()


def test_who_is_erased_has_no_account_left(places):
    roster.update(places, roster.parse(GOOD))
    roster.give_passwords(places, ["amina", "karim"])
    roster.forget(places, "karim")
    roster.forget(places, "inconnu")
    assert list(roster.load(places)) == ["amina"]
    assert list(infos(places)) == ["amina"]
