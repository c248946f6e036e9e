"""The vendor's file of customers: its encoding, its rows, and values that Excel changed."""
