"""The vendor's file of customers: its encoding, its rows, and what Excel left in its cells."""
