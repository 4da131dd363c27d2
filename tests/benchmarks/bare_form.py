"""The yardstick of partners.py: as many radios as our form has questions, in pages, in one fragment; nothing else."""

import os

import streamlit as st

LENGTHS = [int(length) for length in os.environ["LENGTHS"].split(",")]
ANSWERS = ["Strongly disagree", "Disagree", "In between", "Agree", "Strongly agree", "I can't judge"]


def turn():
    st.session_state.place += 1


@st.fragment
def page():
    place = st.session_state.setdefault("place", 0)
    if place == len(LENGTHS):
        st.write("Done")
        return
    for number in range(LENGTHS[place]):
        key = f"answer-{place}-{number}"
        st.radio(f"Question {place + 1}.{number + 1}", ANSWERS, index=None, horizontal=True, key=key)
    st.button("Next", key="form-next", on_click=turn)


page()
