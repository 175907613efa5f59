"""The rules by number, with the title of their page in docs/checks.

Law of this module: a list; a test holds pages, fixtures and code to it.
"""

RULES = {
    "C01": "Forme canonique",
    "C02": "course.toml et les fichiers concordent",
    "C03": "Noms uniques et simples",
    "C04": "Identifiants des cellules notées",
    "C05": "Consigne et marques de solution",
    "C06": "Une échelle d’indices",
    "C07": "Une notion avant d’en avoir besoin",
    "C08": "Images et adresses",
    "C09": "Typographie française",
    "C10": "Les points tombent juste",
    "C11": "La version distribuée échoue",
    "C12": "La solution obtient tout",
    "C13": "Rien de la solution dans la version distribuée",
    "C14": "Les cellules d’une leçon s’exécutent",
    "C15": "Les variantes justes sont acceptées",
    "C16": "Les erreurs typiques sont refusées, avec leur message",
    "C17": "Les tests voient les fautes",
    "C18": "Des phrases courtes",
    "C19": "Peu de lecture entre deux activités",
    "C20": "Anatomie d’une leçon",
    "C21": "Six tests par exercice",
    "C22": "Quarante tests par projet",
    "C23": "Une définition pour chaque notion",
    "C24": "Pas de mot rare sans définition",
    "C25": "Critères connus et couverts",
    "C26": "Les heures tombent juste",
    "C27": "Texte de remplacement",
    "C28": "Rien ne reste du modèle",
    "C29": "Les liens vers l’Aide mènent à une page",
    "C30": "Les maquettes d’une comparaison",
}
