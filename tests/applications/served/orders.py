"""A Streamlit page: fields that run it again, a progress bar, a table and a chart of random numbers."""

import random
import time

import numpy as np
import pandas as pd
import streamlit as st

numbers = np.random.default_rng()
st.title("Orders")
customer = st.text_input("Customer")
quantity = st.slider("Quantity", 0, 100, 20)
kind = st.selectbox("Kind", ["Books", "Food", "Tools"])
if st.checkbox("Express"):
    st.info("Express costs 5 more")
if st.button("Place order"):
    bar = st.progress(0)
    for share in range(20, 101, 20):
        time.sleep(0.15)
        bar.progress(share)
    st.success(f"{quantity} {kind} for {customer}: no. {random.randrange(10**6)}")
st.dataframe(pd.DataFrame(numbers.normal(size=(20, 3)), columns=list("abc")))
st.line_chart(pd.DataFrame({"y": np.cumsum(numbers.normal(size=50))}))
