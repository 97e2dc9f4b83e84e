"""Find on a scanned page what is to be read: text lines, rulings, punctuation."""
