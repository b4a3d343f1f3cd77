"""The tree of regions: the path down, the parts, and the search."""

from dashboard.regions import Region, Tree, level_below

CITY = Region("990100000000", "磁湖市", "city", None)
NORTH = Region("990102000000", "磁山区", "district", CITY.code)
SOUTH = Region("990103000000", "临湖区", "district", CITY.code)
HILL = Region("990102001000", "磁山街道", "street", NORTH.code)
PINE = Region("990102001001", "松林社区", "community", HILL.code)
OLD = Region("990102001009", "旧松社区", "community", HILL.code, successor=PINE.code)
GONE = Region("990102001010", "拆迁社区", "community", HILL.code, closed=True)
TREE = Tree.of([PINE, OLD, GONE, HILL, SOUTH, NORTH, CITY])


def test_the_path_leads_from_the_city_down() -> None:
    assert TREE.path(PINE) == [CITY, NORTH, HILL, PINE]
    assert TREE.path(CITY) == [CITY]


def test_children_are_those_that_still_exist_in_the_order_of_their_codes() -> None:
    assert TREE.children(CITY) == [NORTH, SOUTH]
    assert TREE.children(HILL) == [PINE]
    assert TREE.children(PINE) == []


def test_a_merged_region_is_answered_for_by_its_successor_and_an_unknown_one_by_the_city() -> None:
    assert TREE.find(OLD.code) == PINE
    assert TREE.find("990199000000") == CITY
    assert TREE.find(None) == CITY


def test_a_region_is_found_by_name_code_and_initials_the_higher_first() -> None:
    assert TREE.search("磁山")[:2] == [NORTH, HILL]
    assert TREE.search("csj") == [HILL]
    assert TREE.search("CSJD") == [HILL]
    assert TREE.search("990102001001") == [PINE]
    assert TREE.search("cishanjie") == [HILL]
    assert TREE.search("松")[0] == PINE
    assert TREE.search("  ") == []
    assert TREE.search("没有这里") == []


def test_a_region_is_found_inside_another_by_two_words() -> None:
    assert TREE.search("磁山街 松林") == [PINE]
    assert TREE.search("csj sl")[0] == PINE
    assert TREE.search("临湖 松林") == []
    assert TREE.search("cishan jiedao") == [HILL]


def test_a_region_stands_beside_its_siblings_under_the_one_above() -> None:
    assert TREE.above(PINE) == HILL
    assert TREE.above(CITY) is None
    assert TREE.siblings(SOUTH) == [NORTH, SOUTH]
    assert TREE.siblings(CITY) == [CITY]


def test_codes_are_written_as_short_as_their_level_allows() -> None:
    assert [region.short_code for region in (CITY, NORTH, HILL, PINE)] == [
        "990100",
        "990102",
        "990102001",
        "990102001001",
    ]


def test_an_invented_city_is_known_by_its_code() -> None:
    assert TREE.is_demonstration
    assert not Tree.of([Region("420200000000", "黄石市", "city", None)]).is_demonstration


def test_nothing_lies_below_a_community() -> None:
    assert [level_below(level) for level in ("city", "district", "street", "community")] == [
        "district",
        "street",
        "community",
        None,
    ]
