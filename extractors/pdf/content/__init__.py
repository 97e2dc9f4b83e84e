"""What a PDF page paints: text, rulings, pictures, and what of it is visible."""
