"""A coach's classes: assignments set, sessions taken in, compared, spoken about and handed back."""
