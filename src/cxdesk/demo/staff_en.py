"""What the shop's people write in English: what was done, what is worth remembering, what was promised."""

__all__ = ["COMMENTS", "NOTES", "PREFERENCES", "PROMISES", "RESOLUTIONS", "SUBJECTS"]

RESOLUTIONS = {
    "delivery": """
Checked where it is and told the customer
Apologised, gave a time for the next call
Asked the carrier; look again this afternoon
""",
    "refund": """
Checked where it stands and gave a date
All written down so nobody has to explain it again
Asked the warehouse to do this one first
""",
    "defect": """
Photos passed to the product team
Let the customer choose: new one or money back
Will look through the rest of the stock too
""",
    "payment": """
Went through the payment together
Passed to accounts, text when done
""",
    "price": """
Passed on what was said about the price
""",
    "staff": """
Told the team lead
""",
    "product": """
Answered. Third question like this one this week: put it on the page
""",
    "waiting": """
Checked the booking and told the customer
""",
    "account": """
Done after checking identity
""",
    "praise": """
Shared with the team
""",
    "other": """
Answered
""",
}

NOTES = """
Loves the wrapping
Prefers a call to a text, afternoons
Teaches at the international school, free after 4
Buys mostly presents: leave the receipt out
Two cats. Asks about fabrics that don't catch hair
Sensitive skin, undyed linen only
Hates over-packaging, fine with reused boxes
Was upset at first, very kind once it was explained
Moving flat next month, check the address
Laughed about the late parcel last time. Lovely person
Her partner reads Korean, she doesn't: texts in English
Vegetarian, asked what's in the soap
Says the {item} gets used every day
Wants the {item} in a second colour when it's back
Runs a small café, may order in bulk
Speaks Korean on the phone but prefers writing in English
"""

PREFERENCES = {
    "size": ["S", "M", "L", "XL"],
    "contact": ["text in English", "phone, afternoons", "e-mail only"],
    "wrapping": ["as little as possible", "gift wrap", "handwritten card"],
    "colour": ["oat", "ivory", "charcoal", "no bright colours"],
    "delivery": ["leave with the guard", "at the door", "Saturdays"],
    "tea": ["no caffeine", "nothing smoky"],
}

PROMISES = """
Ring with what the carrier says
Text when it's back, keep one aside
Confirm that the refund arrived
Send photos before dispatch
Mail the group quote
Pass on the maker's answer
"""

SUBJECTS = {
    "delivery": ["About my delivery", "Delivery question"],
    "refund": ["Return / exchange"],
    "defect": ["Problem with an item", "Something wrong with my order"],
    "payment": ["Payment question"],
    "price": ["Question about a price"],
    "staff": ["About your staff"],
    "product": ["Product question"],
    "waiting": ["Booking / waiting"],
    "account": ["My account"],
    "praise": ["Thank you!"],
    "other": ["A quick question"],
}

COMMENTS = {
    "high": """
They remembered me!
Rang back at exactly the time they said
Kind and clear
Would have waited longer for service like this
""",
    "middle": """
Sorted, but it took a while
Nice, though I had to explain twice
""",
    "low": """
Waited far too long
No call back as promised
Felt like talking to a script
""",
}
