import tests.desk.test_merging as u
from hypothesis import given, settings, strategies as st
from cxdesk.domain.merging import FIELDS
MINE=["arrive","arrive_new","resolve","attach","feedback","ask_feedback","voice","voice","voice","move_voice","split_theme","join_theme","tend_theme","change_theme","tell","tell","buy","undo","remember"]
acts = st.lists(st.tuples(st.sampled_from(MINE), st.integers(0, 11), st.integers(0, 30)), max_size=8)
@settings(max_examples=120, deadline=None)
@given(before=acts, between=acts, who=st.tuples(st.integers(0, 2), st.integers(0, 2)).filter(lambda w: w[0]!=w[1]), take=st.sets(st.sampled_from(FIELDS)))
def test_mine(blank, before, between, who, take):
    u.test_parting_leaves_what_would_be_there_had_nobody_been_merged.hypothesis.inner_test(blank, before, between, who, take)
