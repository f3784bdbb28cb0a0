"""Who receives the newsletter: how residents join and leave, and what is known of them."""
