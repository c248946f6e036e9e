"""One member's account, changed by its holder, by the company or by the vendor."""
