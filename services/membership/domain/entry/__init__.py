"""Text that people type: names, kana, phones, and domains of mail addresses."""
