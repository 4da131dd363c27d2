"""The yardstick of screens.py: the least that Streamlit can show."""

import streamlit as st

st.write("Ready")
