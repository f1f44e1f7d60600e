"""Tags: made on first use, renamed and merged without losing an address."""

import pytest

from app.core.errors import Conflict, Invalid
from app.reference import queries, service
from app.reference.models import Tag


def tag(name):
    return service.db.session.get_one(Tag, service.get_or_add_tags([name])[0])


def test_tags_are_made_on_first_use_and_found_after(app):
    first = service.get_or_add_tags(["Vélo", "aînés", "velo", "  vélo "])
    assert len(first) == 2
    assert service.get_or_add_tags(["AÎNÉS", "vélo"]) == first[::-1]
    assert [row.name for row in queries.list_by_name(Tag).items] == ["aînés", "Vélo"]


def test_empty_names_are_passed_over(app):
    assert service.get_or_add_tags(["", "  ", "\u200b"]) == []


def test_eight_tags_at_most(app):
    assert len(service.get_or_add_tags([f"mot {n}" for n in range(8)])) == 8
    with pytest.raises(Invalid) as refusal:
        service.get_or_add_tags([f"mot {n}" for n in range(9)])
    assert refusal.value.field == "tags"


@pytest.mark.parametrize("name", ["x", "x" * 61, "!!!", "日本", "🚲🚲"])
def test_a_tag_has_from_2_to_60_characters_and_a_letter(app, name):
    with pytest.raises(Invalid) as refusal:
        service.get_or_add_tags([name])
    assert refusal.value.values == {"min": 2, "max": 60}


def test_two_long_tags_that_begin_alike_have_each_its_page(make, visitor, coordinator, sign_in):
    names = [f"{'œuf ' * 14}{end}" for end in ("vert", "bleu")]
    assert [len(name) for name in names] == [60, 60]
    tags = [tag(name) for name in names]
    make.idea(tags=tags, title="Une idée de saison, longue")
    for row in tags:
        page = visitor.get(f"/tags/{row.slug}")
        assert page.status_code == 200 and row.name in page.words
        assert row.name in visitor.get(f"/ideas?tag={row.slug}").words
    browser = sign_in(make.user(role="coordinator"))
    assert browser.submit(f"/reference/tags/{tags[0].id}/merge", "form.form", into=names[1]).status_code == 303
    assert visitor.get(f"/tags/{tags[0].slug}").headers["Location"].endswith(tags[1].slug)


def test_the_old_name_of_a_tag_gives_the_tag_it_became(coordinator):
    row = tag("vélo")
    service.rename_tag(coordinator, row, "Transport actif")
    assert row.slug == "transport-actif"
    assert service.get_or_add_tags(["velo", "transport actif"]) == [row.id]
    found = queries.get_tags(["velo", "transport-actif", "inconnu"])
    assert {slug: now.slug for slug, now in found.items()} == {
        "velo": "transport-actif",
        "transport-actif": "transport-actif",
    }


def test_a_tag_does_not_take_the_name_of_another(coordinator):
    row, other = tag("vélo"), tag("bicyclette")
    service.rename_tag(coordinator, other, "Deux roues")
    for other_name in ("bicyclette", "deux roues"):
        with pytest.raises(Invalid) as refusal:
            service.rename_tag(coordinator, row, other_name)
        assert refusal.value.field == "name"


def test_merged_tags_answer_as_one_even_in_a_chain(coordinator):
    first, second, third = tag("vélo"), tag("bicyclette"), tag("cyclisme")
    service.merge_tag(coordinator, first, second)
    service.merge_tag(coordinator, second, third)
    assert service.get_or_add_tags(["vélo", "bicyclette", "cyclisme"]) == [third.id]
    assert set(queries.get_tags(["velo"])["velo"].ids) == {first.id, second.id, third.id}
    assert queries.find_tag("velo").slug == "cyclisme"
    assert [(old.name, now.name) for old, now in queries.list_merged_tags()] == [
        ("bicyclette", "cyclisme"),
        ("vélo", "cyclisme"),
    ]
    assert [row.name for row in queries.list_by_name(Tag).items] == ["cyclisme"]


def test_a_merge_can_be_undone(coordinator):
    first, second = tag("vélo"), tag("bicyclette")
    service.merge_tag(coordinator, first, second)
    service.part_tag(coordinator, first)
    assert service.get_or_add_tags(["vélo"]) == [first.id]


def test_a_tag_is_not_merged_with_itself_nor_with_one_that_is_gone(coordinator):
    first, second, third = tag("vélo"), tag("bicyclette"), tag("cyclisme")
    service.merge_tag(coordinator, second, third)
    for into in (first, second):
        with pytest.raises(Conflict):
            service.merge_tag(coordinator, first, into)
    with pytest.raises(Conflict):
        service.rename_tag(coordinator, second, "autre nom")


def test_the_list_of_tags_is_read_to_its_end_by_pages(app):
    for start in range(0, 56, 8):
        service.get_or_add_tags([f"mot {n:02}" for n in range(start, start + 8)])
    first = queries.list_by_name(Tag)
    second = queries.list_by_name(Tag, after=int(first.next))
    names = [row.name for row in (*first.items, *second.items)]
    assert names == [f"mot {n:02}" for n in range(56)] and second.next is None and not second.is_first
    assert [row.name for row in queries.list_by_name(Tag, q="MOT 07").items] == ["mot 07"]
    assert len(queries.list_by_name(Tag, after=999_999).items) == 50
