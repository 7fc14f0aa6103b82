"""A coach's classes: work set, taken in, compared, spoken about and handed back."""
