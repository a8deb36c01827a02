from lyceum.progress.domain.needs import Need, all_of, some_of

A, B, C, D = (Need(1 << number) for number in range(4))


def test_all_of_several_needs_asks_for_every_block():
    need = all_of([A, B, C])
    assert need.size == 3
    assert need.left(A.blocks | C.blocks) == 1


def test_a_choice_is_measured_by_its_cheapest_options():
    cheap, dear = A, all_of([B, C, D])
    assert some_of([dear, cheap], 1).size == 1
    assert some_of([dear, cheap, all_of([B, C])], 2).size == 3


def test_starting_on_the_expensive_option_takes_nothing_away():
    need = some_of([A, all_of([B, C, D])], 1)
    assert need.left(B.blocks) == 1
    assert need.left(B.blocks | C.blocks | D.blocks) == 0


def test_a_choice_of_more_than_there_are_is_a_choice_of_all():
    assert some_of([A, B], 5) == all_of([A, B])


def test_what_asks_for_nothing_is_no_option():
    need = some_of([Need(), A], 1)
    assert need.left(0) == 1


def test_choices_nest():
    either = some_of([A, B], 1)
    need = some_of([all_of([either, C]), D], 1)
    assert need.size == 1
    assert need.left(B.blocks | C.blocks) == 0
    assert need.mentioned == 0b1111
