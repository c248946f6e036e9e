"""Catches every mail of the embedded run and shows it: SMTP in, a page and Mailpit's REST out."""
