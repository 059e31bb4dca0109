"""What rules are made of: the decorator, and how a contact, a reason or a missing evaluation is understood."""
