"""The first page for somebody who is not signed in: what this is, and the doors."""

import streamlit as st

from xsector.ui import doors

st.title("xsector", anchor=False)
st.markdown(
    "Partners from government, business, non-profits and communities say, each in confidence, how their work "
    "together is going. xsector shows the group where sectors see it differently, and prepares the talk about it."
)
with st.container(border=True):
    st.subheader("I was asked to answer", anchor=False)
    st.markdown("Open the personal link you were given. In the room, you can type the code on the screen instead.")
    doors.link("Type a room code", path="/room", look="primary", key="welcome-room")
with st.container(border=True):
    st.subheader("I convene or facilitate", anchor=False)
    st.markdown("Set up a partnership, see who has answered, lead the meeting.")
    doors.link("Sign in", path="/sign-in", look="secondary", key="welcome-sign-in")
