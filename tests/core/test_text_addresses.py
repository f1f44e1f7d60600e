"""What is an exact address, and what only names a place."""

import pytest

from app.core.text.addresses import has_address


@pytest.mark.parametrize(
    "text",
    [
        "12 rue Principale",
        "au 12, rue Principale",
        "au 12 de la rue Principale",
        "12A rue du Pont",
        "12 A, rue du Pont",
        "12-14, rue du Pont",
        "345, boul. Monseigneur-Langlois",
        "5, 2e Rue",
        "200 route 132",
        "12\u00a0chemin du Fleuve",
        "chez nous, 12 RUE PRINCIPALE",
        "12 Main Street",
        "12 main st",
        "1200 Saint-Jean Baptiste Road",
        "45 Old Mill Rd.",
        "J6T 1A1",
        "j6t1a1",
        "près du J6S-4V2",
    ],
)
def test_a_door_and_a_postal_code_are_addresses(text: str) -> None:
    assert has_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "près du pont",
        "derrière le 100",
        "la route 132, près du rang 4",
        "au kilomètre 12 de la route",
        "au km 12 de la route 201",
        "la 2e rue",
        "au coin de la 3e avenue",
        "à 3 rues d'ici",
        "à 200 m de l'école",
        "à 2 km de la rue Principale",
        "les 12 places de stationnement",
        "entre les 2 ponts, rue du Fleuve",
        "autoroute 30, sortie 12",
        "2nd Street",
        "between 1st and 2nd Street",
        "5 minutes from the road",
        "3 blocks down Main Street",
        "10 min drive",
        "le local A1B",
    ],
)
def test_a_landmark_a_road_and_a_distance_are_none(text: str) -> None:
    assert not has_address(text)
